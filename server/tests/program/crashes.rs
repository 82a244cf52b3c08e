//! The program is killed in the middle of its work: nothing acknowledged is lost, nothing doubled.

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::support::{Binary, Person, send};

const CYCLES: u64 = 4;
const SENDS: u64 = 100;

#[tokio::test]
async fn what_was_acknowledged_outlives_a_kill() {
    let data = tempfile::tempdir().unwrap();
    let mut binary = Binary::serve(data.path());
    let (sari, oleh) =
        (Person::join(&binary.origin, "sari").await, Person::join(&binary.origin, "oleh").await);
    let room = sari.befriends(&oleh).await;
    for cycle in 0..CYCLES {
        let sari = Person::sign_in(&binary.origin, "sari").await;
        let numbers = cycle * SENDS..(cycle + 1) * SENDS;
        let (mut sink, mut stream) = sari.connects().await.raw.split();
        let asked: Vec<u64> = numbers.clone().collect();
        let asking = tokio::spawn(async move {
            for number in asked {
                let command = json!({ "ref": number, "command": send(room, number, &number.to_string()) });
                // Fails once the server is dead.
                if sink.send(Message::text(command.to_string())).await.is_err() {
                    break;
                }
            }
        });
        let hearing = tokio::spawn(async move {
            let mut done: Vec<(u64, Value)> = Vec::new();
            while let Some(Ok(frame)) = stream.next().await {
                let Ok(text) = frame.into_text() else { break };
                let frame: Value = serde_json::from_str(&text).unwrap_or_default();
                if let Some(sent) = frame["done"].get("sent") {
                    done.push((frame["ref"].as_u64().unwrap(), sent["messageId"].clone()));
                }
            }
            done
        });
        tokio::time::sleep(Duration::from_millis(15 + 40 * cycle)).await;
        binary.kill();
        asking.await.unwrap();
        let acknowledged = hearing.await.unwrap();

        binary = Binary::serve(data.path());
        let sari = Person::sign_in(&binary.origin, "sari").await;
        let mut socket = sari.connects().await;
        let mut ids = Vec::new();
        for number in numbers {
            let ack = socket.sends(room, number, &number.to_string()).await;
            ids.push((number, ack["messageId"].clone()));
        }
        for known in &acknowledged {
            assert!(ids.contains(known), "{known:?} was acknowledged and is another one now");
        }
        // The texts in the room are all of them, each once.
        let last = socket.sends(room, 1_000_000 + cycle, "akhir").await;
        let found = sari.calls("find_message", json!({ "room": room, "message": last["messageId"] })).await;
        assert_eq!(found["number"], (cycle + 1) * (SENDS + 1));
    }
}
