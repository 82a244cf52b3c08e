//! Who has seen a story. It is its author's to know.

use sapa_model::story::{StoryViewer, StoryViewers};
use sapa_model::{AppError, AppResult, Event, StoryId, Timestamp, TokenScope, UserId, limits};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{seen, wire};
use crate::chat::Chat;
use crate::entity::story_view;
use crate::fault::OrFault;
use crate::hub::Audience;
use crate::scope::Scope;
use crate::{cards, clock};

/// The asker has seen a story, of which its author hears once. One's own does not count.
pub async fn view(chat: &Chat, scope: &Scope, id: StoryId) -> AppResult<()> {
    let me = scope.may(TokenScope::Write)?;
    chat.write(async move |w| {
        let row = seen::find(w.db(), me, id, w.now()).await?;
        let before = story_view::Entity::find_by_id((id.0, me.0)).one(w.db()).await.or_fault()?;
        if row.author_id == me.0 || before.is_some() {
            return Ok(());
        }
        let seen_at = w.now();
        let view =
            story_view::ActiveModel { story_id: Set(id.0), user_id: Set(me.0), seen_at: Set(seen_at.0) };
        story_view::Entity::insert(view).exec_without_returning(w.db()).await.or_fault()?;
        let viewer = StoryViewer { user: cards::one(w.db(), me).await?, seen_at };
        let viewers = wire::viewer_count(w.db(), id).await?;
        let author = UserId(row.author_id);
        w.emit(Audience::User(author), Event::StoryViewed { story_id: id, viewer, viewers });
        // The asker's other devices.
        let seen = wire::one(w.db(), me, row).await?;
        w.emit(Audience::User(me), Event::Story(seen));
        Ok(())
    })
    .await
}

/// A page of those who have seen an own story, the latest first. `before` is the last one of the page
/// before. `forbidden` for somebody else's story.
pub async fn viewers(
    chat: &Chat,
    scope: &Scope,
    id: StoryId,
    before: Option<UserId>,
) -> AppResult<StoryViewers> {
    use story_view::Column::{SeenAt, StoryId as Story, UserId as Who};
    let me = scope.may(TokenScope::Read)?;
    let row = seen::find(chat.db(), me, id, clock::now()).await?;
    if row.author_id != me.0 {
        return Err(AppError::forbidden("Only its author sees who has seen a story."));
    }
    let mut views = story_view::Entity::find().filter(Story.eq(id.0));
    if let Some(before) = before {
        let last = story_view::Entity::find_by_id((id.0, before.0)).one(chat.db()).await.or_fault()?;
        let last = last.ok_or_else(|| AppError::invalid("before", "before has not seen this story."))?;
        let earlier = Condition::any()
            .add(SeenAt.lt(last.seen_at))
            .add(SeenAt.eq(last.seen_at).and(Who.lt(last.user_id)));
        views = views.filter(earlier);
    }
    let mut views = views
        .order_by_desc(SeenAt)
        .order_by_desc(Who)
        .limit(limits::STORY_VIEWERS_PAGE as u64 + 1)
        .all(chat.db())
        .await
        .or_fault()?;
    let more = views.len() > limits::STORY_VIEWERS_PAGE;
    views.truncate(limits::STORY_VIEWERS_PAGE);
    let people: Vec<_> = views.iter().map(|view| UserId(view.user_id)).collect();
    let mut cards = cards::load(chat.db(), &people).await?;
    let viewer = |view: story_view::Model| {
        let user = cards.remove(&UserId(view.user_id))?;
        Some(StoryViewer { user, seen_at: Timestamp(view.seen_at) })
    };
    Ok(StoryViewers { viewers: views.into_iter().filter_map(viewer).collect(), more })
}
