//! Floor 4: conditioning: files of creatives made to fit a channel, by ffmpeg.
//!
//! One job measures how loud a file is, encodes it on the profile of a channel, reads back what
//! was made and refuses it unless it can be spliced without a seam. Nothing is published here:
//! a job that fails or is killed leaves an empty scratch folder.

mod command;
mod condition;
mod filter;
mod job;
mod learn;
mod look;
mod loudness;
mod made;
mod plan;
#[cfg(test)]
mod tests;
mod tool;
mod verify;
mod weight;

pub use command::{Footage, Sound};
pub use condition::{
    ConditionError, Conditioner, ConditioningLimits, Made, MadeFile, Order, Progress, Shape,
};
pub use learn::{
    LearnError, SeenAudio, SeenPlaylist, SeenRole, SeenSegment, SeenSound, SeenVariant, SeenVideo,
    learn,
};
pub use plan::PlanError;
pub use tool::{ToolError, Tools};
pub use verify::Fault;
