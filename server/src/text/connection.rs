//! One connection, from its first line to its end.

use std::io;

use sapa_domain::{inbox, sessions::Device};
use sapa_text::{Reply, sentence};

use super::door::{Answer, Door};
use super::reader::{Ending, Reader};
use super::wire::{Wire, has_arrived};
use super::writer::{say_farewell, write, write_file};
use super::{House, Protocol};

/// Speaks with a peer until one of the two ends it.
pub async fn run(house: &House, protocol: Protocol, device: Device, mut wire: impl Wire) {
    let mut door = Door::new(protocol, house.chat.clone(), house.budget.clone(), device);
    let ending = speak(house, &mut door, &mut wire).await;
    tracing::debug!(?ending, "a plain-text connection ends");
    door.leave().await;
    let last_word = match ending {
        Ending::TooLong => Some(sentence::too_long()),
        Ending::Slow => Some(sentence::too_slow()),
        Ending::Busy => Some(sentence::busy()),
        Ending::Gone | Ending::Idle | Ending::Closed => None,
    };
    if let Some(why) = last_word
        && write(&mut wire, &Reply::error(why).to_bytes(), house.times.write).await.is_err()
    {
        return;
    }
    say_farewell(wire).await;
}

async fn speak(house: &House, door: &mut Door, wire: &mut impl Wire) -> Ending {
    let mut reader = Reader::new(house.budget.share());
    loop {
        let closed = door.closed();
        let line = tokio::select! {
            biased;
            () = closed.cancelled() => return Ending::Closed,
            () = house.leaving.cancelled() => return Ending::Closed,
            line = reader.next(wire, door, house.times) => line,
        };
        let line = match line {
            Ok(line) => line,
            Err(ending) => return ending,
        };
        let done = async {
            let answer = match std::str::from_utf8(&line) {
                Ok(line) => door.answer(line).await,
                Err(_) => Answer::Reply(Reply::error(sentence::not_text())),
            };
            tell(house, wire, answer).await
        };
        tokio::select! {
            biased;
            done = done => if done.is_err() { return Ending::Gone },
            () = closed.cancelled() => return Ending::Closed,
        }
    }
}

/// Writes an answer; messages that have arrived by that are fetched.
async fn tell(house: &House, wire: &mut impl Wire, answer: Answer) -> io::Result<()> {
    let patience = house.times.write;
    match answer {
        Answer::Reply(reply) => write(wire, &reply.to_bytes(), patience).await,
        Answer::File(blob) => write_file(wire, blob, patience).await,
        Answer::Inbox { bytes, marks, share } => {
            write(wire, &bytes, patience).await?;
            drop((bytes, share));
            let Some((scope, fetched)) = marks else { return Ok(()) };
            if !has_arrived(wire.socket()).await {
                return Err(io::ErrorKind::ConnectionReset.into());
            }
            if let Err(error) = inbox::mark(&house.chat, &scope, fetched).await {
                tracing::warn!(%error, "fetched messages could not be marked; they are told again");
            }
            Ok(())
        }
    }
}
