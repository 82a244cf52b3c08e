//! Blocks: the blocked one is not told and sees nothing change.

use sapa_model::{AppError, AppResult, Person, Relation, TokenScope, UserId, limits};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::{friendships, somebody_else, tell_other_side, tell_relation};
use crate::calls;
use crate::cards;
use crate::chat::Chat;
use crate::entity::block as row;
use crate::fault::OrFault;
use crate::rooms::direct;
use crate::scope::Scope;
use crate::stories;

/// Blocks somebody. A request of the asker's own is withdrawn; everything else stays as the other
/// sees it. `limit_reached` with too many blocked already.
pub async fn block(chat: &Chat, scope: &Scope, user_id: UserId) -> AppResult<Person> {
    somebody_else(scope, user_id)?;
    let me = scope.may(TokenScope::People)?;
    let blocked = chat.write(async move |w| {
        let relation = cards::person(w.db(), me, user_id).await?.relation;
        if relation == Relation::Blocked {
            return tell_relation(w, me, user_id).await;
        }
        if relation == Relation::Requested {
            friendships::delete(w, me, user_id).await?;
            tell_other_side(w, user_id, me).await?;
        }
        let blocks = row::Entity::find().filter(row::Column::BlockerId.eq(me.0));
        if blocks.count(w.db()).await.or_fault()? >= limits::BLOCKS_MAX as u64 {
            return Err(AppError::limit_reached("blocked people", limits::BLOCKS_MAX));
        }
        stories::parting(w, me, user_id).await?;
        let block = row::ActiveModel {
            blocker_id: Set(me.0),
            blocked_id: Set(user_id.0),
            created_at: Set(w.now().0),
        };
        row::Entity::insert(block).exec_without_returning(w.db()).await.or_fault()?;
        direct::blocked(w, me, user_id).await?;
        tell_relation(w, me, user_id).await
    });
    let person = blocked.await?;
    calls::end_between(chat, me, user_id).await?;
    Ok(person)
}

/// Lifts a block; without one nothing changes.
pub async fn unblock(chat: &Chat, scope: &Scope, user_id: UserId) -> AppResult<Person> {
    somebody_else(scope, user_id)?;
    let me = scope.may(TokenScope::People)?;
    chat.write(async move |w| {
        let lifted = row::Entity::delete_by_id((me.0, user_id.0)).exec(w.db()).await.or_fault()?;
        if lifted.rows_affected > 0 {
            stories::met(w, me, user_id).await?;
        }
        tell_relation(w, me, user_id).await
    })
    .await
}
