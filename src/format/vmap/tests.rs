//! Documents as they are written, and read again.

use super::*;
use crate::format::vast;

fn write(breaks: &[AdBreak<'_>]) -> String {
    let mut out = Vec::new();
    let mut answer = Answer::begin(&mut out);
    for one in breaks {
        answer.ad_break(one);
    }
    answer.end();
    String::from_utf8(out).unwrap()
}

fn tag(offset: Offset, uri: &str) -> String {
    let id = "one";
    let source = Source::Tag(uri);
    write(&[AdBreak { offset, id, source }])
}

#[test]
fn breaks_stand_where_they_are() {
    for (offset, expected) in [
        (Offset::Start, "start"),
        (Offset::End, "end"),
        (Offset::At(Millis(90_000)), "00:01:30.000"),
        (Offset::At(Millis(3_723_004)), "01:02:03.004"),
        (Offset::At(Millis(86_400_000)), "24:00:00.000"),
    ] {
        let text = tag(offset, "https://ads.example/");
        let attribute = format!(" timeOffset=\"{expected}\" ");
        assert!(text.contains(&attribute), "{text}");
    }
}

#[test]
fn no_value_breaks_out_of_its_place() {
    let text = tag(
        Offset::Start,
        "https://ads.example/?a=1&b=]]><x>&c=[ERRORCODE]",
    );
    assert!(
        text.contains("<![CDATA[https://ads.example/?a=1&b=]]]]><![CDATA[><x>&c=[ERRORCODE]]]>"),
        "{text}"
    );
    let (offset, id) = (Offset::Start, "\"><x a=\"");
    let source = Source::Tag("https://ads.example/");
    let text = write(&[AdBreak { offset, id, source }]);
    assert!(
        text.contains(" breakId=\"&quot;&gt;&lt;x a=&quot;\">"),
        "{text}"
    );
}

#[test]
fn a_document_inside_has_one_declaration_around_it() {
    let mut document = Vec::new();
    vast::Answer::begin(vast::Version::V3_0, &mut document).end();
    let document = String::from_utf8(document).unwrap();
    for document in [
        document.as_str(),
        document.split_once("?>").unwrap().1,
        "<?xml version='1.0'?><VAST version=\"3.0\"/>",
    ] {
        let (offset, id) = (Offset::Start, "one");
        let source = Source::Vast(document);
        let text = write(&[AdBreak { offset, id, source }]);
        assert_eq!(text.matches("<?xml").count(), 1, "{text}");
        assert!(
            text.contains("<vmap:VASTAdData><VAST version=\"3.0\""),
            "{text}"
        );
    }
}
