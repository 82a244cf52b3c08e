//! A room's gallery: what its messages carry, the newest first.

use sapa_model::message::{GalleryKind, GalleryPage};
use sapa_model::{AppResult, MessageId, RoomId, TokenScope, limits};
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{to_wire, visible_to};
use crate::chat::Chat;
use crate::entity::words::{MediaKind, MessageKind};
use crate::entity::{attachment, message};
use crate::fault::OrFault;
use crate::rooms::access;
use crate::scope::Scope;

/// Messages of a room that carry such things, without what the asker may not see. `before` is the last
/// one's id of the page before.
pub async fn gallery(
    chat: &Chat,
    scope: &Scope,
    room_id: RoomId,
    kind: GalleryKind,
    before: Option<MessageId>,
) -> AppResult<GalleryPage> {
    scope.may(TokenScope::Read)?;
    let (db, viewer) = (chat.db(), scope.user_id);
    let _turn = chat.searches().take(scope.counted(), 1).await?;
    access::place(db, room_id, viewer).await?;
    let such = match kind {
        GalleryKind::Media => Expr::exists(carries(&[MediaKind::Picture, MediaKind::Video])),
        GalleryKind::Files => Expr::exists(carries(&[MediaKind::File, MediaKind::Audio, MediaKind::Voice])),
        GalleryKind::Links => {
            message::Column::Body.like("%http://%").or(message::Column::Body.like("%https://%"))
        }
    };
    let mut of_room = Condition::all()
        .add(message::Column::RoomId.eq(room_id.0))
        .add(message::Column::Kind.eq(MessageKind::Text))
        .add(message::Column::DeletedAt.is_null())
        .add(such);
    if let Some(before) = before {
        of_room = of_room.add(message::Column::Id.lt(before.0));
    }
    let mut rows = message::Entity::find()
        .filter(of_room)
        .filter(visible_to(viewer))
        .order_by_desc(message::Column::Id)
        .limit(limits::GALLERY_PAGE as u64 + 1)
        .all(db)
        .await
        .or_fault()?;
    let more = rows.len() > limits::GALLERY_PAGE;
    rows.truncate(limits::GALLERY_PAGE);
    Ok(GalleryPage { messages: to_wire(db, viewer, rows).await?, more })
}

/// Within a select over `messages`: whether one carries a file of these kinds.
fn carries(kinds: &[MediaKind]) -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(attachment::Entity)
        .and_where(attachment::Column::MessageId.into_expr().equals((message::Entity, message::Column::Id)))
        .and_where(attachment::Column::Kind.is_in(kinds.iter().copied()))
        .to_owned()
}
