//! Channels: admins post, everyone else follows.
//!
//! A channel is a room like any other: it has a log, and posts are messages. What is done with it as with a group
//! (roles, invite links, webhooks, its picture, its end) is done in [`crate::groups`] and its neighbours. Here is
//! what is its own: making and changing it, coming and going without a trace in the log, the explorer, and what
//! the whole world may read of it.
//!
//! Followers are many and do not learn of each other. So nothing here is told of them, or for each of them: how
//! many there are is counted as they come and go, and told when the channel changes or is loaded.

use sapa_model::text::{Description, GroupName};
use sapa_model::{
    AppError, AppResult, ChannelHandle, ChannelSettings, Dialog, ErrorCode, Event, Room, RoomId, SystemLine,
    TokenScope, UserId, limits,
};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect,
};

use crate::chat::Chat;
use crate::entity::words::{Role, RoomKind};
use crate::entity::{channel, membership, room};
use crate::fault::{OrFault, Refused};
use crate::fold::fold;
use crate::hub::Audience;
use crate::messages::{self, Draft};
use crate::rooms::access::{self, Place};
use crate::rooms::view;
use crate::scope::Scope;
use crate::writer::Work;
use crate::{cards, groups};

mod explore;
mod follow;
mod followers;
mod public;

pub use explore::{explore, find};
pub(crate) use follow::{enter, leave, part};
pub use follow::{follow, unfollow};
pub use followers::followers;
pub(crate) use public::is_public_post;
pub use public::{PublicPage, page, picture, post, public_seq};

/// What an admin has typed, parsed.
struct Parsed {
    name: GroupName,
    hue: i32,
    handle: Option<ChannelHandle>,
    description: Description,
    comments: bool,
}

impl Parsed {
    fn new(settings: &ChannelSettings) -> AppResult<Self> {
        Ok(Self {
            name: GroupName::parse(&settings.name)?,
            hue: groups::parse_hue(settings.hue)?,
            handle: settings.handle.as_deref().map(ChannelHandle::parse).transpose()?,
            description: Description::parse(&settings.description)?,
            comments: settings.comments,
        })
    }

    fn search(&self) -> String {
        search_text(
            self.name.as_str(),
            self.handle.as_ref().map(ChannelHandle::as_str),
            self.description.as_str(),
        )
    }
}

/// What a channel is found by.
pub(crate) fn search_text(name: &str, handle: Option<&str>, description: &str) -> String {
    fold(&format!("{name}\n{}\n{description}", handle.unwrap_or_default()))
}

/// Makes a channel with the asker as its owner.
///
/// Errors: those of the parts' forms, blaming `name`, `hue`, `handle` or `description`; `handle_taken`, field
/// `handle`; `limit_reached` with too many channels of one's own, or rooms.
pub async fn create(chat: &Chat, scope: &Scope, settings: &ChannelSettings) -> AppResult<Dialog> {
    let me = scope.may(TokenScope::Rooms)?;
    let new = Parsed::new(settings)?;
    chat.write(async move |w| {
        access::check_rooms(w.db(), &[me]).await?;
        check_owned(w, me).await?;
        check_handle(w.db(), new.handle.as_ref(), None).await?;
        let room_id = groups::insert(w, RoomKind::Channel, &new.name, new.hue, me).await?;
        let row = channel::ActiveModel {
            room_id: Set(room_id.0),
            search: Set(new.search()),
            handle: Set(new.handle.map(String::from)),
            description: Set(new.description.into()),
            comments: Set(new.comments),
            followers: Set(1),
        };
        channel::Entity::insert(row).exec_without_returning(w.db()).await.or_fault()?;
        let author = cards::one(w.db(), me).await?;
        let line = SystemLine::ChannelCreated { name: new.name.into() };
        messages::append(w, room_id, &author, Draft::Line(line)).await?;
        w.join(room_id, me);
        let dialog = view::dialog(w.db(), me, room_id).await?;
        w.emit(Audience::User(me), Event::Dialog(dialog.clone()));
        Ok(dialog)
    })
    .await
}

/// Sets a channel up anew, all of it at once; admins only. Errors as for [`create`].
pub async fn change(
    chat: &Chat,
    scope: &Scope,
    room_id: RoomId,
    settings: &ChannelSettings,
) -> AppResult<Room> {
    let me = scope.may(TokenScope::Rooms)?;
    let new = Parsed::new(settings)?;
    chat.write(async move |w| {
        let (place, before) = own(w.db(), room_id, me).await?;
        groups::allow(sapa_model::Role::from(place.me.role).may_rename())?;
        check_handle(w.db(), new.handle.as_ref(), Some(room_id)).await?;
        let is_other_name = place.room.name != new.name.as_str();
        groups::set_name(w, room_id, &new.name, new.hue).await?;
        let mut row = before.into_active_model();
        row.search = Set(new.search());
        row.handle = Set(new.handle.map(String::from));
        row.description = Set(new.description.into());
        row.comments = Set(new.comments);
        row.update(w.db()).await.or_fault()?;
        if is_other_name {
            let author = cards::one(w.db(), me).await?;
            let line = SystemLine::Renamed { name: new.name.into() };
            messages::tell_line(w, room_id, &author, line).await?;
        } else {
            messages::next_seq(w, room_id).await?;
        }
        groups::tell_room(w, room_id).await
    })
    .await
}

/// Ends a channel for everyone; its owner only. See [`groups::delete`].
pub async fn delete(chat: &Chat, scope: &Scope, room_id: RoomId) -> AppResult<()> {
    let me = scope.may(TokenScope::Rooms)?;
    own(chat.db(), room_id, me).await?;
    groups::delete(chat, scope, room_id).await
}

/// A channel of the asker's, with their place in it; `not_found` for others, and for rooms that are none.
pub(crate) async fn own<C: ConnectionTrait>(
    db: &C,
    room_id: RoomId,
    user_id: UserId,
) -> AppResult<(Place, channel::Model)> {
    let missing = || AppError::not_found("channel");
    let place = access::place(db, room_id, user_id).await.told_as(missing)?;
    let row = channel::Entity::find_by_id(room_id.0).one(db).await.or_fault()?;
    Ok((place, row.ok_or_else(missing)?))
}

/// Refuses one admin more than a channel may have.
pub(crate) async fn check_admins(w: &Work, room_id: RoomId) -> AppResult<()> {
    let admins = membership::Entity::find()
        .filter(membership::Column::RoomId.eq(room_id.0))
        .filter(membership::Column::Active.eq(true))
        .filter(view::is_admin());
    if admins.count(w.db()).await.or_fault()? >= limits::CHANNEL_ADMINS_MAX as u64 {
        return Err(AppError::limit_reached("admins", limits::CHANNEL_ADMINS_MAX));
    }
    Ok(())
}

/// A channel has another name: it is found by that.
pub(crate) async fn refresh_search(w: &Work, room_id: RoomId) -> AppResult<()> {
    let found = channel::Entity::find_by_id(room_id.0).find_also_related(room::Entity).one(w.db()).await;
    let Some((row, Some(room))) = found.or_fault()? else { return Ok(()) };
    let search = search_text(&room.name, row.handle.as_deref(), &row.description);
    let mut row = row.into_active_model();
    row.search = Set(search);
    row.update(w.db()).await.or_fault()?;
    Ok(())
}

/// What is left of a room when it ends is no channel.
pub(crate) async fn end(w: &Work, room_id: RoomId) -> AppResult<()> {
    channel::Entity::delete_by_id(room_id.0).exec(w.db()).await.or_fault()?;
    Ok(())
}

async fn check_owned(w: &Work, me: UserId) -> AppResult<()> {
    let owned = membership::Entity::find()
        .select_only()
        .inner_join(room::Entity)
        .filter(membership::Column::UserId.eq(me.0))
        .filter(membership::Column::Active.eq(true))
        .filter(membership::Column::Role.eq(Role::Owner))
        .filter(room::Column::Kind.eq(RoomKind::Channel));
    if owned.column(membership::Column::RoomId).count(w.db()).await.or_fault()?
        >= limits::CHANNELS_OWNED_MAX as u64
    {
        return Err(AppError::limit_reached("channels of one's own", limits::CHANNELS_OWNED_MAX));
    }
    Ok(())
}

/// Refuses a handle that another channel has.
async fn check_handle<C: ConnectionTrait>(
    db: &C,
    handle: Option<&ChannelHandle>,
    but: Option<RoomId>,
) -> AppResult<()> {
    let Some(handle) = handle else { return Ok(()) };
    let found = channel::Entity::find().filter(channel::Column::Handle.eq(handle.as_str())).one(db).await;
    if found.or_fault()?.is_some_and(|found| Some(RoomId(found.room_id)) != but) {
        return Err(AppError::new(ErrorCode::HandleTaken, "This handle is taken.").on("handle"));
    }
    Ok(())
}
