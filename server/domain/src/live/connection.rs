//! A live connection, from the domain's side.

use sapa_model::{AppError, AppResult, TokenScope, limits};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, SelectExt};

use crate::calls;
use crate::chat::Chat;
use crate::entity::{session, user};
use crate::fault::OrFault;
use crate::hub::{ConnectionId, Outgoing, Receiver, line};
use crate::rooms;
use crate::schedules;
use crate::scope::Scope;
use crate::standing;

/// What one device hears, from its `Hello` on. Dropping it ends it.
pub struct Connection {
    chat: Chat,
    scope: Scope,
    id: ConnectionId,
    receiver: Receiver,
    page_left: bool,
}

/// Opens a connection that hears everything from here on: its `Hello` first, then every event of
/// the user and of their rooms.
///
/// Its rooms are read between two writes, so that no join or leave slips in between. `signed_out`
/// if the session has ended meanwhile or its account was closed, `limit_reached` if the user has too many connections.
pub async fn connect(chat: &Chat, scope: &Scope) -> AppResult<Connection> {
    scope.may(TokenScope::Read)?;
    let id = chat.hub().next_connection();
    let (line, receiver) = line(id, *scope);
    let connection = Connection { chat: chat.clone(), scope: *scope, id, receiver, page_left: false };
    let (scope, own) = (*scope, chat.clone());
    chat.write(async move |w| {
        let session = session::Entity::find_by_id(scope.session_id.0)
            .filter(session::Column::UserId.eq(scope.user_id.0))
            .filter(standing::may_act((session::Entity, session::Column::UserId)));
        if !session.exists(w.db()).await.or_fault()? {
            return Err(AppError::signed_out());
        }
        if own.hub().connections_of(scope.user_id) >= limits::CONNECTIONS_MAX {
            return Err(AppError::limit_reached("connections", limits::CONNECTIONS_MAX));
        }
        let rooms = rooms::heard_by(w.db(), scope.user_id).await?;
        w.connect(line, rooms);
        schedules::remind_newcomer(w, scope.user_id).await
    })
    .await?;
    Ok(connection)
}

impl Connection {
    /// Names the connection within this process.
    pub fn id(&self) -> ConnectionId {
        self.id
    }

    /// The next thing to pass on. After a close there is nothing but that close again.
    pub async fn next(&mut self) -> Outgoing {
        self.receiver.next().await
    }

    /// The client says that it goes away, as a page does that is closed or loaded anew.
    pub fn leaves_page(&mut self) {
        self.page_left = true;
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // Closed first: a line that is only now being put through is then left aside.
        self.receiver.close();
        let hub = self.chat.hub();
        hub.disconnect(self.id);
        calls::connection_lost(&self.chat, self.id, self.page_left);
        if hub.is_online(self.scope.user_id) {
            return;
        }
        let user_id = self.scope.user_id;
        self.chat.write_later(async move |w| {
            let seen = user::ActiveModel { last_seen_at: Set(Some(w.now().0)), ..Default::default() };
            let update = user::Entity::update_many().set(seen).filter(user::Column::Id.eq(user_id.0));
            update.exec(w.db()).await.or_fault()?;
            Ok(())
        });
    }
}
