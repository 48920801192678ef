//! Background work that is bounded in number, told to stop, and waited for.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, watch};

/// How far the program is on its way down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// Serving.
    Up,
    /// Take nothing new, finish what was begun.
    Draining,
    /// Let go of everything.
    Now,
}

/// Tells every [`Shutdown`] made from it to stop. Dropping it lets go of everything.
#[derive(Debug, Clone)]
pub struct ShutdownTrigger(Arc<watch::Sender<Stage>>);

/// Says when to stop. Cheap to clone; every task holds one.
#[derive(Debug, Clone)]
pub struct Shutdown(watch::Receiver<Stage>);

impl ShutdownTrigger {
    /// A trigger and the signal it drives.
    pub fn new() -> (Self, Shutdown) {
        let (sender, receiver) = watch::channel(Stage::Up);
        (Self(Arc::new(sender)), Shutdown(receiver))
    }

    /// Asks for an orderly end: take nothing new, finish what was begun.
    pub fn drain(&self) {
        self.raise(Stage::Draining);
    }

    /// Ends everything at once.
    pub fn now(&self) {
        self.raise(Stage::Now);
    }

    fn raise(&self, stage: Stage) {
        self.0.send_if_modified(|current| {
            let higher = stage > *current;
            *current = stage.max(*current);
            higher
        });
    }
}

impl Shutdown {
    /// Whether an end was asked for, orderly or not.
    pub fn is_requested(&self) -> bool {
        self.stage() >= Stage::Draining
    }

    /// Waits until an end is asked for.
    pub async fn requested(&mut self) {
        self.reached(Stage::Draining).await;
    }

    /// Waits until everything must end at once.
    pub async fn now(&mut self) {
        self.reached(Stage::Now).await;
    }

    fn stage(&self) -> Stage {
        if self.0.has_changed().is_err() {
            return Stage::Now;
        }
        *self.0.borrow()
    }

    async fn reached(&mut self, stage: Stage) {
        // An error means that the trigger is gone, and with it the program.
        self.0.wait_for(|current| *current >= stage).await.ok();
    }
}

/// A bounded set of background tasks.
#[derive(Debug, Clone)]
pub struct Tasks {
    slots: Arc<Semaphore>,
    limit: u32,
    shutdown: Shutdown,
}

/// As many tasks run as are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{tasks_max} background tasks run already")]
pub struct TooManyTasks {
    /// The limit.
    pub tasks_max: u32,
}

/// The deadline came before the last task ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{tasks} background tasks did not end in time")]
pub struct StillRunning {
    /// How many were left.
    pub tasks: u32,
}

impl Tasks {
    /// Room for `tasks_max` tasks that end with `shutdown`.
    pub fn new(tasks_max: u32, shutdown: Shutdown) -> Self {
        let slots = usize::try_from(tasks_max).unwrap_or(usize::MAX);
        Self {
            slots: Arc::new(Semaphore::new(slots.min(Semaphore::MAX_PERMITS))),
            limit: tasks_max,
            shutdown,
        }
    }

    /// Runs a task on the current runtime. It is dropped when everything must end at once; when
    /// an orderly end is asked for, it ends by itself: it is handed the signal.
    pub fn spawn<F, T>(&self, task: F) -> Result<(), TooManyTasks>
    where
        F: FnOnce(Shutdown) -> T,
        T: Future<Output = ()> + Send + 'static,
    {
        let slot = Arc::clone(&self.slots)
            .try_acquire_owned()
            .map_err(|_full| TooManyTasks {
                tasks_max: self.limit,
            })?;
        let task = task(self.shutdown.clone());
        let mut shutdown = self.shutdown.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = task => {}
                () = shutdown.now() => {}
            }
            drop(slot);
        });
        Ok(())
    }

    /// How many tasks run.
    pub fn running(&self) -> u32 {
        let free = u32::try_from(self.slots.available_permits()).unwrap_or(u32::MAX);
        self.limit.saturating_sub(free)
    }

    /// Waits for every task to end, at most `deadline`. Ask for the end first.
    pub async fn drain(&self, deadline: Duration) -> Result<(), StillRunning> {
        let all = self.slots.acquire_many(self.limit);
        match tokio::time::timeout(deadline, all).await {
            Ok(_slots) => Ok(()),
            Err(_elapsed) => Err(StillRunning {
                tasks: self.running(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_secs(5);

    #[tokio::test]
    async fn tasks_end_when_asked_and_are_waited_for() {
        let (trigger, shutdown) = ShutdownTrigger::new();
        let tasks = Tasks::new(2, shutdown.clone());
        let (ended, mut endings) = tokio::sync::mpsc::channel(1);
        tasks
            .spawn(|mut shutdown| async move {
                shutdown.requested().await;
                ended.send("drained").await.unwrap();
            })
            .unwrap();
        assert_eq!(tasks.running(), 1);
        assert!(!shutdown.is_requested());

        trigger.drain();
        assert_eq!(tasks.drain(SOON).await, Ok(()));
        assert!(shutdown.is_requested());
        assert_eq!(endings.recv().await, Some("drained"));
        assert_eq!(tasks.running(), 0);
    }

    #[tokio::test]
    async fn one_task_too_many_is_refused() {
        let (_trigger, shutdown) = ShutdownTrigger::new();
        let tasks = Tasks::new(1, shutdown);
        tasks.spawn(|_| std::future::pending()).unwrap();
        let refused = tasks.spawn(|_| async {});
        assert_eq!(refused, Err(TooManyTasks { tasks_max: 1 }));
    }

    #[tokio::test]
    async fn a_task_that_does_not_listen_is_let_go_at_the_second_call() {
        let (trigger, shutdown) = ShutdownTrigger::new();
        let tasks = Tasks::new(1, shutdown);
        tasks.spawn(|_| std::future::pending()).unwrap();
        trigger.drain();
        let left = tasks.drain(Duration::from_millis(10)).await;
        assert_eq!(left, Err(StillRunning { tasks: 1 }));
        trigger.now();
        assert_eq!(tasks.drain(SOON).await, Ok(()));
    }

    #[tokio::test]
    async fn a_panic_frees_its_slot() {
        let (_trigger, shutdown) = ShutdownTrigger::new();
        let tasks = Tasks::new(1, shutdown);
        tasks.spawn(|_| async { panic!("meant") }).unwrap();
        assert_eq!(tasks.drain(SOON).await, Ok(()));
    }

    #[tokio::test]
    async fn a_lost_trigger_ends_everything_and_stages_only_rise() {
        let (trigger, mut shutdown) = ShutdownTrigger::new();
        trigger.now();
        trigger.drain();
        tokio::time::timeout(SOON, shutdown.now()).await.unwrap();

        let (trigger, mut shutdown) = ShutdownTrigger::new();
        drop(trigger);
        assert!(shutdown.is_requested());
        tokio::time::timeout(SOON, shutdown.now()).await.unwrap();
    }
}
