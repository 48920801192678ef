//! The one thread that writes to a database, and the queue before it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::SqliteError;
use crate::host::background;

/// Jobs that may wait; whoever brings one more waits before the queue.
const JOBS_MAX: usize = 1_024;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// A handle to the writing thread. When the last one is dropped, the thread does what is queued,
/// closes the connection and ends.
#[derive(Debug, Clone)]
pub struct Writer {
    jobs: mpsc::Sender<Job>,
    thread: Arc<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread that owns `connection`.
    pub fn start(connection: Connection, name: &str) -> Result<Self, std::io::Error> {
        let (jobs, queue) = mpsc::channel(JOBS_MAX);
        let name = format!("{name}-writer");
        let thread = background::spawn(&name, move || run(connection, queue))?;
        Ok(Self {
            jobs,
            thread: Arc::new(thread),
        })
    }

    /// Runs `job` on the writing thread, after those that came before, and hands back its answer.
    ///
    /// Once queued, the job is done even when the caller no longer waits for it.
    pub async fn run<T, F>(&self, job: F) -> Result<T, SqliteError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> T + Send + 'static,
    {
        let (job, answer) = boxed(job);
        self.jobs
            .send(job)
            .await
            .map_err(|_closed| SqliteError::Stopped)?;
        answer.await.map_err(|_panicked| SqliteError::Stopped)
    }

    /// [`Writer::run`] for a thread that may block; panics inside an async runtime.
    pub fn run_blocking<T, F>(&self, job: F) -> Result<T, SqliteError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> T + Send + 'static,
    {
        let (job, answer) = boxed(job);
        self.jobs
            .blocking_send(job)
            .map_err(|_closed| SqliteError::Stopped)?;
        answer
            .blocking_recv()
            .map_err(|_panicked| SqliteError::Stopped)
    }

    /// Gives this handle back; if it was the last one, waits until everything queued is written
    /// and the file is closed.
    pub fn close(self) {
        let Self { jobs, thread } = self;
        drop(jobs);
        if let Some(thread) = Arc::into_inner(thread) {
            // A panic of a job was reported where it happened; there is nothing left to save.
            thread.join().ok();
        }
    }
}

fn boxed<T, F>(job: F) -> (Job, oneshot::Receiver<T>)
where
    T: Send + 'static,
    F: FnOnce(&mut Connection) -> T + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    let job = move |connection: &mut Connection| {
        // Nobody may be waiting any more; the job is done all the same.
        let _unheard = reply.send(job(connection));
    };
    (Box::new(job), answer)
}

fn run(mut connection: Connection, mut queue: mpsc::Receiver<Job>) {
    while let Some(job) = queue.blocking_recv() {
        // A panic ends the job, not the writer: unwinding rolls its transaction back, so that
        // the next job finds the connection as it should be.
        if catch_unwind(AssertUnwindSafe(|| job(&mut connection))).is_err() {
            tracing::error!("a job of the database writer panicked and was rolled back");
        }
    }
}
