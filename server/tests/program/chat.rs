//! People chat live.

use futures::{SinkExt, StreamExt};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

use crate::support::{TestApp, send};

#[tokio::test]
async fn two_friends_chat_live() {
    let app = TestApp::start().await;
    let (sari, oleh, room) = app.friends("sari", "oleh").await;
    let (mut saris, mut olehs) = (sari.connects().await, oleh.connects().await);

    let ack = saris.sends(room, 1, "halo, Oleh!").await;
    let heard = olehs.event("message").await;
    assert_eq!(heard["body"]["text"]["text"], "halo, Oleh!");
    assert_eq!(heard["id"], ack["messageId"]);

    olehs.asks(json!({ "read": { "roomId": room, "number": 1 } })).await;
    let marker = loop {
        let marker = saris.event("marker").await;
        if marker["userId"] == oleh.id {
            break marker;
        }
    };
    assert_eq!(marker["read"], 1);
    olehs.sends(room, 1, "привіт!").await;
    assert_eq!(oleh.reads(room).await, ["halo, Oleh!", "привіт!"]);
}

#[tokio::test]
async fn a_repeated_send_makes_one_message() {
    let app = TestApp::start().await;
    let (sari, _, room) = app.friends("sari", "oleh").await;
    let mut socket = sari.connects().await;
    let first = socket.sends(room, 7, "sekali").await;
    let again = sari.connects().await.sends(room, 7, "sekali").await;
    assert_eq!((&first["messageId"], &first["seq"]), (&again["messageId"], &again["seq"]));
    assert_eq!(sari.reads(room).await, ["sekali"]);
}

#[tokio::test]
async fn commands_in_flight_keep_their_order() {
    let app = TestApp::start().await;
    let (sari, _, room) = app.friends("sari", "oleh").await;
    let mut socket = sari.connects().await;
    for number in 0..100 {
        socket.gives(send(room, number, &number.to_string())).await;
    }
    let mut last = json!(0);
    for expected in 1..=100 {
        let ack = socket.answer().await;
        assert_eq!(ack["ref"], expected);
        let seq = ack["done"]["sent"]["seq"].clone();
        assert!(seq.as_u64() > last.as_u64(), "{ack}");
        last = seq;
    }
}

#[tokio::test]
async fn what_was_missed_is_resumed() {
    let app = TestApp::start().await;
    let (sari, oleh, room) = app.friends("sari", "oleh").await;
    let mut saris = sari.connects().await;
    let seen = saris.sends(room, 1, "satu").await["seq"].clone();
    let olehs = oleh.connects().await;
    // The cable is pulled.
    drop(olehs);
    saris.sends(room, 2, "dua").await;
    saris.sends(room, 3, "tiga").await;
    let resume = json!({ "resume": { "rooms": [{ "roomId": room, "seq": seen }] } });
    let resumed = oleh.connects().await.asks(resume).await;
    let messages = resumed["done"]["resumed"]["rooms"][0]["messages"].as_array().unwrap().clone();
    assert_eq!(
        messages.iter().map(|m| m["body"]["text"]["text"].clone()).collect::<Vec<_>>(),
        ["dua", "tiga"]
    );
}

#[tokio::test]
async fn what_was_missed_comes_in_frames_that_every_client_takes() {
    let app = TestApp::start_with(&["--rate-account", "1000000"]).await;
    let (sari, oleh, room) = app.friends("sari", "oleh").await;
    let mut saris = sari.connects().await;
    let text = "ї".repeat(4_000);
    for number in 1..=260 {
        saris.gives(send(room, number, &text)).await;
        if number % 20 == 0 {
            for _ in 0..20 {
                assert!(saris.answer().await["done"]["sent"].is_object());
            }
        }
    }
    let mut socket = oleh.connects().await;
    let (mut seq, mut numbers, mut answers) = (json!(0), Vec::new(), 0);
    loop {
        let resume = json!({ "resume": { "rooms": [{ "roomId": room, "seq": seq }] } });
        let answer = socket.asks(resume).await;
        let changes = &answer["done"]["resumed"]["rooms"][0];
        assert!(answer.to_string().len() < 600_000, "{} bytes", answer.to_string().len());
        let messages = changes["messages"].as_array().unwrap();
        let texts = messages.iter().filter(|message| message["body"]["text"].is_object());
        numbers.extend(texts.filter_map(|message| message["number"].as_u64()));
        answers += 1;
        if changes["more"] != true {
            break;
        }
        seq = changes["room"]["seq"].clone();
    }
    assert_eq!(numbers, (1..=260).collect::<Vec<_>>());
    assert!((2..=20).contains(&answers), "{answers} answers");
}

#[tokio::test]
async fn a_close_is_answered_with_a_close() {
    let app = TestApp::start().await;
    let sari = app.joins("sari").await;
    for (frame, echoed) in [
        (Some(CloseFrame { code: CloseCode::Normal, reason: "dah".into() }), Some(CloseCode::Normal)),
        (Some(CloseFrame { code: CloseCode::Away, reason: "".into() }), Some(CloseCode::Away)),
        (None, None),
    ] {
        let mut socket = sari.connects().await;
        socket.gives(json!("ping")).await;
        socket.raw.close(frame).await.unwrap();
        let answer = loop {
            match socket.raw.next().await {
                Some(Ok(Message::Close(answer))) => break answer,
                Some(Ok(_)) => {}
                other => panic!("a close was not answered: {other:?}"),
            }
        };
        assert_eq!(answer.map(|frame| frame.code), echoed);
        assert!(socket.raw.next().await.is_none(), "a clean end");
    }
}

#[tokio::test]
async fn a_slow_reader_is_closed_and_the_others_are_not_held_up() {
    // What is looked at here is who reads, not who asks.
    let app = TestApp::start_with(&["--rate-account", "1000000"]).await;
    let (sari, oleh, room) = app.friends("sari", "oleh").await;
    let mut slow = oleh.connects().await;
    let mut quick = oleh.connects().await;
    let text = "ї".repeat(4_000);
    let mut number = 0;
    for _ in 0..6 {
        let mut device = sari.connects().await;
        for _ in 0..10 {
            let batch = number + 1..=number + 15;
            number += 15;
            for number in batch.clone() {
                device.gives(send(room, number, &text)).await;
            }
            for _ in batch {
                assert!(device.answer().await["done"]["sent"].is_object());
            }
            while quick.event("message").await["number"] != number {}
        }
    }
    assert_eq!(slow.close_code().await, 1013);
}

#[tokio::test]
async fn when_the_server_leaves_connections_are_told() {
    let app = TestApp::start().await;
    let sari = app.joins("sari").await;
    let mut socket = sari.connects().await;
    let stopping = tokio::spawn(app.stop());
    assert_eq!(socket.close_code().await, 1012);
    // A polite client answers the close; one that has gone is not waited for.
    let _ = socket.raw.send(Message::Close(None)).await;
    while socket.raw.next().await.is_some_and(|frame| frame.is_ok()) {}
    stopping.await.unwrap();
}
