//! Answers from the writer to those who wait, carried to each of their threads at once.
//!
//! Waking a task of another thread costs a system call. A batch answers hundreds of tasks of the
//! same few threads, so the writer hands each thread all its answers in one piece, and a task
//! over there, the courier, wakes the others at the price of a list entry.

use std::cell::RefCell;

use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};

use super::journal::{JournalError, Outcome};

/// What became of one event.
type Verdict = Result<Outcome, JournalError>;
/// What a courier carries at one time: the answers to one batch.
type Parcel = Vec<(oneshot::Sender<Verdict>, Verdict)>;
type Courier = mpsc::Sender<Parcel>;

/// Parcels that may wait for a courier. A thread that is further behind gets its answers one by
/// one.
const PARCELS_MAX: usize = 16;

thread_local! {
    /// The courier of the runtime that this thread ran last.
    static COURIER: RefCell<Option<Courier>> = const { RefCell::new(None) };
}

/// Where one answer is to go.
#[derive(Debug)]
pub(super) struct Answer {
    receiver: oneshot::Sender<Verdict>,
    courier: Courier,
}

impl Answer {
    /// An answer for the task that runs now, and where it will find it.
    pub(super) fn expected() -> (Self, oneshot::Receiver<Verdict>) {
        let (receiver, verdict) = oneshot::channel();
        let courier = courier();
        (Self { receiver, courier }, verdict)
    }
}

/// The courier of this thread; one is sent out where there is none, or where it ended with its
/// runtime.
fn courier() -> Courier {
    COURIER.with_borrow_mut(|known| {
        known.take_if(|courier| courier.is_closed());
        known.get_or_insert_with(send_out).clone()
    })
}

fn send_out() -> Courier {
    let (courier, mut parcels) = mpsc::channel(PARCELS_MAX);
    tokio::spawn(async move {
        while let Some(parcel) = parcels.recv().await {
            deliver(parcel);
        }
    });
    courier
}

fn deliver(parcel: Parcel) {
    for (receiver, verdict) in parcel {
        // Whoever sent the event may have hung up; what became of it stands all the same.
        let _unheard = receiver.send(verdict);
    }
}

/// The answers to one batch, sorted by courier.
#[derive(Debug, Default)]
pub(super) struct Round(Vec<(Courier, Parcel)>);

impl Round {
    /// Takes one more answer along.
    pub(super) fn add(&mut self, answer: Answer, verdict: Verdict) {
        let Answer { receiver, courier } = answer;
        let found = self
            .0
            .iter_mut()
            .find(|(known, _parcel)| known.same_channel(&courier));
        match found {
            Some((_courier, parcel)) => parcel.push((receiver, verdict)),
            None => self.0.push((courier, vec![(receiver, verdict)])),
        }
    }

    /// Sends them all.
    pub(super) fn send(&mut self) {
        for (courier, parcel) in self.0.drain(..) {
            if let Err(TrySendError::Closed(parcel) | TrySendError::Full(parcel)) =
                courier.try_send(parcel)
            {
                // The runtime over there is gone, or busy: its tasks are woken from here.
                deliver(parcel);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(runtime: &tokio::runtime::Runtime, round: &mut Round) -> Option<Verdict> {
        runtime.block_on(async {
            let (answer, verdict) = Answer::expected();
            round.add(answer, Ok(Outcome::Counted));
            round.send();
            verdict.await.ok()
        })
    }

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
    }

    #[test]
    fn a_thread_that_runs_another_runtime_gets_another_courier() {
        let mut round = Round::default();
        for _ in 0..2 {
            assert_eq!(verdict(&runtime(), &mut round), Some(Ok(Outcome::Counted)));
        }
    }

    #[test]
    fn answers_for_a_runtime_that_ended_are_given_without_it() {
        let mut round = Round::default();
        let (answer, verdict) = runtime().block_on(async { Answer::expected() });
        round.add(answer, Err(JournalError::Refused));
        round.send();
        assert_eq!(verdict.blocking_recv(), Ok(Err(JournalError::Refused)));
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn everyone_gets_his_own_answer() {
        let tasks: Vec<_> = (0..200)
            .map(|place| {
                tokio::spawn(async move {
                    let (answer, verdict) = Answer::expected();
                    let outcome = if place % 2 == 0 {
                        Outcome::Counted
                    } else {
                        Outcome::Duplicate
                    };
                    std::thread::spawn(move || {
                        let mut round = Round::default();
                        round.add(answer, Ok(outcome));
                        round.send();
                    });
                    assert_eq!(verdict.await, Ok(Ok(outcome)));
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
    }
}
