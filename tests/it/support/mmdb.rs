//! Writes small databases in the MaxMind DB format, version 2.0.

use std::net::IpAddr;

use serde_json::{Map, Value, json};

/// Stands between the data and the metadata.
const MARKER: &[u8] = b"\xab\xcd\xefMaxMind.com";
/// Between the tree and the data.
const GAP: [u8; 16] = [0; 16];

/// A side of a node, before it is known how many nodes there are.
#[derive(Clone, Copy)]
enum Side {
    Nowhere,
    Node(u32),
    Data(u32),
}

/// The bytes of a database of this type with these networks, such as `203.0.113.0/24`.
pub(crate) fn database(kind: &str, networks: &[(&str, Value)]) -> Vec<u8> {
    let mut nodes = vec![[Side::Nowhere; 2]];
    let mut data = Vec::new();
    for (network, record) in networks {
        let (address, bits) = network.split_once('/').unwrap();
        let (address, bits) = widened(address.parse().unwrap(), bits.parse().unwrap());
        let place = u32::try_from(data.len()).unwrap();
        encode(record, &mut data);
        insert(&mut nodes, address, bits, place);
    }
    let count = u32::try_from(nodes.len()).unwrap();
    let mut file = Vec::new();
    for side in nodes.iter().flatten() {
        let value = match *side {
            Side::Nowhere => count,
            Side::Node(node) => node,
            Side::Data(place) => count + 16 + place,
        };
        file.extend(value.to_be_bytes());
    }
    file.extend(GAP);
    file.extend(data);
    file.extend(MARKER);
    let metadata = json!({
        "binary_format_major_version": 2,
        "binary_format_minor_version": 0,
        "build_epoch": 1_800_000_000_u64,
        "database_type": kind,
        "description": {"en": "made by a test"},
        "ip_version": 6,
        "languages": ["en"],
        "node_count": count,
        "record_size": 32,
    });
    encode(&metadata, &mut file);
    file
}

/// IPv4 lies in the first network of IPv6.
fn widened(address: IpAddr, bits: u32) -> (u128, u32) {
    match address {
        IpAddr::V4(v4) => (u128::from(v4.to_bits()), bits + 96),
        IpAddr::V6(v6) => (v6.to_bits(), bits),
    }
}

fn insert(nodes: &mut Vec<[Side; 2]>, address: u128, bits: u32, place: u32) {
    let mut node = 0;
    for bit in 0..bits {
        let side = usize::from(address >> (127 - bit) & 1 == 1);
        if bit + 1 == bits {
            nodes[node][side] = Side::Data(place);
            return;
        }
        node = match nodes[node][side] {
            Side::Node(next) => next as usize,
            Side::Nowhere => {
                let next = nodes.len();
                nodes[node][side] = Side::Node(u32::try_from(next).unwrap());
                nodes.push([Side::Nowhere; 2]);
                next
            }
            Side::Data(_) => panic!("one network lies in another"),
        };
    }
}

/// A value as a control byte (type and length) and its bytes.
fn encode(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::String(text) => {
            control(2, text.len(), out);
            out.extend(text.as_bytes());
        }
        Value::Number(number) => unsigned(5, number.as_u64().unwrap(), out),
        Value::Object(fields) => map(fields, out),
        Value::Array(items) => {
            control(11, items.len(), out);
            for item in items {
                encode(item, out);
            }
        }
        other => panic!("{other} is not needed"),
    }
}

fn map(fields: &Map<String, Value>, out: &mut Vec<u8>) {
    control(7, fields.len(), out);
    for (key, value) in fields {
        encode(&Value::String(key.clone()), out);
        // Numbers are of 16 bits but where the format wants more.
        match (key.as_str(), value.as_u64()) {
            ("node_count", Some(number)) => unsigned(6, number, out),
            ("build_epoch", Some(number)) => unsigned(9, number, out),
            _ => encode(value, out),
        }
    }
}

/// A number without its leading zeros; types 5, 6 and 9 are of 16, 32 and 64 bits.
fn unsigned(kind: u8, number: u64, out: &mut Vec<u8>) {
    let bytes = number.to_be_bytes();
    let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
    let bytes = &bytes[zeros..];
    control(kind, bytes.len(), out);
    out.extend(bytes);
}

fn control(kind: u8, size: usize, out: &mut Vec<u8>) {
    let (low, rest) = match u8::try_from(size).unwrap() {
        small @ ..29 => (small, None),
        large => (29, Some(large - 29)),
    };
    // Types above 7 stand in a byte of their own.
    if kind <= 7 {
        out.push(kind << 5 | low);
    } else {
        out.extend([low, kind - 7]);
    }
    out.extend(rest);
}
