//! The inbox: what others have sent, for those who fetch it by hand.
//!
//! What is fetched is marked apart, once it has arrived ([`mark`]): what got lost on its way is fetched
//! again. Each room remembers the position of the last message fetched.

use sapa_model::{AppError, AppResult, RoomId, Timestamp, TokenScope, UserId, limits};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    Select,
};

use crate::chat::Chat;
use crate::entity::words::{MessageKind, RoomKind};
use crate::entity::{membership, message, room};
use crate::fault::OrFault;
use crate::messages::visible_to;
use crate::rooms::listed;
use crate::scope::Scope;
use crate::{attachments, cards, markers};

/// A message of somebody else's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The username of who sent it.
    pub sender: String,
    /// The name of the group where it was sent; none between two.
    pub group: Option<String>,
    /// What it says; may be empty where there are files.
    pub text: String,
    /// The names of the files that it carries.
    pub files: Vec<String>,
    /// When it was sent.
    pub at: Timestamp,
}

/// What was fetched, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// The messages.
    pub messages: Vec<Received>,
    /// How far each room was fetched.
    pub marks: Vec<Mark>,
}

/// How far a room was fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    room_id: RoomId,
    position: i64,
    number: i64,
}

/// The texts of others, from all rooms in the asker's list, that were not yet fetched: at most
/// [`limits::INBOX_PAGE`], and no more than [`limits::INBOX_BYTES`] of text. The rest comes once these
/// are marked.
pub async fn fetch(chat: &Chat, scope: &Scope) -> AppResult<Fetched> {
    scope.may(TokenScope::Read)?;
    // What is fetched will be marked.
    let me = scope.may(TokenScope::Write)?;
    let fetched = membership::Column::FetchedPosition;
    let unfetched = received(me)
        .filter(message::Column::Position.into_expr().gt(fetched.into_expr()))
        // Rooms where nothing has happened since are not looked through.
        .filter(room::Column::LastSeq.into_expr().gt(fetched.into_expr()));
    let rows = rows(chat, unfetched.order_by_asc(message::Column::Id)).await?;
    let mut marks: Vec<Mark> = Vec::new();
    // The newest of each room is the one that stands last.
    for row in rows.iter().rev() {
        if !marks.iter().any(|mark| mark.room_id.0 == row.room_id) {
            let room_id = RoomId(row.room_id);
            marks.push(Mark { room_id, position: row.position, number: row.number });
        }
    }
    Ok(Fetched { messages: to_received(chat, rows).await?, marks })
}

/// The texts of others that came last, fetched or not; as many as [`fetch`] gives.
pub async fn recent(chat: &Chat, scope: &Scope) -> AppResult<Vec<Received>> {
    let me = scope.may(TokenScope::Read)?;
    let mut rows = rows(chat, received(me).order_by_desc(message::Column::Id)).await?;
    rows.reverse();
    to_received(chat, rows).await
}

/// Notes that these have arrived: they are fetched no more, and their senders see them delivered.
pub async fn mark(chat: &Chat, scope: &Scope, fetched: Fetched) -> AppResult<()> {
    let me = scope.may(TokenScope::Write)?;
    if fetched.marks.is_empty() {
        return Ok(());
    }
    chat.write(async move |w| {
        for Mark { room_id, position, number } in fetched.marks {
            let moved = membership::Entity::update_many()
                .set(membership::ActiveModel { fetched_position: Set(position), ..Default::default() })
                .filter(membership::Column::RoomId.eq(room_id.0))
                .filter(membership::Column::UserId.eq(me.0))
                .filter(membership::Column::Active.eq(true))
                .filter(membership::Column::FetchedPosition.lt(position))
                .exec(w.db())
                .await
                .or_fault()?;
            // Whoever has left meanwhile has no markers to move.
            if moved.rows_affected > 0 {
                markers::arrived(w, room_id, me, number.unsigned_abs()).await?;
            }
        }
        Ok(())
    })
    .await
}

/// What is read of a message and its room.
#[derive(FromQueryResult)]
struct Row {
    id: i64,
    room_id: i64,
    position: i64,
    number: i64,
    sender_id: i64,
    body: String,
    created_at: i64,
    room_kind: RoomKind,
    room_name: String,
}

/// What others have written in the rooms of the user's list, as far as the user sees it.
fn received(me: UserId) -> Select<message::Entity> {
    use message::Column::{Body, CreatedAt, DeletedAt, Id, Kind, Number, Position, RoomId, SenderId};
    let member = message::Entity::belongs_to(membership::Entity).from(RoomId).to(membership::Column::RoomId);
    let room = message::Entity::belongs_to(room::Entity).from(RoomId).to(room::Column::Id);
    message::Entity::find()
        .select_only()
        .columns([Id, RoomId, Position, Number, SenderId, Body, CreatedAt])
        .column_as(room::Column::Kind, "room_kind")
        .column_as(room::Column::Name, "room_name")
        .join(JoinType::InnerJoin, member.into())
        .join(JoinType::InnerJoin, room.into())
        .filter(listed(me))
        .filter(Kind.eq(MessageKind::Text).and(DeletedAt.is_null()).and(SenderId.ne(me.0)))
        .filter(visible_to(me))
}

/// The first of these, as many as go together.
async fn rows(chat: &Chat, select: Select<message::Entity>) -> AppResult<Vec<Row>> {
    let first = select.limit(limits::INBOX_PAGE as u64).into_model::<Row>();
    let mut rows = first.all(chat.db()).await.or_fault()?;
    let mut bytes = 0;
    let fitting = rows.iter().take_while(|row| {
        bytes += row.body.len();
        bytes <= limits::INBOX_BYTES
    });
    let fitting = fitting.count();
    rows.truncate(fitting);
    Ok(rows)
}

async fn to_received(chat: &Chat, rows: Vec<Row>) -> AppResult<Vec<Received>> {
    let mut senders: Vec<_> = rows.iter().map(|row| UserId(row.sender_id)).collect();
    senders.sort_unstable();
    senders.dedup();
    let cards = cards::load(chat.db(), &senders).await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut carried = attachments::of_messages(chat.db(), &ids).await?;
    rows.into_iter()
        .map(|row| {
            let sender = cards.get(&UserId(row.sender_id)).ok_or_else(AppError::internal)?;
            let files = carried.remove(&row.id).unwrap_or_default();
            Ok(Received {
                sender: sender.username.clone(),
                group: (row.room_kind != RoomKind::Direct).then_some(row.room_name),
                text: row.body,
                files: files.into_iter().map(|file| file.name.into()).collect(),
                at: Timestamp(row.created_at),
            })
        })
        .collect()
}
