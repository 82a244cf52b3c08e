//! Stories: what people show their friends for a day.

#![allow(
    missing_docs,
    reason = "`#[server]` makes a struct of each function's arguments and gives its fields none"
)]

use leptos::prelude::*;
use sapa_model::story::{self, NewStory};
use sapa_model::{AppError, ClientId, Message, Story, StoryAudience, StoryId, StoryReel, UserId};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use super::context::signed_in;

/// The user's own stories and those of friends.
#[server(prefix = "/rpc", endpoint = "stories", input = Json, output = Json)]
pub async fn stories() -> Result<Vec<StoryReel>, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::stories::reels(&chat, &scope).await
}

/// Posts a story.
#[server(prefix = "/rpc", endpoint = "post_story", input = Json, output = Json)]
pub async fn post_story(story: NewStory) -> Result<Story, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::stories::post(&chat, &scope, story).await
}

/// Takes an own story away.
#[server(prefix = "/rpc", endpoint = "delete_story", input = Json, output = Json)]
pub async fn delete_story(story: StoryId) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::stories::delete(&chat, &scope, story).await
}

/// The user has seen a story.
#[server(prefix = "/rpc", endpoint = "view_story", input = Json, output = Json)]
pub async fn view_story(story: StoryId) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::stories::view(&chat, &scope, story).await
}

/// Who has seen an own story, after the person `before`.
#[server(prefix = "/rpc", endpoint = "story_viewers", input = Json, output = Json)]
pub async fn story_viewers(story: StoryId, before: Option<UserId>) -> Result<story::StoryViewers, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::stories::viewers(&chat, &scope, story, before).await
}

/// Answers a story, into the direct chat with its author.
#[server(prefix = "/rpc", endpoint = "reply_to_story", input = Json, output = Json)]
pub async fn reply_to_story(story: StoryId, client_id: ClientId, text: String) -> Result<Message, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::stories::reply(&chat, &scope, story, client_id, text).await
}

/// Mutes somebody's stories, or cares for them again.
#[server(prefix = "/rpc", endpoint = "mute_stories", input = Json, output = Json)]
pub async fn mute_stories(user: UserId, muted: bool) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::stories::set_muted(&chat, &scope, user, muted).await
}

/// What the user has settled about stories.
#[server(prefix = "/rpc", endpoint = "story_settings", input = Json, output = Json)]
pub async fn story_settings() -> Result<story::StorySettings, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::stories::settings(&chat, &scope).await
}

/// Chooses who may see the next story.
#[server(prefix = "/rpc", endpoint = "set_story_audience", input = Json, output = Json)]
pub async fn set_story_audience(audience: StoryAudience) -> Result<StoryAudience, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::stories::set_audience(&chat, &scope, audience).await
}
