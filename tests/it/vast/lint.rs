//! Every document against a linter that knows the text of the specification.

use super::cases;

#[test]
fn a_linter_finds_nothing_to_complain_about() {
    for case in cases() {
        let result = vastlint_core::validate(&case.text);
        let issues = result.issues.iter().map(|issue| {
            let path = issue.path.as_deref().unwrap_or_default();
            (issue.id, issue.severity.as_str(), path, issue.message)
        });
        // A mezzanine is a better original for stitchers; what was uploaded is all we have.
        let issues: Vec<_> = issues
            .filter(|issue| issue.0 != "VAST-4.1-mezzanine-recommended")
            .collect();
        assert!(issues.is_empty(), "{}: {issues:#?}", case.name);
        let found = result
            .version
            .best()
            .map(vastlint_core::VastVersion::as_str);
        assert_eq!(found, Some(case.version.as_str()), "{}", case.name);
    }
}

#[test]
fn the_linter_would_find_a_fault() {
    let case = &cases()[0];
    let broken = case.text.replace("<Impression>", "<Impresion>");
    assert!(vastlint_core::validate(&broken).summary.errors > 0);
}
