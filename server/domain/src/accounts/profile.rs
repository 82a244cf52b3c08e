//! Profiles: what people tell of themselves, and who may see it.

use std::collections::HashSet;

use sapa_model::{
    AppError, AppResult, Circle, Event, NewProfile, Profile, Relation, Settings, TokenScope, UserId,
};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
};

use super::details::Details;
use super::search_text;
use crate::chat::Chat;
use crate::entity::{user, user_language};
use crate::fault::OrFault;
use crate::scope::Scope;
use crate::writer::Work;
use crate::{cards, clock, people, rooms};

/// What the asker may see of somebody; of themselves, all. `not_found` for nobody.
pub async fn profile(chat: &Chat, scope: &Scope, user_id: UserId) -> AppResult<Profile> {
    let viewer = scope.may(TokenScope::Read)?;
    seen_by(chat.db(), viewer, user_id).await
}

/// All that somebody tells of themselves, as they see it.
pub(super) async fn own<C: ConnectionTrait>(db: &C, user_id: UserId) -> AppResult<Profile> {
    seen_by(db, user_id, user_id).await
}

async fn seen_by<C: ConnectionTrait>(db: &C, viewer: UserId, user_id: UserId) -> AppResult<Profile> {
    let person = cards::person(db, viewer, user_id).await?;
    let found = user::Entity::find_by_id(user_id.0).one(db).await.or_fault()?;
    let row = found.ok_or_else(AppError::internal)?;
    let is_friend = person.relation == Relation::Friends;
    let admits = |circle| viewer == user_id || Circle::from(circle).admits(is_friend);
    Ok(Profile {
        birthday: row.birthday.filter(|_| admits(row.who_sees_birthday)),
        phone_number: row.phone.filter(|_| admits(row.who_sees_phone)),
        first_name: row.first_name,
        last_name: row.last_name,
        person,
    })
}

/// Changes what the asker tells of themselves: all of it at once, the languages in their order.
///
/// The first field that cannot be taken is blamed; then nothing changes.
pub async fn update_profile(chat: &Chat, scope: &Scope, profile: NewProfile) -> AppResult<Profile> {
    let me = scope.may(TokenScope::Account)?;
    let details = Details::parse(&profile, clock::today())?;
    chat.write(async move |w| write(w, me, &details).await).await?;
    own(chat.db(), me).await
}

/// Notes the language of a browser that somebody uses here, for letters to them: one that they have chosen in it,
/// and what it says by itself only where none is known.
pub async fn hear_language(
    chat: &Chat,
    scope: &Scope,
    language: &'static str,
    is_chosen: bool,
) -> AppResult<()> {
    let me = scope.in_person()?;
    let account = user::Entity::find_by_id(me.0).one(chat.db()).await.or_fault()?;
    let known = account.ok_or_else(AppError::signed_out)?.language;
    if known.is_some_and(|known| !is_chosen || known == language) {
        return Ok(());
    }
    chat.write_later(async move |w| {
        let row = user::ActiveModel { language: Set(Some(language.to_owned())), ..Default::default() };
        let update = user::Entity::update_many().set(row).filter(user::Column::Id.eq(me.0));
        update.exec(w.db()).await.or_fault()?;
        Ok(())
    });
    Ok(())
}

/// Writes down what somebody tells of themselves, and tells of it.
pub(super) async fn write(w: &mut Work, user_id: UserId, details: &Details) -> AppResult<()> {
    let found = user::Entity::find_by_id(user_id.0).one(w.db()).await.or_fault()?;
    let before = found.ok_or_else(AppError::signed_out)?;
    let search = search_text(details.nickname.as_str(), &before.username);
    let mut row = before.into_active_model();
    row.search = Set(search);
    details.write(&mut row);
    row.update(w.db()).await.or_fault()?;
    write_languages(w, user_id, details).await?;
    tell(w, user_id).await
}

/// Puts the languages of a profile in the place of those that were there.
pub(super) async fn write_languages(w: &Work, user_id: UserId, details: &Details) -> AppResult<()> {
    let old = user_language::Entity::delete_many().filter(user_language::Column::UserId.eq(user_id.0));
    old.exec(w.db()).await.or_fault()?;
    let rows = (0..).zip(&details.languages).map(|(ordinal, language)| user_language::ActiveModel {
        user_id: Set(user_id.0),
        code: Set(language.code().as_str().to_owned()),
        ordinal: Set(ordinal),
        level: Set(language.level().map(Into::into)),
    });
    user_language::Entity::insert_many(rows).exec_without_returning(w.db()).await.or_fault()?;
    Ok(())
}

/// Marks a user's profile as changed, and tells everyone who may be showing it.
pub(crate) async fn tell(w: &mut Work, user_id: UserId) -> AppResult<()> {
    user::Entity::update_many()
        .col_expr(user::Column::Revision, Expr::col(user::Column::Revision).add(1))
        .filter(user::Column::Id.eq(user_id.0))
        .exec(w.db())
        .await
        .or_fault()?;
    let card = cards::one(w.db(), user_id).await?;
    let rooms = rooms::seen_in(w.db(), user_id).await?;
    w.emit_around(user_id, rooms, Event::User(card));
    Ok(())
}

/// Changes what the asker has chosen. Whoever may no longer see their presence stops seeing it.
pub async fn update_settings(chat: &Chat, scope: &Scope, settings: Settings) -> AppResult<Settings> {
    let me = scope.may(TokenScope::Account)?;
    chat.write(async move |w| {
        let row = user::ActiveModel {
            who_may_write: Set(settings.who_may_write.into()),
            who_sees_presence: Set(settings.who_sees_presence.into()),
            who_sees_birthday: Set(settings.who_sees_birthday.into()),
            who_sees_phone: Set(settings.who_sees_phone.into()),
            findable: Set(settings.findable),
            relay_calls: Set(settings.relay_calls),
            ..Default::default()
        };
        let update = user::Entity::update_many().set(row).filter(user::Column::Id.eq(me.0));
        update.exec(w.db()).await.or_fault()?;
        match settings.who_sees_presence {
            Circle::Everyone => {}
            Circle::Friends => {
                let friends = people::friend_ids(w.db(), me).await?;
                w.hide_presence(me, friends);
            }
            Circle::Nobody => w.hide_presence(me, HashSet::new()),
        }
        Ok(settings)
    })
    .await
}

/// The settings of a user's row.
pub(super) fn settings(row: &user::Model) -> Settings {
    Settings {
        who_may_write: row.who_may_write.into(),
        who_sees_presence: row.who_sees_presence.into(),
        who_sees_birthday: row.who_sees_birthday.into(),
        who_sees_phone: row.who_sees_phone.into(),
        findable: row.findable,
        relay_calls: row.relay_calls,
    }
}
