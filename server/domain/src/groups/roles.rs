//! Roles: admins, and who owns the group.

use sapa_model::{AppError, AppResult, Role, RoomId, SystemLine, TokenScope, UserCard, UserId};
use sea_orm::ActiveValue::Set;

use super::members::{tell_member, update};
use super::{allow, group};
use crate::chat::Chat;
use crate::entity::{membership, words};
use crate::fault::Refused;
use crate::rooms::access::Place;
use crate::scope::Scope;
use crate::writer::Work;
use crate::{cards, channels, messages, security};

/// Makes a member an admin, or an admin a plain member; the owner only.
pub async fn set_admin(
    chat: &Chat,
    scope: &Scope,
    room_id: RoomId,
    user_id: UserId,
    admin: bool,
) -> AppResult<()> {
    let (me, asker) = (scope.may(TokenScope::Rooms)?, *scope);
    chat.write(async move |w| {
        let theirs = other_member(w, room_id, me, user_id).await?;
        let wanted = if admin { Role::Admin } else { Role::Member };
        if Role::from(theirs.me.role) == wanted {
            return Ok(());
        }
        if admin && theirs.room.kind == words::RoomKind::Channel {
            channels::check_admins(w, room_id).await?;
        }
        let user = cards::one(w.db(), user_id).await?;
        let author = cards::one(w.db(), me).await?;
        let line = if admin { SystemLine::AdminNamed { user } } else { SystemLine::AdminDismissed { user } };
        give(w, room_id, user_id, wanted).await?;
        note(w, &asker, room_id, user_id, wanted).await?;
        tell_line(w, &theirs, &author, line).await?;
        tell_member(w, room_id, user_id).await
    })
    .await
}

/// Hands the group over; the owner only, who stays as an admin.
pub async fn hand_over(chat: &Chat, scope: &Scope, room_id: RoomId, user_id: UserId) -> AppResult<()> {
    let (me, asker) = (scope.may(TokenScope::Rooms)?, *scope);
    chat.write(async move |w| {
        let theirs = other_member(w, room_id, me, user_id).await?;
        note(w, &asker, room_id, user_id, Role::Owner).await?;
        let user = cards::one(w.db(), user_id).await?;
        let author = cards::one(w.db(), me).await?;
        give(w, room_id, user_id, Role::Owner).await?;
        give(w, room_id, me, Role::Admin).await?;
        tell_line(w, &theirs, &author, SystemLine::OwnerChanged { user }).await?;
        tell_member(w, room_id, user_id).await?;
        tell_member(w, room_id, me).await
    })
    .await
}

/// Notes in the security log who gave whom which role.
async fn note(w: &Work, asker: &Scope, room_id: RoomId, user_id: UserId, role: Role) -> AppResult<()> {
    let detail = format!("user {user_id} in room {room_id}: {role:?}").to_lowercase();
    security::note_by(w, asker, security::Act::RoleChanged, &detail).await
}

/// Tells of a change of roles in the log; in a channel it does not stand among the posts.
async fn tell_line(w: &mut Work, theirs: &Place, author: &UserCard, line: SystemLine) -> AppResult<()> {
    if theirs.room.kind == words::RoomKind::Channel {
        return Ok(());
    }
    messages::tell_line(w, RoomId(theirs.room.id), author, line).await
}

/// The place of another member, for an owner who is about to change their role.
async fn other_member(w: &Work, room_id: RoomId, me: UserId, user_id: UserId) -> AppResult<Place> {
    let place = group(w.db(), room_id, me).await?;
    allow(Role::from(place.me.role).may_change_roles())?;
    if me == user_id {
        return Err(AppError::invalid("userId", "This is you."));
    }
    group(w.db(), room_id, user_id).await.told_as(|| AppError::not_found("member"))
}

async fn give(w: &Work, room_id: RoomId, user_id: UserId, role: Role) -> AppResult<()> {
    let seq = messages::next_seq(w, room_id).await?;
    let row =
        membership::ActiveModel { role: Set(words::Role::from(role)), seq: Set(seq), ..Default::default() };
    update(w, room_id, user_id, row).await
}
