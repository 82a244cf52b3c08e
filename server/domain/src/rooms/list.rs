//! The dialog list: filtered, searched, and paged by last activity.

use std::collections::HashMap;

use sapa_model::ids::MessageId;
use sapa_model::room::{DialogFilter, DialogPage};
use sapa_model::{AppResult, UserId, limits};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};

use super::access::Place;
use super::view;
use crate::entity::words::{MessageKind, RoomKind};
use crate::entity::{membership, message, room, user};
use crate::fault::OrFault;
use crate::fold::containing;
use crate::markers::unread::unread;
use crate::messages::visible_to;

/// See [`super::dialogs`].
pub async fn dialogs<C: ConnectionTrait>(
    db: &C,
    viewer: UserId,
    filter: DialogFilter,
    query: &str,
    before: Option<MessageId>,
) -> AppResult<DialogPage> {
    let mut page = Query::select()
        .column("room_id")
        .from_subquery(matching(viewer, filter, query), "dialogs")
        .order_by("last_id", Order::Desc)
        .limit(limits::DIALOG_PAGE as u64 + 1)
        .to_owned();
    if let Some(before) = before {
        page.and_where(Expr::col("last_id").lt(before.0));
    }
    let rows = db.query_all(&page).await.or_fault()?;
    let room_ids = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<Vec<i64>, _>>();
    let mut room_ids = room_ids.or_fault()?;
    let more = room_ids.len() > limits::DIALOG_PAGE;
    room_ids.truncate(limits::DIALOG_PAGE);
    let places = places(db, viewer, &room_ids).await?;
    Ok(DialogPage { dialogs: view::dialogs(db, viewer, places).await?, more })
}

/// Requests of which the viewer can see a text: an opened room without one is not yet a request.
pub fn open_requests(viewer: UserId) -> Condition {
    let text = Query::select()
        .expr(Expr::val(1))
        .from(message::Entity)
        .and_where(
            message::Column::RoomId.into_expr().equals((membership::Entity, membership::Column::RoomId)),
        )
        .and_where(message::Column::Kind.eq(MessageKind::Text))
        .cond_where(visible_to(viewer))
        .to_owned();
    Condition::all().add(membership::Column::Request.eq(true)).add(Expr::exists(text))
}

/// The viewer's own, in a room that is in their list.
pub fn listed(viewer: UserId) -> Condition {
    Condition::all()
        .add(membership::Column::UserId.eq(viewer.0))
        .add(membership::Column::Active.eq(true))
        .add(membership::Column::Hidden.eq(false))
}

fn matching(viewer: UserId, filter: DialogFilter, query: &str) -> SelectStatement {
    let mut select = Query::select()
        .column((membership::Entity, membership::Column::RoomId))
        .expr_as(view::last_visible(viewer), "last_id")
        .from(membership::Entity)
        .inner_join(room::Entity, membership::Column::RoomId.into_expr().equals(room_id()))
        .cond_where(listed(viewer))
        .to_owned();
    let answered = || membership::Column::Request.eq(false);
    match filter {
        DialogFilter::All => select.and_where(answered()),
        DialogFilter::Unread => select.and_where(answered()).and_where(unread().gt(0)),
        DialogFilter::Groups => select.and_where(room::Column::Kind.eq(RoomKind::Group)),
        DialogFilter::Channels => select.and_where(room::Column::Kind.eq(RoomKind::Channel)),
        DialogFilter::Requests => select.cond_where(open_requests(viewer)),
    };
    if !query.trim().is_empty() {
        select.cond_where(named(viewer, query));
    }
    select
}

/// Groups by their name, direct rooms by the names of the other person.
fn named(viewer: UserId, query: &str) -> Condition {
    let peer = Query::select()
        .expr(Expr::val(1))
        .from_as(membership::Entity, "peer")
        .inner_join(user::Entity, Expr::col(("peer", "user_id")).equals((user::Entity, user::Column::Id)))
        .and_where(Expr::col(("peer", "room_id")).equals(room_id()))
        .and_where(Expr::col(("peer", "user_id")).ne(viewer.0))
        .and_where(user::Column::Search.like(containing(query)))
        .to_owned();
    let direct = Condition::all().add(room::Column::Kind.eq(RoomKind::Direct)).add(Expr::exists(peer));
    Condition::any().add(room::Column::Search.like(containing(query))).add(direct)
}

fn room_id() -> (room::Entity, room::Column) {
    (room::Entity, room::Column::Id)
}

async fn places<C: ConnectionTrait>(db: &C, viewer: UserId, room_ids: &[i64]) -> AppResult<Vec<Place>> {
    let rows = membership::Entity::find()
        .filter(membership::Column::UserId.eq(viewer.0))
        .filter(membership::Column::RoomId.is_in(room_ids.iter().copied()))
        .find_also_related(room::Entity)
        .all(db)
        .await
        .or_fault()?;
    let mut places: HashMap<i64, Place> =
        rows.into_iter().filter_map(|(me, room)| Some((me.room_id, Place { room: room?, me }))).collect();
    Ok(room_ids.iter().filter_map(|room_id| places.remove(room_id)).collect())
}
