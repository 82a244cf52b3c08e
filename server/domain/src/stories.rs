//! Stories: a text on a colour, a picture or a film, shown to friends for a day and then really gone.
//!
//! Who may see one is asked anew each time ([`seen`]): a friend of its author now, within the audience that
//! it was posted for, with no block between the two. What one may not see is `not_found`, like what is gone.

use sapa_model::story::{NewStory, NewStoryContent, StoryAudience};
use sapa_model::text::{Caption, StoryText};
use sapa_model::{
    AppError, AppResult, AttachmentId, ClientId, Event, Media, Story, StoryId, TokenScope, UserId, limits,
};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::chat::Chat;
use crate::entity::{story, story_person};
use crate::fault::OrFault;
use crate::hub::Audience;
use crate::scope::Scope;
use crate::writer::Work;
use crate::{attachments, clock};

mod expiry;
mod reels;
mod reply;
mod seen;
mod settings;
mod ties;
mod views;
mod wire;

pub(crate) use expiry::expire;
pub use reels::reels;
pub use reply::reply;
pub(crate) use reply::{bind, forget, of_messages};
pub use settings::{set_audience, set_muted, settings};
pub(crate) use ties::{met, parting, withdraw};
pub use views::{view, viewers};

/// Posts a story and tells everyone who may see it. Posted again under the same `client_id`, it is the first
/// one, while that lives.
///
/// Errors: those of [`StoryText::parse`] and [`Caption::parse`]; `invalid`, field `hue`; `not_found`, field
/// `attachmentId`, for a file that is not the asker's to send, and `invalid`, `damaged_picture` or
/// `too_many_pixels` for one that cannot be shown; those of [`set_audience`]; `limit_reached` beyond
/// [`limits::STORIES_MAX`] at a time.
pub async fn post(chat: &Chat, scope: &Scope, new: NewStory) -> AppResult<Story> {
    let me = scope.may(TokenScope::Write)?;
    let NewStory { client_id, content, audience } = new;
    let draft = Draft::parse(&content)?;
    if let Some(file) = draft.file {
        attachments::check_picture(chat, scope, file).await?;
    }
    chat.write(async move |w| {
        if let Some(first) = posted_before(w, me, &client_id).await? {
            return wire::one(w.db(), me, first).await;
        }
        let live = seen::live(w.now()).add(story::Column::AuthorId.eq(me.0));
        if story::Entity::find().filter(live).count(w.db()).await.or_fault()? >= limits::STORIES_MAX as u64 {
            return Err(AppError::limit_reached("stories", limits::STORIES_MAX));
        }
        let audience = match audience {
            Some(chosen) => settings::write(w, me, chosen).await?,
            None => settings::audience(w.db(), me).await?,
        };
        let row = insert(w, me, client_id, draft, audience).await?;
        let hearers = seen::hearers(w.db(), &row).await?;
        w.emit_each(hearers, Event::Story(wire::for_others(w.db(), row.clone()).await?));
        let posted = wire::one(w.db(), me, row).await?;
        w.emit(Audience::User(me), Event::Story(posted.clone()));
        Ok(posted)
    })
    .await
}

/// One story.
pub async fn find(chat: &Chat, scope: &Scope, id: StoryId) -> AppResult<Story> {
    let me = scope.may(TokenScope::Read)?;
    let row = seen::find(chat.db(), me, id, clock::now()).await?;
    wire::one(chat.db(), me, row).await
}

/// Takes an own story away: from every eye at once, from the database and the storage right after.
/// `forbidden` for somebody else's.
pub async fn delete(chat: &Chat, scope: &Scope, id: StoryId) -> AppResult<()> {
    let me = scope.may(TokenScope::Write)?;
    chat.write(async move |w| {
        let row = seen::find(w.db(), me, id, w.now()).await?;
        if row.author_id != me.0 {
            return Err(AppError::forbidden("Only its author can delete a story."));
        }
        // Over by every clock.
        let over = story::ActiveModel { expires_at: Set(0), ..Default::default() };
        let update = story::Entity::update_many().set(over).filter(story::Column::Id.eq(id.0));
        update.exec(w.db()).await.or_fault()?;
        ties::tell_gone(w, &row).await
    })
    .await?;
    chat.erasure().wake();
    Ok(())
}

/// Whether somebody may see a story now; `not_found` otherwise.
pub(crate) async fn check(chat: &Chat, viewer: UserId, id: StoryId) -> AppResult<()> {
    seen::find(chat.db(), viewer, id, clock::now()).await.map(drop)
}

/// What a story is to show, parsed.
struct Draft {
    text: String,
    hue: Option<i32>,
    file: Option<AttachmentId>,
}

impl Draft {
    fn parse(content: &NewStoryContent) -> AppResult<Self> {
        match content {
            NewStoryContent::Text { hue, .. } if *hue >= 360 => {
                Err(AppError::invalid("hue", "hue must be from 0 to 359."))
            }
            NewStoryContent::Text { text, hue } => {
                let text = StoryText::parse(text)?.into();
                Ok(Self { text, hue: Some(i32::from(*hue)), file: None })
            }
            NewStoryContent::Media { attachment_id, caption } => {
                let text = Caption::parse(caption)?.into();
                Ok(Self { text, hue: None, file: Some(*attachment_id) })
            }
        }
    }
}

async fn posted_before(w: &Work, author: UserId, client_id: &ClientId) -> AppResult<Option<story::Model>> {
    story::Entity::find()
        .filter(story::Column::AuthorId.eq(author.0))
        .filter(story::Column::ClientId.eq(client_id.as_str()))
        .one(w.db())
        .await
        .or_fault()
}

async fn insert(
    w: &Work,
    author: UserId,
    client_id: ClientId,
    draft: Draft,
    audience: StoryAudience,
) -> AppResult<story::Model> {
    let row = story::ActiveModel {
        author_id: Set(author.0),
        client_id: Set(client_id.into()),
        text: Set(draft.text),
        hue: Set(draft.hue),
        audience: Set(audience.kind().into()),
        created_at: Set(w.now().0),
        expires_at: Set(w.now().0.saturating_add(limits::STORY_LIFE_MS)),
        ..Default::default()
    };
    let row = story::Entity::insert(row).exec_with_returning(w.db()).await.or_fault()?;
    if let Some(file) = draft.file {
        check_file(w, author, file).await?;
        attachments::bind_to_story(w, StoryId(row.id), file).await?;
    }
    let named = audience
        .people()
        .iter()
        .map(|user_id| story_person::ActiveModel { story_id: Set(row.id), user_id: Set(user_id.0) });
    story_person::Entity::insert_many(named).exec_without_returning(w.db()).await.or_fault()?;
    Ok(row)
}

/// Refuses files that are not the author's to show, or nothing to look at.
async fn check_file(w: &Work, author: UserId, id: AttachmentId) -> AppResult<()> {
    const FIELD: &str = "attachmentId";
    let files = attachments::to_send(w, author, &[id]).await;
    let files = files.map_err(|error| error.renamed("attachments", FIELD))?;
    // What some browsers cannot show is nothing for all of somebody's friends.
    if files.iter().all(|file| file.media.has_preview() || file.media == Media::Video) {
        Ok(())
    } else {
        Err(AppError::invalid(FIELD, "A story shows a picture or a film."))
    }
}
