//! What programs tell the host of people.

use reqwest::{Client, StatusCode};
use sapa_domain::host::Host;
use serde_json::{Value, json};

use crate::support::{Person, TestApp, client_id};

/// Reports by REST.
async fn tells(app: &TestApp, person: &Person, report: &Value) -> (StatusCode, Value) {
    let request = Client::new().post(format!("{}/api/v1/reports", app.origin));
    let request = request.header("cookie", &person.cookie).header("origin", &app.origin);
    let response = request.json(report).send().await.unwrap();
    (response.status(), serde_json::from_str(&response.text().await.unwrap()).unwrap_or_default())
}

#[tokio::test]
async fn a_report_names_one_thing_or_none() {
    let app = TestApp::start().await;
    let (sari, oleh, room) = app.friends("sari", "oleh").await;
    let said = oleh.connects().await.sends(room, 1, "kata kasar").await["messageId"].clone();
    let story = json!({ "clientId": client_id(2), "content": { "text": { "text": "dan lagi", "hue": 0 } } });
    let story = oleh.calls("post_story", json!({ "story": story })).await["id"].clone();
    let settings = json!({ "name": "Kopi", "handle": "kopi", "comments": true });
    let channel = sari.calls("create_channel", json!({ "settings": settings })).await["room"]["id"].clone();
    oleh.calls("follow_channel", json!({ "room": channel })).await;
    let post = sari.connects().await.sends(channel.as_i64().unwrap(), 3, "resep").await["messageId"].clone();
    let comment = json!({ "room": channel, "message": post, "client_id": client_id(4), "text": "buruk" });
    let comment = oleh.calls("add_comment", comment).await["id"].clone();

    let of = |what: Value| {
        let mut report = json!({ "userId": oleh.id, "reason": "abuse" });
        report.as_object_mut().unwrap().extend(what.as_object().unwrap().clone());
        report
    };
    let message = json!({ "groupId": room, "messageId": said });
    for what in [json!({}), message, json!({ "commentId": comment }), json!({ "storyId": story })] {
        let (status, body) = tells(&app, &sari, &of(what)).await;
        assert_eq!(status, StatusCode::NO_CONTENT, "{body}");
    }
    let told = Host::open(&app.database_url()).await.unwrap().reports(false, None).await.unwrap();
    let about: Vec<_> = told
        .iter()
        .rev()
        .map(|report| report.excerpt.iter().find(|quoted| quoted.reported).map(|quoted| quoted.text.as_str()))
        .collect();
    assert_eq!(about, [None, Some("kata kasar"), Some("buruk"), Some("dan lagi")]);

    for (what, field) in [
        (json!({ "groupId": room }), "messageId"),
        (json!({ "messageId": said }), "groupId"),
        (json!({ "groupId": room, "messageId": said, "commentId": comment }), "commentId"),
        (json!({ "commentId": comment, "storyId": story }), "commentId"),
        (json!({ "groupId": room, "messageId": said, "storyId": story }), "storyId"),
    ] {
        let (status, problem) = tells(&app, &sari, &of(what)).await;
        assert_eq!(
            (status, &problem["field"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!(field)),
            "{problem}"
        );
    }
    let (status, _) =
        tells(&app, &sari, &json!({ "userId": sari.id, "storyId": story, "reason": "spam" })).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "oneself");
    app.stop().await;
}
