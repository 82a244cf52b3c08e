//! From a frame to the domain, and from its answer to a frame.

use sapa_domain::hub::ConnectionId;
use sapa_domain::rates::Caller;
use sapa_domain::{Chat, Scope, calls, live, markers, messages};
use sapa_model::live::Done;
use sapa_model::message::Content;
use sapa_model::{AppError, AppResult, ClientCommand, ClientFrame, ErrorCode, ServerFrame};
use serde::Deserialize;

/// The little of a frame that can be read when the rest cannot.
#[derive(Deserialize)]
struct Reference {
    r#ref: u64,
}

/// Reads a frame. Of one that cannot be read it gives the ref, if that can be.
pub fn read(text: &str) -> Result<ClientFrame, Option<u64>> {
    serde_json::from_str(text).map_err(|error| {
        tracing::debug!(%error, "a frame could not be read");
        reference(text)
    })
}

/// Of a frame that is not read only its ref.
pub fn reference(text: &str) -> Option<u64> {
    serde_json::from_str::<Reference>(text).ok().map(|frame| frame.r#ref)
}

/// Refuses a frame that could not be read.
pub fn not_read(r#ref: Option<u64>) -> ServerFrame {
    let error = AppError::new(ErrorCode::Invalid, "The frame is not a command with a ref.");
    ServerFrame::Error { r#ref, error }
}

/// Refuses a frame that is not text.
pub fn not_text() -> ServerFrame {
    ServerFrame::Error { r#ref: None, error: AppError::new(ErrorCode::Invalid, "Frames are JSON texts.") }
}

/// Who gives commands, and over which connection.
#[derive(Clone)]
pub struct Speaker {
    /// The domain.
    pub chat: Chat,
    /// The signed-in user and session.
    pub scope: Scope,
    /// What hears of those whom they watch.
    pub connection: ConnectionId,
}

impl Speaker {
    /// Counts a frame, whatever it holds; `too_many` where too many came before it, on whatever door.
    pub fn may_go_on(&self) -> AppResult<()> {
        let counted = self.chat.rates().take(Caller::Account(self.scope.user_id));
        counted.map(drop).map_err(|(error, _)| error)
    }
}

/// Does a command and answers it.
pub async fn answer(speaker: Speaker, frame: ClientFrame) -> ServerFrame {
    let ClientFrame { r#ref, command } = frame;
    match run(&speaker, command).await {
        Ok(done) => ServerFrame::Ack { r#ref, done },
        Err(error) => ServerFrame::Error { r#ref: Some(r#ref), error },
    }
}

async fn run(speaker: &Speaker, command: ClientCommand) -> AppResult<Done> {
    let Speaker { chat, scope, connection } = speaker;
    match command {
        ClientCommand::Send { room_id, client_id, text, attachments } => {
            let content = Content { text, attachments };
            let message = messages::send(chat, scope, room_id, client_id, content).await?;
            Ok(Done::Sent { message_id: message.id, seq: message.seq })
        }
        ClientCommand::Read { room_id, number } => {
            markers::read(chat, scope, room_id, number).await?;
            Ok(Done::Ok)
        }
        ClientCommand::Delivered { room_id, number } => {
            markers::delivered(chat, scope, room_id, number).await?;
            Ok(Done::Ok)
        }
        ClientCommand::Typing { room_id } => {
            live::typing(chat, scope, room_id).await?;
            Ok(Done::Ok)
        }
        ClientCommand::Watch { user_ids } => {
            let presence = live::watch(chat, scope, *connection, &user_ids).await?;
            Ok(Done::Watching { presence })
        }
        ClientCommand::Resume { rooms } => {
            Ok(Done::Resumed { rooms: messages::changes(chat, scope, &rooms).await? })
        }
        ClientCommand::Call { room_id, media } => {
            calls::start(chat, scope, room_id, media, Some(*connection)).await.map(Done::InCall)
        }
        ClientCommand::JoinCall { call_id, seat } => {
            calls::join(chat, scope, call_id, Some(*connection), seat).await.map(Done::InCall)
        }
        ClientCommand::DeclineCall { call_id } => calls::decline(chat, scope, call_id).map(|()| Done::Ok),
        ClientCommand::LeaveCall { call_id } => calls::leave(chat, scope, call_id).map(|()| Done::Ok),
        ClientCommand::ShowInCall { call_id, shows } => {
            calls::show(chat, scope, *connection, call_id, shows).map(|()| Done::Ok)
        }
        ClientCommand::Signal { call_id, to, signal } => {
            calls::signal(chat, scope, *connection, call_id, to, signal).map(|()| Done::Ok)
        }
        ClientCommand::Ping => Ok(Done::Ok),
    }
}
