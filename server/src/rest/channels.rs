//! Channels: finding, making, following them. Their posts, roles, invite links and webhooks are those of groups.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use sapa_domain::{Chat, channels};
use sapa_model::channel::{ChannelCursor, Follower};
use sapa_model::{ChannelSettings, Room, RoomId, UserId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::input::{Asked, At, Body};
use super::wire::{FoundChannel, Group};
use super::{groups, links};
use crate::problem::Problem;
use crate::session::SignedIn;

/// Which channels to find.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// A part of the name, the handle or the description.
    #[serde(default)]
    query: Option<String>,
    /// How many followed the last channel of the page before.
    #[serde(default)]
    followers: Option<u32>,
    /// The id of the last channel of the page before.
    #[serde(default)]
    #[param(value_type = Option<i64>)]
    after: Option<RoomId>,
}

/// Find public channels
///
/// Those with the most followers first, 20 a page; `Link` leads to the next.
#[utoipa::path(get, path = "/channels", tag = "Channels", params(Search), operation_id = "explore_channels",
    responses((status = 200, body = Vec<FoundChannel>)))]
pub async fn explore(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    Asked(search): Asked<Search>,
) -> Result<(HeaderMap, Json<Vec<FoundChannel>>), Problem> {
    let query = search.query.unwrap_or_default();
    let after = search.after.map(|room| {
        // A page of equals goes on among them; without a count, all come after.
        ChannelCursor { followers: search.followers.unwrap_or(u32::MAX), room }
    });
    let page = channels::explore(&chat, &scope, &query, after).await.map_err(Problem)?;
    let next = page.next.map(|next| {
        let mut link = form_urlencoded::Serializer::new(String::new());
        if !query.is_empty() {
            link.append_pair("query", &query);
        }
        link.append_pair("followers", &next.followers.to_string());
        link.append_pair("after", &next.room.to_string());
        ("next", format!("/api/v1/channels?{}", link.finish()))
    });
    Ok((links::header(next), Json(page.channels.into_iter().map(FoundChannel::from).collect())))
}

/// A public channel by its handle
#[utoipa::path(get, path = "/channels/handle/{handle}", tag = "Channels", operation_id = "find_channel",
    params(("handle" = String, Path, description = "With or without an @", example = "kopi_pagi")),
    responses((status = 200, body = FoundChannel)))]
pub async fn find(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(handle): At<String>,
) -> Result<Json<FoundChannel>, Problem> {
    channels::find(&chat, &scope, &handle).await.map(|card| Json(card.into())).map_err(Problem)
}

/// Make a channel
///
/// With a handle it is public: everybody finds it, and reads it at `/c/{handle}`. Without one it can be followed
/// by invite link only.
#[utoipa::path(post, path = "/channels", tag = "Channels", operation_id = "create_channel",
    request_body(content = ChannelSettings,
        example = json!({"name": "Teh sore", "handle": "teh_sore", "description": "Daun dan cangkir", "comments": true})),
    responses((status = 201, body = Group), (status = 409)))]
pub async fn create(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    Body(settings): Body<ChannelSettings>,
) -> Result<(StatusCode, Json<Group>), Problem> {
    let dialog = channels::create(&chat, &scope, &settings).await;
    Ok((StatusCode::CREATED, groups::one(&chat, &scope, dialog).await?))
}

/// Set a channel up anew
///
/// All of it at once: what is left out is empty, and without a handle it is private. Admins only.
#[utoipa::path(put, path = "/channels/{channelId}", tag = "Channels", operation_id = "change_channel",
    params(("channelId" = RoomId, Path, description = "Which", example = 6)),
    request_body(content = ChannelSettings, example = json!({"name": "Kopi malam", "handle": "kopi_malam"})),
    responses((status = 200, body = Room), (status = 409)))]
pub async fn change(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(channel): At<RoomId>,
    Body(settings): Body<ChannelSettings>,
) -> Result<Json<Room>, Problem> {
    channels::change(&chat, &scope, channel, &settings).await.map(Json).map_err(Problem)
}

/// End a channel for everyone
///
/// Its owner only. What was posted in it is deleted.
#[utoipa::path(delete, path = "/channels/{channelId}", tag = "Channels", operation_id = "delete_channel",
    params(("channelId" = RoomId, Path, description = "Which", example = 6)), responses((status = 204)))]
pub async fn delete(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(channel): At<RoomId>,
) -> Result<StatusCode, Problem> {
    channels::delete(&chat, &scope, channel).await.map(|()| StatusCode::NO_CONTENT).map_err(Problem)
}

/// Follow a public channel
///
/// A private one is joined by an invite link.
#[utoipa::path(put, path = "/channels/{channelId}/follow", tag = "Channels",
    params(("channelId" = RoomId, Path, description = "Which", example = 6)),
    responses((status = 200, body = Group), (status = 409)))]
pub async fn follow(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(channel): At<RoomId>,
) -> Result<Json<Group>, Problem> {
    groups::one(&chat, &scope, channels::follow(&chat, &scope, channel).await).await
}

/// Follow a channel no more
///
/// Its owner hands it over first, or ends it.
#[utoipa::path(delete, path = "/channels/{channelId}/follow", tag = "Channels",
    params(("channelId" = RoomId, Path, description = "Which", example = 7)),
    responses((status = 204), (status = 409)))]
pub async fn unfollow(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(channel): At<RoomId>,
) -> Result<StatusCode, Problem> {
    channels::unfollow(&chat, &scope, channel).await.map(|()| StatusCode::NO_CONTENT).map_err(Problem)
}

/// Which followers to list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Listing {
    /// A part of their names.
    #[serde(default)]
    query: Option<String>,
    /// The id of the last one of the page before.
    #[serde(default)]
    #[param(value_type = Option<i64>)]
    after: Option<UserId>,
}

/// Who follows a channel
///
/// By id, 50 a page; `Link` leads to the next. Admins only: followers do not learn of each other.
#[utoipa::path(get, path = "/channels/{channelId}/followers", tag = "Channels",
    params(("channelId" = RoomId, Path, description = "Which", example = 6), Listing),
    responses((status = 200, body = Vec<Follower>)))]
pub async fn followers(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(channel): At<RoomId>,
    Asked(listing): Asked<Listing>,
) -> Result<(HeaderMap, Json<Vec<Follower>>), Problem> {
    let query = listing.query.unwrap_or_default();
    let page = channels::followers(&chat, &scope, channel, &query, listing.after).await.map_err(Problem)?;
    let next = page.next().map(|last| {
        let mut link = form_urlencoded::Serializer::new(String::new());
        if !query.is_empty() {
            link.append_pair("query", &query);
        }
        link.append_pair("after", &last.to_string());
        ("next", format!("/api/v1/channels/{channel}/followers?{}", link.finish()))
    });
    Ok((links::header(next), Json(page.followers)))
}
