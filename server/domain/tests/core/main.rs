//! The rules, each against a real database file.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on shall fail")]

mod accounts;
mod api_tokens;
mod attachments;
mod avatars;
mod blocks;
mod calls;
mod channels;
mod comments;
mod corrections;
mod credentials;
mod dialogs;
mod edits;
mod emails;
mod ended_groups;
mod erasure;
mod explorer;
mod faults;
mod friendships;
mod gallery;
mod groups;
mod history;
mod inbox;
mod intake;
mod invites;
mod live;
mod masks;
mod names;
mod profiles;
mod programs;
mod reactions;
mod relations;
mod reports;
mod requests;
mod resume;
mod roles;
mod schedules;
mod sending;
mod sessions;
mod standing;
mod stories;
mod support;
mod unread;
mod views;
mod webhooks;
