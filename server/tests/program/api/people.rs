//! People over REST, as seed 001 has them.

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::call::PNG;
use super::program::{Program, answer};
use super::world::{PASSWORD, World};

#[tokio::test]
async fn natives_are_explored_with_their_languages_until_they_are_friends() {
    let world = World::get().await;
    let app = world.opens().await;
    let (sari, nobody) = (Program::new(&app, world.token("sari")), Program::new(&app, ""));
    let account = json!({ "username": "wayan", "password": PASSWORD, "nickname": "Wayan",
        "firstName": "I Wayan", "lastName": "Suardana", "birthday": "1999-12-31",
        "languages": [{ "kind": "native", "code": "id" }, { "kind": "learning", "code": "uk", "level": "A2" }] });
    let (status, wayan) = nobody.posts("/register", account).await;
    assert_eq!((status.as_u16(), &wayan["birthday"]), (201, &json!("1999-12-31")), "{wayan}");
    let languages = json!([
        { "kind": "native", "code": "id", "Language": { "code": "id", "ownName": "Bahasa Indonesia" } },
        { "kind": "learning", "code": "uk", "level": "A2", "Language": { "code": "uk", "ownName": "Українська" } },
    ]);
    let explored = async |path: &str| sari.gets(path).await.1;
    let found = explored("/users?native=id").await;
    assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
    assert_eq!(
        (&found[0]["id"], &found[0]["relation"], &found[0]["languages"]),
        (&wayan["id"], &json!("none"), &languages)
    );
    assert_eq!(explored("/users?native=uk").await, json!([]), "he only learns it");
    let (_, all) = nobody.gets("/languages").await;
    assert!(all.as_array().unwrap().contains(&languages[0]["Language"]));

    let (_, shown) = sari.gets(&format!("/users/{}", wayan["id"])).await;
    assert_eq!((&shown["firstName"], &shown["lastName"]), (&json!("I Wayan"), &json!("Suardana")));
    assert_eq!(shown["languages"], languages);

    let (_, asked) = sari.posts("/friendships", json!({ "userId": wayan["id"] })).await;
    assert_eq!(explored("/users?native=id").await[0]["relation"], "requested");
    let (_, session) = nobody.posts("/login", json!({ "username": "wayan", "password": PASSWORD })).await;
    let other = Program::new(&app, session["accessToken"].as_str().unwrap());
    let accept = other.request(Method::PATCH, &format!("/friendships/{}", asked["id"]));
    assert_eq!(answer(accept).await.0, 200);
    assert_eq!(explored("/users?native=id").await, json!([]));
    app.stop().await;
}

#[tokio::test]
async fn a_profile_takes_another_telephone_country_and_languages() {
    let world = World::get().await;
    let app = world.opens().await;
    let sari = Program::new(&app, world.token("sari"));
    let change = json!({ "phoneNumber": "+62 812 3456 789", "country": "ID",
        "languages": [{ "kind": "native", "code": "id" }, { "kind": "learning", "code": "uk", "level": "B1" }] });
    let (status, changed) = sari.sends(Method::PUT, "/users", change).await;
    assert_eq!(status, 200, "{changed}");
    let (_, own) = sari.gets("/users/1").await;
    for profile in [&changed, &own] {
        assert_eq!(
            (&profile["phoneNumber"], &profile["country"], &profile["languages"][1]["level"]),
            (&json!("+628123456789"), &json!("ID"), &json!("B1"))
        );
    }
    // What is read can be written.
    let same = json!({ "languages": own["languages"] });
    assert_eq!(sari.sends(Method::PUT, "/users", same).await.1["languages"], own["languages"]);
    app.stop().await;
}

#[tokio::test]
async fn a_picture_is_ones_own_once_it_is_uploaded_until_it_is_taken_away() {
    let world = World::get().await;
    let app = world.opens().await;
    let [sari, oleh] = ["sari", "oleh"].map(|name| Program::new(&app, world.token(name)));
    let form = Form::new().part("avatar", Part::bytes(PNG.to_vec()).file_name("titik.png"));
    let (status, card) = answer(sari.request(Method::POST, "/avatar").multipart(form)).await;
    assert_eq!(status, 200, "{card}");
    let key = card["avatar"].as_str().unwrap();
    let picture = oleh.http.get(format!("{}/avatars/large/{key}", app.origin)).bearer_auth(&oleh.token);
    let picture = picture.send().await.unwrap();
    assert_eq!(picture.status(), 200);
    assert!(picture.headers()[CONTENT_TYPE].to_str().unwrap().starts_with("image/"));
    assert_eq!(oleh.gets("/users/1").await.1["avatar"], key);

    let (status, card) = answer(sari.request(Method::DELETE, "/avatar")).await;
    assert_eq!((status.as_u16(), &card["avatar"]), (200, &Value::Null));
    assert_eq!(oleh.gets("/users/1").await.1["avatar"], Value::Null);
    app.stop().await;
}
