//! People: finding them, asking them, and keeping away from them.
//!
//! A block masks and changes nothing that the blocked one could see: friendships and requests stay
//! in their rows, and the blocker alone sees them differently.

mod blocks;
mod explore;
mod friendship_ref;
mod friendships;
mod lists;

use sapa_model::text::Username;
use sapa_model::{AppError, AppResult, Event, Person, TokenScope, UserId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::cards;
use crate::chat::Chat;
use crate::entity::user;
use crate::fault::OrFault;
use crate::hub::Audience;
use crate::scope::Scope;
use crate::writer::Work;

pub use blocks::{block, unblock};
pub use explore::explore;
pub use friendship_ref::FriendshipRef;
pub use friendships::{accept, ask, decline, end, take_back, unfriend};
pub use lists::{blocked, friends, friendship, friendships, requests};
pub(crate) use lists::{blocked_ids, blockers_of, friend_ids, friends_of, waiting};

/// One person as the asker sees them.
pub async fn person(chat: &Chat, scope: &Scope, user_id: UserId) -> AppResult<Person> {
    scope.may(TokenScope::Read)?;
    cards::person(chat.db(), scope.user_id, user_id).await
}

/// Who has this username; `not_found`, field `username`, for nobody.
pub async fn named(chat: &Chat, scope: &Scope, username: &str) -> AppResult<UserId> {
    const FIELD: &str = "username";
    scope.may(TokenScope::Read)?;
    let missing = || AppError::not_found("person").on(FIELD);
    let username = Username::parse(username).map_err(|_| missing())?;
    let found = user::Entity::find().filter(user::Column::Username.eq(username.as_str()));
    let found = found.one(chat.db()).await.or_fault()?.ok_or_else(missing)?;
    Ok(UserId(found.id))
}

/// Tells the other side of a change. Whoever has blocked `other` sees nothing of it.
async fn tell_other_side(w: &mut Work, viewer: UserId, other: UserId) -> AppResult<()> {
    if !cards::blocks(w.db(), viewer, other).await?.0 {
        tell_relation(w, viewer, other).await?;
    }
    Ok(())
}

/// Tells `viewer` how they stand to `other` now.
async fn tell_relation(w: &mut Work, viewer: UserId, other: UserId) -> AppResult<Person> {
    let person = cards::person(w.db(), viewer, other).await?;
    let friend_requests = waiting(w.db(), viewer).await?;
    w.emit(Audience::User(viewer), Event::Relation { person: person.clone(), friend_requests });
    Ok(person)
}

/// Nobody is their own friend or foe.
fn somebody_else(scope: &Scope, user_id: UserId) -> AppResult<()> {
    if scope.user_id == user_id { Err(AppError::invalid("userId", "This is you.")) } else { Ok(()) }
}
