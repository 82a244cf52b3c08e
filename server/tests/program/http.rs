//! Plain HTTP: health, headers, errors, and requests from other sites.

use reqwest::header::{ACCEPT, ACCEPT_ENCODING, COOKIE, HeaderValue, ORIGIN};
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};

use crate::support::{PASSWORD, PIXEL, Socket, TestApp};

#[tokio::test]
async fn it_says_that_it_is_well() {
    let app = TestApp::start().await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(reqwest::get(format!("{}{path}", app.origin)).await.unwrap().status(), 200, "{path}");
    }
    app.stop().await;
}

#[tokio::test]
async fn pages_allow_no_script_but_their_own() {
    let app = TestApp::start().await;
    let page = reqwest::get(format!("{}/sign-in", app.origin)).await.unwrap();
    assert_eq!(page.status(), 200);
    let header = |name: &str| page.headers()[name].to_str().unwrap().to_owned();
    let policy = header("content-security-policy");
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    for rule in ["style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"] {
        assert!(policy.contains(rule), "{rule} in {policy}");
    }
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "no-store");
    assert!(!page.headers().contains_key("strict-transport-security"));
    let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
    let html = page.text().await.unwrap();
    assert!(html.contains(&format!("nonce=\"{nonce}\"")), "the page's script carries the nonce");
    assert!(html.contains("<title>Sign in · Sapa</title>"), "{}", &html[..800]);
    for script in html.split("<script").skip(1) {
        assert!(script.split('>').next().unwrap().contains("nonce="), "<script{script}");
    }
}

#[tokio::test]
async fn a_page_of_a_chat_holds_its_messages_and_is_compressed() {
    let app = TestApp::start().await;
    let (sari, oleh, room) = app.friends("sari", "oleh").await;
    let sent: Value = sari.sends(room, "halo & apa kabar").await.json().await.unwrap();
    let id = sent["messageId"].as_i64().unwrap();
    let page = async |who: &str, path: &str, codings: &str| {
        let page = Client::new().get(format!("{}{path}", app.origin));
        page.header(COOKIE, who).header(ACCEPT_ENCODING, codings).send().await.unwrap()
    };
    let stranger = app.joins("rina").await;
    for path in [format!("/chats/{room}"), format!("/chats/{room}/{id}"), format!("/chats/{room}/{}", id + 1)]
    {
        let html = page(&oleh.cookie, &path, "identity").await.text().await.unwrap();
        let body = html.split("<body>").nth(1).unwrap();
        assert!(body.contains("halo &amp; apa kabar"), "{path}: {body}");
        let html = page(&stranger.cookie, &path, "identity").await.text().await.unwrap();
        assert!(!html.contains("apa kabar"), "{path} of others");
    }
    let path = format!("/chats/{room}");
    let small = page(&oleh.cookie, &path, "br, gzip").await;
    assert_eq!(small.headers()["content-encoding"], "gzip");
    let (small, whole) =
        (small.bytes().await.unwrap(), page(&oleh.cookie, &path, "").await.bytes().await.unwrap());
    assert!(small.len() * 2 < whole.len(), "{} of {} bytes", small.len(), whole.len());
}

#[tokio::test]
async fn forms_of_our_pages_are_taken_and_those_of_other_sites_refused() {
    let app = TestApp::start().await;
    app.joins("sari").await;
    let post = async |path: &str, from: Option<&str>, fields: &[(&str, &str)]| {
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let mut form = client.post(format!("{}{path}", app.origin)).form(fields).header(ACCEPT, "text/html");
        if let Some(from) = from {
            form = form.header(ORIGIN, from).header("sec-fetch-site", "same-origin");
        }
        form.send().await.unwrap()
    };
    let pair = [("login", "sari"), ("password", PASSWORD)];
    let own = Some(app.origin.as_str());
    let entered = post("/sign-in?next=/join/abc", own, &pair).await;
    assert_eq!(
        (entered.status(), &entered.headers()["location"]),
        (StatusCode::SEE_OTHER, &"/join/abc".parse().unwrap())
    );
    assert!(entered.headers()["set-cookie"].to_str().unwrap().contains("session="));
    assert_eq!(post("/sign-in?next=//evil.example", own, &pair).await.headers()["location"], "/chats");
    assert_eq!(post("/sign-in", Some("https://evil.example"), &pair).await.status(), 403);

    let wrong = post("/sign-in", own, &[("login", "<sari>"), ("password", "bukan <ini>")]).await;
    assert_eq!(wrong.status(), 401);
    assert!(!wrong.headers().contains_key("set-cookie"));
    let html = wrong.text().await.unwrap();
    assert!(
        html.contains("value=\"&lt;sari&gt;\"") && !html.contains("<sari>") && !html.contains("bukan"),
        "{html}"
    );

    let joined =
        post("/register", own, &[("username", "oleh"), ("nickname", "Oleh"), ("password", PASSWORD)]).await;
    assert_eq!(joined.status(), StatusCode::SEE_OTHER);
    let taken =
        post("/register", own, &[("username", "oleh"), ("nickname", "Oleh"), ("password", PASSWORD)]).await;
    assert_eq!(taken.status(), 409);
    assert_eq!(post("/register", own, &[]).await.status(), 422);
    assert_eq!(post("/chats", own, &[]).await.status(), 405);
}

#[tokio::test]
async fn behind_tls_cookies_and_browsers_stay_there() {
    let app = TestApp::start_with(&["--public-url", "https://chat.example.org"]).await;
    let account =
        json!({ "account": { "username": "sari", "password": "kunci rahasia", "nickname": "Sari" } });
    let answer =
        Client::new().post(format!("{}/rpc/register", app.origin)).json(&account).send().await.unwrap();
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-sapa_session="), "{cookie}");
    assert!(cookie.contains("Secure") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
    assert!(answer.headers().contains_key("strict-transport-security"));
    // Under another address the page can say what is wrong.
    let page = reqwest::get(format!("{}/sign-in", app.origin)).await.unwrap().text().await.unwrap();
    assert!(page.contains("data-home=\"https://chat.example.org\""), "{}", &page[..400]);
}

#[tokio::test]
async fn unknown_addresses_of_the_api_are_problems() {
    let app = TestApp::start().await;
    let answer = reqwest::get(format!("{}/api/v1/nothing", app.origin)).await.unwrap();
    assert_eq!(answer.status(), 404);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let problem: Value = answer.json().await.unwrap();
    assert_eq!((&problem["status"], &problem["code"]), (&json!(404), &json!("not_found")));
}

#[tokio::test]
async fn other_sites_can_do_nothing_in_somebodys_name() {
    let app = TestApp::start().await;
    let sari = app.joins("sari").await;
    let settings = json!({
        "whoMayWrite": "friends",
        "whoSeesPresence": "friends",
        "whoSeesBirthday": "nobody",
        "whoSeesPhone": "nobody",
        "findable": false,
        "relayCalls": false,
    });
    let post = |origin: Option<&str>| {
        let mut request = Client::new()
            .post(format!("{}/rpc/update_settings", app.origin))
            .header(COOKIE, &sari.cookie)
            .json(&json!({ "settings": settings }));
        if let Some(origin) = origin {
            request = request.header(ORIGIN, origin);
        }
        request.send()
    };
    for foreign in [None, Some("null"), Some("http://evil.example"), Some("http://127.0.0.1.evil.example")] {
        let answer = post(foreign).await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{foreign:?}");
        assert_eq!(answer.json::<Value>().await.unwrap()["code"], "forbidden");
        assert!(Socket::open(&app.origin, foreign, &sari.cookie).await.is_err(), "{foreign:?}");
    }
    assert_eq!(sari.calls("me", json!({})).await["settings"]["whoMayWrite"], "everyone");
    assert_eq!(post(Some(&app.origin)).await.unwrap().status(), 200);
}

#[tokio::test]
async fn other_sites_can_sign_nobody_in() {
    let app = TestApp::start().await;
    app.joins("sari").await;
    let own = app.origin.clone();
    let (json, text) = ("application/json", "text/plain");
    let body = json!({ "login": "sari", "password": PASSWORD, "username": "sari" }).to_string();
    let post = async |path: &str, kind: &str, headers: &[(&'static str, &str)]| {
        let mut request = Client::new().post(format!("{}{path}", app.origin)).header("content-type", kind);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(body.clone()).send().await.unwrap()
    };
    for (path, kind, headers, status) in [
        ("/rpc/sign_in", text, &[("origin", "http://evil.example")][..], 403),
        ("/rpc/sign_in", json, &[("origin", "http://evil.example")], 403),
        ("/rpc/sign_in", json, &[("origin", "null")], 403),
        ("/rpc/sign_in", json, &[("sec-fetch-site", "cross-site")], 403),
        ("/rpc/sign_in", json, &[("origin", &own), ("sec-fetch-site", "cross-site")], 403),
        ("/api/v1/login", json, &[("origin", "http://evil.example")], 403),
        ("/api/v1/login", json, &[("sec-fetch-site", "same-site")], 403),
        ("/rpc/sign_in", text, &[("origin", &own)], 415),
        ("/rpc/sign_in", "application/x-www-form-urlencoded", &[], 415),
        // Programs say nothing of pages; our own pages say that they are.
        ("/rpc/sign_in", json, &[("origin", &own), ("sec-fetch-site", "same-origin")], 200),
        ("/rpc/sign_in", json, &[("sec-fetch-site", "same-origin")], 200),
        ("/rpc/sign_in", "application/json; charset=utf-8", &[], 200),
        ("/api/v1/login", json, &[], 200),
    ] {
        let answer = post(path, kind, headers).await;
        assert_eq!(answer.status(), status, "{path} {kind} {headers:?}");
        let is_signed_in = answer.headers().contains_key("set-cookie");
        assert_eq!(is_signed_in, status == 200 && path.starts_with("/rpc"), "{path} {kind} {headers:?}");
    }
}

#[tokio::test]
async fn pages_that_the_host_names_use_the_api_with_a_token() {
    const APP: &str = "https://app.example.org";
    let app = TestApp::start_with(&["--cors-origin", "https://app.example.org/,http://localhost:5173"]).await;
    let sari = app.joins("sari").await;
    let ask = |method: Method, path: &str, headers: &[(&'static str, &str)]| {
        let request = Client::new().request(method, format!("{}{path}", app.origin));
        headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))
    };
    let preflight = async |path: &str, origin: &str| {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", "PATCH"),
            ("access-control-request-headers", "authorization,content-type"),
        ];
        ask(Method::OPTIONS, path, &headers).send().await.unwrap()
    };
    let allowed = |answer: &Response| answer.headers().get("access-control-allow-origin").cloned();
    for origin in [APP, "http://localhost:5173"] {
        let answer = preflight("/api/v1/me", origin).await;
        assert_eq!(answer.status(), 200);
        assert_eq!(allowed(&answer).unwrap(), origin);
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_ascii_lowercase();
        assert!(header("access-control-allow-methods").contains("patch"));
        assert!(header("access-control-allow-headers").contains("authorization"));
        assert!(header("vary").contains("origin"));
        assert!(!answer.headers().contains_key("access-control-allow-credentials"));
    }
    for (path, origin) in [
        ("/api/v1/me", "https://app.example.org.evil.example"),
        ("/api/v1/me", "http://app.example.org"),
        ("/api/v1/me", "null"),
        ("/rpc/sign_in", APP),
        ("/sign-in", APP),
    ] {
        assert_eq!(allowed(&preflight(path, origin).await), None, "{path} {origin}");
    }

    // From signing in to an answer; an error can be read too.
    let known = json!({ "login": "sari", "username": "sari", "password": PASSWORD });
    let page = [("origin", APP), ("sec-fetch-site", "cross-site")];
    let answer = ask(Method::POST, "/api/v1/login", &page).json(&known).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), allowed(&answer)), (200, Some(HeaderValue::from_static(APP))));
    assert!(!answer.headers().contains_key("set-cookie"));
    let tokens: Value = answer.json().await.unwrap();
    let bearer = format!("Bearer {}", tokens["accessToken"].as_str().unwrap());
    let with_token = [page[0], page[1], ("authorization", bearer.as_str())];
    let me = ask(Method::GET, "/api/v1/me", &with_token).send().await.unwrap();
    assert_eq!((me.status().as_u16(), allowed(&me)), (200, Some(HeaderValue::from_static(APP))));
    assert!(me.headers()["access-control-expose-headers"].to_str().unwrap().contains("ratelimit-remaining"));
    let refused = ask(Method::GET, "/api/v1/groups/999999", &with_token).send().await.unwrap();
    assert_eq!((refused.status().as_u16(), allowed(&refused)), (404, Some(HeaderValue::from_static(APP))));

    // Never by a cookie, never the pages' own doors, and never for others.
    let by_cookie = [page[0], page[1], ("cookie", sari.cookie.as_str())];
    let room = json!({ "name": "Kelompok" });
    let answer = ask(Method::POST, "/api/v1/groups", &by_cookie).json(&room).send().await.unwrap();
    assert_eq!(answer.status(), 403);
    let answer = ask(Method::POST, "/rpc/sign_in", &page).json(&known).send().await.unwrap();
    assert_eq!(answer.status(), 403);
    let other = [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")];
    let answer = ask(Method::POST, "/api/v1/login", &other).json(&known).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), allowed(&answer)), (403, None));
}

#[tokio::test]
async fn a_host_is_ours_however_it_is_written() {
    let app = TestApp::start().await;
    let sari = app.joins("sari").await;
    for (host, origin, status) in [
        ("chat.example.org", "https://chat.example.org", 200),
        ("chat.example.org:443", "https://chat.example.org", 200),
        ("chat.example.org:80", "http://chat.example.org", 200),
        ("Chat.Example.org", "https://chat.example.org", 200),
        ("chat.example.org:8443", "https://chat.example.org", 403),
        ("chat.example.org", "https://evil.example", 403),
    ] {
        let answer = Client::new()
            .post(format!("{}/rpc/me", app.origin))
            .header("host", host)
            .header(ORIGIN, origin)
            .header(COOKIE, &sari.cookie)
            .json(&json!({}))
            .send();
        assert_eq!(answer.await.unwrap().status(), status, "{host} {origin}");
    }
}

#[tokio::test]
async fn whatever_is_answered_keeps_other_sites_out() {
    let app = TestApp::start().await;
    for path in ["/sign-in", "/api/v1/languages", "/nowhere", "/healthz", "/favicon.svg", "/c/nobody"] {
        let answer = reqwest::get(format!("{}{path}", app.origin)).await.unwrap();
        for name in ["cross-origin-opener-policy", "cross-origin-resource-policy"] {
            assert_eq!(answer.headers()[name], "same-origin", "{path} {name}");
        }
    }
}

#[tokio::test]
async fn whoever_is_signed_in_is_led_on_to_an_address_of_ours() {
    let app = TestApp::start().await;
    let sari = app.joins("sari").await;
    let browser = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    for (next, location) in [
        ("/chats/7", "/chats/7"),
        ("/%01", "/chats"),
        ("/%0d%0aset-cookie:a=b", "/chats"),
        ("/%7f", "/chats"),
        ("//evil.example", "/chats"),
        ("/%C3%A9%20x", "/%C3%A9%20x"),
    ] {
        let page = browser.get(format!("{}/sign-in?next={next}", app.origin)).header(COOKIE, &sari.cookie);
        let answer = page.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{next}");
        assert_eq!(answer.headers()["location"], location, "{next}");
    }
}

#[tokio::test]
async fn requests_that_cannot_be_read_say_why() {
    let app = TestApp::start().await;
    let sari = app.joins("sari").await;
    let large = format!(r#"{{"filter":{{"query":"{}"}},"page":1}}"#, "x".repeat(128 * 1024));
    for (function, body, status, code, word) in [
        ("explore", large.as_str(), 413, "too_large", "large"),
        ("explore", "", 422, "invalid", "EOF"),
        ("explore", "{", 422, "invalid", "EOF"),
        ("explore", "[]", 422, "invalid", "length 0"),
        ("explore", r#"{"filter":{"query":"x"}}"#, 422, "invalid", "page"),
        ("explore", r#"{"filter":{"query":7},"page":1}"#, 422, "invalid", "string"),
        ("explore", r#"{"filter":{"query":"x"},"page":-1}"#, 422, "invalid", "-1"),
        ("explore", r#"{"filter":{"native":"xx"},"page":1}"#, 422, "invalid", "ISO 639-1"),
        ("history", r#"{"room":1,"from":"sideways"}"#, 422, "invalid", "sideways"),
        ("history", r#"{"room":999,"from":"latest"}"#, 404, "not_found", "room"),
        ("launch", "{}", 404, "not_found", "function"),
    ] {
        let answer = Client::new()
            .post(format!("{}/rpc/{function}", app.origin))
            .header(COOKIE, &sari.cookie)
            .header(ORIGIN, &app.origin)
            .header("content-type", "application/json")
            .body(body.to_owned())
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), status, "{function} {body:.60}");
        let error: Value = answer.json().await.unwrap();
        assert_eq!(error["code"], code, "{error}");
        assert!(error["message"].as_str().unwrap().contains(word), "{error}");
    }
}

#[tokio::test]
async fn pictures_of_people_are_kept_by_browsers_and_shown_to_members_only() {
    let app = TestApp::start().await;
    let sari = app.joins("sari").await;
    let answer = sari.puts("/avatar", PIXEL).await.unwrap();
    assert_eq!(answer.status(), 200);
    let card: Value = answer.json().await.unwrap();
    let path = format!("{}/avatars/small/{}", app.origin, card["avatar"].as_str().unwrap());
    let get = |cookie: &str| Client::new().get(&path).header(COOKIE, cookie).send();
    let shown = get(&sari.cookie).await.unwrap();
    let header = |name: &str| shown.headers()[name].to_str().unwrap().to_owned();
    assert!(header("content-type").starts_with("image/"));
    assert!(header("cache-control").contains("immutable"));
    assert!(header("content-security-policy").contains("sandbox"));
    assert_eq!(get("").await.unwrap().status(), 401);
    let refused = sari.puts("/avatar", "<svg/>").await.unwrap();
    assert_eq!(
        (refused.status(), refused.json::<Value>().await.unwrap()["code"].clone()),
        (StatusCode::UNPROCESSABLE_ENTITY, json!("not_a_picture"))
    );
}

#[tokio::test]
async fn a_session_is_a_calendar_file_for_those_who_may_see_it() {
    let app = TestApp::start().await;
    let (sari, oleh, dewi) = (app.joins("sari").await, app.joins("oleh").await, app.joins("dewi").await);
    let room = sari.befriends(&oleh).await;
    let session = json!({
        "clientId": "0191e7a0-0000-7000-8000-00000000abcd",
        "topic": "Kopi; teh, dan\\susu",
        "startsAt": 1_900_000_000_000_i64,
        "minutes": 30,
    });
    let in_a_year = json!({ "room": room, "session": session });
    // Too far ahead: said so beside its field.
    let refused = sari.posts("propose_session", &in_a_year).await;
    assert_eq!(refused.json::<Value>().await.unwrap()["field"], "startsAt");
    let soon = std::time::SystemTime::now() + std::time::Duration::from_secs(3_600);
    let soon = soon.duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    let mut session = session;
    session["startsAt"] = json!(u64::try_from(soon).unwrap());
    let message = sari.calls("propose_session", json!({ "room": room, "session": session })).await;
    let id = &message["body"]["text"]["schedule"]["id"];
    let get = |cookie: &str| {
        Client::new().get(format!("{}/schedules/{id}.ics", app.origin)).header(COOKIE, cookie).send()
    };
    let answer = get(&oleh.cookie).await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/calendar; charset=utf-8");
    let calendar = answer.text().await.unwrap();
    assert!(calendar.contains("SUMMARY:Kopi\\; teh\\, dan\\\\susu"), "{calendar}");
    assert_eq!(get(&dewi.cookie).await.unwrap().status(), 404);
    assert_eq!(get("").await.unwrap().status(), 401);
}
