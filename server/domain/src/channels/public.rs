//! What the whole world may read of a public channel: the channel itself, its posts and their files.
//!
//! There is no asker here, so nothing is seen but what everybody sees; and each call looks anew whether the
//! channel is public, so that making it private ends all of this at once.

use sapa_model::{AppError, AppResult, Message, MessageId, Room, RoomId, UserId, Variant, limits};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::explore::public_room;
use crate::avatars::{self, Picture};
use crate::chat::Chat;
use crate::entity::words::MessageKind;
use crate::entity::{message, room};
use crate::fault::{OrFault, Refused};
use crate::messages;
use crate::rooms::view;

/// No user has this id: what they may see is what everybody may.
const NOBODY: UserId = UserId(0);

/// A channel with some of its posts.
#[derive(Clone, Debug)]
pub struct PublicPage {
    /// The channel.
    pub room: Room,
    /// The newest first.
    pub posts: Vec<Message>,
    /// Whether there are older ones; ask for them with the last one's `position`.
    pub more: bool,
}

/// The room of a public channel, and how far it has changed; `not_found` for every other channel.
pub async fn public_seq(chat: &Chat, handle: &str) -> AppResult<(RoomId, u64)> {
    let room = public_room(chat.db(), handle).await?;
    Ok((RoomId(room.id), room.last_seq.cast_unsigned()))
}

/// The newest posts of a public channel, or those `before` a position; `not_found` for every other channel.
pub async fn page(chat: &Chat, handle: &str, before: Option<u64>) -> AppResult<PublicPage> {
    let db = chat.db();
    let room = public_room(db, handle).await?;
    let mut posts = message::Entity::find().filter(message::Column::RoomId.eq(room.id)).filter(shown());
    if let Some(before) = before {
        posts = posts.filter(message::Column::Position.lt(i64::try_from(before).unwrap_or(i64::MAX)));
    }
    let mut rows = posts
        .order_by_desc(message::Column::Position)
        .limit(limits::PUBLIC_PAGE as u64 + 1)
        .all(db)
        .await
        .or_fault()?;
    let more = rows.len() > limits::PUBLIC_PAGE;
    rows.truncate(limits::PUBLIC_PAGE);
    of(db, room, rows, more).await
}

/// One post of a public channel; `not_found` for every other message.
pub async fn post(chat: &Chat, handle: &str, id: MessageId) -> AppResult<PublicPage> {
    let db = chat.db();
    let room = public_room(db, handle).await?;
    let row = message::Entity::find_by_id(id.0)
        .filter(message::Column::RoomId.eq(room.id))
        .filter(shown())
        .one(db)
        .await
        .or_fault()?;
    let row = row.ok_or_else(|| AppError::not_found("post"))?;
    of(db, room, vec![row], false).await
}

async fn of<C: ConnectionTrait>(
    db: &C,
    room: room::Model,
    rows: Vec<message::Model>,
    more: bool,
) -> AppResult<PublicPage> {
    let posts = messages::to_wire(db, NOBODY, rows).await?;
    let room = view::facts(db, std::slice::from_ref(&room)).await?.room(room);
    Ok(PublicPage { room, posts, more })
}

/// The picture of a public channel; `not_found` where it has none.
pub async fn picture(chat: &Chat, handle: &str, variant: Variant) -> AppResult<Picture> {
    let room = public_room(chat.db(), handle).await?;
    let key = room.avatar.ok_or_else(|| AppError::not_found("picture"))?;
    avatars::open(chat, &key, variant).await
}

/// Whether a message is a post of the public channel with this handle, and still there.
pub(crate) async fn is_public_post<C: ConnectionTrait>(
    db: &C,
    handle: &str,
    message_id: i64,
) -> AppResult<bool> {
    let Some(room) = public_room(db, handle).await.if_allowed()? else { return Ok(false) };
    let such =
        message::Entity::find_by_id(message_id).filter(message::Column::RoomId.eq(room.id)).filter(shown());
    Ok(such.one(db).await.or_fault()?.is_some())
}

fn shown() -> Condition {
    Condition::all()
        .add(message::Column::Kind.eq(MessageKind::Text))
        .add(message::Column::DeletedAt.is_null())
        .add(messages::visible_to(NOBODY))
}
