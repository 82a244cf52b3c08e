//! Lists of the asker's people: friends, requests, blocks.

use std::cmp::Reverse;

use sapa_model::people::FriendRequests;
use sapa_model::{AppResult, Person, Relation, UserId};
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter};

use crate::cards;
use crate::chat::Chat;
use crate::entity::{block, friendship};
use crate::fault::OrFault;
use crate::scope::Scope;

/// The asker's friends, by nickname; without those whom they have blocked.
pub async fn friends(chat: &Chat, scope: &Scope) -> AppResult<Vec<Person>> {
    let accepted = Condition::all().add(friendship::Column::AcceptedAt.is_not_null());
    let mut friends = others(chat, scope.user_id, accepted).await?;
    friends.retain(|person| person.relation == Relation::Friends);
    friends.sort_by_cached_key(|person| (person.user.nickname.to_lowercase(), person.user.id));
    Ok(friends)
}

/// Open friend requests, newest first; nothing of people whom the asker has blocked.
pub async fn requests(chat: &Chat, scope: &Scope) -> AppResult<FriendRequests> {
    let pending = Condition::all().add(friendship::Column::AcceptedAt.is_null());
    let mut people = others(chat, scope.user_id, pending).await?;
    people.sort_by_key(|person| Reverse((person.since, person.user.id)));
    let of = |relation| people.iter().filter(move |person| person.relation == relation).cloned().collect();
    Ok(FriendRequests { received: of(Relation::Asked), sent: of(Relation::Requested) })
}

/// Those whom the asker has blocked, the latest first.
pub async fn blocked(chat: &Chat, scope: &Scope) -> AppResult<Vec<Person>> {
    let me = scope.user_id;
    let rows = block::Entity::find().filter(block::Column::BlockerId.eq(me.0)).all(chat.db()).await.or_fault()?;
    let ids: Vec<_> = rows.iter().map(|row| UserId(row.blocked_id)).collect();
    let mut people: Vec<_> = cards::persons(chat.db(), me, &ids).await?.into_values().collect();
    people.sort_by_key(|person| Reverse((person.since, person.user.id)));
    Ok(people)
}

/// How many friend requests wait for this user's answer; those of blocked people do not count.
pub async fn waiting<C: ConnectionTrait>(db: &C, me: UserId) -> AppResult<u32> {
    use friendship::Column::{AcceptedAt, AskedBy, HighUserId, LowUserId};
    let count = friendship::Entity::find()
        .filter(LowUserId.eq(me.0).or(HighUserId.eq(me.0)))
        .filter(AcceptedAt.is_null())
        .filter(AskedBy.ne(me.0))
        .filter(AskedBy.not_in_subquery(blocked_ids(me)))
        .count(db)
        .await
        .or_fault()?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The other sides of the friendships of `me` for which the condition holds.
async fn others(chat: &Chat, me: UserId, condition: Condition) -> AppResult<Vec<Person>> {
    use friendship::Column::{HighUserId, LowUserId};
    let rows = friendship::Entity::find()
        .filter(LowUserId.eq(me.0).or(HighUserId.eq(me.0)))
        .filter(condition)
        .all(chat.db())
        .await
        .or_fault()?;
    let other = |row: &friendship::Model| UserId(row.low_user_id + row.high_user_id - me.0);
    let ids: Vec<_> = rows.iter().map(other).collect();
    Ok(cards::persons(chat.db(), me, &ids).await?.into_values().collect())
}

fn blocked_ids(me: UserId) -> SelectStatement {
    Query::select()
        .column(block::Column::BlockedId)
        .from(block::Entity)
        .and_where(Expr::col(block::Column::BlockerId).eq(me.0))
        .to_owned()
}
