//! Which friendship is meant.

use sapa_model::{AppError, AppResult, FriendshipId, UserId};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entity::friendship;
use crate::fault::OrFault;

/// A friendship of the asker's, or a request for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FriendshipRef {
    /// By its own id.
    Id(FriendshipId),
    /// The one with this person: there is at most one.
    With(UserId),
}

impl From<FriendshipId> for FriendshipRef {
    fn from(id: FriendshipId) -> Self {
        Self::Id(id)
    }
}

impl From<UserId> for FriendshipRef {
    fn from(other: UserId) -> Self {
        Self::With(other)
    }
}

impl FriendshipRef {
    /// Its row; `not_found` where `me` is neither of the two.
    pub(super) async fn row<C: ConnectionTrait>(self, db: &C, me: UserId) -> AppResult<friendship::Model> {
        let such = match self {
            Self::Id(id) => {
                Condition::all().add(friendship::Column::Id.eq(id.0)).add(friendship::of_user(me))
            }
            Self::With(other) => friendship::of_pair(me, other),
        };
        let row = friendship::Entity::find().filter(such).one(db).await.or_fault()?;
        row.ok_or_else(|| AppError::not_found("friendship"))
    }
}
