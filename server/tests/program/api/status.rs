//! The status of a message, as seed 004 has it: whether it was read.

use reqwest::Method;
use serde_json::{Value, json};

use super::program::{Program, answer};
use super::world::World;

#[tokio::test]
async fn a_message_says_whether_somebody_else_has_read_it() {
    let world = World::get().await;
    let app = world.opens().await;
    let [sari, oleh] = ["sari", "oleh"].map(|name| Program::new(&app, world.token(name)));
    let key = "0191e7a0-0000-7000-8000-00000000abcd";
    let send = || {
        let request = sari.request(Method::POST, "/groups/1/messages").header("Idempotency-Key", key);
        request.json(&json!({ "content": "Halo!" }))
    };
    let (status, message) = answer(send()).await;
    assert_eq!((status.as_u16(), &message["status"]), (201, &json!(false)), "{message}");
    let path = format!("/messages/{}", message["messageId"]);
    let marker = json!({ "number": message["number"] });
    for (who, act) in [(&sari, "read"), (&oleh, "delivered")] {
        let moved = who.sends(Method::PUT, &format!("/groups/1/{act}"), marker.clone()).await;
        assert_eq!((moved.0.as_u16(), &sari.gets(&path).await.1["status"]), (204, &json!(false)), "{act}");
    }
    assert_eq!(oleh.sends(Method::PUT, "/groups/1/read", marker).await.0, 204);

    // Wherever the message is shown.
    let since = message["seq"].as_u64().unwrap() - 1;
    for program in [&sari, &oleh] {
        let finds = async |path: &str| program.gets(path).await.1;
        let pages = [
            finds("/groups/1/messages").await,
            finds(&format!("/groups/1/messages?since={since}")).await,
            finds(&format!("/groups/1/changes?since={since}")).await["messages"].clone(),
        ];
        for page in pages {
            let last = page.as_array().unwrap().last().unwrap();
            assert_eq!(
                (&last["messageId"], &last["status"]),
                (&message["messageId"], &json!(true)),
                "{page:#}"
            );
        }
        let groups = finds("/groups?filter=groups").await;
        for group in [groups[0].clone(), finds("/groups/1").await] {
            let last = &group["lastMessage"];
            assert_eq!((&last["messageId"], &last["status"]), (&message["messageId"], &json!(true)));
        }
        assert_eq!(finds(&path).await["status"], true);
    }
    let (_, again) = answer(send()).await;
    assert_eq!((&again["messageId"], &again["status"]), (&message["messageId"], &json!(true)));
    app.stop().await;
}

#[tokio::test]
async fn of_a_post_it_says_whether_it_has_a_view() {
    let world = World::get().await;
    let app = world.opens().await;
    let [sari, maria] = ["sari", "maria"].map(|name| Program::new(&app, world.token(name)));
    let shown = async || sari.gets("/messages/18").await.1;
    let post = shown().await;
    assert_eq!((&post["post"]["views"], &post["status"]), (&json!(0), &json!(false)));
    let marker = json!({ "number": post["number"] });
    assert_eq!(maria.sends(Method::PUT, "/groups/6/read", marker).await.0, 204);
    let post = shown().await;
    assert_eq!((&post["post"]["views"], &post["status"]), (&json!(1), &json!(true)));
    app.stop().await;
}

#[tokio::test]
async fn whoever_is_blocked_is_told_of_no_reading() {
    let world = World::get().await;
    let app = world.opens().await;
    let [sari, hadi] = ["sari", "hadi"].map(|name| Program::new(&app, world.token(name)));
    let (_, sent) = hadi.posts("/groups/2/messages", json!({ "content": "Halo?" })).await;
    let marker = json!({ "number": sent["number"] });
    assert_eq!(sari.sends(Method::PUT, "/groups/2/read", marker).await.0, 204);
    let (_, page) = hadi.gets("/groups/2/messages").await;
    let read: Vec<&Value> = page.as_array().unwrap().iter().filter(|one| one["status"] == true).collect();
    assert!(read.is_empty(), "{read:#?}");
    app.stop().await;
}
