//! Bad frames: one clear error each, the connection and the data intact.

use futures::{SinkExt, StreamExt};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use crate::support::{Person, TestApp, send};

#[tokio::test]
async fn frames_that_cannot_be_read_are_refused() {
    let app = TestApp::start().await;
    let (sari, oleh, room) = app.friends("sari", "oleh").await;
    let mut socket = sari.connects().await;
    for (frame, reference) in [
        ("", None),
        ("{", None),
        ("null", None),
        ("[]", None),
        (r#"{"command":"ping"}"#, None),
        (r#"{"ref":5}"#, Some(5)),
        (r#"{"ref":6,"command":"launch"}"#, Some(6)),
        (r#"{"ref":7,"command":{"read":{"roomId":"x","number":1}}}"#, Some(7)),
        (r#"{"ref":8,"command":{"send":{"roomId":1,"clientId":"no","text":"x"}}}"#, Some(8)),
        (r#"{"ref":-1,"command":"ping"}"#, None),
    ] {
        socket.says(frame).await;
        let answer = socket.answer().await;
        assert_eq!(answer["error"]["code"], "invalid", "{frame}");
        assert_eq!(answer["ref"].as_u64(), reference, "{frame}");
    }
    socket.raw.send(Message::binary(vec![0; 16])).await.unwrap();
    assert_eq!(socket.answer().await["error"]["code"], "invalid");
    socket.says("[".repeat(60_000)).await;
    assert_eq!(socket.answer().await["error"]["code"], "invalid");
    still_works(&mut socket, &sari, &oleh, room).await;
}

#[tokio::test]
async fn commands_that_break_a_rule_are_refused() {
    let app = TestApp::start().await;
    let (sari, oleh, room) = app.friends("sari", "oleh").await;
    let stranger = app.joins("petro").await;
    let others = stranger.befriends(&app.joins("rina").await).await;
    let mut socket = sari.connects().await;
    for (command, code) in [
        (send(room, 1, ""), "required"),
        (send(room, 1, " \n\t"), "required"),
        (send(room, 1, "a\0b"), "bad_characters"),
        (send(room, 1, &"x".repeat(4_001)), "too_long"),
        (send(999_999, 1, "halo"), "not_found"),
        (send(others, 1, "halo"), "not_found"),
        (json!({ "read": { "roomId": others, "number": 1 } }), "not_found"),
        (json!({ "typing": { "roomId": others } }), "not_found"),
        (json!({ "watch": { "userIds": (0..300).collect::<Vec<_>>() } }), "limit_reached"),
    ] {
        let answer = socket.asks(command.clone()).await;
        assert_eq!(answer["error"]["code"], code, "{command}");
    }
    still_works(&mut socket, &sari, &oleh, room).await;
}

#[tokio::test]
async fn a_frame_of_a_mebibyte_ends_the_connection_and_nothing_else() {
    let app = TestApp::start().await;
    let (sari, oleh, room) = app.friends("sari", "oleh").await;
    let (mut flooding, mut other) = (sari.connects().await, sari.connects().await);
    // The server may have closed before all of it is written.
    let _ = flooding.raw.send(Message::text("x".repeat(1024 * 1024))).await;
    assert_eq!(flooding.close_code().await, 1009);
    still_works(&mut other, &sari, &oleh, room).await;
}

#[tokio::test]
async fn a_text_that_is_not_utf8_ends_the_connection_and_nothing_else() {
    let app = TestApp::start().await;
    let (sari, oleh, room) = app.friends("sari", "oleh").await;
    let (mut odd, mut other) = (sari.connects().await, sari.connects().await);
    let frame = Frame::message(vec![b'"', 0xff, b'"'], OpCode::Data(Data::Text), true);
    odd.raw.send(Message::Frame(frame)).await.unwrap();
    assert_eq!(odd.close_code().await, 1007);
    still_works(&mut other, &sari, &oleh, room).await;
}

#[tokio::test]
async fn a_flood_is_slowed_down() {
    let app = TestApp::start().await;
    let sari = app.joins("sari").await;
    let mut socket = sari.connects().await;
    for _ in 0..400 {
        socket.gives(json!("ping")).await;
    }
    let mut refused = 0;
    for _ in 0..400 {
        let answer = socket.answer().await;
        refused += usize::from(answer["error"]["code"] == "too_many");
    }
    // Of 200 at once some were used before, by joining and connecting.
    assert!((1..=210).contains(&refused), "{refused} refused");
}

#[tokio::test]
async fn a_flood_of_frames_that_ask_for_nothing_ends_the_connection() {
    let app = TestApp::start().await;
    for (name, frame) in [
        ("sari", Message::Ping("halo".into())),
        ("oleh", Message::Pong("halo".into())),
        ("maria", Message::binary(vec![0; 8])),
        ("petro", Message::text("{")),
    ] {
        let mut socket = app.joins(name).await.connects().await;
        let (mut saying, mut hearing) = (&mut socket.raw).split();
        let says = async {
            // The server closes before all of it is taken.
            for _ in 0..100_000 {
                if saying.send(frame.clone()).await.is_err() {
                    break;
                }
            }
        };
        let hears = async {
            while let Some(Ok(heard)) = hearing.next().await {
                if let Message::Close(Some(frame)) = heard {
                    return Some(u16::from(frame.code));
                }
            }
            None
        };
        let code = tokio::select! { code = hears => code, () = says => panic!("{name}: nothing stops it") };
        assert_eq!(code, Some(1008), "{name}");
    }
    let (rina, budi, room) = app.friends("rina", "budi").await;
    still_works(&mut rina.connects().await, &rina, &budi, room).await;
}

async fn still_works(socket: &mut crate::support::Socket, sari: &Person, oleh: &Person, room: i64) {
    socket.sends(room, 4_711, "masih ada").await;
    assert_eq!(sari.reads(room).await, ["masih ada"]);
    assert_eq!(oleh.reads(room).await, ["masih ada"]);
}
