//! Reports: what people tell the host, with what they have seen.

use sapa_model::report::{Evidence, NewReport, Quoted};
use sapa_model::story::StoryContent;
use sapa_model::text::Note;
use sapa_model::{
    AppError, AppResult, Comment, CommentId, Message, MessageBody, MessageId, RoomId, Story, StoryId,
    TokenScope, UserId, limits,
};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::chat::Chat;
use crate::entity::report;
use crate::fault::OrFault;
use crate::scope::Scope;
use crate::{cards, comments, messages, people, stories};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// Messages that are kept before the reported one, and after it.
const AROUND: usize = 5;

/// Tells the host of somebody, with a copy of what of theirs it is about; blocks them too where that is
/// wanted. They are not told.
///
/// Errors: `invalid`, field `userId`, for oneself; `not_found` for nobody and for what the asker cannot see
/// or is not theirs; `too_long` or `bad_characters`, field `note`; `limit_reached` with
/// too many reports in a day.
pub async fn report(chat: &Chat, scope: &Scope, new: NewReport) -> AppResult<()> {
    let me = scope.may(TokenScope::People)?;
    if new.user_id == me {
        return Err(AppError::invalid("userId", "This is you."));
    }
    let note = Note::parse(&new.note)?;
    cards::one(chat.db(), new.user_id).await?;
    let whose = new.user_id;
    let excerpt = match new.evidence {
        None => Vec::new(),
        Some(Evidence::Message { room_id, message_id }) => {
            of_message(chat, scope, whose, room_id, message_id).await?
        }
        Some(Evidence::Comment { comment_id }) => of_comment(chat, scope, whose, comment_id).await?,
        Some(Evidence::Story { story_id }) => of_story(chat, scope, whose, story_id).await?,
    };
    let excerpt = serde_json::to_string(&excerpt).map_err(|_| AppError::internal())?;
    chat.write(async move |w| {
        let today = report::Entity::find()
            .filter(report::Column::ReporterId.eq(me.0))
            .filter(report::Column::CreatedAt.gt(w.now().0 - DAY_MS))
            .count(w.db())
            .await
            .or_fault()?;
        if today >= limits::REPORTS_A_DAY as u64 {
            return Err(AppError::limit_reached("reports in a day", limits::REPORTS_A_DAY));
        }
        let row = report::ActiveModel {
            reporter_id: Set(me.0),
            user_id: Set(new.user_id.0),
            reason: Set(new.reason.into()),
            note: Set(note.into()),
            excerpt: Set(excerpt),
            created_at: Set(w.now().0),
            closed_at: Set(None),
            ..Default::default()
        };
        report::Entity::insert(row).exec_without_returning(w.db()).await.or_fault()?;
        Ok(())
    })
    .await?;
    if new.block {
        people::block(chat, scope, new.user_id).await?;
    }
    Ok(())
}

/// A message and those around it, as the asker sees them.
async fn of_message(
    chat: &Chat,
    scope: &Scope,
    whose: UserId,
    room_id: RoomId,
    id: MessageId,
) -> AppResult<Vec<Quoted>> {
    let message = messages::find(chat, scope, room_id, id).await?;
    check_is_theirs(message.author.id, whose, "message")?;
    let around = messages::around(chat, scope, &message, AROUND).await?;
    Ok(around.into_iter().filter_map(|other| quote(other, Some(id))).collect())
}

/// A comment below its post.
async fn of_comment(chat: &Chat, scope: &Scope, whose: UserId, id: CommentId) -> AppResult<Vec<Quoted>> {
    let (room_id, comment) = comments::find(chat, scope, id).await?;
    let Comment { author, text, created_at, message_id, .. } = comment;
    check_is_theirs(author.id, whose, "comment")?;
    let post = messages::find(chat, scope, room_id, message_id).await?;
    let comment = Quoted { author: author.username, text, files: Vec::new(), created_at, reported: true };
    Ok(quote(post, None).into_iter().chain([comment]).collect())
}

async fn of_story(chat: &Chat, scope: &Scope, whose: UserId, id: StoryId) -> AppResult<Vec<Quoted>> {
    let Story { author, content, created_at, .. } = stories::find(chat, scope, id).await?;
    check_is_theirs(author.id, whose, "story")?;
    let text = content.words().to_owned();
    let files = match content {
        StoryContent::Text { .. } => Vec::new(),
        StoryContent::Media { attachment, .. } => vec![attachment.name.into()],
    };
    Ok(vec![Quoted { author: author.username, text, files, created_at, reported: true }])
}

fn check_is_theirs(author: UserId, whose: UserId, what: &'static str) -> AppResult<()> {
    if author == whose { Ok(()) } else { Err(AppError::not_found(what)) }
}

fn quote(message: Message, reported: Option<MessageId>) -> Option<Quoted> {
    let MessageBody::Text { text, attachments, .. } = message.body else { return None };
    Some(Quoted {
        author: message.author.username,
        text,
        files: attachments.into_iter().map(|file| file.name.into()).collect(),
        created_at: message.created_at,
        reported: Some(message.id) == reported,
    })
}
