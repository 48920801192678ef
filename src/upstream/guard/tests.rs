//! Every spelling of every address that leads inside, names that change their mind, and what an
//! operator may free.

use std::net::{Ipv4Addr, Ipv6Addr};

use async_trait::async_trait;

use super::*;

/// Answers each name with what is written in the name: `a-10.0.0.1-8.8.8.8` or `v6-...`.
#[derive(Debug)]
struct Table;

#[async_trait]
impl Resolve for Table {
    async fn resolve(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        let answers: &[&str] = match name {
            "public.example" => &["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"],
            "private.example" | "origin.internal" => &["10.1.2.3"],
            "mixed.example" => &["93.184.216.34", "10.1.2.3"],
            "v6.example" => &["93.184.216.34", "::1"],
            "metadata.internal" => &["169.254.169.254"],
            "none.example" => &[],
            "many.example" => return Ok(vec![IpAddr::V4(Ipv4Addr::new(8, 8, 8, 8)); 65]),
            "localhost" | "localhost." => &["127.0.0.1"],
            _ => return Err(io::ErrorKind::NotFound.into()),
        };
        Ok(answers.iter().map(|text| text.parse().unwrap()).collect())
    }
}

fn guard(allow: &[&str], ports: &[u16]) -> Guard {
    let rules = GuardRules {
        allow: allow.iter().map(|rule| rule.parse().unwrap()).collect(),
        ports: ports.iter().copied().collect(),
        own_ports: BTreeSet::from([8_081]),
    };
    Guard::new(rules, Arc::new(Table))
}

fn check(guard: &Guard, text: &str) -> Result<(), Forbidden> {
    match Url::parse(text) {
        Ok(url) => guard.check(&url),
        // What is no URL is not fetched either.
        Err(_) => Err(Forbidden::Host),
    }
}

/// One of each range that leads inside, and the ends of most.
const INSIDE: [&str; 46] = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.0",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.255",
    "100.100.100.200",
    "127.0.0.1",
    "127.0.0.2",
    "127.255.255.255",
    "168.63.129.16",
    "169.254.0.1",
    "169.254.169.254",
    "169.254.170.2",
    "169.254.255.255",
    "172.16.0.0",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.0.255",
    "192.0.2.1",
    "192.0.2.255",
    "192.88.99.1",
    "192.168.0.0",
    "192.168.0.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "203.0.113.255",
    "224.0.0.1",
    "224.0.0.251",
    "233.252.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "247.1.2.3",
    "250.0.0.1",
    "254.255.255.255",
    "255.0.0.1",
    "255.255.255.255",
    "10.1.2.3",
    "172.20.10.2",
    "192.168.178.1",
    "127.1.2.3",
];

/// The neighbours of those ranges.
const OUTSIDE: [&str; 22] = [
    "1.0.0.0",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "168.63.129.15",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "191.255.255.255",
    "192.0.1.1",
    "192.0.3.1",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "203.0.112.255",
    "203.0.114.0",
    "223.255.255.255",
];

/// The ways to write an IPv4 address in a URL.
fn spellings(address: Ipv4Addr) -> Vec<String> {
    let [a, b, c, d] = address.octets();
    let whole = u32::from(address);
    let low = whole & 0xff_ffff;
    let wide = |text: String| -> String {
        let wide = |c: char| match c {
            '0'..='9' => char::from_u32(0xff10 + u32::from(c) - 0x30).unwrap(),
            '.' => '\u{3002}',
            other => other,
        };
        text.chars().map(wide).collect()
    };
    vec![
        format!("{a}.{b}.{c}.{d}"),
        format!("{a}.{b}.{c}.{d}."),
        format!("{whole}"),
        format!("{whole:#x}"),
        format!("{whole:#X}").replace("0X", "0x"),
        format!("0{whole:o}"),
        format!("{a}.{low}"),
        format!("{a}.{b}.{}", low & 0xffff),
        format!("{a:#x}.{b:#x}.{c:#x}.{d:#x}"),
        format!("0{a:o}.0{b:o}.0{c:o}.0{d:o}"),
        format!("000{a:o}.{b}.{c:#x}.{d}"),
        format!("{a}.{b}.{c}\u{ff0e}{d}"),
        format!("%3{a}.{b}.{c}.{d}"),
        wide(format!("{a}.{b}.{c}.{d}")),
        format!("{a}\t.{b}\n.{c}.{d}"),
        format!("[::ffff:{a}.{b}.{c}.{d}]"),
        format!("[::ffff:{:x}:{:x}]", whole >> 16, whole & 0xffff),
        format!("[0:0:0:0:0:FFFF:{a}.{b}.{c}.{d}]"),
    ]
}

/// The ways to carry an IPv4 address in an IPv6 address.
fn carriers(address: Ipv4Addr) -> Vec<String> {
    let whole = u32::from(address);
    let (high, low) = (whole >> 16, whole & 0xffff);
    vec![
        format!("[::{high:x}:{low:x}]"),
        format!("[::ffff:0:{high:x}:{low:x}]"),
        format!("[64:ff9b::{high:x}:{low:x}]"),
        format!("[64:ff9b:1::{high:x}:{low:x}]"),
        format!("[2002:{high:x}:{low:x}::]"),
        format!("[2002:{high:x}:{low:x}::1]"),
        format!(
            "[2001:0:4136:e378:8000:63bf:{:x}:{:x}]",
            high ^ 0xffff,
            low ^ 0xffff
        ),
    ]
}

#[test]
fn every_spelling_of_every_inside_address_is_refused() {
    let guard = guard(&[], &[]);
    let mut vectors = 0;
    for text in INSIDE {
        let address: Ipv4Addr = text.parse().unwrap();
        for host in spellings(address).into_iter().chain(carriers(address)) {
            for url in [
                format!("http://{host}/live.m3u8"),
                format!("https://{host}:8443/"),
            ] {
                let refused = check(&guard, &url);
                assert!(
                    matches!(
                        refused,
                        Err(Forbidden::Inside { .. } | Forbidden::Never { .. })
                    ),
                    "{url:?}: {refused:?}"
                );
                vectors += 1;
            }
        }
    }
    assert!(vectors > 2_000, "{vectors}");
}

#[test]
fn the_neighbours_outside_are_fetched_in_every_spelling_but_no_carrier() {
    let guard = guard(&[], &[]);
    for text in OUTSIDE {
        let address: Ipv4Addr = text.parse().unwrap();
        for host in spellings(address) {
            let url = format!("http://{host}/");
            assert_eq!(check(&guard, &url), Ok(()), "{url:?}");
        }
        for host in carriers(address) {
            let url = format!("http://{host}/");
            let refused = check(&guard, &url);
            assert!(matches!(refused, Err(Forbidden::Inside { .. })), "{url}");
        }
    }
}

#[test]
fn ipv6_is_public_only_where_it_is_given_out() {
    let guard = guard(&[], &[]);
    for address in [
        "::",
        "::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "fd20:ce::254",
        "fdff::1",
        "ff02::1",
        "ff0e::1",
        "100::1",
        "2001::1",
        "2001:1::1",
        "2001:2::1",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2001:1ff::1",
        "3fff::1",
        "3fff:fff::1",
        "4000::1",
        "5f00::1",
        "1fff::1",
        "::ffff:127.0.0.1",
    ] {
        let url = format!("http://[{address}]/");
        assert!(check(&guard, &url).is_err(), "{url}");
    }
    for address in [
        "2000::1",
        "2001:200::1",
        "2606:4700::1",
        "2a00::1",
        "3fff:1000::1",
    ] {
        let url = format!("http://[{address}]/");
        assert_eq!(check(&guard, &url), Ok(()), "{url}");
    }
}

#[test]
fn only_web_urls_without_credentials_at_web_ports() {
    let guard = guard(&["127.0.0.0/8"], &[81]);
    for (url, expected) in [
        ("ftp://public.example/", Err(Forbidden::Scheme)),
        ("file:///etc/passwd", Err(Forbidden::Scheme)),
        ("gopher://public.example/", Err(Forbidden::Scheme)),
        ("data:text/plain,x", Err(Forbidden::Scheme)),
        ("unix:/run/adserved.sock", Err(Forbidden::Scheme)),
        ("ws://public.example/", Err(Forbidden::Scheme)),
        ("javascript:alert(1)", Err(Forbidden::Scheme)),
        ("http://a@public.example/", Err(Forbidden::Credentials)),
        ("http://:b@public.example/", Err(Forbidden::Credentials)),
        (
            "http://public.example@10.0.0.1/",
            Err(Forbidden::Credentials),
        ),
        ("http://public.example\\@10.0.0.1/", Ok(())),
        ("http://public.example:0/", Err(Forbidden::Port(0))),
        ("http://public.example:22/", Err(Forbidden::Port(22))),
        ("http://public.example:25/", Err(Forbidden::Port(25))),
        ("http://public.example:6379/", Err(Forbidden::Port(6_379))),
        ("http://public.example:11211/", Err(Forbidden::Port(11_211))),
        ("http://public.example:2375/", Err(Forbidden::Port(2_375))),
        // Tabs and line ends are taken out of URLs: :80<TAB>81 is 8081.
        ("http://public.example:63\t79/", Err(Forbidden::Port(6_379))),
        ("http://public.example:81/", Ok(())),
        ("http://public.example:8080/", Ok(())),
        ("https://public.example/", Ok(())),
        ("https://public.example:80/", Ok(())),
    ] {
        assert_eq!(check(&guard, url), expected, "{url:?}");
    }
    // Freeing an address frees no port.
    let refused = check(&guard, "http://127.0.0.1:6379/");
    assert_eq!(refused, Err(Forbidden::Port(6_379)));
}

#[tokio::test]
async fn a_name_is_as_good_as_its_worst_address() {
    let guard = guard(&[], &[]);
    for (name, is_fine) in [
        ("public.example", true),
        ("93.184.216.34", true),
        ("[2606:4700::1]", true),
        ("private.example", false),
        ("mixed.example", false),
        ("v6.example", false),
        ("metadata.internal", false),
        ("none.example", false),
        ("many.example", false),
        ("localhost", false),
        ("localhost.", false),
        ("unknown.example", false),
        ("127.0.0.1", false),
        ("[::1]", false),
        ("[::ffff:7f00:1]", false),
    ] {
        let found = guard.addresses(name).await;
        assert_eq!(found.is_ok(), is_fine, "{name}: {found:?}");
    }
    let found = guard.addresses("public.example").await.unwrap();
    assert_eq!(found.len(), 2);
}

#[tokio::test]
async fn an_operator_frees_what_is_named_and_nothing_else() {
    let is_free = |allow: &'static str, host: &'static str| async move {
        guard(&[allow], &[]).addresses(host).await.is_ok()
    };
    for (allow, host, expected) in [
        ("127.0.0.0/8", "127.0.0.1", true),
        ("127.0.0.0/8", "localhost", true),
        ("127.0.0.0/8", "[::ffff:127.0.0.1]", true),
        ("127.0.0.0/8", "[::1]", false),
        ("127.0.0.0/8", "10.1.2.3", false),
        ("10.1.0.0/16", "origin.internal", true),
        ("10.2.0.0/16", "origin.internal", false),
        ("origin.internal", "origin.internal", true),
        ("ORIGIN.Internal", "origin.internal", true),
        ("origin.internal.", "origin.internal", true),
        ("*.internal", "origin.internal", true),
        ("*.origin.internal", "origin.internal", false),
        ("internal", "origin.internal", false),
        ("origin.internal", "private.example", false),
        // A name frees no address that is asked for as such.
        ("origin.internal", "10.1.2.3", false),
        // Nobody frees these.
        ("0.0.0.0/0", "10.1.2.3", true),
        ("0.0.0.0/0", "169.254.169.254", false),
        ("0.0.0.0/0", "0.0.0.0", false),
        ("0.0.0.0/0", "224.0.0.1", false),
        ("169.254.169.254", "169.254.169.254", false),
        ("*.internal", "metadata.internal", false),
        ("64:ff9b::/96", "[64:ff9b::808:808]", true),
        ("64:ff9b::/96", "[64:ff9b::a9fe:a9fe]", false),
        ("::/0", "[fd00:ec2::254]", false),
        ("::/0", "[fd00::1]", true),
    ] {
        assert_eq!(is_free(allow, host).await, expected, "{allow} {host}");
    }
    for bad in [
        "",
        "*",
        "*.",
        "a b",
        "10.0.0.0/33",
        "http://a",
        "*.*.a",
        "a/8",
        "[::1]",
    ] {
        assert!(bad.parse::<AllowRule>().is_err(), "{bad:?}");
    }
}

#[test]
fn a_machine_does_not_reach_its_own_admin_listener() {
    let guard = guard(&["127.0.0.0/8"], &[]);
    let ends = |own: &str, peer: &str| {
        guard
            .check_ends(own.parse().unwrap(), peer.parse().unwrap())
            .is_ok()
    };
    assert!(!ends("127.0.0.1:40000", "127.0.0.1:8081"));
    assert!(!ends("127.0.0.1:40000", "127.0.0.9:8081"));
    assert!(!ends("93.184.216.34:40000", "93.184.216.34:8081"));
    assert!(!ends("[::ffff:127.0.0.1]:40000", "127.0.0.1:8081"));
    assert!(ends("127.0.0.1:40000", "127.0.0.1:8080"));
    assert!(ends("93.184.216.34:40000", "93.184.216.35:8081"));
}

#[test]
fn messages_name_the_host_and_the_setting_and_nothing_of_the_url() {
    let refused = check(&guard(&[], &[]), "http://10.0.0.1/live.m3u8?token=hunter2");
    let text = refused.unwrap_err().to_string();
    assert_eq!(
        text,
        "10.0.0.1 is private, and not fetched from; upstream.allow can free it"
    );
    let wrapped: IpAddr = Ipv6Addr::LOCALHOST.into();
    assert_eq!(judge(wrapped), Verdict::Inside(Kind::Loopback));
}
