//! Who may see a story: the one rule, from both of its ends.

use sapa_model::{AppError, AppResult, StoryId, Timestamp, UserId};
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter};

use crate::entity::words::StoryAudience;
use crate::entity::{block, story, story_person};
use crate::fault::OrFault;
use crate::people::{blocked_ids, blockers_of, friend_ids, friends_of};
use crate::standing::banned;

/// Stories whose day is not over.
pub fn live(now: Timestamp) -> Condition {
    Condition::all().add(story::Column::ExpiresAt.gt(now.0))
}

/// Stories that `viewer` may see: their own, and those that friends show them.
pub fn visible_to(viewer: UserId, now: Timestamp) -> Condition {
    use story::Column::{Audience, AuthorId};
    let named = || Expr::exists(names(viewer));
    let admitted = Condition::any()
        .add(Audience.eq(StoryAudience::Friends))
        .add(Audience.eq(StoryAudience::Only).and(named()))
        .add(Audience.eq(StoryAudience::Except).and(named().not()));
    let shown = Condition::all()
        .add(AuthorId.in_subquery(friends_of(viewer)))
        .add(AuthorId.not_in_subquery(blocked_ids(viewer)))
        .add(AuthorId.not_in_subquery(blockers_of(viewer)))
        .add(AuthorId.not_in_subquery(banned()))
        .add(admitted);
    live(now).add(Condition::any().add(AuthorId.eq(viewer.0)).add(shown))
}

/// Within a select over `stories`: whether the audience names somebody.
fn names(user_id: UserId) -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(story_person::Entity)
        .and_where(story_person::Column::UserId.eq(user_id.0))
        .and_where(story_person::Column::StoryId.into_expr().equals((story::Entity, story::Column::Id)))
        .to_owned()
}

/// A story that `viewer` may see; `not_found` otherwise.
pub async fn find<C: ConnectionTrait>(
    db: &C,
    viewer: UserId,
    id: StoryId,
    now: Timestamp,
) -> AppResult<story::Model> {
    let such = story::Entity::find_by_id(id.0).filter(visible_to(viewer, now));
    such.one(db).await.or_fault()?.ok_or_else(|| AppError::not_found("story"))
}

/// Everyone but its author who may see a story, as long as it lives.
pub async fn hearers<C: ConnectionTrait>(db: &C, row: &story::Model) -> AppResult<Vec<UserId>> {
    let author = UserId(row.author_id);
    let mut people = friend_ids(db, author).await?;
    let across = Condition::any()
        .add(block::Column::BlockerId.eq(author.0))
        .add(block::Column::BlockedId.eq(author.0));
    for block in block::Entity::find().filter(across).all(db).await.or_fault()? {
        people.remove(&UserId(block.blocker_id));
        people.remove(&UserId(block.blocked_id));
    }
    let of_story = story_person::Column::StoryId.eq(row.id);
    let named = story_person::Entity::find().filter(of_story).all(db).await.or_fault()?;
    let named = |user_id: &UserId| named.iter().any(|person| person.user_id == user_id.0);
    people.retain(|user_id| match row.audience {
        StoryAudience::Friends => true,
        StoryAudience::Only => named(user_id),
        StoryAudience::Except => !named(user_id),
    });
    Ok(people.into_iter().collect())
}
