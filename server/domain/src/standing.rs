//! Whether an account may act now, itself or through what it has left behind: sessions, links, webhooks, sessions
//! that it has proposed. The one question, asked each time that somebody acts or is acted for.

use sapa_model::{AppError, AppResult, ErrorCode, UserId};
use sea_orm::sea_query::{Expr, IntoColumnRef, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait};

use crate::entity::user;
use crate::fault::OrFault;

/// Refuses with `banned` an account that the host has closed, and with `signed_out` one that is not there.
pub async fn check<C: ConnectionTrait>(db: &C, user_id: UserId) -> AppResult<()> {
    let found = user::Entity::find_by_id(user_id.0).one(db).await.or_fault()?;
    check_row(&found.ok_or_else(AppError::signed_out)?)
}

/// The same where the account has just been read.
pub fn check_row(account: &user::Model) -> AppResult<()> {
    if account.banned_at.is_none() {
        return Ok(());
    }
    Err(AppError::new(ErrorCode::Banned, "The host has closed this account."))
}

/// Within a query: whether the account that this column names may act.
pub fn may_act(whose: impl IntoColumnRef) -> SimpleExpr {
    let open = Query::select()
        .expr(Expr::val(1))
        .from(user::Entity)
        .and_where(user::Column::Id.into_expr().eq(Expr::col(whose)))
        .and_where(user::Column::BannedAt.is_null())
        .to_owned();
    Expr::exists(open)
}

/// Ids of those who may not.
pub fn banned() -> SelectStatement {
    Query::select()
        .column(user::Column::Id)
        .from(user::Entity)
        .and_where(user::Column::BannedAt.is_not_null())
        .to_owned()
}
