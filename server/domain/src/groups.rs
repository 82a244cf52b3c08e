//! Groups: making them, who is in them, and with which role. What is done with a channel as with a group is
//! done here too.

mod delete;
mod members;
mod roles;

use std::collections::HashSet;

use sapa_model::room::NewGroup;
use sapa_model::text::GroupName;
use sapa_model::{
    AppError, AppResult, Dialog, ErrorCode, Event, Relation, Role, Room, RoomId, SystemLine, TokenScope,
    UserId, limits,
};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::chat::Chat;
use crate::entity::words::RoomKind;
use crate::entity::{membership, room};
use crate::fault::OrFault;
use crate::fold::fold;
use crate::hub::Audience;
use crate::messages::{self, Draft};
use crate::rooms::access::{self, Place};
use crate::rooms::{member_row, view};
use crate::scope::Scope;
use crate::writer::Work;
use crate::{cards, channels};

pub use delete::delete;
pub use members::{add, leave, remove};
pub(crate) use members::{admit, reveal, tell_member, update};
pub use roles::{hand_over, set_admin};

/// Makes a group with the asker as its owner.
///
/// Members are friends of the asker: `cannot_add` for everyone else. Whoever of them has blocked the asker is a
/// member for all the others to see, and sees nothing of it.
pub async fn create(chat: &Chat, scope: &Scope, group: NewGroup) -> AppResult<Dialog> {
    let me = scope.may(TokenScope::Rooms)?;
    let name = GroupName::parse(&group.name)?;
    let hue = parse_hue(group.hue)?;
    let mut people: Vec<_> = group.member_ids.into_iter().filter(|id| *id != me).collect();
    people.sort_unstable();
    people.dedup();
    if people.len() >= limits::GROUP_MEMBERS_MAX {
        return Err(AppError::limit_reached("members", limits::GROUP_MEMBERS_MAX).on("memberIds"));
    }
    chat.write(async move |w| {
        access::check_rooms(w.db(), &[me]).await?;
        let unseen = check_friends(w, me, &people).await.map_err(|error| error.on("memberIds"))?;
        let room_id = insert(w, RoomKind::Group, &name, hue, me).await?;
        let author = cards::one(w.db(), me).await?;
        let line = SystemLine::GroupCreated { name: name.into() };
        messages::append(w, room_id, &author, Draft::Line(line)).await?;
        admit(w, room_id, &author, &people, &unseen, |user| SystemLine::MemberAdded { user }).await?;
        // Only now, so that the asker's devices hear of the new room as a whole.
        w.join(room_id, me);
        let dialog = view::dialog(w.db(), me, room_id).await?;
        w.emit(Audience::User(me), Event::Dialog(dialog.clone()));
        Ok(dialog)
    })
    .await
}

/// Gives a group another name and colour; admins only.
pub async fn rename(chat: &Chat, scope: &Scope, room_id: RoomId, name: &str, hue: u16) -> AppResult<Room> {
    let me = scope.may(TokenScope::Rooms)?;
    let name = GroupName::parse(name)?;
    let hue = parse_hue(hue)?;
    chat.write(async move |w| {
        let place = group(w.db(), room_id, me).await?;
        allow(Role::from(place.me.role).may_rename())?;
        let is_other_name = place.room.name != name.as_str();
        if !is_other_name && place.room.hue == hue {
            return view::room(w.db(), room_id).await;
        }
        set_name(w, room_id, &name, hue).await?;
        if place.room.kind == RoomKind::Channel {
            channels::refresh_search(w, room_id).await?;
        }
        if is_other_name {
            let author = cards::one(w.db(), me).await?;
            messages::tell_line(w, room_id, &author, SystemLine::Renamed { name: name.into() }).await?;
        } else {
            messages::next_seq(w, room_id).await?;
        }
        tell_room(w, room_id).await
    })
    .await
}

/// Writes a group's or channel's name and colour down.
pub(crate) async fn set_name(w: &Work, room_id: RoomId, name: &GroupName, hue: i32) -> AppResult<()> {
    room::Entity::update_many()
        .set(room::ActiveModel {
            name: Set(name.as_str().to_owned()),
            search: Set(fold(name.as_str())),
            hue: Set(hue),
            ..Default::default()
        })
        .filter(room::Column::Id.eq(room_id.0))
        .exec(w.db())
        .await
        .or_fault()?;
    Ok(())
}

/// The group or channel of the asker's that is called so; in another case too, where none has exactly this name.
/// `#` and its number mean it whatever it and others are called.
///
/// `not_found`, field `group`, for none, and `conflict` for more than one.
pub async fn named(chat: &Chat, scope: &Scope, name: &str) -> AppResult<RoomId> {
    const FIELD: &str = "group";
    let me = scope.may(TokenScope::Read)?;
    let missing = || AppError::not_found("group").on(FIELD);
    let name = GroupName::parse(name).map_err(|_| missing())?;
    let number: Option<i64> = name.as_str().strip_prefix('#').and_then(|number| number.parse().ok());
    let meant = Condition::any()
        .add(room::Column::Search.eq(fold(name.as_str())))
        .add_option(number.map(|number| room::Column::Id.eq(number)));
    let alike: Vec<(i64, String)> = membership::Entity::find()
        .select_only()
        .columns([room::Column::Id, room::Column::Name])
        .inner_join(room::Entity)
        .filter(membership::Column::UserId.eq(me.0))
        .filter(membership::Column::Active.eq(true))
        .filter(membership::Column::Hidden.eq(false))
        .filter(room::Column::Kind.ne(RoomKind::Direct))
        .filter(meant)
        .into_tuple()
        .all(chat.db())
        .await
        .or_fault()?;
    if let Some((id, _)) = alike.iter().find(|(id, _)| Some(*id) == number) {
        return Ok(RoomId(*id));
    }
    let exact: Vec<_> = alike.iter().filter(|(_, other)| other == name.as_str()).collect();
    let found = if exact.is_empty() { alike.iter().collect() } else { exact };
    match found[..] {
        [] => Err(missing()),
        [(id, _)] => Ok(RoomId(*id)),
        _ => Err(AppError::new(ErrorCode::Conflict, "Several of your groups are called so.").on(FIELD)),
    }
}

/// A group or channel and the asker's place in it; `not_found` for others, and for direct rooms.
pub(crate) async fn group<C: ConnectionTrait>(db: &C, room_id: RoomId, user_id: UserId) -> AppResult<Place> {
    let place = access::place(db, room_id, user_id).await?;
    let has_admins = sapa_model::RoomKind::from(place.room.kind).has_admins();
    if has_admins { Ok(place) } else { Err(AppError::not_found("group")) }
}

pub(crate) fn allow(allowed: bool) -> AppResult<()> {
    if allowed { Ok(()) } else { Err(AppError::forbidden("Your role in this group does not allow it.")) }
}

/// Tells the room of its shared part, and answers with it.
pub(crate) async fn tell_room(w: &mut Work, room_id: RoomId) -> AppResult<Room> {
    let room = view::room(w.db(), room_id).await?;
    w.emit(Audience::Room(room_id), Event::Room(room.clone()));
    Ok(room)
}

/// Refuses with `cannot_add` unless all of these are friends of `me`, as `me` sees it. Those who have blocked `me`
/// are told: they are brought in without learning of it.
async fn check_friends(w: &Work, me: UserId, people: &[UserId]) -> AppResult<HashSet<UserId>> {
    let persons = cards::persons(w.db(), me, people).await?;
    let friends =
        people.iter().all(|id| persons.get(id).is_some_and(|person| person.relation == Relation::Friends));
    if friends {
        return cards::blockers_among(w.db(), me, people).await;
    }
    let message = "Only friends can be added. Send everyone else an invite link.";
    Err(AppError::new(ErrorCode::CannotAdd, message))
}

/// A new room of a kind that has an owner, and its owner in it. Tells nobody.
pub(crate) async fn insert(
    w: &Work,
    kind: RoomKind,
    name: &GroupName,
    hue: i32,
    owner: UserId,
) -> AppResult<RoomId> {
    let row = room::ActiveModel {
        id: NotSet,
        kind: Set(kind),
        name: Set(name.as_str().to_owned()),
        search: Set(fold(name.as_str())),
        hue: Set(hue),
        avatar: Set(None),
        last_seq: Set(0),
        last_number: Set(0),
        created_at: Set(w.now().0),
    };
    let room_id = RoomId(room::Entity::insert(row).exec(w.db()).await.or_fault()?.last_insert_id);
    let owner = member_row(w, room_id, owner, crate::entity::words::Role::Owner);
    membership::Entity::insert(owner).exec_without_returning(w.db()).await.or_fault()?;
    Ok(room_id)
}

pub(crate) fn parse_hue(hue: u16) -> AppResult<i32> {
    if hue < 360 { Ok(hue.into()) } else { Err(AppError::invalid("hue", "hue must be from 0 to 359.")) }
}
