//! People and keys at the desk: an agency gets a login, a job gets a key, and both lose them.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Stdio;

use serde_json::json;

use super::desk::{Desk, Ran};
use crate::support::daemon::Daemon;

const PASSWORD: &[u8] = b"correct horse battery\n";

/// A daemon whose admin API listens on the loopback interface too; its operator, and where that is.
fn serving(data: &std::path::Path) -> (Daemon, Desk, String) {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap().to_string();
    drop(free);
    let environment = [
        ("ADSERVED_ADMIN__LISTEN", address.as_str()),
        ("ADSERVED_ADMIN__TOKEN", "0123456789abcdef0123456789abcdef"),
    ];
    let daemon = Daemon::start(data, &environment);
    let operator = Desk::at(data.join("admin.sock").to_str().unwrap());
    operator.must(&["tenants", "create", "acme"]);
    for name in ["motorco", "teaco"] {
        operator.must(&["advertisers", "create", name]);
    }
    operator.must(&["channels", "create", "news"]);
    (daemon, operator, format!("http://{address}"))
}

fn invite(operator: &Desk, email: &str, more: &[&str]) -> String {
    let mut arguments = vec!["users", "invite", email, "-q"];
    arguments.extend(more);
    operator.must(&arguments).line().to_owned()
}

/// The files of logins in the home of a desk.
fn logins(desk: &Desk) -> Vec<PathBuf> {
    let folder = desk.home().join(".config/adctl/logins");
    let files = std::fs::read_dir(folder).into_iter().flatten();
    let files = files.map(|file| file.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect()
}

fn denied(ran: &Ran, hint: &str) {
    assert_eq!(ran.code, 4, "{ran:#?}");
    assert!(ran.err.contains(hint), "{ran:#?}");
}

#[test]
fn an_agency_gets_a_login_works_with_it_and_loses_it() {
    let data = tempfile::tempdir().unwrap();
    let (_daemon, operator, address) = serving(data.path());
    let agency = Desk::at(&address);
    denied(&agency.run(&["campaigns", "list"]), "adctl login");

    let whose = ["--role", "advertiser", "--advertiser", "motorco"];
    let code = invite(&operator, "ann@agency.example", &whose);
    let register = ["register", &code, "--name", "Ann", "--password-stdin"];
    let short = agency.fed(&register, b"short\n");
    assert_eq!(short.code, 6, "{short:#?}");
    let user = agency
        .fed(&[&register[..], &["-o", "json"]].concat(), PASSWORD)
        .json();
    assert_eq!(user["status"], "active");
    let [file] = <[PathBuf; 1]>::try_from(logins(&agency)).unwrap();
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);

    let me = agency.json(&["whoami"]);
    assert_eq!(
        (&me["user"]["name"], &me["tenant"]),
        (&json!("Ann"), &json!("acme"))
    );
    let mine = agency.json(&["advertisers", "list"]);
    assert_eq!(mine[0]["name"], "motorco");
    assert_eq!(mine.as_array().unwrap().len(), 1);
    agency.campaign("spring");
    denied(
        &agency.run(&["channels", "list"]),
        "ask an admin of the tenant",
    );
    let other = agency.run(&["advertisers", "get", "teaco"]);
    assert_eq!(other.code, 3, "{other:#?}");
    let history = operator.json(&["history", "--actor", "us_1"]);
    assert_eq!(history[0]["subject_name"], "spring");

    agency.must(&["logout"]);
    assert_eq!(logins(&agency), Vec::<PathBuf>::new());
    denied(&agency.run(&["campaigns", "list"]), "adctl login");
    let login = ["login", "ann@agency.example", "--password-stdin"];
    let wrong = agency.fed(&login, b"wrong horse battery\n");
    denied(&wrong, "the address of mail or the password is wrong");
    assert_eq!(agency.fed(&login, PASSWORD).code, 0);
    agency.must(&["campaigns", "get", "spring"]);
    operator.must(&["users", "disable", "ann@agency.example"]);
    denied(&agency.run(&["campaigns", "list"]), "adctl login");
    denied(&agency.fed(&login, PASSWORD), "this user is disabled");
    operator.must(&["users", "enable", "us_1"]);
    assert_eq!(agency.fed(&login, PASSWORD).code, 0);
    operator.must(&["users", "delete", "us_1", "--yes"]);
    denied(&agency.run(&["campaigns", "list"]), "adctl login");
}

#[test]
fn a_job_gets_a_key_for_what_it_does_and_loses_it() {
    let data = tempfile::tempdir().unwrap();
    let (_daemon, operator, address) = serving(data.path());
    let scope = ["--scope", "stats:read", "--expires", "+90d", "-q"];
    let secret = operator.must(&[&["keys", "create", "ci"][..], &scope].concat());
    let secret = secret.line().to_owned();
    let job = Desk::at(&address);
    let with = |key: &str, arguments: &[&str]| {
        let mut command = job.command(arguments);
        Ran::of(command.env("ADCTL_TOKEN", key).output().unwrap())
    };
    let stats = with(&secret, &["stats", "-o", "json"]);
    assert_eq!(stats.code, 0, "{stats:#?}");
    let file = job.file("key.txt", secret.as_bytes());
    job.must(&["stats", "--token-file", &file]);
    denied(&with(&secret, &["campaigns", "list"]), "campaigns:read");
    let shown = with(&secret, &["whoami", "-o", "json"]).json();
    assert_eq!(
        (&shown["kind"], &shown["scopes"]),
        (&json!("key"), &json!(["stats:read"]))
    );
    let listed = operator.json(&["keys", "list"]);
    assert!(secret.starts_with(listed[0]["prefix"].as_str().unwrap()));
    assert!(listed[0]["used_at"].is_string());

    let new = operator
        .must(&["keys", "rotate", "ci", "-q"])
        .line()
        .to_owned();
    denied(&with(&secret, &["stats"]), "adctl login");
    assert_eq!(with(&new, &["stats"]).code, 0);
    // Nor does the socket make up for a secret that was cut off.
    for cut in ["adk_", "nobody's", new.get(..new.len() - 1).unwrap()] {
        let mut command = operator.command(&["stats"]);
        let ran = Ran::of(command.env("ADCTL_TOKEN", cut).output().unwrap());
        denied(&ran, "adctl login");
    }
    operator.must(&["keys", "revoke", "ci", "--yes"]);
    denied(&with(&new, &["stats"]), "adctl login");
}

#[test]
fn a_login_renews_itself_also_for_many_at_once() {
    // The clock of this daemon stands in the past, so every token is too old for adctl at once.
    let desk = Desk::furnished();
    let code = desk
        .must(&["users", "invite", "ann@a.example", "-q"])
        .line()
        .to_owned();
    let registered = desk.fed(&["register", &code, "--password-stdin"], PASSWORD);
    assert_eq!(registered.code, 0, "{registered:#?}");
    let many: Vec<_> = (0..6)
        .map(|_| {
            let mut command = desk.command(&["whoami", "-q"]);
            let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    for child in many {
        let ran = Ran::of(child.wait_with_output().unwrap());
        assert_eq!((ran.code, ran.line()), (0, "us_1"), "{ran:#?}");
    }
    // A copy of the login that is used once more ends it.
    let [file] = <[PathBuf; 1]>::try_from(logins(&desk)).unwrap();
    let copy = std::fs::read(&file).unwrap();
    desk.must(&["whoami"]);
    std::fs::write(&file, copy).unwrap();
    assert_eq!(desk.run(&["whoami"]).code, 4);
    assert_eq!(desk.run(&["whoami"]).code, 4);
    desk.must(&["logout"]);
    assert_eq!(
        desk.must(&["whoami", "-q"]).line(),
        format!("uid:{}", uid())
    );
}

fn uid() -> u32 {
    rustix::process::getuid().as_raw()
}

#[test]
fn no_password_is_asked_where_nobody_types_and_none_crosses_a_network_in_the_clear() {
    let desk = Desk::at("http://192.0.2.1:9");
    let told = desk.run(&["login", "ann@a.example", "--password-stdin"]);
    denied(&told, "use an https:// server");
    let desk = Desk::at("http://127.0.0.1:9");
    let asked = desk.run(&["login", "ann@a.example"]);
    assert_eq!(asked.code, 2, "{asked:#?}");
    assert!(asked.err.contains("--password-stdin"), "{asked:#?}");
}
