//! What people see: one component a file, its CSS in a file of the same name under `style/`.

pub mod account;
pub mod calls;
pub mod channels;
pub mod chat;
pub mod composer;
pub mod details;
pub mod dialogs;
pub mod elsewhere;
pub mod groups;
pub mod keys;
pub mod kit;
pub mod messenger;
pub mod notifications;
pub mod people;
pub mod profile;
pub mod report;
pub mod settings;
pub mod stories;
pub mod switcher;
pub mod text;
pub mod title;
