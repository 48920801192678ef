//! The terminal: taken over, and given back as it was, whatever happens in between.

use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::backend::{Backend as _, CrosstermBackend};
use ratatui::layout::Rect;

use super::state::{Mouse, State};
use super::view::view;

/// Bytes of a frame that are held back before they are written.
const FRAME_BYTES: usize = 256 * 1024;

/// Longest text that terminals take, as bytes of base64.
const COPY_BYTES_MAX: usize = 74_994;

/// Whether the terminal is taken over now; the hook for panics must know without asking anybody.
static TAKEN: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

type Inner = ratatui::Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// The terminal while the dashboard has it. It is given back when this is dropped.
pub(super) struct Terminal {
    inner: Inner,
}

impl Terminal {
    /// Takes the terminal over.
    pub(super) fn take() -> io::Result<Self> {
        if !io::stdout().is_terminal() {
            return Err(io::Error::new(
                io::ErrorKind::Unsupported,
                "standard output is no terminal",
            ));
        }
        HOOK.call_once(|| {
            let before = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                give_back();
                before(panic);
            }));
        });
        // Whatever of it fails, what was done before is undone.
        TAKEN.store(true, Ordering::SeqCst);
        let taken = enter();
        let inner = taken.and_then(|()| {
            let out = BufWriter::with_capacity(FRAME_BYTES, io::stdout());
            ratatui::Terminal::new(CrosstermBackend::new(out))
        });
        match inner {
            Ok(inner) => Ok(Self { inner }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> io::Result<(u16, u16)> {
        let size = self.inner.backend().size()?;
        Ok((size.width, size.height))
    }

    /// Paints a frame; what is as before is not written again.
    pub(super) fn paint(&mut self, state: &State) -> io::Result<()> {
        queue!(self.inner.backend_mut(), BeginSynchronizedUpdate)?;
        self.inner.draw(|frame| {
            if let Some(cursor) = view(state, frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
        })?;
        execute!(self.inner.backend_mut(), EndSynchronizedUpdate)
    }

    /// Hands a text to the terminal, to be pasted elsewhere (OSC 52). Nothing is ever read back.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        let encoded = STANDARD.encode(text);
        if encoded.len() > COPY_BYTES_MAX {
            return Ok(());
        }
        let out = self.inner.backend_mut();
        write!(out, "\u{1b}]52;c;{encoded}\u{7}")?;
        Write::flush(out)
    }

    /// Takes the mouse, or leaves it to the terminal.
    pub(super) fn mouse(&mut self, wanted: Mouse) -> io::Result<()> {
        let out = self.inner.backend_mut();
        match wanted {
            Mouse::Taken => execute!(out, EnableMouseCapture),
            Mouse::Left => execute!(out, DisableMouseCapture),
        }
    }

    /// Gives the terminal back, stops the program until the shell brings it back, and takes the
    /// terminal again.
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        give_back();
        let us = rustix::process::getpid();
        rustix::process::kill_process(us, rustix::process::Signal::TSTP)?;
        TAKEN.store(true, Ordering::SeqCst);
        enter()?;
        // Paints everything anew. `clear` would ask where the cursor is, and the answer would go to
        // whoever reads the keys.
        let size = self.inner.size()?;
        self.inner.resize(Rect::new(0, 0, size.width, size.height))
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(
        io::stdout(),
        EnterAlternateScreen,
        EnableBracketedPaste,
        cursor::Hide
    )
}

/// Gives the terminal back, once; a failure cannot be told to anybody.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        leave(&mut io::stdout()).ok();
        disable_raw_mode().ok();
    }
}

/// Writes what undoes everything that was asked of the terminal.
fn leave(out: &mut impl Write) -> io::Result<()> {
    execute!(
        out,
        EndSynchronizedUpdate,
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaving_undoes_all_that_was_asked_of_the_terminal() {
        let mut out = Vec::new();
        leave(&mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        for undone in [
            "\u{1b}[?2026l",
            "\u{1b}[?1000l",
            "\u{1b}[?2004l",
            "\u{1b}[?1049l",
            "\u{1b}[?25h",
        ] {
            assert!(text.contains(undone), "{undone:?} in {text:?}");
        }
    }
}
