//! What the asker is shown.

use std::collections::{BTreeMap, HashSet};

use sapa_model::{AppResult, StoryReel, TokenScope, UserId, limits, story as model};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{seen, wire};
use crate::chat::Chat;
use crate::clock;
use crate::entity::{story, story_mute};
use crate::fault::OrFault;
use crate::scope::Scope;

/// The stories of the asker and of their friends, author by author: one's own, then what is new, the muted
/// ones last. Of more than [`limits::STORIES_LISTED`] the newest.
pub async fn reels(chat: &Chat, scope: &Scope) -> AppResult<Vec<StoryReel>> {
    let me = scope.may(TokenScope::Read)?;
    let mut rows = story::Entity::find()
        .filter(seen::visible_to(me, clock::now()))
        .order_by_desc(story::Column::Id)
        .limit(limits::STORIES_LISTED as u64)
        .all(chat.db())
        .await
        .or_fault()?;
    rows.reverse();
    let muted = muted(chat, me).await?;
    let mut reels: BTreeMap<UserId, StoryReel> = BTreeMap::new();
    for story in wire::to_wire(chat.db(), me, rows).await? {
        let author = story.author.clone();
        let reel = reels.entry(author.id).or_insert_with(|| StoryReel {
            muted: muted.contains(&author.id),
            stories: Vec::new(),
            author,
        });
        reel.stories.push(story);
    }
    let mut reels: Vec<_> = reels.into_values().collect();
    model::arrange(&mut reels, me);
    Ok(reels)
}

async fn muted(chat: &Chat, me: UserId) -> AppResult<HashSet<UserId>> {
    let mutes = story_mute::Entity::find().filter(story_mute::Column::UserId.eq(me.0));
    let mutes = mutes.all(chat.db()).await.or_fault()?;
    Ok(mutes.into_iter().map(|mute| UserId(mute.author_id)).collect())
}
