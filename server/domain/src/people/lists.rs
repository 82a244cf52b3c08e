//! Lists of the asker's people: friends, requests, blocks.

use std::cmp::Reverse;

use sapa_model::people::FriendRequests;
use sapa_model::{AppResult, Person, Relation, UserId, limits};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::cards;
use crate::chat::Chat;
use crate::entity::{block, friendship};
use crate::fault::OrFault;
use crate::scope::Scope;

/// The asker's friends, by nickname; without those whom they have blocked.
pub async fn friends(chat: &Chat, scope: &Scope) -> AppResult<Vec<Person>> {
    let accepted = Condition::all().add(friendship::Column::AcceptedAt.is_not_null());
    // Each friend has a room, so that the limit of these bounds them too.
    let mut friends = others(chat, scope.user_id, accepted, limits::ROOMS_MAX).await?;
    friends.retain(|person| person.relation == Relation::Friends);
    friends.sort_by_cached_key(|person| (person.user.nickname.to_lowercase(), person.user.id));
    Ok(friends)
}

/// Open friend requests, newest first; nothing of people whom the asker has blocked.
pub async fn requests(chat: &Chat, scope: &Scope) -> AppResult<FriendRequests> {
    let me = scope.user_id;
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
    let me = scope.user_id;
    let rows =
        block::Entity::find().filter(block::Column::BlockerId.eq(me.0)).all(chat.db()).await.or_fault()?;
    let ids: Vec<_> = rows.iter().map(|row| UserId(row.blocked_id)).collect();
    let mut people: Vec<_> = cards::persons(chat.db(), me, &ids).await?.into_values().collect();
    people.sort_by_key(|person| Reverse((person.since, person.user.id)));
    Ok(people)
}

/// How many friend requests wait for this user's answer; those of blocked people do not count.
pub async fn waiting<C: ConnectionTrait>(db: &C, me: UserId) -> AppResult<u32> {
    let count = friendship::Entity::find().filter(of(me)).filter(received(me)).count(db).await.or_fault()?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The other sides of the friendships of `me` for which the condition holds: the newest, up to
/// `limit`.
async fn others(chat: &Chat, me: UserId, condition: Condition, limit: usize) -> AppResult<Vec<Person>> {
    let rows = friendship::Entity::find()
        .filter(of(me))
        .filter(condition)
        .order_by_desc(friendship::Column::AskedAt)
        .limit(limit as u64)
        .all(chat.db())
        .await
        .or_fault()?;
    let other = |row: &friendship::Model| UserId(row.low_user_id + row.high_user_id - me.0);
    let ids: Vec<_> = rows.iter().map(other).collect();
    Ok(cards::persons(chat.db(), me, &ids).await?.into_values().collect())
}

fn of(me: UserId) -> Condition {
    let either = Condition::any();
    either.add(friendship::Column::LowUserId.eq(me.0)).add(friendship::Column::HighUserId.eq(me.0))
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
pub(super) fn blocked_ids(me: UserId) -> SelectStatement {
    Query::select()
        .column(block::Column::BlockedId)
        .from(block::Entity)
        .and_where(block::Column::BlockerId.eq(me.0))
        .to_owned()
}
