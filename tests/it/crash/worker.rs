//! The process that is tormented, and how a test drives it.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::io::{BufReader, Read as _, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::rc::Rc;
use std::sync::Arc;

use adserve::decision::Budget;
use adserve::delivery::{Journal, JournalError, Outcome, Recorder, RecorderSettings};
use adserve::host::Clock;
use adserve::limits::{Bounds, Embedded, HOLD_DEFAULT};
use adserve::model::{
    CampaignId, ChannelId, Country, CreativeId, DeviceType, Event, EventKind, Millis, Nanos,
    PriceModel, Receiver, ServedAd, ServedAdId, TenantId, Timestamp, Zone,
};

/// Campaigns that the events are of. The first of them has a small budget.
pub(super) const CAMPAIGNS: u32 = 4;
pub(super) const CHARGE: Nanos = Nanos(24_000_000);
/// The budget of the first campaign, in charges.
pub(super) const SMALL_BUDGET: i64 = 300;
/// Events of each ad, in the order in which they are sent.
const KINDS: [EventKind; 6] = [
    EventKind::Impression,
    EventKind::Start,
    EventKind::FirstQuartile,
    EventKind::Midpoint,
    EventKind::ThirdQuartile,
    EventKind::Complete,
];
/// Players at one time.
const PLAYERS: usize = 96;
/// Tries of an event whose first try was refused.
const TRIES_MAX: usize = 10_000;
/// What the worker exits with when the ledger must not go on (sysexits: an input or output error
/// is 74; the daemon promises 70, an internal error it cannot go on from).
pub(super) const EXIT_LOST: i32 = 70;

const FOLDER: &str = "ADSERVE_CRASH_FOLDER";
const SOCKET: &str = "ADSERVE_CRASH_SOCKET";

/// Names an event: the id of its ad and its kind.
pub(super) type Key = (u64, u8);

/// The event with a name. All of it but the times follows from the name.
fn event_of((id, kind): Key, now: Timestamp) -> Event {
    let small = u32::try_from(id % u64::from(CAMPAIGNS)).unwrap();
    let ad = ServedAd {
        id: ServedAdId::new(id),
        tenant: TenantId::new(1 + small % 2),
        channel: (id % 3 != 0).then(|| ChannelId::new(1 + small % 2)),
        campaign: CampaignId::new(1 + small),
        creative: CreativeId::new(10 + small),
        price_model: PriceModel::Cpm,
        charge: CHARGE,
        decided_at: now,
        duration: Millis(30_000),
        receiver: match id % 5 {
            0 => Receiver::UNKNOWN,
            1 => Receiver::new(DeviceType::SmartTv, Country::said(Some("US"))),
            2 => Receiver::new(DeviceType::SmartTv, Country::said(Some("DE"))),
            3 => Receiver::new(DeviceType::Phone, Country::UNKNOWN),
            _ => Receiver::OTHER,
        },
    };
    Event {
        ad,
        kind: EventKind::ALL[usize::from(kind)],
        error_code: None,
        at: now,
    }
}

/// What the worker reports about an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Sent = b'S' as isize,
    Counted = b'C' as isize,
    Duplicate = b'D' as isize,
    Refused = b'R' as isize,
}

const WORDS: [Word; 4] = [Word::Sent, Word::Counted, Word::Duplicate, Word::Refused];
/// Bytes of a report: word, id, kind.
const REPORT_LEN: usize = 10;

/// Everything that happened in all runs of a worker on one ledger.
#[derive(Debug, Default)]
pub(super) struct History {
    /// Events that were given to the journal at least once.
    pub(super) sent: BTreeSet<Key>,
    /// Events that were acknowledged, as counted or as counted before.
    pub(super) acked: BTreeSet<Key>,
}

/// How one run of the worker went.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) status: ExitStatus,
    pub(super) counted: u64,
    pub(super) duplicates: u64,
    pub(super) refused: u64,
    /// Acknowledgements after the last refusal.
    pub(super) healed: u64,
}

impl Run {
    pub(super) fn was_killed(&self) -> bool {
        self.status.signal() == Some(9)
    }
}

/// When a run ends.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    /// It is killed once so many events were acknowledged.
    KillAfter(u64),
    /// It is asked to stop once so many events were acknowledged.
    StopAfter(u64),
    /// It is asked to stop once so many events were acknowledged after the last refusal, of which
    /// there must be one.
    StopHealed(u64),
    /// It ends by itself.
    ByItself,
}

/// How a worker is started.
#[derive(Debug)]
pub(super) struct Launch<'a> {
    /// Where its ledger is.
    pub(super) folder: &'a Path,
    /// A program and its arguments to run the worker under.
    pub(super) under: Vec<String>,
    /// Added to its environment.
    pub(super) environment: Vec<(&'static str, PathBuf)>,
    pub(super) end: End,
}

impl<'a> Launch<'a> {
    pub(super) fn new(folder: &'a Path, end: End) -> Self {
        Self {
            folder,
            under: Vec::new(),
            environment: Vec::new(),
            end,
        }
    }

    /// Runs a worker until its end. It first sends again some of what was acknowledged and all of
    /// what was not, then new events.
    pub(super) fn run(&self, history: &mut History) -> Run {
        let sockets = tempfile::tempdir().unwrap();
        let socket = sockets.path().join("reports");
        let listener = UnixListener::bind(&socket).unwrap();
        let mut child = self.command(&socket).spawn().unwrap_or_else(|error| {
            panic!(
                "{:?} does not start: {error}; scripts/bootstrap installs it",
                self.under
            )
        });
        let stream = accept(&listener, &mut child);
        (&stream).write_all(&again(history)).unwrap();
        let mut run = Run {
            status: ExitStatus::from_raw(0),
            counted: 0,
            duplicates: 0,
            refused: 0,
            healed: 0,
        };
        let mut reports = BufReader::new(&stream);
        let mut report = [0; REPORT_LEN];
        let mut ending = false;
        // What the worker wrote before it was killed is still read.
        while reports.read_exact(&mut report).is_ok() {
            run.note(history, report);
            if !ending && run.is_enough(self.end) {
                ending = true;
                match self.end {
                    End::KillAfter(_) => child.kill().unwrap(),
                    _ => stream.shutdown(std::net::Shutdown::Write).unwrap(),
                }
            }
        }
        run.status = child.wait().unwrap();
        run
    }

    fn command(&self, socket: &Path) -> Command {
        let this = std::env::current_exe().unwrap();
        let mut command = match self.under.split_first() {
            Some((program, arguments)) => {
                let mut command = Command::new(program);
                command.args(arguments).arg(this);
                command
            }
            None => Command::new(this),
        };
        let only = [
            "--exact",
            "crash::worker::the_tormented",
            "--ignored",
            "--nocapture",
        ];
        command
            .args(only)
            .env(FOLDER, self.folder)
            .env(SOCKET, socket);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.stdout(Stdio::null());
        command
    }
}

/// Waits for the worker to connect; fails when it ends before.
fn accept(listener: &UnixListener, child: &mut std::process::Child) -> UnixStream {
    listener.set_nonblocking(true).unwrap();
    loop {
        match listener.accept() {
            Ok((stream, _)) => {
                stream.set_nonblocking(false).unwrap();
                return stream;
            }
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(error) => panic!("{error}"),
        }
        if let Some(status) = child.try_wait().unwrap() {
            panic!("the worker ended before it connected: {status}");
        }
        std::thread::park_timeout(std::time::Duration::from_millis(1));
    }
}

/// What is to be sent again, as bytes: everything unanswered, and a part of the rest.
fn again(history: &History) -> Vec<u8> {
    let unanswered = history.sent.difference(&history.acked);
    let step = history.acked.len() / 200 + 1;
    let answered = history.acked.iter().rev().step_by(step);
    let keys: Vec<Key> = unanswered.chain(answered).copied().collect();
    let mut bytes = u32::try_from(keys.len()).unwrap().to_le_bytes().to_vec();
    for (id, kind) in keys {
        bytes.extend(id.to_le_bytes());
        bytes.push(kind);
    }
    bytes
}

impl Run {
    fn note(&mut self, history: &mut History, report: [u8; REPORT_LEN]) {
        let (&word, rest) = report.split_first().unwrap();
        let (id, kind) = rest.split_first_chunk().unwrap();
        let key = (u64::from_le_bytes(*id), kind[0]);
        let word = WORDS
            .into_iter()
            .find(|known| *known as isize == isize::from(word))
            .unwrap();
        match word {
            Word::Sent => {
                history.sent.insert(key);
            }
            Word::Counted => {
                assert!(
                    !history.acked.contains(&key),
                    "{key:?} is counted a second time"
                );
                history.acked.insert(key);
                self.counted += 1;
                self.healed += u64::from(self.refused > 0);
            }
            Word::Duplicate => {
                history.acked.insert(key);
                self.duplicates += 1;
            }
            Word::Refused => {
                self.refused += 1;
                self.healed = 0;
            }
        }
    }

    fn is_enough(&self, end: End) -> bool {
        match end {
            End::KillAfter(acks) | End::StopAfter(acks) => self.counted >= acks,
            End::StopHealed(acks) => self.healed >= acks,
            End::ByItself => false,
        }
    }
}

/// Not a test: the process that the crash tests start.
#[test]
#[ignore = "the process that the crash tests start"]
fn the_tormented() {
    let folder = PathBuf::from(std::env::var_os(FOLDER).expect("started by a crash test"));
    let socket = std::env::var_os(SOCKET).expect("started by a crash test");
    let stream = UnixStream::connect(socket).unwrap();
    let again = read_again(&stream);
    let limits = Arc::new(Embedded::new(HOLD_DEFAULT));
    for campaign in 1..=CAMPAIGNS {
        let charges = if campaign == 1 {
            SMALL_BUDGET
        } else {
            1_000_000_000
        };
        let budget = Budget {
            total: Nanos(CHARGE.0 * charges),
            daily: None,
            impressions: None,
        };
        let zone = Zone::UTC;
        limits.tell(
            CampaignId::new(campaign),
            Bounds {
                budget,
                zone,
                order: None,
            },
        );
    }
    let path = folder.join("ledger.db");
    let recorder =
        Recorder::start(&path, RecorderSettings::default(), limits, Clock::real()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let outcome = tokio::task::LocalSet::new().block_on(&runtime, play(recorder, stream, again));
    if outcome == Played::Lost {
        leave();
    }
}

#[expect(
    clippy::exit,
    reason = "the worker stands for the daemon, which ends with this code"
)]
fn leave() {
    std::process::exit(EXIT_LOST);
}

fn read_again(mut stream: &UnixStream) -> Vec<Key> {
    let mut count = [0; 4];
    stream.read_exact(&mut count).unwrap();
    let mut keys = Vec::new();
    for _ in 0..u32::from_le_bytes(count) {
        let mut key = [0; 9];
        stream.read_exact(&mut key).unwrap();
        let (id, kind) = key.split_first_chunk().unwrap();
        keys.push((u64::from_le_bytes(*id), kind[0]));
    }
    keys
}

/// How playing ended.
#[derive(Debug, PartialEq, Eq)]
enum Played {
    Stopped,
    Lost,
}

/// A player's way to the journal and to the test.
struct Player {
    journal: Journal,
    stream: Rc<UnixStream>,
    stopping: Rc<Cell<bool>>,
}

impl Player {
    fn report(&self, word: Word, (id, kind): Key) {
        let mut report = vec![u8::try_from(word as isize).unwrap()];
        report.extend(id.to_le_bytes());
        report.push(kind);
        (&*self.stream).write_all(&report).unwrap();
    }

    /// Sends an event until it is acknowledged. Answers whether there is any use in going on.
    async fn send(&self, key: Key) -> bool {
        self.report(Word::Sent, key);
        for _ in 0..TRIES_MAX {
            match self
                .journal
                .record(event_of(key, Clock::real().now()))
                .await
            {
                Ok(Outcome::Counted) => self.report(Word::Counted, key),
                Ok(Outcome::Duplicate) => self.report(Word::Duplicate, key),
                Ok(Outcome::Expired) => panic!("{key:?} is of today"),
                Err(JournalError::Stopped) => return false,
                Err(JournalError::Full | JournalError::Refused) => {
                    self.report(Word::Refused, key);
                    tokio::task::yield_now().await;
                    continue;
                }
            }
            return !self.stopping.get();
        }
        panic!("{key:?} was refused {TRIES_MAX} times");
    }
}

async fn play(mut recorder: Recorder, stream: UnixStream, again: Vec<Key>) -> Played {
    let stopping = Rc::new(Cell::new(false));
    watch_for_stop(&stream, Rc::clone(&stopping));
    let stream = Rc::new(stream);
    let again = Rc::new(std::cell::RefCell::new(again));
    let mut players = Vec::new();
    for _ in 0..PLAYERS {
        let player = Player {
            journal: recorder.journal.clone(),
            stream: Rc::clone(&stream),
            stopping: Rc::clone(&stopping),
        };
        let (ids, again) = (Arc::clone(&recorder.ids), Rc::clone(&again));
        players.push(tokio::task::spawn_local(async move {
            loop {
                let key = again.borrow_mut().pop();
                let Some(key) = key else { break };
                if !player.send(key).await {
                    return;
                }
            }
            while let Some(id) = ids.next() {
                for kind in KINDS {
                    if !player.send((id.get(), kind as u8)).await {
                        return;
                    }
                }
            }
        }));
    }
    for player in players {
        player.await.unwrap();
    }
    if stopping.get() {
        recorder.handle.stop();
        return Played::Stopped;
    }
    let why = recorder
        .handle
        .ended()
        .await
        .expect("the writer does not panic");
    assert!(why.is_err(), "the writer ended without being asked to");
    Played::Lost
}

/// The test hangs up its side when the worker is to stop.
fn watch_for_stop(stream: &UnixStream, stopping: Rc<Cell<bool>>) {
    let stream = stream.try_clone().unwrap();
    let (hung_up, waiting) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let ended = (&stream).read(&mut [0]);
        hung_up.send(ended).ok();
    });
    tokio::task::spawn_local(async move {
        waiting.await.ok();
        stopping.set(true);
    });
}
