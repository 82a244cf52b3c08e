//! The proof that what is committed over one connection can be read over another.

use sea_orm::prelude::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter};

use crate::entity::heartbeat::{Column, Entity};

/// The row.
const ID: i64 = 1;

/// Writes the next beat and gives its number. It is a proof only once it is committed and [`seen`] by others.
pub async fn beat<C: ConnectionTrait>(db: &C) -> Result<i64, DbErr> {
    let next = Entity::update_many()
        .col_expr(Column::Beat, Expr::col(Column::Beat).add(1))
        .filter(Column::Id.eq(ID))
        .exec_with_returning(db)
        .await?;
    next.first().map(|row| row.beat).ok_or_else(missing)
}

/// The newest beat that this connection sees.
pub async fn seen<C: ConnectionTrait>(db: &C) -> Result<i64, DbErr> {
    Entity::find_by_id(ID).one(db).await?.map(|row| row.beat).ok_or_else(missing)
}

fn missing() -> DbErr {
    DbErr::Custom("the row of the heartbeat is gone".to_owned())
}
