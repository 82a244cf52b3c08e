//! Lists of the asker's people: friends, requests, blocks.

use std::cmp::Reverse;
use std::collections::HashSet;

use sapa_model::people::{FriendRequests, Friendship};
use sapa_model::{
    AppError, AppResult, FriendshipId, Person, Relation, Timestamp, TokenScope, UserId, limits,
};
use sea_orm::sea_query::{Query, SelectStatement, UnionType};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::FriendshipRef;
use crate::cards;
use crate::chat::Chat;
use crate::entity::{block, friendship};
use crate::fault::OrFault;
use crate::scope::Scope;

/// Friendships and requests that are listed at most.
const FRIENDSHIPS_LISTED: u64 = (limits::ROOMS_MAX + limits::RECEIVED_REQUESTS_LISTED) as u64;

/// The asker's friends, by nickname; without those whom they have blocked.
pub async fn friends(chat: &Chat, scope: &Scope) -> AppResult<Vec<Person>> {
    scope.may(TokenScope::Read)?;
    let accepted = Condition::all().add(friendship::Column::AcceptedAt.is_not_null());
    // Each friend has a room, so that the limit of these bounds them too.
    let mut friends = others(chat, scope.user_id, accepted, limits::ROOMS_MAX).await?;
    friends.retain(|person| person.relation == Relation::Friends);
    friends.sort_by_cached_key(|person| (person.user.nickname.to_lowercase(), person.user.id));
    Ok(friends)
}

/// A user's friends, whatever blocks stand between them.
pub async fn friend_ids<C: ConnectionTrait>(db: &C, me: UserId) -> AppResult<HashSet<UserId>> {
    let accepted = friendship::Column::AcceptedAt.is_not_null();
    let rows = friendship::Entity::find()
        .filter(friendship::of_user(me))
        .filter(accepted)
        .all(db)
        .await
        .or_fault()?;
    Ok(rows.iter().map(|row| row.other(me)).collect())
}

/// Open friend requests, newest first; nothing of people whom the asker has blocked.
pub async fn requests(chat: &Chat, scope: &Scope) -> AppResult<FriendRequests> {
    let me = scope.may(TokenScope::Read)?;
    let sent = Condition::all()
        .add(friendship::Column::AcceptedAt.is_null())
        .add(friendship::Column::AskedBy.eq(me.0));
    let mut requests = FriendRequests {
        received: others(chat, me, received(me), limits::RECEIVED_REQUESTS_LISTED).await?,
        sent: others(chat, me, sent, limits::SENT_REQUESTS_MAX).await?,
    };
    for people in [&mut requests.received, &mut requests.sent] {
        people.sort_by_key(|person| Reverse((person.since, person.user.id)));
    }
    Ok(requests)
}

/// Those whom the asker has blocked, the latest first.
pub async fn blocked(chat: &Chat, scope: &Scope) -> AppResult<Vec<Person>> {
    let me = scope.may(TokenScope::Read)?;
    let rows =
        block::Entity::find().filter(block::Column::BlockerId.eq(me.0)).all(chat.db()).await.or_fault()?;
    let ids: Vec<_> = rows.iter().map(|row| UserId(row.blocked_id)).collect();
    let mut people: Vec<_> = cards::persons(chat.db(), me, &ids).await?.into_values().collect();
    people.sort_by_key(|person| Reverse((person.since, person.user.id)));
    Ok(people)
}

/// What stands between the asker and somebody; `not_found` where there is nothing, or a block of the
/// asker's.
pub async fn friendship(
    chat: &Chat,
    scope: &Scope,
    which: impl Into<FriendshipRef>,
) -> AppResult<Friendship> {
    let me = scope.may(TokenScope::Read)?;
    let row = which.into().row(chat.db(), me).await?;
    let person = cards::person(chat.db(), me, row.other(me)).await?;
    if person.relation == Relation::Blocked {
        return Err(AppError::not_found("friendship"));
    }
    Ok(standing(&row, person))
}

fn standing(row: &friendship::Model, person: Person) -> Friendship {
    Friendship {
        id: FriendshipId(row.id),
        person,
        asked_by: UserId(row.asked_by),
        asked_at: Timestamp(row.asked_at),
        accepted: row.accepted_at.is_some(),
    }
}

/// All friendships of the asker, made and asked for, the newest first; nothing of people whom the asker
/// has blocked.
pub async fn friendships(chat: &Chat, scope: &Scope) -> AppResult<Vec<Friendship>> {
    let me = scope.may(TokenScope::Read)?;
    let rows = friendship::Entity::find()
        .filter(friendship::of_user(me))
        .order_by_desc(friendship::Column::AskedAt)
        .limit(FRIENDSHIPS_LISTED)
        .all(chat.db())
        .await
        .or_fault()?;
    let ids: Vec<_> = rows.iter().map(|row| row.other(me)).collect();
    let mut persons = cards::persons(chat.db(), me, &ids).await?;
    let friendship = |row: friendship::Model| {
        let person = persons.remove(&row.other(me))?;
        (person.relation != Relation::Blocked).then(|| standing(&row, person))
    };
    Ok(rows.into_iter().filter_map(friendship).collect())
}

/// How many friend requests wait for this user's answer; those of blocked people do not count.
pub async fn waiting<C: ConnectionTrait>(db: &C, me: UserId) -> AppResult<u32> {
    let count = friendship::Entity::find()
        .filter(friendship::of_user(me))
        .filter(received(me))
        .count(db)
        .await
        .or_fault()?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The other sides of the friendships of `me` for which the condition holds: the newest, up to
/// `limit`.
async fn others(chat: &Chat, me: UserId, condition: Condition, limit: usize) -> AppResult<Vec<Person>> {
    let rows = friendship::Entity::find()
        .filter(friendship::of_user(me))
        .filter(condition)
        .order_by_desc(friendship::Column::AskedAt)
        .limit(limit as u64)
        .all(chat.db())
        .await
        .or_fault()?;
    let ids: Vec<_> = rows.iter().map(|row| row.other(me)).collect();
    Ok(cards::persons(chat.db(), me, &ids).await?.into_values().collect())
}

/// What waits for the answer of `me`.
fn received(me: UserId) -> Condition {
    use friendship::Column::{AcceptedAt, AskedBy};
    Condition::all()
        .add(AcceptedAt.is_null())
        .add(AskedBy.ne(me.0))
        .add(AskedBy.not_in_subquery(blocked_ids(me)))
}

/// Those whom `me` has blocked.
pub fn blocked_ids(me: UserId) -> SelectStatement {
    Query::select()
        .column(block::Column::BlockedId)
        .from(block::Entity)
        .and_where(block::Column::BlockerId.eq(me.0))
        .to_owned()
}

/// Those who have blocked `me`.
pub fn blockers_of(me: UserId) -> SelectStatement {
    Query::select()
        .column(block::Column::BlockerId)
        .from(block::Entity)
        .and_where(block::Column::BlockedId.eq(me.0))
        .to_owned()
}

/// The friends of `me`, as a subquery.
pub fn friends_of(me: UserId) -> SelectStatement {
    use friendship::Column::{AcceptedAt, HighUserId, LowUserId};
    let side = |mine: friendship::Column, theirs: friendship::Column| {
        Query::select()
            .column(theirs)
            .from(friendship::Entity)
            .and_where(mine.eq(me.0))
            .and_where(AcceptedAt.is_not_null())
            .to_owned()
    };
    side(LowUserId, HighUserId).union(UnionType::All, side(HighUserId, LowUserId)).to_owned()
}
