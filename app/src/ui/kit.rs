//! The parts that every page is made of.
//!
//! Each is a file here with its CSS in `style/kit.css`. They know nothing of people or rooms: what
//! they show is handed in, what happens goes out by callbacks.

mod avatar;
mod badge;
mod browser;
mod button;
mod choice;
mod copy;
mod country;
mod debounce;
mod empty;
mod fault;
mod fetched;
mod field;
mod glyph;
mod icon;
mod menu;
mod modal;
mod pane;
mod preferences;
mod rows;
mod search_box;
mod size;
mod skeleton;
mod switch;
mod tabs;
mod time;
mod toast;
mod when;

pub use avatar::{Avatar, AvatarSize, Hue};
pub use badge::Badge;
pub use button::{Button, IconButton, Variant};
pub use choice::Choice;
pub use copy::copy_text;
pub use country::{use_countries, use_country};
pub use debounce::debounced;
pub use empty::{Art, Empty};
pub use fault::{FaultLine, Faults};
pub use fetched::Fetched;
pub use field::{Field, PasswordField};
pub use glyph::Glyph;
pub use icon::Icon;
pub(crate) use menu::place_beside;
pub use menu::{Menu, MenuItem};
pub use modal::{Confirm, Modal, follow};
pub use pane::PaneHead;
pub use preferences::{Preferences, Theme, choose_language, enter_sends, theme};
pub use rows::Rows;
pub use search_box::SearchBox;
pub use size::file_size;
pub use skeleton::{Skeleton, SkeletonShape};
pub use switch::Switch;
pub use tabs::Tabs;
pub use time::{Time, TimeStyle, use_ago, use_day, use_mounted, use_time_text};
pub use toast::{ToastBox, Toasts, use_toasts};
pub use when::If;

/// Provides what the kit needs: language, theme, the clock and the toasts. Once, in the app.
pub fn provide_kit() {
    preferences::provide_preferences();
    time::provide_clock();
    toast::provide_toasts();
}
