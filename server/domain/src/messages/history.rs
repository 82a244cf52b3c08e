//! Pages of a room's history.

use sapa_model::message::{HistoryFrom, MessagePage};
use sapa_model::{AppResult, Message, RoomId, TokenScope, UserId, limits};
use sea_orm::{
    ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, SelectExt,
};

use super::{to_wire, visible_to};
use crate::chat::Chat;
use crate::entity::message;
use crate::entity::words::MessageKind;
use crate::fault::OrFault;
use crate::rooms::access::{self, Place};
use crate::scope::Scope;

const PAGE: usize = limits::MESSAGE_PAGE;

/// A page of a room's history, oldest first, without what the asker may not see.
pub async fn history(
    chat: &Chat,
    scope: &Scope,
    room_id: RoomId,
    from: HistoryFrom,
) -> AppResult<MessagePage> {
    scope.may(TokenScope::Read)?;
    let db = chat.db();
    let place = access::place(db, room_id, scope.user_id).await?;
    let log = Log { db, room_id, viewer: scope.user_id };
    let (rows, more_before, more_after) = match from {
        HistoryFrom::Latest => log.before(i64::MAX).await?,
        HistoryFrom::Before(position) => log.before(signed(position)).await?,
        HistoryFrom::After(position) => log.after(signed(position)).await?,
        HistoryFrom::Around(position) => log.around(signed(position)).await?,
        HistoryFrom::Unread => match log.first_unread(&place).await? {
            Some(position) => log.around(position).await?,
            None => log.before(i64::MAX).await?,
        },
    };
    // The room was read before its messages, so the page is never older than it says.
    let seq = place.room.last_seq.cast_unsigned();
    Ok(MessagePage { messages: to_wire(db, scope.user_id, rows).await?, more_before, more_after, seq })
}

/// A message with at most so many before and after it, as the asker sees them.
pub(crate) async fn around(
    chat: &Chat,
    scope: &Scope,
    message: &Message,
    each: usize,
) -> AppResult<Vec<Message>> {
    let log = Log { db: chat.db(), room_id: message.room_id, viewer: scope.user_id };
    let position = signed(message.position);
    let (mut rows, _) = log.older(position, each).await?;
    rows.extend(log.newer(position, each + 1).await?.0);
    to_wire(chat.db(), scope.user_id, rows).await
}

/// One room's log, as far as one member may see it.
struct Log<'a> {
    db: &'a DatabaseConnection,
    room_id: RoomId,
    viewer: UserId,
}

/// Rows, oldest first, and whether there are more before and after them.
type Page = (Vec<message::Model>, bool, bool);

impl Log<'_> {
    async fn before(&self, position: i64) -> AppResult<Page> {
        let (rows, more) = self.older(position, PAGE).await?;
        let from_here = self.rows().filter(message::Column::Position.gte(position));
        let more_after = position < i64::MAX && from_here.exists(self.db).await.or_fault()?;
        Ok((rows, more, more_after))
    }

    async fn after(&self, position: i64) -> AppResult<Page> {
        let (rows, more) = self.newer(position.saturating_add(1), PAGE).await?;
        let to_here = self.rows().filter(message::Column::Position.lte(position));
        let more_before = to_here.exists(self.db).await.or_fault()?;
        Ok((rows, more_before, more))
    }

    async fn around(&self, position: i64) -> AppResult<Page> {
        let (mut rows, more_before) = self.older(position, PAGE / 2).await?;
        let (newer, more_after) = self.newer(position, PAGE - PAGE / 2).await?;
        rows.extend(newer);
        Ok((rows, more_before, more_after))
    }

    /// At most `limit` rows before `position`, and whether there are older ones.
    async fn older(&self, position: i64, limit: usize) -> AppResult<(Vec<message::Model>, bool)> {
        let older = self.rows().filter(message::Column::Position.lt(position));
        let (mut rows, more) = self.page(older.order_by_desc(message::Column::Position), limit).await?;
        rows.reverse();
        Ok((rows, more))
    }

    /// At most `limit` rows from `position` on, and whether there are newer ones.
    async fn newer(&self, position: i64, limit: usize) -> AppResult<(Vec<message::Model>, bool)> {
        let newer = self.rows().filter(message::Column::Position.gte(position));
        self.page(newer.order_by_asc(message::Column::Position), limit).await
    }

    async fn page(
        &self,
        select: Select<message::Entity>,
        limit: usize,
    ) -> AppResult<(Vec<message::Model>, bool)> {
        let mut rows = select.limit(limit as u64 + 1).all(self.db).await.or_fault()?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        Ok((rows, more))
    }

    /// The position of the first text that the member has not read.
    async fn first_unread(&self, place: &Place) -> AppResult<Option<i64>> {
        let read = place.me.read_number;
        let first = self
            .rows()
            .filter(message::Column::Kind.eq(MessageKind::Text))
            // A position is never below its number: this is where the index can begin.
            .filter(message::Column::Position.gt(read))
            .filter(message::Column::Number.gt(read))
            .order_by_asc(message::Column::Position)
            .one(self.db)
            .await
            .or_fault()?;
        Ok(first.map(|row| row.position))
    }

    fn rows(&self) -> Select<message::Entity> {
        message::Entity::find()
            .filter(message::Column::RoomId.eq(self.room_id.0))
            .filter(visible_to(self.viewer))
    }
}

fn signed(position: u64) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}
