//! The loop that keeps what is promised of bans and of sessions that end: whoever may not act has nothing open.
//!
//! It compares who is connected with who may be, by what the database says now. So it depends on no clock, on no
//! order in which changes were committed, and on no earlier look having gone well.

use std::collections::HashSet;
use std::time::Duration;

use sapa_model::ids::SessionId;
use sapa_model::{AppResult, UserId};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect};
use tokio::time::MissedTickBehavior;

use crate::chat::Chat;
use crate::entity::{session, story, user};
use crate::fault::OrFault;
use crate::hub::CloseReason;
use crate::{calls, clock, sessions, standing, stories};

/// How often to look who is here that is banned.
const EVERY: Duration = Duration::from_millis(250);
/// Looks from one at sessions and stories to the next.
const SELDOM: u32 = 8;
/// Rows asked for together.
const TOGETHER: usize = 500;

/// Looks for ever, and closes what those have open who may not act any more.
pub async fn enforce(chat: Chat) {
    let mut every = tokio::time::interval(EVERY);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut withdrawn = HashSet::new();
    loop {
        warn(close_ended(&chat).await);
        warn(withdraw_stories(&chat, &mut withdrawn).await);
        for _ in 0..SELDOM {
            every.tick().await;
            warn(shut_out_banned(&chat).await);
        }
    }
}

fn warn(looked: AppResult<()>) {
    if let Err(error) = looked {
        tracing::warn!(%error, "who may be here cannot be looked at now");
    }
}

/// Signs everybody out who is here and banned, and takes them out of their calls.
async fn shut_out_banned(chat: &Chat) -> AppResult<()> {
    for some in chat.hub().present().chunks(TOGETHER) {
        for user_id in banned_of(chat, some.iter().copied()).await? {
            chat.write(async move |w| sessions::shut_out(w, user_id).await).await?;
            calls::evict_everywhere(chat, user_id);
        }
    }
    Ok(())
}

/// Those of some who are banned.
async fn banned_of(chat: &Chat, some: impl Iterator<Item = UserId>) -> AppResult<HashSet<UserId>> {
    let banned: Vec<i64> = user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .filter(user::Column::Id.is_in(some.map(|id| id.0)))
        .filter(user::Column::BannedAt.is_not_null())
        .into_tuple()
        .all(chat.db())
        .await
        .or_fault()?;
    Ok(banned.into_iter().map(UserId).collect())
}

/// Closes the connections whose session is over, also where another program has ended it.
async fn close_ended(chat: &Chat) -> AppResult<()> {
    for some in chat.hub().sessions().chunks(TOGETHER) {
        let open: HashSet<i64> = session::Entity::find()
            .select_only()
            .column(session::Column::Id)
            .filter(session::Column::Id.is_in(some.iter().map(|(_, id)| id.0)))
            .filter(session::Column::ExpiresAt.gt(clock::now().0))
            .into_tuple()
            .all(chat.db())
            .await
            .or_fault()?
            .into_iter()
            .collect();
        let ended = some.iter().filter(|(_, id)| !open.contains(&id.0));
        let ended: Vec<(UserId, SessionId)> = ended.copied().collect();
        if ended.is_empty() {
            continue;
        }
        // A ban ends sessions too, and its owner hears of the ban.
        let banned = banned_of(chat, ended.iter().map(|(user_id, _)| *user_id)).await?;
        chat.write(async move |w| {
            for user_id in banned {
                w.close_user(user_id, CloseReason::Banned);
            }
            for (user_id, id) in ended {
                w.close_session(user_id, id);
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}

/// Takes what the banned show out of everyone's sight, once for each ban.
async fn withdraw_stories(chat: &Chat, withdrawn: &mut HashSet<UserId>) -> AppResult<()> {
    let authors: Vec<i64> = story::Entity::find()
        .select_only()
        .column(story::Column::AuthorId)
        .distinct()
        .filter(story::Column::ExpiresAt.gt(clock::now().0))
        .filter(standing::may_act((story::Entity, story::Column::AuthorId)).not())
        .into_tuple()
        .all(chat.db())
        .await
        .or_fault()?;
    let authors: HashSet<UserId> = authors.into_iter().map(UserId).collect();
    withdrawn.retain(|author| authors.contains(author));
    for author in authors {
        if !withdrawn.contains(&author) {
            chat.write(async move |w| stories::withdraw(w, author).await).await?;
            withdrawn.insert(author);
        }
    }
    Ok(())
}
