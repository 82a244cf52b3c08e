//! What a connection has heard.

use std::time::Duration;

use sapa_domain::hub::Outgoing;
use sapa_domain::live::Connection;
use sapa_model::{Event, Message, MessageBody, ServerFrame, SystemLine, UserId};

/// Every event that waits for a connection. Events are queued before a write is answered, so that
/// whatever one has waited for is there.
pub async fn events(connection: &mut Connection) -> Vec<Event> {
    let mut events = Vec::new();
    while let Ok(Outgoing::Frame(json)) =
        tokio::time::timeout(Duration::from_millis(1), connection.next()).await
    {
        match serde_json::from_slice(&json).unwrap() {
            ServerFrame::Event { event } => events.push(event),
            other => panic!("not an event: {other:?}"),
        }
    }
    events
}

/// The messages among the events that wait.
pub async fn messages(connection: &mut Connection) -> Vec<Message> {
    let message = |event| match event {
        Event::Message(message) => Some(message),
        _ => None,
    };
    events(connection).await.into_iter().filter_map(message).collect()
}

/// What a message says, if a person wrote it.
pub fn text(message: &Message) -> Option<String> {
    match &message.body {
        MessageBody::Text { text, .. } => Some(text.clone()),
        MessageBody::System { .. } | MessageBody::Deleted { .. } | MessageBody::Call(_) => None,
    }
}

/// Who did what, if the room itself says it.
pub fn line(message: &Message) -> Option<(UserId, SystemLine)> {
    match &message.body {
        MessageBody::System { line } => Some((message.author.id, line.clone())),
        MessageBody::Text { .. } | MessageBody::Deleted { .. } | MessageBody::Call(_) => None,
    }
}
