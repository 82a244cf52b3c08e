//! The rows of the database, one file a table. Ids and times are plain integers here; they become
//! types of their own where a row becomes a word of the wire.

pub mod attachment;
pub mod block;
pub mod call;
pub mod channel;
pub mod comment;
pub mod correction;
pub mod direct_pair;
pub mod email_token;
pub mod friendship;
pub mod invite;
pub mod letter;
pub mod loose_avatar;
pub mod membership;
pub mod message;
pub mod message_hide;
pub mod message_purge;
pub mod message_version;
pub mod reaction;
pub mod reaction_count;
pub mod refresh_token;
pub mod report;
pub mod room;
pub mod schedule;
pub mod schedule_answer;
pub mod session;
pub mod story;
pub mod story_circle;
pub mod story_mute;
pub mod story_person;
pub mod story_reply;
pub mod story_view;
pub mod user;
pub mod user_language;
pub mod webhook;
pub mod words;
