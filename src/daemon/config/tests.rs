//! Configurations that are right, and many that are not.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::keys::{KEYS, SECTIONS, Value};
use super::*;

/// A folder with a configuration and whatever it names.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        path
    }

    /// Sources with this file; `@/` in it is the folder.
    fn sources(&self, text: &str) -> Sources {
        let folder = self.0.path().to_str().unwrap();
        let file = self.write("adserved.toml", text.replace("@/", &format!("{folder}/")));
        Sources {
            file: Some(file),
            ..Sources::default()
        }
    }
}

fn lines(problems: &[ConfigProblem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

fn set(sources: &mut Sources, name: &str, value: &str) {
    sources
        .environment
        .insert(name.to_owned(), value.to_owned());
}

const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// A file, and for each problem where it is and a part of its line.
const BROKEN: &[(&str, &[(&str, &str)])] = &[
    // Not TOML.
    ("server", &[("1:7", "is not valid TOML")]),
    ("[server\nlisten = 1", &[("1:8", "is not valid TOML")]),
    ("[server]\nlisten = ", &[("2:10", "is not valid TOML")]),
    ("[server]\nlisten = \"a", &[("2:", "is not valid TOML")]),
    (
        "[server]\nworkers = 1\nworkers = 2",
        &[("3:1", "is not valid TOML: duplicate key")],
    ),
    ("[server]\nworkers = 01", &[("2:", "is not valid TOML")]),
    (
        "[server]\n[server]",
        &[("2:", "is not valid TOML: duplicate key")],
    ),
    // Nothing we know.
    (
        "[sever]\nlisten = \"[::1]:1\"",
        &[(
            "1:2",
            "sever: there is no such setting; did you mean server?",
        )],
    ),
    (
        "[server]\nlisen = \"[::1]:1\"",
        &[(
            "2:1",
            "server.lisen: there is no such setting; did you mean server.listen?",
        )],
    ),
    (
        "[server]\n  Listen = \"[::1]:1\"",
        &[("2:3", "did you mean server.listen?")],
    ),
    (
        "workers = 1",
        &[(
            "1:1",
            "workers: there is no such setting; did you mean server.workers?",
        )],
    ),
    (
        "[admin]\ntokn_file = \"x\"",
        &[("2:1", "did you mean admin.token_file?")],
    ),
    (
        "[server.limit]\n",
        &[("1:9", "did you mean server.limits?")],
    ),
    (
        "[server]\nlimits = 5",
        &[("2:1", "server.limits: is a section, not a number")],
    ),
    (
        "server = 5",
        &[("1:1", "server: is a section, not a number")],
    ),
    (
        "[log]\nquux = 1",
        &[("2:1", "log.quux: there is no such setting")],
    ),
    (
        "[creatives.s3]\nbukket = \"b\"",
        &[("2:1", "did you mean creatives.s3.bucket?")],
    ),
    (
        "[server]\nconnections_max = 5",
        &[("2:1", "did you mean server.limits.connections_max?")],
    ),
    // The wrong type.
    (
        "[server]\nlisten = 8080",
        &[(
            "2:10",
            "server.listen: should be a text in quotes, not 8080",
        )],
    ),
    ("[server]\nlisten = true", &[("2:10", "not true or false")]),
    (
        "[server]\nlisten = [\"[::1]:1\"]",
        &[("2:10", "not a list")],
    ),
    (
        "[server]\nworkers = \"two\"",
        &[("2:11", "server.workers: should be a whole number")],
    ),
    (
        "[server]\nworkers = 1.5",
        &[("2:11", "not a number with a fraction")],
    ),
    (
        "[server]\nworkers = -1",
        &[("2:11", "should be a whole number, 0 or more, not -1")],
    ),
    ("[server]\nworkers = 2026-01-01", &[("2:11", "not a date")]),
    (
        "[server]\nworkers = { a = 1 }",
        &[("2:11", "not a section")],
    ),
    (
        "[server]\nworkers = 99999999999999999999",
        &[("2:11", "an integer out of range")],
    ),
    (
        "[server]\ntrusted_proxies = \"10.0.0.0/8\"",
        &[("2:19", "should be a list")],
    ),
    (
        "[admin]\nsocket_uids = [\"root\"]",
        &[("2:15", "should be a whole number")],
    ),
    (
        "[admin]\nsocket_uids = [4294967296]",
        &[("2:15", "4294967296 is too large")],
    ),
    // A value that cannot be.
    (
        "[server]\nlisten = \"localhost:8080\"",
        &[("2:10", "`localhost:8080` is not an address and port")],
    ),
    (
        "[server]\nlisten = \"127.0.0.1\"",
        &[("2:10", "is not an address and port")],
    ),
    (
        "[server]\nlisten = \"127.0.0.1:65536\"",
        &[("2:10", "is not an address and port")],
    ),
    (
        "[server]\nlisten = \" \"",
        &[("2:10", "server.listen: is empty")],
    ),
    (
        "[server]\nlisten = \"0.0.0.0:80\"",
        &[("", "server.public_url: players cannot reach 0.0.0.0:80")],
    ),
    (
        "[server]\ndata_dir = \"\"",
        &[("2:12", "server.data_dir: is empty")],
    ),
    (
        "[server]\ndata_dir = \"a\\u0000b\"",
        &[("2:12", "a path has no NUL")],
    ),
    (
        "[server]\nworkers = 65",
        &[("2:11", "65 is not from 0 to 64")],
    ),
    (
        "[server]\npublic_url = \"ads.example.com\"",
        &[("2:14", "is not a URL")],
    ),
    (
        "[server]\npublic_url = \"ftp://ads.example.com\"",
        &[("2:14", "does not begin with http:// or https://")],
    ),
    (
        "[server]\npublic_url = \"https://a/?x=1\"",
        &[("2:14", "must end before ?")],
    ),
    (
        "[server]\npublic_url = \"https://u:p@a/\"",
        &[("2:14", "must not hold a user or a password")],
    ),
    (
        "[server]\ntrusted_proxies = [\"10.0.0.0/33\"]",
        &[("2:19", "`10.0.0.0/33` is not an address or a range")],
    ),
    (
        "[server.limits]\nheader_timeout_ms = 5",
        &[("2:21", "5 is not from 100 to 600000")],
    ),
    (
        "[server.limits]\nheader_bytes_max = 0",
        &[("2:20", "0 is not from 1024 to 65536")],
    ),
    (
        "[server.limits]\nrequests_per_connection_max = 0",
        &[("2:31", "0 is not from 1 to")],
    ),
    (
        "[creatives]\nmax_bytes = 0",
        &[("2:13", "0 is not from 1024")],
    ),
    (
        "[creatives]\nmax_duration_ms = 600001",
        &[("2:19", "600001 is not from 1000 to 600000")],
    ),
    (
        "[creatives]\nstore = \"S3\"",
        &[("2:9", "`S3` is not one of local, s3")],
    ),
    (
        "[creatives]\ncdn_base_urls = [\"cdn\"]",
        &[("2:17", "`cdn` is not an http(s) address")],
    ),
    (
        "[creatives.s3]\npresign_seconds = 604801",
        &[("2:19", "is not from 60 to 604800")],
    ),
    (
        "[upstream]\nallow = [\"10.0.0.0/33\"]",
        &[(
            "2:9",
            "`10.0.0.0/33` is no range such as 10.0.0.0/8 and no name",
        )],
    ),
    (
        "[upstream]\nports = [81, 65536]",
        &[("2:9", "65536 is no port")],
    ),
    (
        "[upstream]\ntimeout_ms = 5",
        &[("2:14", "5 is not from 50 to 60000")],
    ),
    (
        "[log]\nformat = \"xml\"",
        &[("2:10", "`xml` is not one of auto, json, text")],
    ),
    (
        "[log]\nlevel = \"loud\"",
        &[("2:9", "log.level: `loud` is not one of error, warn")],
    ),
    // What does not fit together.
    (
        "[admin]\nlisten = \"127.0.0.1:81\"",
        &[("2:10", "admin.listen: needs a token: set admin.token_file")],
    ),
    (
        "[admin]\nlisten = \"192.0.2.1:81\"\ntoken_file = \"@/token\"",
        &[(
            "2:10",
            "is reached from other machines: set admin.tls_cert and admin.tls_key",
        )],
    ),
    (
        "[admin]\nlisten = \"[::]:81\"\ntoken_file = \"@/token\"",
        &[("2:10", "is reached from other machines")],
    ),
    (
        "[admin]\nlisten = \"127.0.0.1:8080\"\ntoken_file = \"@/token\"",
        &[("2:10", "is the address of server.listen")],
    ),
    (
        "[admin]\ntls_cert = \"a\"",
        &[("2:12", "needs admin.tls_key too")],
    ),
    (
        "[admin]\ntls_key = \"a\"",
        &[("2:11", "needs admin.tls_cert too")],
    ),
    (
        "[creatives]\nstore = \"s3\"",
        &[
            ("", "creatives.s3.bucket: is missing"),
            ("", "creatives.s3.access_key_id_file: is missing"),
            ("", "creatives.s3.secret_access_key_file: is missing"),
        ],
    ),
    // Secrets.
    (
        "[admin]\ntoken = \"hunter2\"",
        &[("2:9", "a secret does not belong in this file")],
    ),
    (
        "[creatives.s3]\nsecret_access_key = \"hunter2\"",
        &[("2:21", "a secret does not belong in this file")],
    ),
    (
        "[admin]\ntoken_file = \"@/none\"",
        &[("2:14", "none: No such file")],
    ),
    (
        "[admin]\ntoken_file = \"@/open\"",
        &[("2:14", "every user can use it (mode 644); run: chmod o=")],
    ),
    (
        "[admin]\ntoken_file = \"@/short\"",
        &[("2:14", "a token is at least 32 visible characters")],
    ),
    (
        "[admin]\ntoken_file = \"@/spaced\"",
        &[("2:14", "a token is at least 32 visible characters")],
    ),
    // Everything at once, in the order of the file's names.
    (
        "[server]\nlisten = 1\nworkers = 65\nlisen = 2\n[log]\nformat = 3",
        &[
            ("4:1", "server.lisen: there is no such setting"),
            ("2:10", "server.listen: should be"),
            ("3:11", "server.workers: 65 is not"),
            ("6:10", "log.format: should be"),
        ],
    ),
];

#[test]
fn broken_files_are_refused_with_every_fault_and_its_place() {
    assert!(BROKEN.len() >= 50, "{}", BROKEN.len());
    let place = Place::new();
    place.write("token", TOKEN);
    place.write("short", "hunter2");
    place.write("spaced", format!("{TOKEN} {TOKEN}"));
    let open = place.write("open", TOKEN);
    fs::set_permissions(open, fs::Permissions::from_mode(0o644)).unwrap();
    for (text, expected) in BROKEN {
        let Err(problems) = load(&place.sources(text)) else {
            panic!("{text:?} was taken");
        };
        let found = lines(&problems);
        assert_eq!(found.len(), expected.len(), "{text:?}: {found:#?}");
        for ((at, part), line) in expected.iter().zip(&found) {
            let at = match *at {
                "" => String::new(),
                at => format!("adserved.toml:{at}"),
            };
            assert!(
                line.contains(&at) && line.contains(part),
                "{text:?}: {line}"
            );
            assert!(!line.contains("hunter2"), "{line}");
        }
    }
}

#[test]
fn files_that_cannot_be_read_are_refused() {
    let place = Place::new();
    let sources = |path: PathBuf| Sources {
        file: Some(path),
        ..Sources::default()
    };
    for (path, part) in [
        (place.0.path().join("none"), "none: No such file"),
        (place.0.path().to_owned(), "Is a directory"),
        (
            place.write("binary", b"[server]\n\xff"),
            "is not UTF-8 at byte 9",
        ),
        (
            place.write("large", vec![b'#'; 2 * 1024 * 1024]),
            "is larger than 1 MiB",
        ),
    ] {
        let found = lines(&load(&sources(path)).unwrap_err());
        assert!(found.len() == 1 && found[0].contains(part), "{found:?}");
    }
}

#[test]
fn an_empty_file_is_the_default() {
    let (config, origins) = load(&Place::new().sources("")).unwrap();
    assert_eq!(config.server.data_dir, PathBuf::from("data"));
    assert_eq!(config.server.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.server.workers, None);
    assert_eq!(
        config.server.public_url_at(config.server.listen),
        "http://127.0.0.1:8080"
    );
    assert!(config.admin.tcp.is_none() && config.admin.socket.is_none());
    assert!(matches!(config.creatives.store, CreativeStore::Local));
    assert_eq!(config.creatives.presign, Duration::from_hours(24));
    let limits = config.server.limits.for_descriptors(1_024);
    assert_eq!(limits, Limits::for_descriptors(1_024));
    assert!(
        origins.text(ShowOrigin::Yes).lines().all(|line| {
            line.is_empty() || line.starts_with('[') || line.ends_with("# default")
        })
    );
}

#[test]
fn a_full_file_is_taken_as_it_says() {
    let place = Place::new();
    place.write("token", format!("{TOKEN}\n"));
    place.write("secret", "s3cret");
    let text = "
        [server]
        data_dir = '/srv/ads'
        listen = '0.0.0.0:80'
        public_url = 'https://ads.example.com/tv/'
        workers = 3
        trusted_proxies = ['10.0.0.0/8', '::1']
        [server.limits]
        connections_max = 7
        body_timeout_ms = 1_500
        [admin]
        socket = '/run/adserved.sock'
        socket_uids = [1000, 1000, 1001]
        listen = '192.0.2.1:81'
        token_file = '@/token'
        tls_cert = 'c'
        tls_key = 'k'
        [creatives]
        store = 's3'
        cdn_base_urls = ['https://cdn.example/ads#tenant=ten_2&container=webm']
        [creatives.s3]
        bucket = 'b'
        endpoint = 'http://127.0.0.1:9000'
        access_key_id = 'me'
        secret_access_key_file = '@/secret'
        [log]
        level = 'warn,adserve::edge=debug'
        format = 'json'
    ";
    let (config, _origins) = load(&place.sources(text)).unwrap();
    assert_eq!(
        config.server.public_url_at(config.server.listen),
        "https://ads.example.com/tv"
    );
    assert_eq!(config.server.workers, NonZeroU16::new(3));
    let limits = config.server.limits.for_descriptors(1_000_000);
    assert_eq!(
        (limits.connections_max, limits.body_timeout),
        (7, Duration::from_millis(1_500))
    );
    assert_eq!(config.admin.socket_uids, BTreeSet::from([1000, 1001]));
    let tcp = config.admin.tcp.clone().unwrap();
    assert_eq!(tcp.token.expose(), TOKEN);
    assert!(tcp.tls.is_some());
    let CreativeStore::S3(s3) = &config.creatives.store else {
        panic!("{:?}", config.creatives.store);
    };
    assert_eq!(
        (s3.access_key_id.as_str(), s3.secret_access_key.expose()),
        ("me", "s3cret")
    );
    assert_eq!(config.log.format, Some(crate::telemetry::LogFormat::Json));
    let shown = format!("{config:?}");
    assert!(
        !shown.contains(TOKEN) && !shown.contains("s3cret"),
        "{shown}"
    );
}

#[test]
fn flags_win_over_variables_and_variables_over_the_file() {
    let place = Place::new();
    let mut sources = place.sources("[server]\nworkers = 1\nlisten = '[::1]:1'\ndata_dir = 'file'");
    set(&mut sources, "ADSERVED_SERVER__WORKERS", "2");
    set(&mut sources, "ADSERVED_SERVER__LISTEN", "[::1]:2");
    set(
        &mut sources,
        "ADSERVED_SERVER__LIMITS__CONNECTIONS_MAX",
        "1_000",
    );
    set(&mut sources, "ADSERVED_ADMIN__SOCKET_UIDS", "1, 2");
    set(&mut sources, "ADSERVED_ADMIN__TOKEN", TOKEN);
    set(&mut sources, "PATH", "/bin");
    let flag =
        |flag: &str, key: &str, value: &str| (flag.to_owned(), key.to_owned(), value.to_owned());
    sources
        .flags
        .push(flag("--listen", "server.listen", "[::1]:3"));
    let (config, origins) = load(&sources).unwrap();
    assert_eq!(config.server.data_dir, PathBuf::from("file"));
    assert_eq!(config.server.workers, NonZeroU16::new(2));
    assert_eq!(config.server.listen.port(), 3);
    assert_eq!(config.admin.socket_uids, BTreeSet::from([1, 2]));

    let text = origins.text(ShowOrigin::Yes);
    for line in [
        "workers = \"2\"  # $ADSERVED_SERVER__WORKERS".replace('"', ""),
        "listen = \"[::1]:3\"  # --listen".to_owned(),
        "connections_max = 1_000  # $ADSERVED_SERVER__LIMITS__CONNECTIONS_MAX".to_owned(),
        "socket_uids = [1, 2]  # $ADSERVED_ADMIN__SOCKET_UIDS".to_owned(),
        "token = \"********\"  # $ADSERVED_ADMIN__TOKEN".to_owned(),
        "region = \"us-east-1\"  # default".to_owned(),
    ] {
        assert!(
            text.lines().any(|found| found == line),
            "{line} not in\n{text}"
        );
    }
    assert!(text.contains("adserved.toml:4:12\n"), "{text}");
}

#[test]
fn what_is_printed_can_be_used_as_a_file() {
    let place = Place::new();
    let mut sources = place.sources("[log]\nlevel = \"warn,a\\u0062c=debug\"");
    set(
        &mut sources,
        "ADSERVED_SERVER__TRUSTED_PROXIES",
        "10.0.0.0/8,::1",
    );
    let (config, origins) = load(&sources).unwrap();
    let printed = origins.text(ShowOrigin::No);
    let (again, _) = load(&place.sources(&printed)).unwrap();
    assert_eq!(format!("{config:?}"), format!("{again:?}"));
}

#[test]
fn variables_and_flags_that_set_nothing_are_refused() {
    let place = Place::new();
    let mut sources = place.sources("");
    set(&mut sources, "ADSERVED_SERVER__LISEN", "[::1]:1");
    set(&mut sources, "ADSERVED_SERVER__WORKERS", "many");
    set(&mut sources, "ADSERVED_ADMIN__TOKEN", "hunter2");
    sources.flags = vec![
        (
            "--set admin.token".to_owned(),
            "admin.token".to_owned(),
            "hunter2".to_owned(),
        ),
        ("--set a.b".to_owned(), "a.b".to_owned(), "1".to_owned()),
    ];
    let found = lines(&load(&sources).unwrap_err());
    for part in [
        "$ADSERVED_SERVER__LISEN: sets nothing; did you mean ADSERVED_SERVER__LISTEN?",
        "$ADSERVED_SERVER__WORKERS: server.workers: should be a whole number",
        "$ADSERVED_ADMIN__TOKEN: admin.token: a token is at least 32",
        "--set admin.token: admin.token: every user can see the arguments of a program",
        "--set a.b: a.b: there is no such setting",
    ] {
        assert!(
            found.iter().any(|line| line.contains(part)),
            "{part} not in {found:#?}"
        );
    }
    assert_eq!(found.len(), 5, "{found:#?}");
    assert!(!found.concat().contains("hunter2"), "{found:#?}");
}

#[test]
fn the_variable_names_the_file_and_the_flag_wins() {
    let place = Place::new();
    let of_flag = place.sources("[server]\nworkers = 1").file;
    let of_variable = place.write("other.toml", "[server]\nworkers = 2");
    let mut sources = Sources::default();
    set(
        &mut sources,
        "ADSERVED_CONFIG",
        of_variable.to_str().unwrap(),
    );
    assert_eq!(load(&sources).unwrap().0.server.workers, NonZeroU16::new(2));
    sources.file = of_flag;
    assert_eq!(load(&sources).unwrap().0.server.workers, NonZeroU16::new(1));
}

#[test]
fn every_default_and_every_example_is_itself_taken() {
    let file = default_file();
    assert!(
        load(&Place::new().sources(&file)).is_ok(),
        "all lines are comments"
    );
    // Each alone: some of the examples exclude one another or need another.
    for key in KEYS.iter() {
        let (Value::Default(value) | Value::Example(value)) = key.value else {
            continue;
        };
        let (section, name) = key.parts();
        assert!(
            file.contains(&format!("\n# {name} = {value}\n")),
            "{}",
            key.path
        );
        let text = format!("[{section}]\n{name} = {value}\n");
        let found = load(&Place::new().sources(&text))
            .map_or_else(|problems| lines(&problems), |_config| Vec::new());
        let misread = ["should be", "is not", "there is no such setting"];
        for line in found {
            assert!(!misread.iter().any(|part| line.contains(part)), "{line}");
        }
    }
}

#[test]
fn the_manual_page_knows_every_setting() {
    let page = manual_page();
    for key in KEYS.iter() {
        assert!(page.contains(&key.variable()), "{}", key.path);
    }
    for (section, _) in SECTIONS {
        assert!(page.contains(&format!("[{section}]")), "{section}");
    }
}

#[test]
fn hostile_text_in_a_problem_stays_on_its_line() {
    let place = Place::new();
    let text = "\"a\\u001b[2J\\nb\" = 1";
    let found = lines(&load(&place.sources(text)).unwrap_err());
    assert_eq!(found.len(), 1);
    assert!(
        !found[0].contains('\u{1b}') && !found[0].contains('\n'),
        "{found:?}"
    );
}
