//! The rules of rooms and messages, each against a real database file.

mod blocks;
mod dialogs;
mod history;
mod live;
mod requests;
mod resume;
mod sending;
mod support;
mod unread;
