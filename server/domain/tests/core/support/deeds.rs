//! What people do with each other and in groups, as it may go wrong.

use sapa_domain::{channels, comments, groups, invites, messages, people};
use sapa_model::people::FriendRequests;
use sapa_model::room::{Invite, InvitePreview, NewGroup};
use sapa_model::{
    AppResult, ChannelSettings, Comment, Dialog, ErrorCode, Message, Relation, RoomId, SystemLine, UserId,
};

use super::{Person, client_id, heard};

type Seen = sapa_model::Person;

impl Person {
    pub async fn asks(&self, other: &Person) -> AppResult<Seen> {
        people::ask(&self.chat, &self.scope, other.id()).await
    }

    pub async fn takes_back(&self, other: &Person) -> AppResult<Seen> {
        people::take_back(&self.chat, &self.scope, other.id()).await
    }

    pub async fn accepts(&self, other: &Person) -> AppResult<Seen> {
        people::accept(&self.chat, &self.scope, other.id()).await
    }

    pub async fn declines(&self, other: &Person) -> AppResult<Seen> {
        people::decline(&self.chat, &self.scope, other.id()).await
    }

    pub async fn unfriends(&self, other: &Person) -> AppResult<Seen> {
        people::unfriend(&self.chat, &self.scope, other.id()).await
    }

    /// How they stand to somebody, by their own account.
    pub async fn stands_to(&self, other: &Person) -> Relation {
        people::person(&self.chat, &self.scope, other.id()).await.unwrap().relation
    }

    pub async fn requests(&self) -> FriendRequests {
        people::requests(&self.chat, &self.scope).await.unwrap()
    }

    /// The friend requests that wait for them, as the navigation shows it.
    pub async fn badge(&self) -> u32 {
        sapa_domain::accounts::me(&self.chat, &self.scope).await.unwrap().friend_requests
    }

    pub async fn founds(&self, name: &str, members: &[UserId]) -> AppResult<Dialog> {
        let group = NewGroup { name: name.to_owned(), hue: 30, member_ids: members.to_vec() };
        groups::create(&self.chat, &self.scope, group).await
    }

    pub async fn adds(&self, room_id: RoomId, users: &[UserId]) -> AppResult<()> {
        groups::add(&self.chat, &self.scope, room_id, users).await
    }

    pub async fn removes(&self, room_id: RoomId, other: &Person) -> AppResult<()> {
        groups::remove(&self.chat, &self.scope, room_id, other.id()).await
    }

    pub async fn leaves(&self, room_id: RoomId) -> AppResult<()> {
        groups::leave(&self.chat, &self.scope, room_id).await
    }

    pub async fn names_admin(&self, room_id: RoomId, other: &Person, admin: bool) -> AppResult<()> {
        groups::set_admin(&self.chat, &self.scope, room_id, other.id(), admin).await
    }

    pub async fn hands_over(&self, room_id: RoomId, other: &Person) -> AppResult<()> {
        groups::hand_over(&self.chat, &self.scope, room_id, other.id()).await
    }

    pub async fn invites(&self, room_id: RoomId, hours: u32) -> AppResult<Invite> {
        invites::create(&self.chat, &self.scope, room_id, hours).await
    }

    pub async fn previews(&self, token: &str) -> AppResult<InvitePreview> {
        invites::preview(&self.chat, &self.scope, token).await
    }

    pub async fn joins(&self, token: &str) -> AppResult<Dialog> {
        invites::join(&self.chat, &self.scope, token).await
    }

    /// Makes a channel; public with a handle.
    pub async fn broadcasts(&self, name: &str, handle: Option<&str>) -> AppResult<Dialog> {
        let settings = ChannelSettings {
            name: name.to_owned(),
            hue: 30,
            handle: handle.map(ToOwned::to_owned),
            description: String::new(),
            comments: true,
        };
        channels::create(&self.chat, &self.scope, &settings).await
    }

    pub async fn follows(&self, room_id: RoomId) -> AppResult<Dialog> {
        channels::follow(&self.chat, &self.scope, room_id).await
    }

    pub async fn unfollows(&self, room_id: RoomId) -> AppResult<()> {
        channels::unfollow(&self.chat, &self.scope, room_id).await
    }

    pub async fn reacts(&self, message: &Message, emoji: Option<&str>) -> AppResult<Message> {
        messages::react(&self.chat, &self.scope, message.room_id, message.id, emoji).await
    }

    pub async fn comments(&self, post: &Message, text: &str) -> AppResult<Comment> {
        comments::add(&self.chat, &self.scope, post.room_id, post.id, client_id(), text).await
    }

    /// The lines of a room's history, oldest first, each with who did it.
    pub async fn lines(&self, room_id: RoomId) -> Vec<(UserId, SystemLine)> {
        let page = self.history(room_id, sapa_model::message::HistoryFrom::Latest).await;
        page.messages.iter().filter_map(heard::line).collect()
    }
}

/// What a refused deed was refused with: the code, and the field if one was to blame.
pub fn refusal<T>(result: AppResult<T>) -> (ErrorCode, Option<String>) {
    match result {
        Ok(_) => panic!("not refused"),
        Err(error) => (error.code, error.field.map(Into::into)),
    }
}

/// The code alone.
pub fn code<T>(result: AppResult<T>) -> ErrorCode {
    refusal(result).0
}
