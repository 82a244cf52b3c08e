//! REST as programs use it.

use std::collections::HashSet;

use reqwest::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, COOKIE, ETAG, HeaderMap, IF_NONE_MATCH, LINK, ORIGIN,
};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

use super::call::operations;
use super::program::{Program, answer, whole};
use super::world::{PASSWORD, World};
use crate::support::{Socket, TestApp};

#[tokio::test]
async fn a_program_joins_signs_in_goes_on_and_leaves() {
    let app = TestApp::start().await;
    let nobody = Program::new(&app, "");
    let account = json!({ "username": "Wayan", "password": PASSWORD, "nickname": "Wayan", "firstName": "I Wayan",
        "phoneNumber": "+62 812 3456 789", "country": "ID",
        "languages": [{ "kind": "native", "code": "id" }, { "kind": "learning", "code": "uk", "level": "A2" }] });
    let (status, user) = nobody.posts("/register", account.clone()).await;
    assert_eq!(status, 201, "{user}");
    assert_eq!((&user["username"], &user["phoneNumber"]), (&json!("wayan"), &json!("+628123456789")));
    assert_eq!(user["languages"].as_array().unwrap().len(), 2);
    assert_eq!(nobody.posts("/register", account).await.0, 409);

    let (status, wrong) = nobody.posts("/login", json!({ "username": "wayan", "password": "salah" })).await;
    assert_eq!((status.as_u16(), &wrong["code"]), (401, &json!("wrong_credentials")));
    let (status, session) =
        nobody.posts("/login", json!({ "username": "wayan", "password": PASSWORD })).await;
    assert_eq!((status.as_u16(), &session["user"]["id"]), (200, &user["id"]));

    let program = Program::new(&app, session["accessToken"].as_str().unwrap());
    assert_eq!(program.gets("/me").await.1["user"]["username"], "wayan");
    let refresh = json!({ "refreshToken": session["refreshToken"] });
    let (status, next) = program.posts("/token/refresh", refresh.clone()).await;
    assert_eq!(status, 200, "{next}");
    assert_eq!(program.gets("/me").await.0, 401, "the first access token has ended");
    let program = Program::new(&app, next["accessToken"].as_str().unwrap());
    assert_eq!(program.gets("/me").await.0, 200);

    // Once more, as after an answer that was lost: the same two.
    let (status, same) = nobody.posts("/token/refresh", refresh.clone()).await;
    assert_eq!(status, 200, "{same}");
    assert_eq!((&same["accessToken"], &same["refreshToken"]), (&next["accessToken"], &next["refreshToken"]));
    // Once what came of it was used, nobody who has it has come by it rightly.
    let further = json!({ "refreshToken": next["refreshToken"] });
    let (status, further) = nobody.posts("/token/refresh", further).await;
    assert_eq!(status, 200, "{further}");
    let program = Program::new(&app, further["accessToken"].as_str().unwrap());
    assert_eq!(program.gets("/me").await.0, 200);
    assert_eq!(nobody.posts("/token/refresh", refresh).await.0, 401);
    assert_eq!(program.gets("/me").await.0, 401);
    let again = nobody.posts("/login", json!({ "username": "wayan", "password": PASSWORD })).await.1;
    let program = Program::new(&app, again["accessToken"].as_str().unwrap());
    let mut socket = Socket::by_token(&app.origin, Some(&program.token)).await.unwrap();
    assert_eq!(socket.event("hello").await["userId"], user["id"]);
    assert_eq!(program.request(Method::POST, "/logout").send().await.unwrap().status(), 204);
    assert_eq!(socket.close_code().await, 4401);
    assert_eq!(program.gets("/me").await.0, 401);
    app.stop().await;
}

#[tokio::test]
async fn a_message_has_the_form_of_the_seed_and_everyone_else_hears_of_it() {
    let world = World::get().await;
    let app = world.opens().await;
    let sari = Program::new(&app, world.token("sari"));
    let mut oleh = Socket::by_token(&app.origin, Some(world.token("oleh"))).await.unwrap();
    let mut device = Socket::by_token(&app.origin, Some(world.token("device"))).await.unwrap();
    let (oleh_hello, _) = (oleh.event("hello").await, device.event("hello").await);
    assert_eq!(oleh_hello["userId"], 2);

    // The path as the seed writes it, with a slash at its end.
    let key = "0191e7a0-0000-7000-8000-00000000abcd";
    let send = || {
        let request = sari.request(Method::POST, "/groups/1/messages/").header("Idempotency-Key", key);
        request.json(&json!({ "content": "Halo!" }))
    };
    let (status, message) = answer(send()).await;
    assert_eq!(status, 201, "{message}");
    assert_eq!(
        (&message["content"], &message["userId"], &message["clientId"]),
        (&json!("Halo!"), &json!(1), &json!(key))
    );
    assert_eq!((&message["User"]["username"], &message["Group"]["name"]), (&json!("sari"), &json!("Kopi")));
    assert_eq!((&message["Media"], &message["createdAt"]), (&Value::Null, &message["updatedAt"]));
    for socket in [&mut oleh, &mut device] {
        let heard = socket.event("message").await;
        assert_eq!((&heard["id"], &heard["seq"]), (&message["messageId"], &message["seq"]));
    }
    assert_eq!(answer(send()).await.1["messageId"], message["messageId"]);

    let path = format!("/messages/{}", message["messageId"]);
    let (status, edited) = sari.sends(Method::PUT, &path, json!({ "content": "Halo semua!" })).await;
    assert_eq!((status.as_u16(), &edited["content"]), (200, &json!("Halo semua!")));
    assert_ne!(edited["createdAt"], edited["updatedAt"]);
    let (status, deleted) = answer(sari.request(Method::DELETE, &path)).await;
    assert_eq!((status.as_u16(), deleted), (200, json!({ "messageId": message["messageId"] })));
    assert_eq!(sari.gets(&path).await.1["deleted"], true);
    app.stop().await;
}

#[tokio::test]
async fn files_come_with_the_message_or_not_at_all() {
    let world = World::get().await;
    let app = world.opens().await;
    let sari = Program::new(&app, world.token("sari"));
    let form = || Form::new().part("attachment", Part::bytes(b"kopi".to_vec()).file_name("resep 2.txt"));
    let send = |form: Form| sari.request(Method::POST, "/groups/1/messages").multipart(form);

    let (status, message) = answer(send(form().text("content", "Resep"))).await;
    assert_eq!(status, 201, "{message}");
    assert_eq!((&message["content"], &message["Media"]["name"]), (&json!("Resep"), &json!("resep 2.txt")));
    let file = message["Media"]["url"].as_str().unwrap();
    let served =
        sari.http.get(format!("{}{file}", app.origin)).bearer_auth(&sari.token).send().await.unwrap();
    assert_eq!(served.text().await.unwrap(), "kopi");
    let (status, alone) = answer(send(form())).await;
    assert_eq!((status.as_u16(), &alone["content"]), (201, &json!("")));

    // As browsers send a field for a file when none was chosen.
    let none =
        Form::new().text("content", "Tanpa berkas").part("attachment", Part::bytes(vec![]).file_name(""));
    let (status, message) = answer(send(none)).await;
    assert_eq!((status.as_u16(), &message["Media"]), (201, &Value::Null), "{message}");
    assert_eq!(message["content"], "Tanpa berkas");

    // Nothing half-done stays behind.
    for (form, field) in [
        (form().text("content", "x".repeat(4_001)), json!("content")),
        (form().text("clientId", "nonsense"), json!("clientId")),
        (form().text("surprise", "!"), Value::Null),
        (Form::new().text("content", " "), json!("content")),
    ] {
        let (status, refused) = answer(send(form)).await;
        assert_eq!((status.as_u16(), &refused["field"]), (422, &field), "{refused}");
    }
    let mut full = Form::new();
    for _ in 0..11 {
        full = full.part("attachment", Part::bytes(b"kopi".to_vec()));
    }
    assert_eq!(answer(send(full)).await.1["field"], "attachment");
    let waiting = sari.posts("/files", json!({ "name": "a.txt", "size": 4 })).await;
    assert_eq!(waiting.0, 201, "{}", waiting.1);
    app.stop().await;
}

#[tokio::test]
async fn lists_lead_to_their_next_page() {
    let world = World::get().await;
    let app = world.opens().await;
    let sari = Program::new(&app, world.token("sari"));
    for number in 0..60 {
        let (status, _) = sari.posts("/groups/1/messages", json!({ "content": number.to_string() })).await;
        assert_eq!(status, 201);
    }
    let (mut path, mut contents) = ("/groups/1/messages".to_owned(), Vec::new());
    loop {
        let (status, headers, page) = whole(sari.request(Method::GET, &path)).await;
        assert_eq!(status, 200);
        let page: Vec<_> =
            page.as_array().unwrap().iter().map(|message| message["content"].clone()).collect();
        contents.splice(0..0, page);
        let Some(link) =
            headers.get(LINK).and_then(|link| link.to_str().unwrap().split_once(">; rel=\"prev\""))
        else {
            break;
        };
        path = link.0.rsplit_once('<').unwrap().1.trim_start_matches("/api/v1").to_owned();
    }
    assert_eq!(
        contents[contents.len() - 60..],
        (0..60).map(|number| json!(number.to_string())).collect::<Vec<_>>()
    );

    let before = sari.gets("/groups/1").await.1["seq"].as_u64().unwrap();
    let own = contents.len();
    sari.posts("/groups/1/messages", json!({ "content": "baru" })).await;
    let (_, since) = sari.gets(&format!("/groups/1/messages?since={before}")).await;
    assert_eq!(since.as_array().unwrap().len(), 1, "of {own}");
    let (status, error) = sari.gets("/groups/1/messages?before=1&after=2").await;
    assert_eq!(status, 422, "{error}");
    let (_, headers, people) = whole(sari.request(Method::GET, "/users")).await;
    assert_eq!(headers["x-total-count"].to_str().unwrap(), people.as_array().unwrap().len().to_string());
    app.stop().await;
}

#[tokio::test]
async fn a_password_under_another_name_is_not_taken_for_changed() {
    let world = World::get().await;
    let app = world.opens().await;
    let sari = Program::new(&app, world.token("sari"));
    for name in ["newPassword", "new_password", "PASSWORD"] {
        let change = json!({ "bio": "Kopi", name: "rahasia-baru", "currentPassword": PASSWORD });
        let (status, error) = sari.sends(Method::PUT, "/users", change).await;
        assert_eq!((status.as_u16(), &error["field"]), (422, &json!("password")), "{name}: {error}");
    }
    let (status, profile) = sari.sends(Method::PUT, "/users", json!({ "bio": "Teh", "other": 1 })).await;
    assert_eq!((status.as_u16(), &profile["bio"]), (200, &json!("Teh")), "{profile}");
    app.stop().await;
}

#[tokio::test]
async fn bad_input_is_refused_by_its_field() {
    let world = World::get().await;
    let app = world.opens().await;
    let sari = Program::new(&app, world.token("sari"));
    for (path, body, code, field) in [
        ("/groups", json!({}), "required", json!("name")),
        ("/groups", json!({ "name": 7 }), "invalid", json!("name")),
        ("/groups", json!({ "name": "a", "memberIds": [1, "x"] }), "invalid", json!("memberIds[1]")),
        ("/groups", json!({ "name": "" }), "required", json!("name")),
        ("/groups/x/messages", json!({ "content": "a" }), "invalid", json!("groupId")),
        ("/groups/1/messages", json!({ "content": "x".repeat(4_001) }), "too_long", json!("content")),
        ("/groups/1/members", json!({ "userIds": [4] }), "cannot_add", json!("userIds")),
        ("/tokens", json!({ "name": "a", "scopes": ["fly"], "days": 1 }), "invalid", json!("scopes[0]")),
    ] {
        let (_, error) = sari.posts(path, body).await;
        assert_eq!((&error["code"], &error["field"]), (&json!(code), &field), "{path}: {error}");
    }
    let request = |kind: &'static str, body: &'static str| {
        sari.request(Method::POST, "/groups").header(CONTENT_TYPE, kind).body(body)
    };
    for (kind, body) in [("text/plain", "{}"), ("application/json", "{"), ("application/json", "{} {}")] {
        assert_eq!(answer(request(kind, body)).await.0, 422, "{kind} {body}");
    }
    let large = sari.request(Method::POST, "/groups").json(&json!({ "name": "x".repeat(70_000) }));
    assert_eq!(answer(large).await.0, 413);
    assert_eq!(sari.gets("/nowhere").await.0, 404);
    assert_eq!(sari.sends(Method::PATCH, "/languages", json!({})).await.0, 405);
    app.stop().await;
}

#[tokio::test]
async fn a_profile_changes_as_a_whole() {
    let world = World::get().await;
    let app = world.opens().await;
    let sari = Program::new(&app, world.token("sari"));
    let (status, changed) =
        sari.sends(Method::PUT, "/users", json!({ "bio": "Kopi", "country": "ID" })).await;
    assert_eq!(
        (status.as_u16(), &changed["nickname"], &changed["bio"]),
        (200, &json!("sari"), &json!("Kopi"))
    );
    let unknown = json!({ "languages": [{ "kind": "native", "code": "zz" }] });
    assert_eq!(sari.sends(Method::PUT, "/users", unknown).await.1["field"], "languages[0]");
    let taken = json!({ "bio": "Teh", "birthday": "1999-02-30" });
    assert_eq!(sari.sends(Method::PUT, "/users", taken).await.1["field"], "birthday");
    // What is left out stays; with a wrong password nothing changes.
    let wrong = json!({ "bio": "Teh", "username": "sari2", "currentPassword": "salah" });
    let (status, told) = sari.sends(Method::PUT, "/users", wrong).await;
    let wrong = (403, &json!("wrong_password"), &json!("currentPassword"));
    assert_eq!((status.as_u16(), &told["code"], &told["field"]), wrong);
    let guessed = json!({ "bio": "Teh", "password": "password1", "currentPassword": PASSWORD });
    let (_, told) = sari.sends(Method::PUT, "/users", guessed).await;
    assert_eq!((&told["code"], &told["field"]), (&json!("easily_guessed"), &json!("password")));
    assert_eq!(sari.gets("/users/1").await.1["bio"], "Kopi");
    let right =
        json!({ "bio": "Teh", "username": "sari2", "password": "rahasia-baru", "currentPassword": PASSWORD });
    let (status, changed) = sari.sends(Method::PUT, "/users", right).await;
    assert_eq!(
        (status.as_u16(), &changed["username"], &changed["bio"]),
        (200, &json!("sari2"), &json!("Teh"))
    );
    let device = Program::new(&app, world.token("device"));
    assert_eq!(device.gets("/me").await.0, 401, "other sessions have ended");
    let login = json!({ "username": "sari2", "password": "rahasia-baru" });
    assert_eq!(device.posts("/login", login).await.0, 200);
    app.stop().await;
}

#[tokio::test]
async fn a_browsers_session_works_from_its_own_pages_only() {
    let world = World::get().await;
    let app = world.opens().await;
    let nobody = Program::new(&app, "");
    let from = |origin: &str| {
        nobody
            .request(Method::POST, "/groups/1/messages")
            .header(COOKIE, format!("sapa_session={}", world.token("sari")))
            .header(ORIGIN, origin)
            .json(&json!({ "content": "halo" }))
    };
    assert_eq!(answer(from(&app.origin)).await.0, 201);
    assert_eq!(answer(from("https://evil.example")).await.0, 403);
    assert_eq!(answer(from("null")).await.0, 403);
    // A proxy before us may ask for a password of its own.
    let behind = from(&app.origin).header("authorization", "Basic c2FyaTpzYXJp");
    assert_eq!(answer(behind).await.0, 201);
    app.stop().await;
}

#[tokio::test]
async fn every_door_counts_against_one_allowance() {
    let world = World::get().await;
    let app = world.opens_with(&["--rate-account", "150", "--rate-address", "45"]).await;
    let sari = Program::new(&app, world.token("sari"));
    let (_, headers, _) = whole(sari.request(Method::GET, "/me")).await;
    let read = |headers: &HeaderMap, name: &str| headers[name].to_str().unwrap().parse::<u32>().unwrap();
    assert_eq!((read(&headers, "ratelimit-limit"), read(&headers, "ratelimit-remaining")), (10, 9));
    let mut socket = Socket::by_token(&app.origin, Some(world.token("device"))).await.unwrap();
    for _ in 0..6 {
        socket.asks(json!("ping")).await;
    }
    let mut refused = None;
    for _ in 0..12 {
        let (status, headers, error) = whole(sari.request(Method::GET, "/me")).await;
        if status == 429 {
            refused = Some((read(&headers, "retry-after"), error["code"].clone()));
            break;
        }
    }
    assert_eq!(refused, Some((1, json!("too_many"))));
    let late = socket.asks(json!("ping")).await;
    assert_eq!(late["error"]["code"], "too_many");
    // Somebody else is not held up.
    assert_eq!(Program::new(&app, world.token("oleh")).gets("/me").await.0, 200);
    let nobody = Program::new(&app, "");
    let mut statuses = Vec::new();
    for _ in 0..5 {
        statuses.push(nobody.gets("/languages").await.0.as_u16());
    }
    assert_eq!(statuses, [200, 200, 200, 429, 429]);
    app.stop().await;
}

#[tokio::test]
async fn the_docs_are_there_without_the_network() {
    let app = TestApp::start().await;
    let http = Client::new();
    for (path, kind) in [
        ("/api/v1/openapi.json", "application/json"),
        ("/api/v1/frames.json", "application/json"),
        ("/api/docs", "text/html"),
        ("/api/docs/live", "text/html"),
    ] {
        let address = format!("{}{path}", app.origin);
        let response = http.get(&address).send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        let headers = response.headers().clone();
        assert!(headers[CONTENT_TYPE].to_str().unwrap().starts_with(kind), "{path}");
        assert!(!headers.contains_key(CONTENT_ENCODING), "{path} is packed for whoever does not ask");
        let text = response.text().await.unwrap_or_default();
        assert!(!text.contains("src=\"http") && !text.contains("href=\"http"), "{path} asks elsewhere");
        assert!(!text.contains("<script"), "{path} runs something");
        // Whoever has it already is not sent it again.
        let again = http.get(&address).header(IF_NONE_MATCH, &headers[ETAG]).send().await.unwrap();
        assert_eq!(
            (again.status(), again.headers().get(ETAG)),
            (StatusCode::NOT_MODIFIED, headers.get(ETAG)),
            "{path}"
        );
        let packed = http.get(&address).header(ACCEPT_ENCODING, "gzip").send().await.unwrap();
        assert_eq!(packed.headers()[CONTENT_ENCODING], "gzip", "{path}");
    }
    app.stop().await;
}

#[tokio::test]
async fn the_docs_tell_all_of_the_description() {
    let app = TestApp::start().await;
    let read = async |path: &str| {
        Client::new().get(format!("{}{path}", app.origin)).send().await.unwrap().text().await.unwrap()
    };
    let document: Value = serde_json::from_str(&read("/api/v1/openapi.json").await).unwrap();
    let page = read("/api/docs/").await;
    let all = operations(&document);
    for operation in &all {
        let path = operation.path.replace(['{', '}'], "").replace('/', "-");
        let id = format!("id=\"{}{path}\"", operation.method.as_str().to_lowercase());
        assert_eq!(page.matches(&id).count(), 1, "{}", operation.name);
    }
    assert_eq!(page.matches("class=\"docs-operation\"").count(), all.len());
    // Each thing has one place, and whatever leads to something on the page leads somewhere.
    for page in [page, read("/api/docs/live").await] {
        let attributes = |name: &str| {
            page.split(name).skip(1).filter_map(|rest| rest.split('"').next()).collect::<Vec<_>>()
        };
        let (ids, links) = (attributes(" id=\""), attributes(" href=\"#"));
        let places: HashSet<_> = ids.iter().collect();
        assert_eq!(places.len(), ids.len());
        let nowhere: Vec<_> = links.iter().filter(|link| !places.contains(link)).collect();
        assert!(links.len() > 20 && nowhere.is_empty(), "{nowhere:?} of {}", links.len());
    }
    app.stop().await;
}
