//! A fault of the database is told as a fault: it says nothing of who may do what, or of what is there.

use sapa_domain::{comments, invites, messages, webhooks};
use sapa_model::webhook::{Direction, NewWebhook};
use sapa_model::{AppResult, ErrorCode, MessageId};

use crate::support::deeds::code;
use crate::support::{House, Person, client_id, run};

/// Does something while the database cannot find who is in which room.
async fn without_members<T>(house: &House, act: impl Future<Output = T>) -> T {
    run(&house.raw, "ALTER TABLE memberships RENAME TO out_of_reach".to_owned()).await;
    let done = act.await;
    run(&house.raw, "ALTER TABLE out_of_reach RENAME TO memberships".to_owned()).await;
    done
}

async fn hooks(person: &Person, room: sapa_model::RoomId, url: Option<&str>) -> sapa_model::webhook::Webhook {
    let direction = if url.is_some() { Direction::Outgoing } else { Direction::Incoming };
    let new = NewWebhook { direction, name: "Arsip".to_owned(), url: url.map(ToOwned::to_owned) };
    webhooks::create(&person.chat, &person.scope, room, new).await.unwrap()
}

#[tokio::test]
async fn a_webhook_is_not_given_up_for_a_fault() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let room = house.group(&[&sari]).await;
    let out = hooks(&sari, room, Some("https://example.org/hook")).await;
    let secret = hooks(&sari, room, None).await.secret.unwrap();
    sari.says(room, "halo").await;

    let told = without_members(&house, webhooks::delivery(&house.chat, out.id)).await;
    assert_eq!(code(told), ErrorCode::Internal);
    let posted = webhooks::post(&house.chat, &secret, client_id(), "x");
    assert_eq!(code(without_members(&house, posted).await), ErrorCode::Internal, "not: its link is gone");

    assert!(!webhooks::list(&house.chat, &sari.scope, room).await.unwrap().iter().any(|hook| hook.failed));
    assert_eq!(webhooks::due(&house.chat, &[], &[]).await.unwrap().len(), 1);
    assert!(webhooks::delivery(&house.chat, out.id).await.unwrap().is_some());
    webhooks::post(&house.chat, &secret, client_id(), "x").await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_looked_at_is_not_told_as_missing() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.founds("Kopi", &[]).await.unwrap().room.id;
    let link = sari.invites(room, 1).await.unwrap().token.unwrap();
    oleh.joins(&link).await.unwrap();
    let channel = sari.broadcasts("Teh", Some("teh")).await.unwrap().room.id;
    let post = sari.says(channel, "halo").await;
    let comment = sari.comments(&post, "pagi").await.unwrap();
    let said = sari.says(room, "halo").await.id;

    let chat = &house.chat;
    let faults = without_members(&house, async {
        let failed = |results: Vec<AppResult<()>>| results.into_iter().map(code).collect::<Vec<_>>();
        failed(vec![
            messages::locate(chat, &oleh.scope, said).await.map(drop),
            invites::preview(chat, &oleh.scope, &link).await.map(drop),
            oleh.joins(&link).await.map(drop),
            oleh.follows(channel).await.map(drop),
            sari.removes(room, &oleh).await,
            sari.names_admin(room, &oleh, true).await,
            comments::delete(chat, &sari.scope, comment.id).await,
            sapa_domain::channels::post(chat, "teh", post.id).await.map(drop),
        ])
    })
    .await;
    assert_eq!(faults, vec![ErrorCode::Internal; faults.len()]);
    assert_eq!(house.count(&format!("SELECT uses FROM invites WHERE room_id = {room}")).await, 1);
    assert_eq!(code(messages::locate(chat, &oleh.scope, MessageId(999)).await), ErrorCode::NotFound);
}
