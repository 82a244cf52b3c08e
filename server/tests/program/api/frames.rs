//! What goes over the live connection is what its schema says.

use jsonschema::Validator;
use serde_json::{Value, json};

use super::catalogue::commands;
use super::examples::call;
use super::world::World;
use crate::support::Socket;

fn validator(of: &str) -> Validator {
    let mut schema = sapa::rest::frames();
    let members = schema.as_object_mut().unwrap();
    members.remove("oneOf");
    members.insert("$ref".to_owned(), json!(format!("#/$defs/{of}")));
    jsonschema::draft202012::new(&schema).unwrap()
}

fn hold(validator: &Validator, frame: &Value) {
    let errors: Vec<_> = validator.iter_errors(frame).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{frame:#}: {errors:#?}");
}

#[tokio::test]
async fn every_frame_is_as_it_is_described() {
    let world = World::get().await;
    let app = world.opens().await;
    let (said, heard) = (validator("ClientFrame"), validator("ServerFrame"));
    let mut sari = Socket::by_token(&app.origin, Some(world.token("sari"))).await.unwrap();
    let mut maria = Socket::by_token(&app.origin, Some(world.token("maria"))).await.unwrap();
    let http = reqwest::Client::new();
    call(&http, &app.origin, world).await;
    let mut commands = commands(false);
    // Who has come in cannot decline, and who has left is in no more.
    commands.sort_by_key(|(name, _)| match *name {
        "decline_call" => 0,
        "leave_call" => 2,
        _ => 1,
    });
    for (number, (_, command)) in commands.into_iter().enumerate() {
        let frame = json!({ "ref": number, "command": command });
        hold(&said, &frame);
        sari.says(frame.to_string()).await;
        loop {
            let frame = sari.hears().await;
            hold(&heard, &frame);
            if frame["ref"] == number {
                assert!(frame.get("done").is_some(), "{frame}");
                break;
            }
        }
    }
    sari.says("nonsense").await;
    hold(&heard, &sari.hears().await);
    // What the acts of others bring.
    let at = |path: &str| format!("{}/api/v1{path}", app.origin);
    let reaction = http.put(at("/messages/6/reactions")).json(&json!({ "emoji": "👍" }));
    assert_eq!(reaction.bearer_auth(world.token("maria")).send().await.unwrap().status(), 200);
    let token = world.token("sari");
    for request in [
        http.put(at("/messages/6")).json(&json!({ "content": "Halo!" })),
        http.delete(at("/messages/6")),
        http.patch(at("/groups/1")).json(&json!({ "name": "Kopi pagi" })),
        http.patch(at("/groups/1/members/3")).json(&json!({ "role": "admin" })),
        http.put(at("/users")).json(&json!({ "bio": "Kopi" })),
        http.delete(at("/friendships/2")),
        http.delete(at("/groups/1/members/3")),
    ] {
        let response = request.bearer_auth(token).send().await.unwrap();
        assert!(response.status().is_success(), "{response:?}");
    }
    let mut kinds = Vec::new();
    loop {
        let frame = maria.hears().await;
        hold(&heard, &frame);
        let kind = frame["event"].as_object().unwrap().keys().next().unwrap().clone();
        kinds.push(kind.clone());
        if kind == "dialog_gone" {
            break;
        }
    }
    for kind in
        ["hello", "message", "call", "reacted", "typing", "marker", "room", "member", "user", "relation"]
    {
        assert!(kinds.iter().any(|heard| heard == kind), "{kind} in {kinds:?}");
    }
    app.stop().await;
}
