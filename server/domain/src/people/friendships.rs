//! From stranger to friend, and back.

use sapa_model::{AppError, AppResult, ErrorCode, Person, Relation, TokenScope, UserId, limits};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::{FriendshipRef, somebody_else, tell_other_side, tell_relation};
use crate::calls;
use crate::cards;
use crate::chat::Chat;
use crate::entity::friendship;
use crate::fault::OrFault;
use crate::rooms::{direct, you_blocked_them};
use crate::scope::Scope;
use crate::stories;
use crate::writer::Work;

/// Asks somebody to be a friend. Somebody who has asked already becomes one at once; asking twice
/// changes nothing.
///
/// `blocked` if the asker has blocked them, `limit_reached` with too many open requests.
pub async fn ask(chat: &Chat, scope: &Scope, user_id: UserId) -> AppResult<Person> {
    change(chat, scope, user_id.into(), async move |w, me, other, relation| match relation {
        Relation::None => insert(w, me, other).await,
        Relation::Asked => befriend(w, me, other).await,
        Relation::Requested | Relation::Friends => Ok(()),
        Relation::Blocked => Err(you_blocked_them()),
    })
    .await
}

/// Takes an own request back; with none open nothing changes.
pub async fn take_back(chat: &Chat, scope: &Scope, user_id: UserId) -> AppResult<Person> {
    change(chat, scope, user_id.into(), async move |w, me, other, relation| match relation {
        Relation::Requested => delete(w, me, other).await,
        _ => Ok(()),
    })
    .await
}

/// Accepts a request; `conflict` if there is none (any more), `not_found` where its id names none, `forbidden` for
/// one's own.
pub async fn accept(chat: &Chat, scope: &Scope, which: impl Into<FriendshipRef>) -> AppResult<Person> {
    change(chat, scope, which.into(), async move |w, me, other, relation| match relation {
        Relation::Asked => befriend(w, me, other).await,
        Relation::Friends => Ok(()),
        Relation::Requested => Err(not_asked()),
        _ => Err(AppError::new(ErrorCode::Conflict, "This request is no longer open.")),
    })
    .await
}

/// Declines a request. The other may ask again. `not_found` where its id names none, `forbidden` for one's own.
pub async fn decline(chat: &Chat, scope: &Scope, which: impl Into<FriendshipRef>) -> AppResult<Person> {
    change(chat, scope, which.into(), async move |w, me, other, relation| match relation {
        Relation::Asked => delete(w, me, other).await,
        Relation::Requested => Err(not_asked()),
        _ => Ok(()),
    })
    .await
}

/// Ends a friendship. The room stays.
pub async fn unfriend(chat: &Chat, scope: &Scope, user_id: UserId) -> AppResult<Person> {
    change(chat, scope, user_id.into(), async move |w, me, other, relation| match relation {
        Relation::Friends => delete(w, me, other).await,
        _ => Ok(()),
    })
    .await
}

/// Ends whatever stands between the two: a request of either, or a friendship; `not_found` where there is
/// nothing.
pub async fn end(chat: &Chat, scope: &Scope, which: impl Into<FriendshipRef>) -> AppResult<Person> {
    change(chat, scope, which.into(), async move |w, me, other, relation| match relation {
        Relation::Requested | Relation::Asked | Relation::Friends => delete(w, me, other).await,
        Relation::None | Relation::Blocked => Err(AppError::not_found("friendship")),
    })
    .await
}

fn not_asked() -> AppError {
    AppError::forbidden("Only who was asked can answer.")
}

/// Changes how the asker (the first of the two) stands to somebody, as far as `step` allows, and tells both.
async fn change<F>(chat: &Chat, scope: &Scope, which: FriendshipRef, step: F) -> AppResult<Person>
where
    F: AsyncFnOnce(&mut Work, UserId, UserId, Relation) -> AppResult<()> + Send + 'static,
{
    let me = scope.may(TokenScope::People)?;
    if let FriendshipRef::With(other) = which {
        somebody_else(scope, other)?;
    }
    let changed = chat.write(async move |w| {
        let other = match which {
            FriendshipRef::With(other) => other,
            FriendshipRef::Id(_) => which.row(w.db(), me).await?.other(me),
        };
        let relation = cards::person(w.db(), me, other).await?.relation;
        step(w, me, other, relation).await?;
        tell_other_side(w, other, me).await?;
        tell_relation(w, me, other).await
    });
    let person = changed.await?;
    if person.relation != Relation::Friends {
        calls::end_between(chat, me, person.user.id).await?;
    }
    Ok(person)
}

async fn insert(w: &Work, me: UserId, other: UserId) -> AppResult<()> {
    let open = friendship::Entity::find()
        .filter(friendship::Column::AskedBy.eq(me.0))
        .filter(friendship::Column::AcceptedAt.is_null())
        .count(w.db())
        .await
        .or_fault()?;
    if open >= limits::SENT_REQUESTS_MAX as u64 {
        return Err(AppError::limit_reached("open requests", limits::SENT_REQUESTS_MAX));
    }
    let row = friendship::ActiveModel {
        id: NotSet,
        low_user_id: Set(me.0.min(other.0)),
        high_user_id: Set(me.0.max(other.0)),
        asked_by: Set(me.0),
        asked_at: Set(w.now().0),
        accepted_at: Set(None),
    };
    friendship::Entity::insert(row).exec_without_returning(w.db()).await.or_fault()?;
    Ok(())
}

async fn befriend(w: &mut Work, me: UserId, other: UserId) -> AppResult<()> {
    friendship::Entity::update_many()
        .set(friendship::ActiveModel { accepted_at: Set(Some(w.now().0)), ..Default::default() })
        .filter(friendship::of_pair(me, other))
        .exec(w.db())
        .await
        .or_fault()?;
    stories::met(w, me, other).await?;
    direct::befriended(w, me, other).await
}

/// Takes the row of a pair away: a request or a friendship.
pub(super) async fn delete(w: &mut Work, one: UserId, other: UserId) -> AppResult<()> {
    stories::parting(w, one, other).await?;
    friendship::Entity::delete_many()
        .filter(friendship::of_pair(one, other))
        .exec(w.db())
        .await
        .or_fault()?;
    Ok(())
}
