//! Reads `text/event-stream` (WHATWG HTML §9.2.6), however it is cut into pieces.

use std::collections::VecDeque;

/// Longest line. The JSON of one event is one line; an operation has what was before and after.
const LINE_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Longest event, of however many lines.
const EVENT_BYTES_MAX: usize = 8 * 1024 * 1024;

/// One event as it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Frame {
    /// The last id that was sent, with this event or before.
    pub(super) id: String,
    /// Its name; empty where it has none.
    pub(super) name: String,
    /// What it carries.
    pub(super) data: String,
}

/// Something is longer than anything of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an event is larger than {} MiB", EVENT_BYTES_MAX >> 20)]
pub(super) struct TooLong;

/// Takes pieces, gives events.
#[derive(Debug, Default)]
pub(super) struct Frames {
    line: Vec<u8>,
    /// The last byte was a carriage return, which a line feed may belong to.
    after_return: bool,
    /// Nothing was read yet: a byte order mark may come.
    begun: bool,
    id: String,
    name: String,
    data: Option<String>,
    ready: VecDeque<Frame>,
}

impl Frames {
    /// Takes one more piece.
    pub(super) fn push(&mut self, mut piece: &[u8]) -> Result<(), TooLong> {
        while let Some(&first) = piece.first() {
            if std::mem::take(&mut self.after_return) && first == b'\n' {
                piece = piece.get(1..).unwrap_or_default();
                continue;
            }
            let end = piece.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let (line, rest) = piece.split_at(end.unwrap_or(piece.len()));
            if self.line.len() + line.len() > LINE_BYTES_MAX {
                return Err(TooLong);
            }
            self.line.extend_from_slice(line);
            let Some((sign, after)) = rest.split_first() else {
                break;
            };
            self.after_return = *sign == b'\r';
            self.end_line()?;
            piece = after;
        }
        Ok(())
    }

    /// The next whole event.
    pub(super) fn next(&mut self) -> Option<Frame> {
        self.ready.pop_front()
    }

    fn end_line(&mut self) -> Result<(), TooLong> {
        let line = std::mem::take(&mut self.line);
        let text = String::from_utf8_lossy(&line);
        let mut text = text.as_ref();
        if !std::mem::replace(&mut self.begun, true) {
            text = text.strip_prefix('\u{feff}').unwrap_or(text);
        }
        if text.is_empty() {
            self.end_event();
            return Ok(());
        }
        let (field, value) = text.split_once(':').unwrap_or((text, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.name),
            "data" => {
                let data = match &mut self.data {
                    Some(data) => {
                        data.push('\n');
                        data
                    }
                    none => none.insert(String::new()),
                };
                if data.len() + value.len() > EVENT_BYTES_MAX {
                    return Err(TooLong);
                }
                data.push_str(value);
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            // A comment, how long to wait, or something of a later day.
            _ => {}
        }
        Ok(())
    }

    fn end_event(&mut self) {
        let name = std::mem::take(&mut self.name);
        if let Some(data) = self.data.take() {
            let id = self.id.clone();
            self.ready.push_back(Frame { id, name, data });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(pieces: &[&[u8]]) -> Vec<Frame> {
        let mut frames = Frames::default();
        for piece in pieces {
            frames.push(piece).unwrap();
        }
        std::iter::from_fn(|| frames.next()).collect()
    }

    fn frame(id: &str, name: &str, data: &str) -> Frame {
        Frame {
            id: id.to_owned(),
            name: name.to_owned(),
            data: data.to_owned(),
        }
    }

    #[test]
    fn what_the_standard_says() {
        for (text, expected) in [
            ("data: a\n\n", vec![frame("", "", "a")]),
            ("\u{feff}data:a\n\n", vec![frame("", "", "a")]),
            (
                "data: a\ndata:  b\ndata\n\n",
                vec![frame("", "", "a\n b\n")],
            ),
            (
                "id: 7\nevent: x\ndata: a\r\n\r\ndata: b\r\r",
                vec![frame("7", "x", "a"), frame("7", "", "b")],
            ),
            (": nothing\nretry: 7\nfoo: bar\n\n", vec![]),
            ("event: x\n\ndata: a\n\n", vec![frame("", "", "a")]),
            ("id: 1\nid: a\0b\ndata: a\n\n", vec![frame("1", "", "a")]),
            ("id: 1\n\nid\ndata:\n\n", vec![frame("", "", "")]),
            ("data: cut off\n", vec![]),
        ] {
            assert_eq!(read(&[text.as_bytes()]), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_too_long_is_refused() {
        let mut frames = Frames::default();
        let piece = vec![b'a'; 1024 * 1024];
        assert!((0..4).all(|_| frames.push(&piece).is_ok()));
        assert_eq!(frames.push(&piece), Err(TooLong));
        let mut frames = Frames::default();
        let line = [b"data:".as_slice(), &piece, b"\n"].concat();
        assert_eq!((0..9).find_map(|_| frames.push(&line).err()), Some(TooLong));
    }

    /// Reads a whole text the slow, obvious way.
    fn oracle(text: &str) -> Vec<Frame> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let (mut found, mut id, mut name) = (Vec::new(), String::new(), String::new());
        let mut data: Vec<String> = Vec::new();
        let whole = text.rsplit_once('\n').map_or("", |(whole, _cut)| whole);
        let ended = text.contains('\n');
        for line in whole.split('\n').filter(|_| ended) {
            let (field, value) = line.split_once(':').unwrap_or((line, ""));
            let value = value.strip_prefix(' ').unwrap_or(value);
            match field {
                "" if line.is_empty() => {
                    if !data.is_empty() {
                        found.push(frame(&id, &name, &data.join("\n")));
                    }
                    data.clear();
                    name.clear();
                }
                "event" => name = value.to_owned(),
                "data" => data.push(value.to_owned()),
                "id" if !value.contains('\0') => id = value.to_owned(),
                _ => {}
            }
        }
        found
    }

    fn stream() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            Just("data: x"),
            Just("data:"),
            Just("data"),
            Just("id: 7"),
            Just("id"),
            Just("event: metrics"),
            Just(": heartbeat"),
            Just("retry: 3"),
            Just("\n"),
            Just("\r"),
            Just("\r\n"),
            Just("\n\n"),
            Just("\u{feff}"),
            Just("ü💥:"),
            Just(" "),
        ];
        proptest::collection::vec(part, 0..30).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn a_stream_means_the_same_however_it_is_cut(text in stream()) {
            let whole = oracle(&text);
            let bytes = text.as_bytes();
            prop_assert_eq!(read(&[bytes]), whole.clone());
            for cut in 0..=bytes.len() {
                let (one, other) = bytes.split_at(cut);
                prop_assert_eq!(read(&[one, other]), whole.clone(), "cut at {}", cut);
            }
            let each: Vec<&[u8]> = bytes.chunks(1).collect();
            prop_assert_eq!(read(&each), whole);
        }

        #[test]
        fn no_bytes_are_too_much(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut frames = Frames::default();
            prop_assert!(frames.push(&bytes).is_ok());
            while frames.next().is_some() {}
        }
    }
}
