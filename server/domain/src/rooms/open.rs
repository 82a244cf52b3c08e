//! Opening a chat with somebody: the room is found, or made.

use sapa_model::{AppError, AppResult, Dialog, ErrorCode, Event, Relation, SystemLine, TokenScope, UserId};
use sea_orm::{ConnectionTrait, EntityTrait};

use super::{access, direct, requests, view};
use crate::cards;
use crate::chat::Chat;
use crate::entity::user;
use crate::entity::words::WhoMayWrite;
use crate::fault::OrFault;
use crate::hub::Audience;
use crate::messages::{self, Draft};
use crate::scope::Scope;
use crate::writer::Work;

/// The asker's dialog with somebody, made if need be.
///
/// `blocked` if the asker has blocked them and no room is there, `friends_only` if they take no
/// messages from strangers. A stranger learns of a new room with the first text.
pub async fn open_direct(chat: &Chat, scope: &Scope, user_id: UserId) -> AppResult<Dialog> {
    let me = scope.may(TokenScope::Write)?;
    if user_id == me {
        return Err(AppError::invalid("userId", "This is you."));
    }
    if let Some(room_id) = direct::find(chat.db(), me, user_id).await? {
        let place = access::place(chat.db(), room_id, me).await?;
        if !place.me.hidden {
            return view::dialog(chat.db(), me, room_id).await;
        }
    }
    chat.write(async move |w| {
        let room_id = match direct::find(w.db(), me, user_id).await? {
            Some(room_id) => {
                let place = access::place(w.db(), room_id, me).await?;
                requests::set(w, room_id, me, place.me.request, false).await?;
                w.join(room_id, me);
                room_id
            }
            None => start(w, me, user_id).await?,
        };
        let dialog = view::dialog(w.db(), me, room_id).await?;
        w.emit(Audience::User(me), Event::Dialog(dialog.clone()));
        Ok(dialog)
    })
    .await
}

async fn start(w: &mut Work, me: UserId, other: UserId) -> AppResult<sapa_model::RoomId> {
    let person = cards::person(w.db(), me, other).await?;
    let asked = match person.relation {
        Relation::Friends => None,
        Relation::Blocked => return Err(you_blocked_them()),
        _ => Some(other),
    };
    if asked.is_some() && !takes_strangers(w.db(), other).await? {
        return Err(AppError::new(ErrorCode::FriendsOnly, "This person takes messages from friends only."));
    }
    let (room_id, _) = direct::find_or_create(w, me, other, asked).await?;
    let author = cards::one(w.db(), me).await?;
    messages::append(w, room_id, &author, Draft::Line(SystemLine::ConversationStarted)).await?;
    Ok(room_id)
}

/// What the asker is told who writes to somebody they have blocked.
pub(crate) fn you_blocked_them() -> AppError {
    AppError::new(ErrorCode::Blocked, "You have blocked this person. Unblock them first.")
}

async fn takes_strangers<C: ConnectionTrait>(db: &C, user_id: UserId) -> AppResult<bool> {
    let user = user::Entity::find_by_id(user_id.0).one(db).await.or_fault()?;
    Ok(user.is_some_and(|user| user.who_may_write == WhoMayWrite::Everyone))
}
