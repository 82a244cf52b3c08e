//! One connection from its `Hello` to its close.

use std::pin::pin;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use futures::StreamExt;
use futures::future::{Either, select};
use futures::stream::SplitStream;
use sapa_domain::hub::CloseReason;
use sapa_domain::{Scope, live};
use sapa_model::{ErrorCode, ServerFrame};
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite;
use tokio_util::sync::CancellationToken;

use super::command::{self, Speaker};
use super::farewell::Farewell;
use super::pipeline::Pipeline;
use super::writer;
use crate::state::AppState;

/// Answers that may wait for the writer.
const ANSWERS: usize = 32;
/// A client that is not heard of for this long is gone; it is pinged more often than that.
const SILENCE: Duration = Duration::from_mins(1);

/// Serves a connection until either side ends it.
pub async fn run(app: AppState, scope: Scope, socket: WebSocket) {
    let (mut sink, mut stream) = socket.split();
    let mut connection = match live::connect(&app.chat, &scope).await {
        Ok(connection) => connection,
        Err(error) => {
            let signed_out = error.code == ErrorCode::SignedOut;
            let reason = if signed_out { CloseReason::SignedOut } else { CloseReason::Overrun };
            return Farewell::Closed(reason).say(sink, stream).await;
        }
    };
    let speaker = Speaker { chat: app.chat.clone(), scope, connection: connection.id() };
    let (answers, answered) = mpsc::channel(ANSWERS);
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
    tracing::debug!(user = scope.user_id.0, ?farewell, "a connection ends");
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
    answers: mpsc::Sender<ServerFrame>,
    leaving: CancellationToken,
) -> Farewell {
    let mut heard = tokio::time::Instant::now();
    let farewell = loop {
        tokio::select! {
            () = leaving.cancelled() => break Farewell::Closed(CloseReason::ShuttingDown),
            Some(answer) = pipeline.next() => {
                if answers.send(answer).await.is_err() {
                    return Farewell::Gone;
                }
            }
            message = tokio::time::timeout_at(heard + SILENCE, stream.next()), if pipeline.has_room() => {
                heard = tokio::time::Instant::now();
                match message {
                    Err(_) => break Farewell::Silent,
                    Ok(None) => break Farewell::Gone,
                    Ok(Some(Ok(Message::Close(frame)))) => break Farewell::of_client(frame.as_ref()),
                    Ok(Some(Err(error))) => break broken(error),
                    Ok(Some(Ok(Message::Text(text)))) => hear(&mut pipeline, &text),
                    Ok(Some(Ok(Message::Binary(_)))) => pipeline.refuse(command::not_text()),
                    Ok(Some(Ok(Message::Ping(_) | Message::Pong(_)))) => {}
                }
            }
        }
    };
    // What was taken is finished and answered, unless nobody is there to hear.
    if !farewell.is_clients() {
        while let Some(answer) = pipeline.next().await {
            if answers.send(answer).await.is_err() {
                break;
            }
        }
    }
    farewell
}

fn hear(pipeline: &mut Pipeline, text: &str) {
    match command::read(text) {
        Err(r#ref) => pipeline.refuse(command::not_read(r#ref)),
        Ok(frame) => match pipeline.speaker().may_go_on() {
            Ok(()) => pipeline.take(frame),
            Err(error) => pipeline.refuse(ServerFrame::Error { r#ref: Some(frame.r#ref), error }),
        },
    }
}

fn broken(error: axum::Error) -> Farewell {
    match error.into_inner().downcast_ref::<tungstenite::Error>() {
        Some(tungstenite::Error::Capacity(_)) => Farewell::TooLarge,
        Some(tungstenite::Error::Protocol(_) | tungstenite::Error::Utf8(_)) => Farewell::Malformed,
        _ => Farewell::Gone,
    }
}
