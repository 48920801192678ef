//! Whatever a text is, no format lets through what a terminal could obey.

use std::sync::{Arc, Mutex};

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::client::is_clean;
use crate::model::Timestamp;

#[derive(Debug, Serialize)]
struct Thing {
    id: String,
    text: String,
    list: Vec<String>,
}

impl Row for Thing {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::shown("id", "ID", |row| Value::text(&row.id)),
        Column::shown("text", "TEXT", |row| Value::text(&row.text)),
        Column::shown("word", "WORD", |row| Value::Word(&row.text)),
        Column::shown("instant", "INSTANT", |row| Value::Instant(&row.text)),
        Column::shown("ago", "AGO", |row| Value::Ago(&row.text)),
        Column::shown("money", "MONEY", |row| Value::Micros(1, &row.text)),
        Column::wide("list", "LIST", |row| Value::list(&row.list)),
    ];

    fn id(&self) -> &str {
        &self.id
    }
}

#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

fn out(format: Format, width: Option<usize>) -> (Out, Sink) {
    let sink = Sink::default();
    let settings = Settings {
        format,
        columns: None,
        header: Header::Shown,
        talk: Talk::Verbose,
        width,
        view: View {
            now: Timestamp::default(),
            zone: TimeZone::UTC,
        },
        style: Style::Plain,
        error_style: Style::Plain,
    };
    let out = Out::new(settings, Box::new(sink.clone()), Box::new(sink.clone()));
    (out, sink)
}

const FORMATS: &[Format] = &[
    Format::Table,
    Format::Wide,
    Format::Json,
    Format::Jsonl,
    Format::Yaml,
    Format::Csv,
    Format::Tsv,
    Format::Name,
    Format::Plain,
];

/// Texts that are more often hostile than chance would have them.
fn hostile() -> impl Strategy<Value = String> {
    let steer = "[\u{0}-\u{1f}\u{7f}-\u{9f}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\
                 \u{feff}\u{e0001}-\u{e007f}=+@,\"'\\-\\[\\]a-z ]{0,24}";
    prop_oneof![steer.prop_map(String::from), any::<String>()]
}

proptest! {
    #[test]
    fn no_text_steers_the_terminal(id in hostile(), text in hostile(), width in 20_usize..120) {
        for &format in FORMATS {
            let (mut out, sink) = out(format, Some(width));
            let thing = Thing {
                id: id.clone(),
                text: text.clone(),
                list: vec![text.clone(), id.clone()],
            };
            out.item(&thing).unwrap();
            out.list(&[thing]).unwrap();
            out.text(&text).unwrap();
            out.note(&text);
            out.warn(&text);
            let failure = Failure::invalid(text.clone()).hint(text.clone());
            out.failure(&failure);
            for line in sink.text().lines() {
                let line = line.replace('\t', " ");
                prop_assert!(is_clean(&line), "{:?}: {:?}", format, line);
            }
        }
    }

    #[test]
    fn a_table_fits_its_width(text in hostile(), width in 20_usize..200) {
        let (mut out, sink) = out(Format::Table, Some(width));
        let thing = Thing { id: "x".to_owned(), text: text.clone(), list: vec![text] };
        out.list(&[thing]).unwrap();
        // What had no room is said beside the table, on another stream.
        for line in sink.text().lines().filter(|line| !line.starts_with("no room for ")) {
            let shown = unicode_width::UnicodeWidthStr::width(line);
            prop_assert!(shown <= width, "{} > {}: {:?}", shown, width, line);
        }
    }

    #[test]
    fn a_row_of_tsv_has_its_cells(text in hostile()) {
        let (mut out, sink) = out(Format::Plain, None);
        let thing = Thing { id: text.clone(), text: text.clone(), list: vec![text] };
        out.list(&[thing]).unwrap();
        let text = sink.text();
        prop_assert_eq!(text.lines().count(), 1);
        prop_assert_eq!(text.split('\t').count(), 6);
    }

    #[test]
    fn csv_reads_back_cell_by_cell_and_runs_nothing(text in hostile()) {
        let (mut out, sink) = out(Format::Csv, None);
        let thing = Thing { id: text.clone(), text, list: Vec::new() };
        out.list(&[thing]).unwrap();
        let text = sink.text();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(rows.len(), 1);
        for cell in rows[0].iter().take(2) {
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{:?}", cell);
        }
    }
}
