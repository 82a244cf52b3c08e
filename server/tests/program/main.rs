//! The program from outside: a real server on a real `SQLite` file, real HTTP and WebSocket clients.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on shall fail")]

mod api;
mod call_providers;
mod chat;
mod command_line;
mod crashes;
mod documents;
mod floods;
mod frames;
mod http;
mod pictures;
mod public;
mod registration;
mod reports;
mod sessions;
mod stories;
mod support;
mod terminal_command;
mod text_files;
mod text_inbox;
mod text_limits;
mod text_lines;
mod text_rights;
mod text_session;
mod text_tls;
mod text_token;
mod uploads;
mod weather;
mod webhooks;
