//! The sending half of a connection.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::ws::{Message, Utf8Bytes, WebSocket};
use bytes::Bytes;
use futures::stream::SplitSink;
use futures::{FutureExt, SinkExt};
use sapa_domain::hub::{CloseReason, Outgoing};
use sapa_domain::live::Connection;
use tokio::sync::mpsc;
use tokio::time::{Interval, MissedTickBehavior, interval, timeout};

use super::answers::Answer;
use super::farewell::Farewell;

/// How often a client is asked whether it is still there.
const PING: Duration = Duration::from_secs(25);
/// How long a client may leave what it was sent unread in the network.
const PATIENCE: Duration = Duration::from_secs(5);
/// Frames that share one flush.
const TOGETHER: usize = 64;

/// Writes events and answers until one side ends; says why it has stopped. Whatever waits is put
/// together and flushed once.
pub async fn write(
    sink: &mut SplitSink<WebSocket, Message>,
    connection: &mut Connection,
    mut answers: mpsc::Receiver<Answer>,
) -> Result<Infallible, Farewell> {
    let mut pings = interval(PING);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pings.reset();
    loop {
        let mut step = wait(connection, &mut answers, &mut pings).await;
        for written in 1.. {
            match step {
                Step::Write(message) => in_time(sink.feed(message)).await?,
                Step::End(farewell) => return Err(farewell),
            }
            let more = wait(connection, &mut answers, &mut pings);
            match (written < TOGETHER).then(|| more.now_or_never()).flatten() {
                Some(ready) => step = ready,
                None => break,
            }
        }
        in_time(sink.flush()).await?;
    }
}

/// Bounds the wait for a client that does not read.
async fn in_time(written: impl Future<Output = Result<(), axum::Error>>) -> Result<(), Farewell> {
    match timeout(PATIENCE, written).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(Farewell::Gone),
        Err(_) => Err(Farewell::Closed(CloseReason::Overrun)),
    }
}

enum Step {
    Write(Message),
    End(Farewell),
}

async fn wait(
    connection: &mut Connection,
    answers: &mut mpsc::Receiver<Answer>,
    pings: &mut Interval,
) -> Step {
    tokio::select! {
        outgoing = connection.next() => match outgoing {
            Outgoing::Frame(json) => text(json),
            Outgoing::Close(reason) => Step::End(Farewell::Closed(reason)),
        },
        answer = answers.recv() => match answer {
            Some(answer) => text(answer.json),
            None => Step::End(Farewell::Gone),
        },
        _ = pings.tick() => Step::Write(Message::Ping(Bytes::new())),
    }
}

fn text(json: Bytes) -> Step {
    // JSON is UTF-8, so this never fails.
    Utf8Bytes::try_from(json).map_or(Step::End(Farewell::Gone), |text| Step::Write(Message::Text(text)))
}
