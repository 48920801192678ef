//! A copy of the log while it is written: what a start needs of it.

use std::fs;
use std::io;
use std::path::Path;

use super::log::DecisionLog;
use super::segment;
use super::snapshots;
use crate::store::copy::copy_private;

impl DecisionLog {
    /// Copies snapshots and segments into the folder `to`, which is there. Everything that was
    /// handed out before the call is in it. Nobody who hands ads out waits. Blocks.
    ///
    /// Snapshots come first, and no segment is deleted meanwhile: each of them then finds in the
    /// copy every segment that it needs, and knows of nothing that the segments have forgotten.
    /// What is written into the last segment while it is copied may be in it, in part: a start
    /// cuts off what is not whole, as after a power cut.
    pub fn copy_blocking(&self, to: &Path) -> io::Result<()> {
        let _nothing_is_deleted = self.hold_segments();
        let folder = self.folder();
        for path in snapshots::paths(folder) {
            match copy_private(&path, &to.join(path.file_name().unwrap_or_default())) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                copied => copied?,
            }
        }
        self.sync();
        for number in segment::list(folder)? {
            let path = segment::path_of(folder, number);
            copy_private(&path, &segment::path_of(to, number))?;
        }
        fs::File::open(to)?.sync_all()
    }
}
