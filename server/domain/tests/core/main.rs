//! The rules of rooms and messages, each against a real database file.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on shall fail")]

mod blocks;
mod dialogs;
mod history;
mod live;
mod requests;
mod resume;
mod sending;
mod support;
mod unread;
