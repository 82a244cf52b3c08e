//! What becomes of stories when people come together or part.

use sapa_model::{AppResult, Event, StoryId, UserId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{seen, wire};
use crate::entity::story;
use crate::fault::OrFault;
use crate::hub::Audience;
use crate::writer::Work;

/// Two have become friends, or a block between them has ended: each is told of what the other shows.
pub(crate) async fn met(w: &mut Work, one: UserId, other: UserId) -> AppResult<()> {
    for (viewer, author) in [(one, other), (other, one)] {
        let rows = shown(w, author, viewer).await?;
        for story in wire::to_wire(w.db(), viewer, rows).await? {
            w.emit(Audience::User(viewer), Event::Story(story));
        }
    }
    Ok(())
}

/// Two are about to part: from each is taken what the other shows, as if it had been deleted.
pub(crate) async fn parting(w: &mut Work, one: UserId, other: UserId) -> AppResult<()> {
    for (viewer, author) in [(one, other), (other, one)] {
        for row in shown(w, author, viewer).await? {
            w.emit(Audience::User(viewer), gone(&row));
        }
    }
    Ok(())
}

/// Somebody shows nothing any more: all that they show is taken from everyone.
pub(crate) async fn withdraw(w: &mut Work, author: UserId) -> AppResult<()> {
    for row in shown(w, author, author).await? {
        tell_gone(w, &row).await?;
    }
    Ok(())
}

/// Tells everyone who could see a story that it is gone.
pub(super) async fn tell_gone(w: &mut Work, row: &story::Model) -> AppResult<()> {
    let mut hearers = seen::hearers(w.db(), row).await?;
    hearers.push(UserId(row.author_id));
    w.emit_each(hearers, gone(row));
    Ok(())
}

fn gone(row: &story::Model) -> Event {
    Event::StoryGone { story_id: StoryId(row.id), author_id: UserId(row.author_id) }
}

/// What somebody shows to `viewer` now; at most as many as one may show.
async fn shown(w: &Work, author: UserId, viewer: UserId) -> AppResult<Vec<story::Model>> {
    story::Entity::find()
        .filter(story::Column::AuthorId.eq(author.0))
        .filter(seen::visible_to(viewer, w.now()))
        .order_by_asc(story::Column::Id)
        .all(w.db())
        .await
        .or_fault()
}
