//! The parts that every page is made of.
//!
//! Each is a file here with its CSS in `style/kit.css`. They know nothing of people or rooms: what
//! they show is handed in, what happens goes out by callbacks.

mod area;
mod avatar;
mod badge;
mod browser;
mod button;
mod choice;
mod composing;
mod copy;
mod debounce;
mod dotted;
mod empty;
mod fault;
mod fetched;
mod field;
mod glyph;
mod icon;
mod kept_scroll;
mod menu;
mod modal;
mod names;
mod over;
mod pane;
mod preferences;
mod rows;
mod search_box;
mod select;
mod size;
mod skeleton;
mod submission;
mod switch;
mod tabs;
mod time;
mod toast;
mod told;
mod when;

pub use area::Area;
pub use avatar::{Avatar, AvatarSize, Face, Hue, avatar_address};
pub use badge::Badge;
pub use button::{Button, IconButton, Variant};
pub use choice::Choice;
pub use composing::composes;
pub use copy::copy_text;
pub use debounce::debounced;
pub use dotted::Dotted;
pub use empty::{Art, Empty};
pub use fault::{FaultLine, Faults};
pub use fetched::Fetched;
pub use field::{Field, PasswordField};
pub use glyph::Glyph;
pub use icon::Icon;
pub use kept_scroll::KeptScroll;
pub(crate) use menu::place_beside;
pub use menu::{Menu, MenuItem};
pub use modal::{Confirm, Modal, follow};
pub use names::{use_countries, use_country, use_language_name, use_languages};
pub use over::closes_on_back;
pub use pane::PaneHead;
pub use preferences::{Preferences, Theme, choose_language, enter_sends, theme};
pub use rows::Rows;
pub use search_box::SearchBox;
pub use select::Select;
pub use size::file_size;
pub use skeleton::{Skeleton, SkeletonShape};
pub use submission::Submission;
pub use switch::Switch;
pub use tabs::Tabs;
#[cfg(feature = "ssr")]
pub use time::utc;
pub use time::{
    Time, TimeStyle, from_local, time_zones, to_local, use_ago, use_day, use_day_text, use_mounted, use_now,
    use_time_text, use_zone_clock,
};
pub use toast::{ToastBox, Toasts, use_toasts};
pub use told::Told;
pub use when::If;

/// Provides what the kit needs: language, theme, the clock and the toasts. Once, in the app.
pub fn provide_kit() {
    preferences::provide_preferences();
    time::provide_clock();
    toast::provide_toasts();
}
