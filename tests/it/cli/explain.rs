//! `adctl explain`, `decide` and `campaigns why` in wrong hands: the exit of each cause, and why.

use super::desk::Desk;

#[test]
fn every_wrong_question_has_its_exit_and_its_reason() {
    let desk = Desk::furnished();
    desk.campaign("spring");
    for (name, text) in [
        ("good.json", r#"{"channel": "news", "pod_duration": 30}"#),
        ("good.yaml", "channel: news\npod_duration: 30\n"),
        ("list.json", "[]"),
        ("torn.json", r#"{"channel": "#),
        ("nowhere.json", r#"{"channel": "nowhere"}"#),
        ("never.json", r#"{"channel": "news", "pod_duration": 0}"#),
        ("binary.json", "\u{0}\u{1}"),
    ] {
        desk.file(name, text.as_bytes());
    }
    for (code, arguments, said) in [
        (2, "explain", "<DECISION>"),
        (2, "explain dec_1 --request good.json", "cannot be used"),
        (2, "explain dec_1 --at now", "cannot be used"),
        (2, "explain dec_1 --seed 1", "cannot be used"),
        (2, "decide", "--request"),
        (
            2,
            "decide --request good.json --at someday",
            "--at: `someday` is not a time",
        ),
        (
            2,
            "campaigns why spring --since someday",
            "--since: `someday` is not a time",
        ),
        (3, "explain dec_1", "no decision `dec_1`"),
        (3, "explain nonsense", "no decision `nonsense`"),
        (
            3,
            "explain ../campaigns/cmp_1",
            "no decision `../campaigns/cmp_1`",
        ),
        (3, "explain dec_1?seed=1#x", "no decision `dec_1?seed=1#x`"),
        (
            3,
            "explain --request good.json --campaign nothing",
            "nothing",
        ),
        (3, "decide --request none.json", "none.json"),
        (3, "campaigns why nothing", "no campaign `nothing`"),
        (6, "decide --request list.json", "must be a JSON object"),
        (6, "decide --request torn.json", "torn.json"),
        (6, "decide --request binary.json", "binary.json"),
        (
            6,
            "decide --request nowhere.json",
            "there is no such channel",
        ),
        (6, "decide --request never.json", "pod_duration"),
        (6, "decide --request good.json --seed xyz", "seed"),
        (
            6,
            "decide --request good.json --seed 00000000000000001",
            "seed",
        ),
        // Nothing to serve is an answer, and the answer is no.
        (1, "decide --request good.yaml", "no ad: "),
    ] {
        let ran = desk.run(&arguments.split_whitespace().collect::<Vec<_>>());
        assert_eq!(ran.code, code, "adctl {arguments}: {ran:#?}");
        assert!(ran.err.contains(said), "adctl {arguments}: {}", ran.err);
        assert_eq!(ran.out, "", "adctl {arguments}");
    }
    let explained = desk.must(&["explain", "--request", "good.json"]);
    assert!(explained.out.contains("spring\t"), "{explained:?}");
}
