//! Groups and direct rooms over REST, as seeds 000, 001 and 004 have them.

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::call::PNG;
use super::program::{Program, answer};
use super::world::World;

#[tokio::test]
async fn the_room_with_somebody_is_found_or_made_and_written_into() {
    let world = World::get().await;
    let app = world.opens().await;
    let [sari, joko] = ["sari", "joko"].map(|name| Program::new(&app, world.token(name)));
    let (status, group) = sari.gets("/groups/user/8").await;
    assert_eq!(status, 200, "{group}");
    assert_eq!((&group["kind"], &group["peer"]["id"]), (&json!("direct"), &json!(8)));
    // The path as seed 001 writes it, with a slash at its end.
    let path = format!("/groups/{}/messages/", group["id"]);
    let (status, sent) = sari.posts(&path, json!({ "content": "Halo!" })).await;
    assert_eq!((status.as_u16(), &sent["Group"]["id"]), (201, &group["id"]));
    assert_eq!(sari.gets("/groups/user/8").await.1["id"], group["id"]);
    assert_eq!(joko.gets("/groups/user/1").await.1["id"], group["id"]);
    let (status, page) = joko.gets(&path).await;
    assert_eq!((status.as_u16(), &page[1]["content"]), (200, &json!("Halo!")), "{page}");
    assert_eq!(Program::new(&app, "").gets(&path).await.0, 401);
    assert_eq!(Program::new(&app, world.token("oleh")).gets(&path).await.0, 404);
    app.stop().await;
}

#[tokio::test]
async fn a_group_has_a_name_members_and_a_picture_and_whoever_made_it_invites() {
    let world = World::get().await;
    let app = world.opens().await;
    let [sari, maria, dewi] = ["sari", "maria", "dewi"].map(|name| Program::new(&app, world.token(name)));
    let (status, group) = sari.posts("/groups", json!({ "name": "Klub buku", "memberIds": [3] })).await;
    assert_eq!((status.as_u16(), &group["name"]), (201, &json!("Klub buku")), "{group}");
    let path = format!("/groups/{}", group["id"]);
    let members = json!({ "userIds": [5] });
    let refused = maria.sends(Method::POST, &format!("{path}/members"), members.clone()).await;
    assert_eq!((refused.0.as_u16(), dewi.gets(&path).await.0.as_u16()), (403, 404));
    assert_eq!(sari.sends(Method::POST, &format!("{path}/members"), members).await.0, 204);
    let form = Form::new().part("avatar", Part::bytes(PNG.to_vec()).file_name("titik.png"));
    let (status, room) = answer(sari.request(Method::POST, &format!("{path}/avatar")).multipart(form)).await;
    assert_eq!(status, 200, "{room}");

    let (_, shown) = dewi.gets(&path).await;
    assert!(shown["avatar"].is_string() && shown["avatar"] == room["avatar"], "{shown}");
    let mut members: Vec<&Value> =
        shown["members"].as_array().unwrap().iter().map(|member| &member["user"]["id"]).collect();
    members.sort_by_key(|id| id.as_i64());
    assert_eq!(members, [&json!(1), &json!(3), &json!(5)]);
    let (_, groups) = dewi.gets("/groups?filter=groups").await;
    assert!(groups.as_array().unwrap().iter().any(|one| one["id"] == group["id"]), "{groups}");
    app.stop().await;
}
