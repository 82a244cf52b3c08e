//! One connection from its `Hello` to its close.

use std::pin::pin;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use futures::StreamExt;
use futures::future::{Either, select};
use futures::stream::SplitStream;
use sapa_domain::hub::CloseReason;
use sapa_domain::{Scope, live};
use sapa_model::{AppResult, ErrorCode, ServerFrame};
use tokio_tungstenite::tungstenite::{self, error::ProtocolError};
use tokio_util::sync::CancellationToken;

use super::answers::{self, Answers};
use super::command::{self, Speaker};
use super::excess::Excess;
use super::farewell::Farewell;
use super::pipeline::Pipeline;
use super::writer;
use crate::state::AppState;

/// A client that is not heard of for this long is gone; it is pinged more often than that.
const SILENCE: Duration = Duration::from_mins(1);

/// Serves a connection until either side ends it.
pub async fn run(app: AppState, scope: Scope, socket: WebSocket) {
    let (mut sink, mut stream) = socket.split();
    let mut connection = match live::connect(&app.chat, &scope).await {
        Ok(connection) => connection,
        Err(error) => {
            let reason = match error.code {
                ErrorCode::SignedOut => CloseReason::SignedOut,
                ErrorCode::Banned => CloseReason::Banned,
                _ => CloseReason::Overrun,
            };
            tracing::info!(user = scope.user_id.0, code = ?error.code, "a connection is refused");
            return Farewell::Closed(reason).say(sink, stream).await;
        }
    };
    let speaker = Speaker { chat: app.chat.clone(), scope, connection: connection.id() };
    let (answers, answered) = answers::way();
    let farewell = {
        let reading = pin!(read(&mut stream, Pipeline::new(speaker), answers, app.leaving.clone()));
        let writing = pin!(writer::write(&mut sink, &mut connection, answered));
        match select(reading, writing).await {
            // The last answers are still on their way; the writer ends after them.
            Either::Left((farewell, writing)) => {
                let Err(ended) = writing.await;
                if farewell == Farewell::Gone { ended } else { farewell }
            }
            // What is still being done has not been answered: the client will ask again.
            Either::Right((Err(farewell), _)) => farewell,
        }
    };
    farewell.note(scope.user_id);
    if farewell == Farewell::PageLeft {
        connection.leaves_page();
    }
    drop(connection);
    farewell.say(sink, stream).await;
}

/// Hears commands, does them and passes their answers on; says why it has stopped.
async fn read(
    stream: &mut SplitStream<WebSocket>,
    mut pipeline: Pipeline,
    answers: Answers,
    leaving: CancellationToken,
) -> Farewell {
    let mut heard = tokio::time::Instant::now();
    let mut excess = Excess::default();
    let farewell = loop {
        tokio::select! {
            () = leaving.cancelled() => break Farewell::Closed(CloseReason::ShuttingDown),
            Some(answer) = pipeline.next() => {
                if !answers.leave(answer).await {
                    return Farewell::Gone;
                }
            }
            message = tokio::time::timeout_at(heard + SILENCE, stream.next()), if pipeline.has_room() => {
                heard = tokio::time::Instant::now();
                let message = match message {
                    Err(_) => break Farewell::Silent,
                    Ok(None) => break Farewell::Gone,
                    Ok(Some(Ok(Message::Close(frame)))) => break Farewell::of_client(frame.as_ref()),
                    Ok(Some(Err(error))) => break broken(error),
                    Ok(Some(Ok(message))) => message,
                };
                // Every frame counts, whatever it holds.
                let counted = pipeline.speaker().may_go_on();
                if !excess.counts(counted.is_ok()) {
                    break Farewell::Flooding;
                }
                hear(&mut pipeline, message, counted);
            }
        }
    };
    // What was taken is finished and answered, unless nobody is there to hear.
    if !farewell.is_clients() {
        while let Some(answer) = pipeline.next().await {
            if !answers.leave(answer).await {
                break;
            }
        }
    }
    farewell
}

fn hear(pipeline: &mut Pipeline, message: Message, counted: AppResult<()>) {
    match (message, counted) {
        (Message::Text(text), Err(error)) => {
            pipeline.refuse(ServerFrame::Error { r#ref: command::reference(&text), error });
        }
        (Message::Binary(_), Err(error)) => pipeline.refuse(ServerFrame::Error { r#ref: None, error }),
        (Message::Text(text), Ok(())) => match command::read(&text) {
            Ok(frame) => pipeline.take(frame),
            Err(r#ref) => pipeline.refuse(command::not_read(r#ref)),
        },
        (Message::Binary(_), Ok(())) => pipeline.refuse(command::not_text()),
        (Message::Ping(_) | Message::Pong(_) | Message::Close(_), _) => {}
    }
}

fn broken(error: axum::Error) -> Farewell {
    match error.into_inner().downcast_ref::<tungstenite::Error>() {
        Some(tungstenite::Error::Capacity(_)) => Farewell::TooLarge,
        Some(tungstenite::Error::Protocol(ProtocolError::ResetWithoutClosingHandshake)) => Farewell::Gone,
        Some(tungstenite::Error::Protocol(_)) => Farewell::Malformed,
        Some(tungstenite::Error::Utf8(_)) => Farewell::NotText,
        _ => Farewell::Gone,
    }
}
