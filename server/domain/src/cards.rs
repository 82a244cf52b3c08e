//! What is shown of people wherever their names stand, many at a time.

use std::collections::{HashMap, HashSet};

use sapa_model::{
    AppError, AppResult, LanguageCode, Person, Relation, Timestamp, UserCard, UserId, UserLanguage,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::entity::{block, friendship, user, user_language};
use crate::fault::OrFault;

/// The cards of these users; whoever does not exist is left out.
pub async fn load<C: ConnectionTrait>(db: &C, ids: &[UserId]) -> AppResult<HashMap<UserId, UserCard>> {
    use user::Column::{Avatar, Id, Nickname, Revision, Username};
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(i64, String, String, i32, Option<String>)> = user::Entity::find()
        .select_only()
        .columns([Id, Username, Nickname, Revision, Avatar])
        .filter(Id.is_in(ids.iter().map(|id| id.0)))
        .into_tuple()
        .all(db)
        .await
        .or_fault()?;
    let card = |(id, username, nickname, revision, avatar): (_, _, _, i32, _)| {
        let revision = revision.unsigned_abs();
        (UserId(id), UserCard { id: UserId(id), username, nickname, avatar, revision })
    };
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
    let mut languages = languages(db, ids).await?;
    let person = |user: user::Model| {
        let id = UserId(user.id);
        let (relation, since) = relations.get(&id).copied().unzip();
        let person = Person {
            relation: relation.unwrap_or(Relation::None),
            since,
            country: user.country.clone(),
            languages: languages.remove(&id).unwrap_or_default(),
            bio: user.bio.clone(),
            time_zone: user.time_zone.clone(),
            user: UserCard::from(user),
        };
        (id, person)
    };
    Ok(users.into_iter().map(person).collect())
}

/// What these users speak and learn, each in their own order.
async fn languages<C: ConnectionTrait>(
    db: &C,
    ids: &[UserId],
) -> AppResult<HashMap<UserId, Vec<UserLanguage>>> {
    let rows = user_language::Entity::find()
        .filter(user_language::Column::UserId.is_in(ids.iter().map(|id| id.0)))
        .order_by_asc(user_language::Column::Ordinal)
        .all(db)
        .await
        .or_fault()?;
    let mut languages: HashMap<UserId, Vec<UserLanguage>> = HashMap::new();
    for row in rows {
        // The code was checked on its way in.
        if let Ok(code) = LanguageCode::parse(&row.code) {
            let language = UserLanguage::new(code, row.level.map(Into::into));
            languages.entry(UserId(row.user_id)).or_default().push(language);
        }
    }
    Ok(languages)
}

/// One user as `viewer` sees them, or `not_found`.
pub async fn person<C: ConnectionTrait>(db: &C, viewer: UserId, id: UserId) -> AppResult<Person> {
    persons(db, viewer, &[id]).await?.remove(&id).ok_or_else(|| AppError::not_found("person"))
}

/// Those of these users who are friends of `user_id`, whatever blocks stand between them.
pub async fn friends_among<C: ConnectionTrait>(
    db: &C,
    user_id: UserId,
    ids: &[UserId],
) -> AppResult<HashSet<UserId>> {
    let rows = friendship::Entity::find()
        .filter(between(user_id, ids))
        .filter(friendship::Column::AcceptedAt.is_not_null())
        .all(db)
        .await
        .or_fault()?;
    Ok(rows.iter().map(|row| row.other(user_id)).collect())
}

/// The friendships, asked for or made, of a user with any of these.
fn between(user_id: UserId, ids: &[UserId]) -> Condition {
    use friendship::Column::{HighUserId, LowUserId};
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    Condition::any()
        .add(LowUserId.eq(user_id.0).and(HighUserId.is_in(ids.clone())))
        .add(HighUserId.eq(user_id.0).and(LowUserId.is_in(ids)))
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

/// Those of these who have blocked `user_id`.
pub async fn blockers_among<C: ConnectionTrait>(
    db: &C,
    user_id: UserId,
    ids: &[UserId],
) -> AppResult<HashSet<UserId>> {
    let rows = block::Entity::find()
        .filter(block::Column::BlockedId.eq(user_id.0))
        .filter(block::Column::BlockerId.is_in(ids.iter().map(|id| id.0)))
        .all(db)
        .await
        .or_fault()?;
    Ok(rows.iter().map(|row| UserId(row.blocker_id)).collect())
}

/// How `viewer` stands to each of these, and since when. A block of the viewer's own hides the
/// rest; a block of the other's is never told.
async fn relations<C: ConnectionTrait>(
    db: &C,
    viewer: UserId,
    ids: &[UserId],
) -> AppResult<HashMap<UserId, (Relation, Timestamp)>> {
    let friendships = friendship::Entity::find().filter(between(viewer, ids)).all(db).await.or_fault()?;
    let blocks = block::Entity::find()
        .filter(block::Column::BlockerId.eq(viewer.0))
        .filter(block::Column::BlockedId.is_in(ids.iter().map(|id| id.0)))
        .all(db)
        .await
        .or_fault()?;

    let mut relations = HashMap::new();
    for row in friendships {
        let relation = match row.accepted_at {
            Some(accepted_at) => (Relation::Friends, accepted_at),
            None if row.asked_by == viewer.0 => (Relation::Requested, row.asked_at),
            None => (Relation::Asked, row.asked_at),
        };
        relations.insert(row.other(viewer), (relation.0, Timestamp(relation.1)));
    }
    for row in blocks {
        relations.insert(UserId(row.blocked_id), (Relation::Blocked, Timestamp(row.created_at)));
    }
    Ok(relations)
}

impl From<user::Model> for UserCard {
    fn from(user: user::Model) -> Self {
        Self {
            id: UserId(user.id),
            username: user.username,
            nickname: user.nickname,
            avatar: user.avatar,
            revision: user.revision.unsigned_abs(),
        }
    }
}
