//! Profiles: one's own to change, others' to look at.

mod avatar;
mod crop;
mod facts;
mod form;
mod languages;
mod own;
mod person;

pub use avatar::{AvatarEditor, Whose};
pub use facts::ProfileFacts;
pub use form::{OptionalFields, ProfileForm};
pub use languages::LanguageChips;
pub use own::ProfilePage;
pub use person::PersonPage;
