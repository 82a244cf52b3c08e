//! Friendships over REST, as seeds 000 and 001 have them.

use reqwest::Method;
use serde_json::{Value, json};

use super::program::{Program, answer};
use super::world::World;

#[tokio::test]
async fn a_friendship_has_an_id_of_its_own_the_same_for_both_sides() {
    let world = World::get().await;
    let app = world.opens().await;
    let [sari, oleh, joko] = ["sari", "oleh", "joko"].map(|name| Program::new(&app, world.token(name)));
    let (status, asked) = joko.posts("/friendships", json!({ "userId": 1 })).await;
    assert_eq!(status, 201, "{asked}");
    // The names of the seed, with those of the rest of the API beside them.
    for (asker, friend) in [("UserId", "FriendId"), ("userId", "friendId")] {
        assert_eq!((&asked[asker], &asked[friend]), (&json!(8), &json!(1)), "{asked}");
    }
    let id = asked["id"].as_i64().unwrap();
    let listed = async |program: &Program| {
        let (_, all) = program.gets("/friendships").await;
        all.as_array().unwrap().iter().find(|one| one["id"] == id).cloned().unwrap_or_default()
    };
    let (received, sent) = (listed(&sari).await, listed(&joko).await);
    for side in [&received, &sent] {
        assert_eq!(
            (&side["UserId"], &side["FriendId"], &side["isAccepted"]),
            (&json!(8), &json!(1), &json!(false))
        );
    }
    assert_eq!((&received["User"]["id"], &sent["User"]["id"]), (&json!(8), &json!(1)));
    assert_eq!(sari.gets("/friendships/user/8").await.1["id"], id);

    // Only who was asked can answer, and nobody else finds it.
    let path = format!("/friendships/{id}");
    assert_eq!(answer(joko.request(Method::PATCH, &path)).await.0, 403);
    assert_eq!(answer(oleh.request(Method::PATCH, &path)).await.0, 404);
    assert_eq!(answer(oleh.request(Method::DELETE, &path)).await.0, 404);
    let (status, accepted) = answer(sari.request(Method::PATCH, &path)).await;
    assert_eq!((status.as_u16(), &accepted["isAccepted"]), (200, &json!(true)), "{accepted}");
    assert_eq!(accepted["id"], id);
    assert_eq!(listed(&joko).await["isAccepted"], true);

    assert_eq!(answer(joko.request(Method::DELETE, &path)).await.0, 204);
    assert_eq!(listed(&sari).await, Value::Null);
    assert_eq!(sari.gets("/friendships/user/8").await.0, 404);
    assert_eq!(answer(sari.request(Method::PATCH, &path)).await.0, 404);
    let (_, again) = joko.posts("/friendships", json!({ "userId": 1 })).await;
    assert!(again["id"].as_i64().unwrap() > id, "another one: {again}");
    app.stop().await;
}

#[tokio::test]
async fn the_id_of_a_person_names_no_friendship_of_theirs() {
    let world = World::get().await;
    let app = world.opens().await;
    let maria = Program::new(&app, world.token("maria"));
    let before = maria.gets("/friendships").await.1;
    assert_eq!((before[0]["id"].clone(), before[0]["User"]["id"].clone()), (json!(2), json!(1)));
    // Number 1 is another pair's; the person of that id is her friend.
    assert_eq!(answer(maria.request(Method::DELETE, "/friendships/1")).await.0, 404);
    assert_eq!(maria.gets("/friendships").await.1, before);
    app.stop().await;
}

#[tokio::test]
async fn a_request_is_accepted_without_a_body_too() {
    let world = World::get().await;
    let app = world.opens().await;
    let sari = Program::new(&app, world.token("sari"));
    let refused = sari.request(Method::PATCH, "/friendships/5").body("isAccepted=false");
    assert_eq!(answer(refused).await.0, 422);
    let (status, accepted) = answer(sari.request(Method::PATCH, "/friendships/5")).await;
    assert_eq!((status.as_u16(), &accepted["isAccepted"]), (200, &json!(true)), "{accepted}");
    assert_eq!(accepted["User"]["username"], "budi");
    app.stop().await;
}

#[tokio::test]
async fn a_declined_request_is_answered_as_it_was_and_gone() {
    let world = World::get().await;
    let app = world.opens().await;
    let [sari, budi] = ["sari", "budi"].map(|name| Program::new(&app, world.token(name)));
    let no = json!({ "isAccepted": false });
    let (status, declined) = sari.sends(Method::PATCH, "/friendships/5", no.clone()).await;
    assert_eq!((status.as_u16(), &declined["id"], &declined["isAccepted"]), (200, &json!(5), &json!(false)));
    assert_eq!(sari.sends(Method::PATCH, "/friendships/5", no).await.0, 404);
    assert_eq!(budi.gets("/friendships").await.1, json!([]));
    app.stop().await;
}

#[tokio::test]
async fn whoever_asks_can_be_blocked_and_is_not_told() {
    let world = World::get().await;
    let app = world.opens().await;
    let [sari, budi] = ["sari", "budi"].map(|name| Program::new(&app, world.token(name)));
    let listed = async |path: &str, name: &str, value: i64| {
        let (_, all) = sari.gets(path).await;
        all.as_array().unwrap().iter().any(|one| one[name] == value)
    };
    let before = budi.gets("/friendships").await.1;
    assert!(listed("/friendships", "id", 5).await);
    let (status, blocked) = sari.posts("/blocks", json!({ "userId": 4 })).await;
    assert_eq!((status.as_u16(), &blocked["relation"]), (201, &json!("blocked")), "{blocked}");
    assert!(listed("/blocks", "id", 4).await && !listed("/friendships", "id", 5).await);
    assert_eq!(answer(sari.request(Method::PATCH, "/friendships/5")).await.0, 404);
    assert_eq!(budi.gets("/friendships").await.1, before);
    assert_eq!(answer(sari.request(Method::DELETE, "/blocks/4")).await.0, 204);
    assert!(listed("/friendships", "id", 5).await && !listed("/blocks", "id", 4).await);
    app.stop().await;
}
