//! Answering a story, into the direct chat with its author.

use std::collections::HashMap;

use sapa_model::message::Content;
use sapa_model::{
    AppError, AppResult, ClientId, Message, MessageId, RoomId, StoryId, StoryRef, TokenScope, UserId,
};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{seen, wire};
use crate::chat::Chat;
use crate::clock;
use crate::entity::{message, story_reply};
use crate::fault::OrFault;
use crate::messages::{self, About};
use crate::rooms;
use crate::scope::Scope;
use crate::writer::Work;

/// Sends a text about a story to its author. The message says what it answers, and nothing of what that
/// showed. Sent again under the same `client_id`, it is the first one, for ever.
///
/// Errors: `not_found`; `forbidden` for one's own story; otherwise as for [`messages::send`].
pub async fn reply(
    chat: &Chat,
    scope: &Scope,
    id: StoryId,
    client_id: ClientId,
    text: String,
) -> AppResult<Message> {
    let me = scope.may(TokenScope::Write)?;
    let (room_id, story) = match answered_before(chat, me, id, &client_id).await? {
        Some(before) => before,
        None => address(chat, scope, id).await?,
    };
    let content = Content { text, attachments: Vec::new() };
    messages::send_with(chat, scope, room_id, client_id, content, Some(About::Story(story))).await
}

/// Where an answer goes, and what it says of the story.
async fn address(chat: &Chat, scope: &Scope, id: StoryId) -> AppResult<(RoomId, StoryRef)> {
    let row = seen::find(chat.db(), scope.user_id, id, clock::now()).await?;
    let story = wire::one(chat.db(), scope.user_id, row).await?;
    let author_id = story.author.id;
    if author_id == scope.user_id {
        return Err(AppError::forbidden("This is your own story."));
    }
    let room = rooms::open_direct(chat, scope, author_id).await?.room;
    Ok((room.id, StoryRef { story_id: id, author_id, kind: story.content.kind() }))
}

/// The same answer sent before, perhaps to a story that is gone by now.
async fn answered_before(
    chat: &Chat,
    me: UserId,
    id: StoryId,
    client_id: &ClientId,
) -> AppResult<Option<(RoomId, StoryRef)>> {
    let sent = message::Entity::find()
        .filter(message::Column::SenderId.eq(me.0))
        .filter(message::Column::ClientId.eq(client_id.as_str()))
        .one(chat.db())
        .await
        .or_fault()?;
    let Some(sent) = sent else { return Ok(None) };
    let about = of_messages(chat.db(), &[sent.id]).await?.remove(&sent.id);
    Ok(about.filter(|story| story.story_id == id).map(|story| (RoomId(sent.room_id), story)))
}

/// Says of a message which story it answers.
pub(crate) async fn bind(w: &Work, message_id: MessageId, story: StoryRef) -> AppResult<()> {
    let row = story_reply::ActiveModel {
        message_id: Set(message_id.0),
        story_id: Set(story.story_id.0),
        author_id: Set(story.author_id.0),
        kind: Set(story.kind.into()),
    };
    story_reply::Entity::insert(row).exec_without_returning(w.db()).await.or_fault()?;
    Ok(())
}

/// The stories that these messages answer.
pub(crate) async fn of_messages<C: ConnectionTrait>(
    db: &C,
    message_ids: &[i64],
) -> AppResult<HashMap<i64, StoryRef>> {
    if message_ids.is_empty() {
        return Ok(HashMap::new());
    }
    let such = story_reply::Column::MessageId.is_in(message_ids.iter().copied());
    let rows = story_reply::Entity::find().filter(such).all(db).await.or_fault()?;
    let story = |row: story_reply::Model| {
        let (story_id, author_id) = (StoryId(row.story_id), UserId(row.author_id));
        (row.message_id, StoryRef { story_id, author_id, kind: row.kind.into() })
    };
    Ok(rows.into_iter().map(story).collect())
}

/// Takes away what purged messages have answered.
pub(crate) async fn forget(w: &Work, message_ids: &[i64]) -> AppResult<()> {
    let gone = story_reply::Column::MessageId.is_in(message_ids.iter().copied());
    story_reply::Entity::delete_many().filter(gone).exec(w.db()).await.or_fault()?;
    Ok(())
}
