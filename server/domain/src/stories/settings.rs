//! What people settle about stories: who may see their next one, and whose they do not care for.

use sapa_model::story::{StoryAudience, StorySettings};
use sapa_model::{AppError, AppResult, Event, TokenScope, UserCard, UserId, limits};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

use crate::cards;
use crate::chat::Chat;
use crate::entity::{story_circle, story_mute, user};
use crate::fault::OrFault;
use crate::hub::Audience;
use crate::scope::Scope;
use crate::writer::Work;

/// What the asker has settled about stories.
pub async fn settings(chat: &Chat, scope: &Scope) -> AppResult<StorySettings> {
    let me = scope.may(TokenScope::Read)?;
    let audience = audience(chat.db(), me).await?;
    let rows = story_mute::Entity::find().filter(story_mute::Column::UserId.eq(me.0));
    let rows = rows.all(chat.db()).await.or_fault()?;
    let authors: Vec<_> = rows.iter().map(|mute| UserId(mute.author_id)).collect();
    let mut muted: Vec<UserCard> = cards::load(chat.db(), &authors).await?.into_values().collect();
    muted.sort_by_cached_key(|user| (user.nickname.to_lowercase(), user.id));
    Ok(StorySettings { audience, muted })
}

/// Changes who may see the asker's next story. Whoever is named and is nobody, or the asker, is left out.
///
/// `required` for nobody at all, `limit_reached` beyond [`limits::STORY_AUDIENCE_MAX`]; field `audience`.
pub async fn set_audience(chat: &Chat, scope: &Scope, audience: StoryAudience) -> AppResult<StoryAudience> {
    let me = scope.may(TokenScope::Account)?;
    chat.write(async move |w| write(w, me, audience).await).await
}

/// Mutes somebody's stories for the asker, or shows them as before. They are not told.
///
/// `not_found` for nobody, `limit_reached` with as many muted as one may have rooms.
pub async fn set_muted(chat: &Chat, scope: &Scope, author_id: UserId, muted: bool) -> AppResult<()> {
    let me = scope.may(TokenScope::Write)?;
    if me == author_id {
        return Err(AppError::invalid("userId", "This is you."));
    }
    chat.write(async move |w| {
        cards::one(w.db(), author_id).await?;
        let key = (me.0, author_id.0);
        let before = story_mute::Entity::find_by_id(key).one(w.db()).await.or_fault()?;
        match (before.is_some(), muted) {
            (false, true) => {
                let mine = story_mute::Entity::find().filter(story_mute::Column::UserId.eq(me.0));
                if mine.count(w.db()).await.or_fault()? >= limits::ROOMS_MAX as u64 {
                    return Err(AppError::limit_reached("muted people", limits::ROOMS_MAX));
                }
                let mute = story_mute::ActiveModel { user_id: Set(me.0), author_id: Set(author_id.0) };
                story_mute::Entity::insert(mute).exec_without_returning(w.db()).await.or_fault()?;
            }
            (true, false) => {
                story_mute::Entity::delete_by_id(key).exec(w.db()).await.or_fault()?;
            }
            _ => return Ok(()),
        }
        w.emit(Audience::User(me), Event::StoryMuted { author_id, muted });
        Ok(())
    })
    .await
}

/// Who may see somebody's next story.
pub(super) async fn audience<C: ConnectionTrait>(db: &C, me: UserId) -> AppResult<StoryAudience> {
    let row = user::Entity::find_by_id(me.0).one(db).await.or_fault()?.ok_or_else(AppError::signed_out)?;
    let people: Vec<i64> = story_circle::Entity::find()
        .select_only()
        .column(story_circle::Column::UserId)
        .filter(story_circle::Column::OwnerId.eq(me.0))
        .into_tuple()
        .all(db)
        .await
        .or_fault()?;
    Ok(StoryAudience::of(row.story_audience.into(), people.into_iter().map(UserId).collect()))
}

/// Writes down who may see somebody's next story.
pub(super) async fn write(w: &Work, me: UserId, audience: StoryAudience) -> AppResult<StoryAudience> {
    const FIELD: &str = "audience";
    if audience.people().len() > limits::STORY_AUDIENCE_MAX {
        return Err(AppError::limit_reached("people", limits::STORY_AUDIENCE_MAX).on(FIELD));
    }
    let known = cards::load(w.db(), audience.people()).await?;
    let mut people: Vec<_> = known.into_keys().filter(|user_id| *user_id != me).collect();
    people.sort_unstable();
    if people.is_empty() && matches!(audience, StoryAudience::Only(_)) {
        return Err(AppError::required(FIELD));
    }
    let chosen = user::ActiveModel { story_audience: Set(audience.kind().into()), ..Default::default() };
    let update = user::Entity::update_many().set(chosen).filter(user::Column::Id.eq(me.0));
    update.exec(w.db()).await.or_fault()?;
    let old = story_circle::Entity::delete_many().filter(story_circle::Column::OwnerId.eq(me.0));
    old.exec(w.db()).await.or_fault()?;
    let named = people
        .iter()
        .map(|user_id| story_circle::ActiveModel { owner_id: Set(me.0), user_id: Set(user_id.0) });
    story_circle::Entity::insert_many(named).exec_without_returning(w.db()).await.or_fault()?;
    Ok(StoryAudience::of(audience.kind(), people))
}
