//! Stories: what people show their friends for a day.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use sapa_domain::{Chat, stories};
use sapa_model::story::{AudienceKind, NewStory, NewStoryContent, StoryKind, StorySettings, StoryViewer};
use sapa_model::{
    ClientId, StoryAudience, StoryContent, StoryId, StoryReel, Timestamp, UserCard, UserId, story as model,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::input::{Asked, At, Body};
use super::links;
use super::messages::{fresh_client_id, with_group};
use super::wire::{MediaFile, Message};
use crate::problem::Problem;
use crate::session::SignedIn;

/// A story as the asker sees it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names, reason = "as of messages")]
pub struct Story {
    /// Which.
    story_id: StoryId,
    /// Whose.
    #[serde(rename = "User")]
    user: UserCard,
    /// What it is.
    kind: StoryKind,
    /// What it says; of a picture or film the caption, which may be empty.
    text: String,
    /// The colour that a text stands on, 0 to 359.
    hue: Option<u16>,
    /// The picture or film.
    #[serde(rename = "Media")]
    media: Option<MediaFile>,
    /// When it was posted.
    created_at: Timestamp,
    /// When it is gone, for everyone.
    expires_at: Timestamp,
    /// The asker has seen it; one's own counts as seen.
    seen: bool,
    /// Whom it was posted for; for its author alone.
    audience: Option<AudienceKind>,
    /// How many have seen it; for its author alone.
    viewers: Option<u32>,
}

impl From<model::Story> for Story {
    fn from(story: model::Story) -> Self {
        let (kind, text) = (story.content.kind(), story.content.words().to_owned());
        let (hue, media) = match story.content {
            StoryContent::Text { hue, .. } => (Some(hue), None),
            StoryContent::Media { attachment, .. } => (None, Some(attachment.into())),
        };
        Self {
            story_id: story.id,
            user: story.author,
            kind,
            text,
            hue,
            media,
            created_at: story.created_at,
            expires_at: story.expires_at,
            seen: story.seen,
            audience: story.reach.map(|reach| reach.audience),
            viewers: story.reach.map(|reach| reach.viewers),
        }
    }
}

/// All stories of one author that the asker may see.
#[derive(Serialize, ToSchema)]
pub struct Reel {
    /// Whose.
    #[serde(rename = "User")]
    user: UserCard,
    /// The asker does not care for them.
    muted: bool,
    /// The oldest first.
    stories: Vec<Story>,
}

impl From<StoryReel> for Reel {
    fn from(reel: StoryReel) -> Self {
        let StoryReel { author, stories, muted } = reel;
        Self { user: author, muted, stories: stories.into_iter().map(Story::from).collect() }
    }
}

/// Stories, one's own and those of friends
///
/// Author by author: one's own, then those with something new, the muted ones last.
#[utoipa::path(get, path = "/stories", tag = "Stories", operation_id = "list_stories", responses((status = 200, body = Vec<Reel>)))]
pub async fn list(State(chat): State<Chat>, SignedIn(scope): SignedIn) -> Result<Json<Vec<Reel>>, Problem> {
    let reels = stories::reels(&chat, &scope).await.map_err(Problem)?;
    Ok(Json(reels.into_iter().map(Reel::from).collect()))
}

/// A story about to be posted.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StoryPosting {
    /// What it shows.
    content: NewStoryContent,
    /// Who may see it; from then on also the setting. Left out: what the setting says.
    #[serde(default)]
    audience: Option<StoryAudience>,
    /// The same again posts nothing new.
    #[serde(default)]
    client_id: Option<ClientId>,
}

/// Post a story
///
/// Friends see it for 24 hours; then it is really gone. A picture or film is announced and brought before, as
/// for a message.
#[utoipa::path(post, path = "/stories", tag = "Stories", operation_id = "post_story",
    request_body(content = StoryPosting, example = json!({"content": {"text": {"text": "Kopi pagi", "hue": 200}}, "audience": "friends"})),
    responses((status = 201, body = Story), (status = 404), (status = 409)))]
pub async fn post(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    Body(posting): Body<StoryPosting>,
) -> Result<(StatusCode, Json<Story>), Problem> {
    let StoryPosting { content, audience, client_id } = posting;
    let new = NewStory { client_id: client_id.unwrap_or_else(fresh_client_id), content, audience };
    let story = stories::post(&chat, &scope, new).await.map_err(Problem)?;
    Ok((StatusCode::CREATED, Json(story.into())))
}

/// One story
#[utoipa::path(get, path = "/stories/{storyId}", tag = "Stories", operation_id = "show_story",
    params(("storyId" = StoryId, Path, description = "Which", example = 1)),
    responses((status = 200, body = Story)))]
pub async fn show(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(story): At<StoryId>,
) -> Result<Json<Story>, Problem> {
    stories::find(&chat, &scope, story).await.map(|story| Json(story.into())).map_err(Problem)
}

/// Delete an own story
#[utoipa::path(delete, path = "/stories/{storyId}", tag = "Stories", operation_id = "delete_story",
    params(("storyId" = StoryId, Path, description = "Which", example = 1)),
    responses((status = 204)))]
pub async fn delete(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(story): At<StoryId>,
) -> Result<StatusCode, Problem> {
    stories::delete(&chat, &scope, story).await.map(|()| StatusCode::NO_CONTENT).map_err(Problem)
}

/// Say that a story was seen
///
/// Its author is told, once.
#[utoipa::path(post, path = "/stories/{storyId}/views", tag = "Stories",
    params(("storyId" = StoryId, Path, description = "Which", example = 1)),
    responses((status = 204)))]
pub async fn view(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(story): At<StoryId>,
) -> Result<StatusCode, Problem> {
    stories::view(&chat, &scope, story).await.map(|()| StatusCode::NO_CONTENT).map_err(Problem)
}

/// Which page.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Before {
    /// Those after this person in the list.
    #[serde(default)]
    before: Option<UserId>,
}

/// Who has seen an own story
///
/// The latest first, 50 a page; `Link` leads to the next one.
#[utoipa::path(get, path = "/stories/{storyId}/views", tag = "Stories",
    params(("storyId" = StoryId, Path, description = "Which", example = 1), Before),
    responses((status = 200, body = Vec<StoryViewer>)))]
pub async fn viewers(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(story): At<StoryId>,
    Asked(from): Asked<Before>,
) -> Result<(HeaderMap, Json<Vec<StoryViewer>>), Problem> {
    let page = stories::viewers(&chat, &scope, story, from.before).await.map_err(Problem)?;
    let last = page.viewers.last().filter(|_| page.more);
    let next = last.map(|last| ("next", format!("/api/v1/stories/{story}/views?before={}", last.user.id)));
    Ok((links::header(next), Json(page.viewers)))
}

/// An answer to a story.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StoryReply {
    /// At most 4,000 characters.
    content: String,
    /// The same again sends nothing new.
    #[serde(default)]
    client_id: Option<ClientId>,
}

/// Answer a story
///
/// The answer is a message in the direct room with its author; it says which story it is about, and nothing
/// of what that showed.
#[utoipa::path(post, path = "/stories/{storyId}/replies", tag = "Stories",
    params(("storyId" = StoryId, Path, description = "Which", example = 2)),
    request_body(content = StoryReply, example = json!({"content": "Bagus sekali!"})),
    responses((status = 201, body = Message), (status = 409)))]
pub async fn reply(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(story): At<StoryId>,
    Body(answer): Body<StoryReply>,
) -> Result<(StatusCode, Json<Message>), Problem> {
    let client_id = answer.client_id.unwrap_or_else(fresh_client_id);
    let sent = stories::reply(&chat, &scope, story, client_id, answer.content).await;
    Ok((StatusCode::CREATED, with_group(&chat, &scope, sent).await?))
}

/// Mute somebody's stories
///
/// They are not told.
#[utoipa::path(put, path = "/stories/mutes/{userId}", tag = "Stories",
    params(("userId" = UserId, Path, description = "Whose", example = 3)), responses((status = 204)))]
pub async fn mute(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(author): At<UserId>,
) -> Result<StatusCode, Problem> {
    stories::set_muted(&chat, &scope, author, true).await.map_err(Problem)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Care for somebody's stories again
#[utoipa::path(delete, path = "/stories/mutes/{userId}", tag = "Stories",
    params(("userId" = UserId, Path, description = "Whose", example = 3)), responses((status = 204)))]
pub async fn unmute(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(author): At<UserId>,
) -> Result<StatusCode, Problem> {
    stories::set_muted(&chat, &scope, author, false).await.map_err(Problem)?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the asker has settled about stories
#[utoipa::path(get, path = "/settings/stories", tag = "Stories", operation_id = "story_settings",
    responses((status = 200, body = StorySettings)))]
pub async fn settings(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
) -> Result<Json<StorySettings>, Problem> {
    stories::settings(&chat, &scope).await.map(Json).map_err(Problem)
}

/// Who may see a story.
#[derive(Deserialize, ToSchema)]
pub struct Chosen {
    /// All friends, some, or all but some.
    audience: StoryAudience,
}

/// Choose who may see the next story
///
/// What is posted already stays as it was.
#[utoipa::path(put, path = "/settings/stories", tag = "Stories",
    request_body(content = Chosen, example = json!({"audience": {"except": [5]}})),
    responses((status = 200, body = StorySettings), (status = 409)))]
pub async fn set_audience(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    Body(chosen): Body<Chosen>,
) -> Result<Json<StorySettings>, Problem> {
    scope.may_see().map_err(Problem)?;
    stories::set_audience(&chat, &scope, chosen.audience).await.map_err(Problem)?;
    stories::settings(&chat, &scope).await.map(Json).map_err(Problem)
}
