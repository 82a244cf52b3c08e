//! From rows to the stories that people see.

use std::collections::{HashMap, HashSet};

use sapa_model::story::StoryReach;
use sapa_model::{AppError, AppResult, Story, StoryContent, StoryId, Timestamp, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entity::{story, story_view};
use crate::fault::OrFault;
use crate::{attachments, cards};

/// These rows as `viewer`, who may see them, sees them, in the same order.
pub async fn to_wire<C: ConnectionTrait>(
    db: &C,
    viewer: UserId,
    rows: Vec<story::Model>,
) -> AppResult<Vec<Story>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut authors: Vec<_> = rows.iter().map(|row| UserId(row.author_id)).collect();
    authors.sort_unstable();
    authors.dedup();
    let cards = cards::load(db, &authors).await?;
    let mut files = attachments::of_stories(db, &ids).await?;
    let seen = seen_by(db, viewer, &ids).await?;
    let own = rows.iter().filter(|row| row.author_id == viewer.0).map(|row| row.id).collect();
    let viewers = viewer_counts(db, own).await?;
    let to_story = |row: story::Model| {
        let mine = row.author_id == viewer.0;
        let content = match row.hue {
            Some(hue) => StoryContent::Text { text: row.text, hue: u16::try_from(hue).unwrap_or_default() },
            None => StoryContent::Media {
                attachment: files.remove(&row.id).ok_or_else(AppError::internal)?,
                caption: row.text,
            },
        };
        Ok(Story {
            id: StoryId(row.id),
            author: cards.get(&UserId(row.author_id)).cloned().ok_or_else(AppError::internal)?,
            content,
            created_at: Timestamp(row.created_at),
            expires_at: Timestamp(row.expires_at),
            seen: mine || seen.contains(&row.id),
            reach: mine.then(|| StoryReach {
                audience: row.audience.into(),
                viewers: viewers.get(&row.id).copied().unwrap_or_default(),
            }),
        })
    };
    rows.into_iter().map(to_story).collect()
}

/// One row as `viewer` sees it.
pub async fn one<C: ConnectionTrait>(db: &C, viewer: UserId, row: story::Model) -> AppResult<Story> {
    to_wire(db, viewer, vec![row]).await?.pop().ok_or_else(AppError::internal)
}

/// One row as everyone sees it who has not seen it yet.
pub async fn for_others<C: ConnectionTrait>(db: &C, row: story::Model) -> AppResult<Story> {
    // Nobody has this id.
    one(db, UserId(0), row).await
}

/// How many have seen a story.
pub async fn viewer_count<C: ConnectionTrait>(db: &C, id: StoryId) -> AppResult<u32> {
    Ok(viewer_counts(db, vec![id.0]).await?.remove(&id.0).unwrap_or_default())
}

async fn seen_by<C: ConnectionTrait>(db: &C, viewer: UserId, ids: &[i64]) -> AppResult<HashSet<i64>> {
    let views = story_view::Entity::find()
        .filter(story_view::Column::UserId.eq(viewer.0))
        .filter(story_view::Column::StoryId.is_in(ids.iter().copied()))
        .all(db)
        .await
        .or_fault()?;
    Ok(views.into_iter().map(|view| view.story_id).collect())
}

async fn viewer_counts<C: ConnectionTrait>(db: &C, ids: Vec<i64>) -> AppResult<HashMap<i64, u32>> {
    let counts: Vec<(i64, i64)> = story_view::Entity::find()
        .select_only()
        .column(story_view::Column::StoryId)
        .column_as(story_view::Column::UserId.count(), "viewers")
        .filter(story_view::Column::StoryId.is_in(ids))
        .group_by(story_view::Column::StoryId)
        .into_tuple()
        .all(db)
        .await
        .or_fault()?;
    Ok(counts.into_iter().map(|(id, count)| (id, u32::try_from(count).unwrap_or(u32::MAX))).collect())
}
