//! What is shown of people wherever their names stand, many at a time.

use std::collections::HashMap;

use sapa_model::{AppError, AppResult, Person, Relation, Timestamp, UserCard, UserId};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect};

use crate::entity::{block, friendship, user};
use crate::fault::OrFault;

/// The cards of these users; whoever does not exist is left out.
pub async fn load<C: ConnectionTrait>(db: &C, ids: &[UserId]) -> AppResult<HashMap<UserId, UserCard>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(i64, String, String)> = user::Entity::find()
        .select_only()
        .columns([user::Column::Id, user::Column::Username, user::Column::Nickname])
        .filter(user::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .into_tuple()
        .all(db)
        .await
        .or_fault()?;
    let card = |(id, username, nickname)| (UserId(id), UserCard { id: UserId(id), username, nickname });
    Ok(rows.into_iter().map(card).collect())
}

/// One user's card, or `not_found`.
pub async fn one<C: ConnectionTrait>(db: &C, id: UserId) -> AppResult<UserCard> {
    load(db, &[id]).await?.remove(&id).ok_or_else(|| AppError::not_found("person"))
}

/// These users as `viewer` sees them; whoever does not exist is left out.
pub async fn persons<C: ConnectionTrait>(
    db: &C,
    viewer: UserId,
    ids: &[UserId],
) -> AppResult<HashMap<UserId, Person>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let users = user::Entity::find().filter(user::Column::Id.is_in(ids.iter().map(|id| id.0)));
    let users = users.all(db).await.or_fault()?;
    let relations = relations(db, viewer, ids).await?;
    let person = |user: user::Model| {
        let id = UserId(user.id);
        let (relation, since) = relations.get(&id).copied().unzip();
        let person = Person {
            relation: relation.unwrap_or(Relation::None),
            since,
            country: user.country.clone(),
            user: UserCard::from(user),
        };
        (id, person)
    };
    Ok(users.into_iter().map(person).collect())
}

/// One user as `viewer` sees them, or `not_found`.
pub async fn person<C: ConnectionTrait>(db: &C, viewer: UserId, id: UserId) -> AppResult<Person> {
    persons(db, viewer, &[id]).await?.remove(&id).ok_or_else(|| AppError::not_found("person"))
}

/// Whether a block stands between two users: `(one blocks other, other blocks one)`.
pub async fn blocks<C: ConnectionTrait>(db: &C, one: UserId, other: UserId) -> AppResult<(bool, bool)> {
    let pair = |blocker: UserId, blocked: UserId| {
        Condition::all()
            .add(block::Column::BlockerId.eq(blocker.0))
            .add(block::Column::BlockedId.eq(blocked.0))
    };
    let either = Condition::any().add(pair(one, other)).add(pair(other, one));
    let rows = block::Entity::find().filter(either).all(db).await.or_fault()?;
    let blocks = |blocker: UserId| rows.iter().any(|row| row.blocker_id == blocker.0);
    Ok((blocks(one), blocks(other)))
}

/// Whether any of these blocks `user_id`.
pub async fn any_block_against<C: ConnectionTrait>(
    db: &C,
    user_id: UserId,
    ids: &[UserId],
) -> AppResult<bool> {
    let found = block::Entity::find()
        .filter(block::Column::BlockedId.eq(user_id.0))
        .filter(block::Column::BlockerId.is_in(ids.iter().map(|id| id.0)))
        .one(db)
        .await
        .or_fault()?;
    Ok(found.is_some())
}

/// How `viewer` stands to each of these, and since when. A block of the viewer's own hides the
/// rest; a block of the other's is never told.
async fn relations<C: ConnectionTrait>(
    db: &C,
    viewer: UserId,
    ids: &[UserId],
) -> AppResult<HashMap<UserId, (Relation, Timestamp)>> {
    use friendship::Column::{HighUserId, LowUserId};
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let between = Condition::any()
        .add(LowUserId.eq(viewer.0).and(HighUserId.is_in(ids.clone())))
        .add(HighUserId.eq(viewer.0).and(LowUserId.is_in(ids.clone())));
    let friendships = friendship::Entity::find().filter(between).all(db).await.or_fault()?;
    let blocks = block::Entity::find()
        .filter(block::Column::BlockerId.eq(viewer.0))
        .filter(block::Column::BlockedId.is_in(ids))
        .all(db)
        .await
        .or_fault()?;

    let mut relations = HashMap::new();
    for row in friendships {
        let other = if row.low_user_id == viewer.0 { row.high_user_id } else { row.low_user_id };
        let relation = match row.accepted_at {
            Some(accepted_at) => (Relation::Friends, accepted_at),
            None if row.asked_by == viewer.0 => (Relation::Requested, row.asked_at),
            None => (Relation::Asked, row.asked_at),
        };
        relations.insert(UserId(other), (relation.0, Timestamp(relation.1)));
    }
    for row in blocks {
        relations.insert(UserId(row.blocked_id), (Relation::Blocked, Timestamp(row.created_at)));
    }
    Ok(relations)
}

impl From<user::Model> for UserCard {
    fn from(user: user::Model) -> Self {
        Self { id: UserId(user.id), username: user.username, nickname: user.nickname }
    }
}
