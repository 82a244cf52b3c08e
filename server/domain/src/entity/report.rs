//! Reports for the host to read.

use sea_orm::entity::prelude::*;

use super::words::ReportReason;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reports")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub reporter_id: i64,
    pub user_id: i64,
    pub reason: ReportReason,
    pub note: String,
    /// [`sapa_model::report::Quoted`] messages, as JSON.
    pub excerpt: String,
    pub created_at: i64,
    pub closed_at: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
