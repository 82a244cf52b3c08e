//! Avatars: the pictures of people and groups, square, in two sizes.
//!
//! A picture is loose (`loose_avatars`) from before it is stored until the row that shows it is
//! written, and again from when another takes its place until it is deleted. Whatever is loose when
//! the program starts was left by a crash, and is taken away.

use bytes::Bytes;
use futures::Stream;
use sapa_model::{
    AppError, AppResult, Role, Room, RoomId, SystemLine, TokenScope, UserCard, UserId, Variant,
};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::attachments;
use crate::chat::Chat;
use crate::entity::{loose_avatar, room, user};
use crate::fault::OrFault;
use crate::scope::Scope;
use crate::storage::Bytestream;
use crate::writer::Work;
use crate::{accounts, cards, groups, messages, token};

/// An avatar on its way out.
pub struct Picture {
    /// What a browser is told that it is.
    pub media_type: &'static str,
    /// In bytes.
    pub size: u64,
    /// The bytes themselves.
    pub bytes: Bytestream,
}

/// Takes in a picture and shows it as the asker's at once. What is not square loses its edges.
///
/// Errors: `not_a_picture`; `invalid` for what was cut off; and the other errors of a picture as for
/// [`attachments::receive`].
pub async fn set_own<E: std::fmt::Display>(
    chat: &Chat,
    scope: &Scope,
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> AppResult<UserCard> {
    let me = scope.may(TokenScope::Account)?;
    let key = take_in(chat, scope, bytes).await?;
    let new = key.clone();
    let shown = chat.write(async move |w| show_own(w, me, Some(new)).await).await;
    settle(chat, Some(key), shown)
}

/// Takes the asker's picture away.
pub async fn remove_own(chat: &Chat, scope: &Scope) -> AppResult<UserCard> {
    let me = scope.may(TokenScope::Account)?;
    let shown = chat.write(async move |w| show_own(w, me, None).await).await;
    settle(chat, None, shown)
}

/// Takes in a picture and shows it as the group's; admins only. Errors as for [`set_own`].
pub async fn set_of_group<E: std::fmt::Display>(
    chat: &Chat,
    scope: &Scope,
    room_id: RoomId,
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> AppResult<Room> {
    let me = scope.may(TokenScope::Rooms)?;
    // Before it is taken in, and again when it is shown.
    check_role(chat.db(), me, room_id).await?;
    let key = take_in(chat, scope, bytes).await?;
    let new = key.clone();
    let shown = chat.write(async move |w| show_of_group(w, me, room_id, Some(new)).await).await;
    settle(chat, Some(key), shown)
}

/// Takes a group's picture away; admins only.
pub async fn remove_of_group(chat: &Chat, scope: &Scope, room_id: RoomId) -> AppResult<Room> {
    let me = scope.may(TokenScope::Rooms)?;
    let shown = chat.write(async move |w| show_of_group(w, me, room_id, None).await).await;
    settle(chat, None, shown)
}

/// Opens a picture by its key, which only those know who may see whom it shows.
pub async fn open(chat: &Chat, key: &str, variant: Variant) -> AppResult<Picture> {
    let media_type = match key.rsplit_once('.') {
        Some((token, "jpg")) if token::is_one(token) => "image/jpeg",
        Some((token, "png")) if token::is_one(token) => "image/png",
        _ => return Err(AppError::not_found("picture")),
    };
    if variant == Variant::Original {
        return Err(AppError::not_found("picture"));
    }
    let (size, _, bytes) = chat.storage().get(&blob_key(key, variant), None, None).await?;
    Ok(Picture { media_type, size, bytes })
}

/// The pictures that show nobody: a crash has left them, or they are on their way.
pub(crate) async fn loose(chat: &Chat) -> AppResult<Vec<String>> {
    let rows = loose_avatar::Entity::find().all(chat.db()).await.or_fault()?;
    Ok(rows.into_iter().map(|row| row.key).collect())
}

async fn show_own(w: &mut Work, me: UserId, key: Option<String>) -> AppResult<(UserCard, Option<String>)> {
    let row = user::Entity::find_by_id(me.0).one(w.db()).await.or_fault()?;
    let before = row.ok_or_else(AppError::signed_out)?.avatar;
    exchange(w, before.as_deref(), key.as_deref()).await?;
    let shown = user::ActiveModel { avatar: Set(key), ..Default::default() };
    let update = user::Entity::update_many().set(shown).filter(user::Column::Id.eq(me.0));
    update.exec(w.db()).await.or_fault()?;
    accounts::tell(w, me).await?;
    Ok((cards::one(w.db(), me).await?, before))
}

async fn show_of_group(
    w: &mut Work,
    me: UserId,
    room_id: RoomId,
    key: Option<String>,
) -> AppResult<(Room, Option<String>)> {
    check_role(w.db(), me, room_id).await?;
    let row = room::Entity::find_by_id(room_id.0).one(w.db()).await.or_fault()?;
    let before = row.ok_or_else(AppError::internal)?.avatar;
    exchange(w, before.as_deref(), key.as_deref()).await?;
    let shown = room::ActiveModel { avatar: Set(key), ..Default::default() };
    let update = room::Entity::update_many().set(shown).filter(room::Column::Id.eq(room_id.0));
    update.exec(w.db()).await.or_fault()?;
    let author = cards::one(w.db(), me).await?;
    messages::tell_line(w, room_id, &author, SystemLine::PictureChanged).await?;
    Ok((groups::tell_room(w, room_id).await?, before))
}

async fn check_role<C: ConnectionTrait>(db: &C, me: UserId, room_id: RoomId) -> AppResult<()> {
    let place = groups::group(db, room_id, me).await?;
    groups::allow(Role::from(place.me.role).may_rename())
}

/// Of two keys the one that is shown no more becomes loose, and the other one no longer is.
async fn exchange(w: &Work, before: Option<&str>, after: Option<&str>) -> AppResult<()> {
    if let Some(key) = after {
        let taken = loose_avatar::Entity::delete_by_id(key).exec(w.db()).await.or_fault()?;
        if taken.rows_affected == 0 {
            return Err(AppError::internal());
        }
    }
    if let Some(key) = before {
        loosen(w, key).await?;
    }
    Ok(())
}

/// From here on nobody shows this picture.
pub(crate) async fn loosen(w: &Work, key: &str) -> AppResult<()> {
    let loose = loose_avatar::ActiveModel { key: Set(key.to_owned()), since: Set(w.now().0) };
    loose_avatar::Entity::insert(loose).exec_without_returning(w.db()).await.or_fault()?;
    Ok(())
}

/// Takes away the picture that is shown no more; where nothing was changed, the new one.
fn settle<T>(chat: &Chat, new: Option<String>, shown: AppResult<(T, Option<String>)>) -> AppResult<T> {
    let (loose, answer) = match shown {
        Ok((shown, before)) => (before, Ok(shown)),
        Err(error) => (new, Err(error)),
    };
    if let Some(key) = loose {
        clean_up(chat, key);
    }
    answer
}

/// Receives a picture, makes its two sizes and stores them; its key is loose.
async fn take_in<E: std::fmt::Display>(
    chat: &Chat,
    scope: &Scope,
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> AppResult<String> {
    let made = attachments::receive_square(chat, scope, bytes).await?;
    let key = format!("{}.{}", token::new()?, made.extension);
    let loose = key.clone();
    chat.write(async move |w| loosen(w, &loose).await).await?;
    for (variant, bytes) in [(Variant::Large, made.large), (Variant::Small, made.small)] {
        if let Err(error) = chat.storage().put(&blob_key(&key, variant), bytes).await {
            clean_up(chat, key);
            return Err(error);
        }
    }
    Ok(key)
}

/// Deletes a loose picture, in its own time.
pub(crate) fn clean_up(chat: &Chat, key: String) {
    chat.erasure().picture(key);
}

/// Deletes loose pictures: files before rows, so that what fails in between is found again.
pub(crate) async fn delete(chat: &Chat, keys: Vec<String>) -> AppResult<()> {
    let blobs = |key: &String| [Variant::Large, Variant::Small].map(|variant| blob_key(key, variant));
    let blobs: Vec<String> = keys.iter().flat_map(blobs).collect();
    chat.storage().delete(blobs).await?;
    chat.write(async move |w| {
        let gone = loose_avatar::Entity::delete_many().filter(loose_avatar::Column::Key.is_in(keys));
        gone.exec(w.db()).await.or_fault()?;
        Ok(())
    })
    .await
}

/// Where the storage has a picture.
fn blob_key(key: &str, variant: Variant) -> String {
    format!("avatars/{key}/{variant}")
}
