//! Stories: the ring round a picture, the row above the chats, the viewer and the composer.

mod audience;
mod compose;
mod compose_media;
mod face;
mod foot;
mod head;
mod over;
mod quote;
mod settings;
mod show;
mod stage;
mod strip;
mod viewer;
mod viewers;

pub use compose::StoryComposer;
pub use face::{RingInLink, StoryAvatar};
pub use over::Stories;
pub use quote::StoryQuote;
pub use settings::StorySettings;
pub use stage::{Stage, use_stage};
pub use strip::StoryStrip;
pub use viewer::StoryViewer;
