//! Coming into a group and going out of it.

use std::collections::HashSet;

use sapa_model::{
    AppError, AppResult, ErrorCode, Event, Role, RoomId, SystemLine, TokenScope, UserCard, UserId, limits,
};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{allow, check_friends, group, tell_room};
use crate::chat::Chat;
use crate::entity::{membership, words};
use crate::fault::{OrFault, Refused};
use crate::hub::Audience;
use crate::messages::{self, Draft};
use crate::rooms::{access, member_row, view};
use crate::scope::Scope;
use crate::writer::Work;
use crate::{calls, cards, channels, invites};

/// Adds friends of the asker to a group; admins only. Those who are in it already stay as they are. Whoever has
/// blocked the asker is a member for all the others to see, and sees nothing of it until somebody else adds them.
///
/// At most [`limits::GROUP_ADD_MAX`] at a time. `cannot_add` unless all are friends.
pub async fn add(chat: &Chat, scope: &Scope, room_id: RoomId, users: &[UserId]) -> AppResult<()> {
    let me = scope.may(TokenScope::Rooms)?;
    let mut users = users.to_vec();
    users.sort_unstable();
    users.dedup();
    if users.len() > limits::GROUP_ADD_MAX {
        return Err(AppError::limit_reached("people added at a time", limits::GROUP_ADD_MAX).on("users"));
    }
    chat.write(async move |w| {
        let place = group(w.db(), room_id, me).await?;
        // A channel is followed by one's own wish.
        access::check_members_meet(&place)?;
        allow(Role::from(place.me.role).may_invite())?;
        let inside = active_members(w, room_id).await?;
        for user_id in &users {
            let unaware = inside.iter().any(|member| member.user_id == user_id.0 && member.hidden);
            if unaware && check_friends(w, me, &[*user_id]).await.if_allowed()?.is_some_and(|b| b.is_empty())
            {
                reveal(w, room_id, *user_id).await?;
            }
        }
        users.retain(|user| !inside.iter().any(|member| member.user_id == user.0));
        let unseen = check_friends(w, me, &users).await.map_err(|error| error.on("users"))?;
        let author = cards::one(w.db(), me).await?;
        admit(w, room_id, &author, &users, &unseen, |user| SystemLine::MemberAdded { user }).await
    })
    .await
}

/// Removes a member of a lower role; admins only. They come back when an admin adds them or gives them a link that
/// is made after this; the links that there are lead them nowhere.
pub async fn remove(chat: &Chat, scope: &Scope, room_id: RoomId, user_id: UserId) -> AppResult<()> {
    let me = scope.may(TokenScope::Rooms)?;
    chat.write(async move |w| {
        let place = group(w.db(), room_id, me).await?;
        let theirs = group(w.db(), room_id, user_id).await.told_as(|| AppError::not_found("member"))?;
        allow(Role::from(place.me.role).may_remove(theirs.me.role.into()))?;
        if place.room.kind == words::RoomKind::Channel {
            channels::part(w, theirs).await?;
        } else {
            let author = cards::one(w.db(), me).await?;
            let user = cards::one(w.db(), user_id).await?;
            dismiss(w, room_id, user_id, &author, SystemLine::MemberRemoved { user }).await?;
        }
        invites::bar(w, room_id, user_id).await
    })
    .await?;
    calls::evict(chat, room_id, user_id);
    Ok(())
}

/// Leaves a group. The owner hands it over first, unless nobody else is there:
/// `owner_must_hand_over`. With the last member go the group's invite links. The owner of a channel hands it
/// over or ends it.
pub async fn leave(chat: &Chat, scope: &Scope, room_id: RoomId) -> AppResult<()> {
    let me = scope.may(TokenScope::Rooms)?;
    chat.write(async move |w| {
        let place = group(w.db(), room_id, me).await?;
        if place.room.kind == words::RoomKind::Channel {
            return channels::leave(w, place).await;
        }
        if place.me.role == words::Role::Owner {
            if active_members(w, room_id).await?.len() > 1 {
                let message = "Hand the group over to somebody before you leave it.";
                return Err(AppError::new(ErrorCode::OwnerMustHandOver, message));
            }
            invites::end_all(w, room_id).await?;
        }
        let author = cards::one(w.db(), me).await?;
        dismiss(w, room_id, me, &author, SystemLine::MemberLeft).await
    })
    .await?;
    calls::evict(chat, room_id, me);
    Ok(())
}

/// Shows a member the group that they are in.
pub(crate) async fn reveal(w: &mut Work, room_id: RoomId, user_id: UserId) -> AppResult<()> {
    access::check_rooms(w.db(), &[user_id]).await?;
    let shown = membership::ActiveModel { hidden: Set(false), ..Default::default() };
    update(w, room_id, user_id, shown).await?;
    w.join(room_id, user_id);
    let dialog = view::dialog(w.db(), user_id, room_id).await?;
    w.emit(Audience::User(user_id), Event::Dialog(dialog));
    Ok(())
}

/// Lets people in, each with a line of their own. Everything so far counts as read, and from here
/// on they hear the room; but for those who are `unseen`: they are members for the others alone.
pub(crate) async fn admit(
    w: &mut Work,
    room_id: RoomId,
    author: &UserCard,
    users: &[UserId],
    unseen: &HashSet<UserId>,
    line: fn(UserCard) -> SystemLine,
) -> AppResult<()> {
    let Some(first) = users.first() else { return Ok(()) };
    if active_members(w, room_id).await?.len() + users.len() > limits::GROUP_MEMBERS_MAX {
        return Err(AppError::limit_reached("members", limits::GROUP_MEMBERS_MAX));
    }
    let aware: Vec<_> = users.iter().copied().filter(|user_id| !unseen.contains(user_id)).collect();
    access::check_rooms(w.db(), &aware).await?;
    let mut cards = cards::load(w.db(), users).await?;
    let mut rows = Vec::with_capacity(users.len());
    // One after another: each line takes its place in the log.
    for user_id in users {
        let user = cards.remove(user_id).ok_or_else(|| AppError::not_found("person"))?;
        let message = messages::append(w, room_id, author, Draft::Line(line(user))).await?;
        let number = message.number.cast_signed();
        rows.push(membership::ActiveModel {
            seq: Set(message.seq.cast_signed()),
            read_number: Set(number),
            delivered_number: Set(number),
            fetched_position: Set(message.position.cast_signed()),
            hidden: Set(unseen.contains(user_id)),
            ..member_row(w, room_id, *user_id, words::Role::Member)
        });
        w.emit(Audience::Room(room_id), Event::Message(message));
    }
    enter(w, rows).await?;
    for member in view::members(w.db(), *first, room_id).await? {
        if users.contains(&member.user.id) {
            w.emit(Audience::Room(room_id), Event::Member { room_id, member });
        }
    }
    tell_room(w, room_id).await?;
    // All who come in see the same. They hear of the room as a whole, the others of what changed.
    let dialog = view::dialog(w.db(), *first, room_id).await?;
    for user_id in aware {
        w.join(room_id, user_id);
        w.emit(Audience::User(user_id), Event::Dialog(dialog.clone()));
    }
    Ok(())
}

/// Writes memberships down. Whoever has been here before comes back to their old row, as if new.
async fn enter(w: &Work, rows: Vec<membership::ActiveModel>) -> AppResult<()> {
    use membership::Column;
    let again = OnConflict::columns([Column::RoomId, Column::UserId])
        .update_columns([
            Column::Role,
            Column::Active,
            Column::Muted,
            Column::Hidden,
            Column::Request,
            Column::Seq,
            Column::ReadNumber,
            Column::UnreadDeleted,
            Column::DeliveredNumber,
            Column::JoinedAt,
            Column::FetchedPosition,
            Column::RemovedInvite,
        ])
        .to_owned();
    membership::Entity::insert_many(rows)
        .on_conflict(again)
        .exec_without_returning(w.db())
        .await
        .or_fault()?;
    Ok(())
}

/// Lets somebody go. They hear the line that says so, and nothing after it.
async fn dismiss(
    w: &mut Work,
    room_id: RoomId,
    user_id: UserId,
    author: &UserCard,
    line: SystemLine,
) -> AppResult<()> {
    let seq = messages::next_seq(w, room_id).await?;
    update(
        w,
        room_id,
        user_id,
        membership::ActiveModel {
            active: Set(false),
            role: Set(words::Role::Member),
            seq: Set(seq),
            ..Default::default()
        },
    )
    .await?;
    messages::tell_line(w, room_id, author, line).await?;
    w.leave(room_id, user_id);
    w.emit(Audience::User(user_id), Event::DialogGone { room_id });
    tell_member(w, room_id, user_id).await?;
    tell_room(w, room_id).await?;
    Ok(())
}

/// Changes a membership's row.
pub(crate) async fn update(
    w: &Work,
    room_id: RoomId,
    user_id: UserId,
    row: membership::ActiveModel,
) -> AppResult<()> {
    membership::Entity::update_many()
        .set(row)
        .filter(membership::Column::RoomId.eq(room_id.0))
        .filter(membership::Column::UserId.eq(user_id.0))
        .exec(w.db())
        .await
        .or_fault()?;
    Ok(())
}

/// Tells the room how a member stands now.
pub(crate) async fn tell_member(w: &mut Work, room_id: RoomId, user_id: UserId) -> AppResult<()> {
    let member = view::member(w.db(), room_id, user_id).await?;
    w.emit(Audience::Room(room_id), Event::Member { room_id, member });
    Ok(())
}

/// Who is in a group now.
async fn active_members(w: &Work, room_id: RoomId) -> AppResult<Vec<membership::Model>> {
    membership::Entity::find()
        .filter(membership::Column::RoomId.eq(room_id.0))
        .filter(membership::Column::Active.eq(true))
        .all(w.db())
        .await
        .or_fault()
}
