//! One connection, from its first line to its end.

use std::io;
use std::time::Duration;

use sapa_domain::{inbox, sessions::Device};
use sapa_text::{Reply, sentence};

use super::budget::Share;
use super::door::{Answer, Door};
use super::reader::{Ending, Reader};
use super::wire::{Wire, has_arrived};
use super::writer::{say_farewell, write, write_file};
use super::{House, Protocol};
use crate::seats::Seat;

/// Speaks with a peer until one of the two ends it.
pub async fn run(house: &House, protocol: Protocol, device: Device, seat: &Seat, mut wire: impl Wire) {
    let share = house.budget.share(device.address);
    let mut door = Door::new(protocol, house.chat.clone(), house.budget.clone(), device);
    let ending = speak(house, &mut door, seat, &mut wire, share).await;
    tracing::debug!(?ending, "a plain-text connection ends");
    door.leave().await;
    let (last_word, patience) = match ending {
        Ending::TooLong => (sentence::too_long(), house.times.write.piece),
        Ending::Refused(error) => (sentence::of(&error), house.times.write.piece),
        Ending::Cut => (sentence::cut_off(), house.times.write.piece),
        Ending::Slow => (sentence::too_slow(), house.times.write.piece),
        Ending::Busy => (sentence::busy(), house.times.write.piece),
        // Somebody waits for the seat.
        Ending::Replaced => (sentence::busy(), Duration::ZERO),
        Ending::Gone | Ending::Idle | Ending::Closed => return say_farewell(wire).await,
    };
    let told = write(&mut wire, &Reply::error(last_word).to_bytes(), patience).await;
    if told.is_ok() && !patience.is_zero() {
        say_farewell(wire).await;
    }
}

async fn speak(house: &House, door: &mut Door, seat: &Seat, wire: &mut impl Wire, share: Share) -> Ending {
    let mut reader = Reader::new(share);
    loop {
        seat.known(door.is_known());
        seat.quiet(Duration::MAX);
        let closed = door.closed();
        let line = tokio::select! {
            biased;
            () = closed.cancelled() => return Ending::Closed,
            () = house.leaving.cancelled() => return Ending::Closed,
            () = seat.end().cancelled() => return Ending::Replaced,
            line = reader.next(wire, door, seat, house.times) => line,
        };
        let line = match line {
            Ok(line) => line,
            Err(ending) => return ending,
        };
        seat.busy();
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
    let waits = house.times.write;
    let patience = waits.piece;
    match answer {
        Answer::Reply(reply) => write(wire, &reply.to_bytes(), patience).await,
        Answer::File(blob) => write_file(wire, blob, waits).await,
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
