//! The end of a group or channel.

use sapa_model::{AppResult, Event, RoomId, TokenScope};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict, Query};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::{allow, group};
use crate::chat::Chat;
use crate::entity::words::Role;
use crate::entity::{membership, message, message_purge};
use crate::fault::OrFault;
use crate::hub::Audience;
use crate::scope::Scope;
use crate::writer::Work;
use crate::{avatars, calls, channels, invites, webhooks};

/// Ends a group for everyone; its owner only. At once nobody is in it any more, and what was written
/// there is purged.
pub async fn delete(chat: &Chat, scope: &Scope, room_id: RoomId) -> AppResult<()> {
    let me = scope.may(TokenScope::Rooms)?;
    let picture = chat
        .write(async move |w| {
            let place = group(w.db(), room_id, me).await?;
            allow(place.me.role == Role::Owner)?;
            w.emit(Audience::Room(room_id), Event::DialogGone { room_id });
            w.disband(room_id);
            let gone = membership::ActiveModel { active: Set(false), ..Default::default() };
            let of_room = membership::Column::RoomId.eq(room_id.0);
            let update = membership::Entity::update_many().set(gone).filter(of_room);
            update.exec(w.db()).await.or_fault()?;
            invites::end_all(w, room_id).await?;
            webhooks::end_all(w, room_id).await?;
            channels::end(w, room_id).await?;
            purge_all(w, room_id).await?;
            let picture = place.room.avatar.clone();
            if let Some(key) = &picture {
                avatars::loosen(w, key).await?;
            }
            let mut room = place.room.into_active_model();
            (room.name, room.search, room.avatar) = (Set(String::new()), Set(String::new()), Set(None));
            room.update(w.db()).await.or_fault()?;
            Ok(picture)
        })
        .await?;
    calls::end_in_room(chat, room_id);
    if let Some(key) = picture {
        avatars::clean_up(chat, key);
    }
    chat.erasure().wake();
    Ok(())
}

/// Everything in the room is due to be purged.
async fn purge_all(w: &Work, room_id: RoomId) -> AppResult<()> {
    let all = Query::select()
        .column(message::Column::Id)
        .expr(Expr::val(w.now().0))
        .from(message::Entity)
        .and_where(message::Column::RoomId.eq(room_id.0))
        .to_owned();
    let mut insert = Query::insert();
    insert
        .into_table(message_purge::Entity)
        .columns([message_purge::Column::MessageId, message_purge::Column::DueAt])
        // Some may have been deleted a moment ago.
        .on_conflict(OnConflict::column(message_purge::Column::MessageId).do_nothing().to_owned());
    insert.select_from(all).map_err(|_| sapa_model::AppError::internal())?;
    w.db().execute(&insert).await.or_fault()?;
    Ok(())
}
