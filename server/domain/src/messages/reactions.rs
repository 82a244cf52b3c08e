//! Reactions: one emoji of each person under a message.
//!
//! They are counted as they come and go, so that a post with ten thousand of them costs no more to show than one
//! with three. A reaction is a change of its message: it takes the room's next number. What everyone is told is
//! the counts; which one is a viewer's own is told to their devices apart. Across a block only who has reacted
//! ever sees it.

use std::collections::HashMap;

use sapa_model::message::{Reaction, Reactor, ReactorPage};
use sapa_model::{
    AppError, AppResult, Emoji, Event, Message, MessageId, Role, RoomId, RoomKind, TokenScope, UserId, limits,
};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{correct, row, visible_to, wire};
use crate::cards;
use crate::chat::Chat;
use crate::entity::words::MessageKind;
use crate::entity::{message, reaction, reaction_count};
use crate::fault::OrFault;
use crate::hub::Audience;
use crate::rooms::access::{self, Place};
use crate::rooms::{ties, you_blocked_them};
use crate::scope::Scope;
use crate::writer::Work;

/// The reactions to a message as a viewer sees them.
#[derive(Default)]
pub struct Reactions {
    /// The emoji that came first stands first.
    pub counts: Vec<Reaction>,
    /// The viewer's own.
    pub own: Option<Emoji>,
}

/// Reacts to a message, in place of an earlier reaction of the asker's; with none, takes that back. The same
/// again changes nothing.
///
/// Errors: those of [`Emoji::parse`]; `not_found`, also for what is deleted or the room's own line;
/// `limit_reached` with too many different emoji; `blocked`. Where the other of a pair has blocked the asker,
/// only the asker ever sees it.
pub async fn react(
    chat: &Chat,
    scope: &Scope,
    room_id: RoomId,
    id: MessageId,
    emoji: Option<&str>,
) -> AppResult<Message> {
    let me = scope.may(TokenScope::Write)?;
    let emoji = emoji.map(Emoji::parse).transpose()?;
    chat.write(async move |w| {
        let place = access::place(w.db(), room_id, me).await?;
        let message = text(w, room_id, id, me).await?;
        let ties = ties::ties(w.db(), &place).await?;
        if ties.as_ref().is_some_and(|ties| ties.i_block) {
            return Err(you_blocked_them());
        }
        let before = reaction::Entity::find_by_id((id.0, me.0)).one(w.db()).await.or_fault()?;
        if before.as_ref().map(|before| before.emoji.as_str()) == emoji.as_ref().map(Emoji::as_str) {
            return wire::to_wire(w.db(), me, vec![message]).await?.pop().ok_or_else(AppError::internal);
        }
        let was_shadowed = before.as_ref().is_none_or(|before| before.shadowed);
        if let Some(before) = before {
            take_back(w, before).await?;
        }
        let shadowed = ties.is_some_and(|ties| ties.blocks_me);
        if let Some(emoji) = &emoji {
            put(w, id, me, emoji, shadowed).await?;
        }
        // Nobody else hears where nothing changes for them.
        let is_private = was_shadowed && (shadowed || emoji.is_none());
        let message = correct::tell(w, me, message, is_private).await?;
        w.emit(Audience::User(me), Event::Reacted { room_id, message_id: id, emoji });
        Ok(message)
    })
    .await
}

/// Who has reacted to a message, `after` somebody; in a channel its admins only.
///
/// `not_found` for what the asker may not see, and for what is deleted.
pub async fn reactors(
    chat: &Chat,
    scope: &Scope,
    room_id: RoomId,
    id: MessageId,
    after: Option<UserId>,
) -> AppResult<ReactorPage> {
    let viewer = scope.may(TokenScope::Read)?;
    let db = chat.db();
    let place = access::place(db, room_id, viewer).await?;
    let message = row(db, room_id, id, visible_to(viewer)).await?;
    if message.deleted_at.is_some() {
        return Err(AppError::not_found("message"));
    }
    check_may_list(&place)?;
    let mut rows = reaction::Entity::find()
        .filter(reaction::Column::MessageId.eq(id.0))
        .filter(reaction::Column::UserId.gt(after.map_or(0, |after| after.0)))
        .filter(seen_by(viewer))
        .order_by_asc(reaction::Column::UserId)
        .limit(limits::REACTOR_PAGE as u64 + 1)
        .all(db)
        .await
        .or_fault()?;
    let more = rows.len() > limits::REACTOR_PAGE;
    rows.truncate(limits::REACTOR_PAGE);
    let people: Vec<_> = rows.iter().map(|row| UserId(row.user_id)).collect();
    let cards = cards::load(db, &people).await?;
    let reactor = |row: reaction::Model| {
        Some(Reactor {
            user: cards.get(&UserId(row.user_id))?.clone(),
            emoji: Emoji::parse(&row.emoji).ok()?,
        })
    };
    Ok(ReactorPage { reactors: rows.into_iter().filter_map(reactor).collect(), more })
}

/// Followers do not learn of each other.
fn check_may_list(place: &Place) -> AppResult<()> {
    if RoomKind::from(place.room.kind).members_meet() || Role::from(place.me.role) >= Role::Admin {
        Ok(())
    } else {
        Err(AppError::forbidden("Only a channel's admins see who has reacted."))
    }
}

/// Something that a person wrote, in a room of the asker's, and that is still there.
async fn text(w: &Work, room_id: RoomId, id: MessageId, me: UserId) -> AppResult<message::Model> {
    let found = row(w.db(), room_id, id, visible_to(me)).await?;
    if found.deleted_at.is_some() || found.kind != MessageKind::Text {
        return Err(AppError::not_found("message"));
    }
    Ok(found)
}

async fn put(w: &Work, id: MessageId, me: UserId, emoji: &Emoji, shadowed: bool) -> AppResult<()> {
    let made = reaction::ActiveModel {
        message_id: Set(id.0),
        user_id: Set(me.0),
        emoji: Set(emoji.to_string()),
        shadowed: Set(shadowed),
    };
    reaction::Entity::insert(made).exec_without_returning(w.db()).await.or_fault()?;
    if shadowed {
        return Ok(());
    }
    let others = Condition::all()
        .add(reaction_count::Column::MessageId.eq(id.0))
        .add(reaction_count::Column::Emoji.ne(emoji.as_str()));
    let others = reaction_count::Entity::find().filter(others).count(w.db()).await.or_fault()?;
    if others >= limits::REACTIONS_MAX as u64 {
        return Err(AppError::limit_reached("different emoji", limits::REACTIONS_MAX).on("emoji"));
    }
    let counted = reaction_count::ActiveModel {
        message_id: Set(id.0),
        emoji: Set(emoji.to_string()),
        count: Set(1),
        since: Set(w.now().0),
    };
    let one_more = OnConflict::columns([reaction_count::Column::MessageId, reaction_count::Column::Emoji])
        .value(
            reaction_count::Column::Count,
            Expr::col((reaction_count::Entity, reaction_count::Column::Count)).add(1),
        )
        .to_owned();
    let insert = reaction_count::Entity::insert(counted).on_conflict(one_more);
    insert.exec_without_returning(w.db()).await.or_fault()?;
    Ok(())
}

async fn take_back(w: &Work, before: reaction::Model) -> AppResult<()> {
    let key = (before.message_id, before.user_id);
    reaction::Entity::delete_by_id(key).exec(w.db()).await.or_fault()?;
    if before.shadowed {
        return Ok(());
    }
    let such = Condition::all()
        .add(reaction_count::Column::MessageId.eq(before.message_id))
        .add(reaction_count::Column::Emoji.eq(before.emoji));
    let last = such.clone().add(reaction_count::Column::Count.lte(1));
    reaction_count::Entity::delete_many().filter(last).exec(w.db()).await.or_fault()?;
    reaction_count::Entity::update_many()
        .col_expr(reaction_count::Column::Count, Expr::col(reaction_count::Column::Count).sub(1))
        .filter(such)
        .exec(w.db())
        .await
        .or_fault()?;
    Ok(())
}

/// The reactions to these messages as `viewer` sees them.
pub(super) async fn of_messages<C: ConnectionTrait>(
    db: &C,
    viewer: UserId,
    message_ids: &[i64],
) -> AppResult<HashMap<i64, Reactions>> {
    let mut reactions: HashMap<i64, Reactions> = HashMap::new();
    if message_ids.is_empty() {
        return Ok(reactions);
    }
    let counts = reaction_count::Entity::find()
        .filter(reaction_count::Column::MessageId.is_in(message_ids.iter().copied()))
        .order_by_asc(reaction_count::Column::Since)
        .order_by_asc(reaction_count::Column::Emoji)
        .all(db)
        .await
        .or_fault()?;
    for row in counts {
        // It was checked on its way in.
        let Ok(emoji) = Emoji::parse(&row.emoji) else { continue };
        let count = row.count.unsigned_abs();
        reactions.entry(row.message_id).or_default().counts.push(Reaction { emoji, count });
    }
    let own = reaction::Entity::find()
        .filter(reaction::Column::MessageId.is_in(message_ids.iter().copied()))
        .filter(reaction::Column::UserId.eq(viewer.0))
        .all(db)
        .await
        .or_fault()?;
    for row in own {
        let Ok(emoji) = Emoji::parse(&row.emoji) else { continue };
        let of_message = reactions.entry(row.message_id).or_default();
        if row.shadowed {
            match of_message.counts.iter_mut().find(|counted| counted.emoji == emoji) {
                Some(counted) => counted.count += 1,
                None => of_message.counts.push(Reaction { emoji: emoji.clone(), count: 1 }),
            }
        }
        of_message.own = Some(emoji);
    }
    Ok(reactions)
}

fn seen_by(viewer: UserId) -> Condition {
    Condition::any().add(reaction::Column::Shadowed.eq(false)).add(reaction::Column::UserId.eq(viewer.0))
}

/// Who has reacted to a message for their own eyes alone.
pub(super) async fn shadowed_of<C: ConnectionTrait>(db: &C, message_id: i64) -> AppResult<Vec<UserId>> {
    let such = Condition::all()
        .add(reaction::Column::MessageId.eq(message_id))
        .add(reaction::Column::Shadowed.eq(true));
    let rows = reaction::Entity::find().filter(such).all(db).await.or_fault()?;
    Ok(rows.into_iter().map(|row| UserId(row.user_id)).collect())
}

/// Takes the reactions to messages away that are purged.
pub(super) async fn forget(w: &Work, ids: &[i64]) -> AppResult<()> {
    let gone = reaction::Column::MessageId.is_in(ids.iter().copied());
    reaction::Entity::delete_many().filter(gone).exec(w.db()).await.or_fault()?;
    let gone = reaction_count::Column::MessageId.is_in(ids.iter().copied());
    reaction_count::Entity::delete_many().filter(gone).exec(w.db()).await.or_fault()?;
    Ok(())
}
