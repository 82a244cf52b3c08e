//! Webhooks of groups.

use sapa_domain::host::Host;
use sapa_domain::webhooks::{Delivery, Due};
use sapa_domain::{groups, webhooks};
use sapa_model::webhook::{Direction, NewWebhook, Webhook};
use sapa_model::{AppResult, ErrorCode, RoomId, WebhookId};

use crate::support::deeds::{code, refusal};
use crate::support::{House, Person, client_id, heard, run};

impl Person {
    async fn hooks(&self, room: RoomId, direction: Direction, url: Option<&str>) -> AppResult<Webhook> {
        let new = NewWebhook { direction, name: "Arsip".to_owned(), url: url.map(ToOwned::to_owned) };
        webhooks::create(&self.chat, &self.scope, room, new).await
    }

    async fn hooks_out(&self, room: RoomId) -> Webhook {
        self.hooks(room, Direction::Outgoing, Some("https://example.org/hook")).await.unwrap()
    }

    /// The texts that are due to be posted, and how far they go.
    async fn due(&self) -> Vec<(WebhookId, u64, Vec<String>)> {
        let mut due = Vec::new();
        for Due { id, .. } in webhooks::due(&self.chat, &[], &[]).await.unwrap() {
            let delivery = webhooks::delivery(&self.chat, id).await.unwrap();
            let texts = |delivery: &Delivery| delivery.post.messages.iter().filter_map(heard::text).collect();
            due.extend(delivery.map(|delivery| (id, delivery.seq, texts(&delivery))));
        }
        due
    }

    /// Whether it is told anything now.
    async fn goes(&self, id: WebhookId) -> bool {
        webhooks::delivery(&self.chat, id).await.unwrap().is_some()
    }
}

#[tokio::test]
async fn only_admins_make_see_and_delete_them() {
    let house = House::new().await;
    let (sari, oleh, maria) =
        (house.person("sari").await, house.person("oleh").await, house.person("maria").await);
    let room = house.group(&[&sari, &oleh]).await;
    let made = sari.hooks_out(room).await;
    assert_eq!(made.secret.as_ref().map(String::len), Some(64));
    let listed = webhooks::list(&sari.chat, &sari.scope, room).await.unwrap();
    assert_eq!(listed, [Webhook { secret: None, ..made.clone() }]);
    for (person, refused) in [(&oleh, ErrorCode::Forbidden), (&maria, ErrorCode::NotFound)] {
        assert_eq!(code(person.hooks(room, Direction::Incoming, None).await), refused);
        assert_eq!(code(webhooks::list(&person.chat, &person.scope, room).await), refused);
        assert_eq!(code(webhooks::delete(&person.chat, &person.scope, room, made.id).await), refused);
    }
    assert_eq!(refusal(sari.hooks(room, Direction::Outgoing, None).await).1.as_deref(), Some("url"));
    assert_eq!(
        refusal(sari.hooks(room, Direction::Outgoing, Some("ftp://x")).await).1.as_deref(),
        Some("url")
    );
    webhooks::delete(&sari.chat, &sari.scope, room, made.id).await.unwrap();
    assert!(webhooks::list(&sari.chat, &sari.scope, room).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_outgoing_one_is_told_of_everything_in_order_until_it_has_arrived() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = house.group(&[&sari, &oleh]).await;
    sari.says(room, "before").await;
    let hook = sari.hooks_out(room).await;
    assert_eq!(sari.due().await, []);
    oleh.says(room, "one").await;
    sari.says(room, "two").await;
    let due = sari.due().await;
    assert_eq!((due.len(), &due[0].2), (1, &vec!["one".to_owned(), "two".to_owned()]));

    // It did not arrive: later the same again, with what has come meanwhile.
    webhooks::settle(&sari.chat, hook.id, due[0].1, Err("it answered 500".to_owned())).await.unwrap();
    assert_eq!(sari.due().await, []);
    oleh.says(room, "three").await;
    run(&house.raw, "UPDATE webhooks SET due_at = 0".to_owned()).await;
    let again = sari.due().await;
    assert_eq!(again[0].2, ["one", "two", "three"]);
    let listed = webhooks::list(&sari.chat, &sari.scope, room).await.unwrap();
    assert_eq!(listed[0].last_error.as_deref(), Some("it answered 500"));

    webhooks::settle(&sari.chat, hook.id, again[0].1, Ok(())).await.unwrap();
    assert_eq!(sari.due().await, []);
    let listed = webhooks::list(&sari.chat, &sari.scope, room).await.unwrap();
    assert_eq!((listed[0].last_error.as_deref(), listed[0].failed), (None, false));
}

#[tokio::test]
async fn it_is_given_up_after_many_tries() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let room = house.group(&[&sari]).await;
    let hook = sari.hooks_out(room).await;
    sari.says(room, "one").await;
    for tries in 0..9 {
        run(&house.raw, "UPDATE webhooks SET due_at = 0".to_owned()).await;
        let due = sari.due().await;
        assert_eq!(due.len(), 1, "try {tries}");
        webhooks::settle(&sari.chat, hook.id, due[0].1, Err("nobody there".to_owned())).await.unwrap();
    }
    run(&house.raw, "UPDATE webhooks SET due_at = 0".to_owned()).await;
    assert_eq!(sari.due().await, []);
    assert!(webhooks::list(&sari.chat, &sari.scope, room).await.unwrap()[0].failed);
}

#[tokio::test]
async fn an_incoming_one_writes_in_the_name_of_its_maker_while_they_are_an_admin() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = house.group(&[&sari, &oleh]).await;
    let hook = sari.hooks(room, Direction::Incoming, None).await.unwrap();
    let secret = hook.secret.unwrap();
    let id = client_id();
    let posted = webhooks::post(&house.chat, &secret, id.clone(), "Cadangan selesai").await.unwrap();
    assert_eq!(posted.author.id, sari.id());
    assert_eq!(webhooks::post(&house.chat, &secret, id, "again").await.unwrap().id, posted.id);
    assert_eq!(oleh.texts(room).await, ["Cadangan selesai"]);
    assert_eq!(code(webhooks::post(&house.chat, "nonsense", client_id(), "x").await), ErrorCode::NotFound);

    sari.names_admin(room, &oleh, true).await.unwrap();
    groups::hand_over(&sari.chat, &sari.scope, room, oleh.id()).await.unwrap();
    oleh.names_admin(room, &sari, false).await.unwrap();
    assert_eq!(code(webhooks::post(&house.chat, &secret, client_id(), "x").await), ErrorCode::LinkGone);
}

#[tokio::test]
async fn nothing_is_told_in_the_name_of_somebody_who_may_no_longer_see_it() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = house.group(&[&sari, &oleh]).await;
    sari.names_admin(room, &oleh, true).await.unwrap();
    oleh.hooks_out(room).await;
    sari.removes(room, &oleh).await.unwrap();
    sari.says(room, "among ourselves").await;
    assert_eq!(sari.due().await, []);
    assert!(webhooks::list(&sari.chat, &sari.scope, room).await.unwrap()[0].failed);
}

#[tokio::test]
async fn those_of_a_banned_one_do_nothing_until_the_ban_is_lifted() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = house.group(&[&sari, &oleh]).await;
    sari.names_admin(room, &oleh, true).await.unwrap();
    let secret = oleh.hooks(room, Direction::Incoming, None).await.unwrap().secret.unwrap();
    let out = oleh.hooks_out(room).await;
    sari.says(room, "one").await;
    assert!(sari.goes(out.id).await);
    let host = Host::open(&house.url()).await.unwrap();
    host.ban("oleh").await.unwrap();
    assert!(!sari.goes(out.id).await, "also what was due a moment ago");
    assert_eq!(sari.due().await, []);
    assert_eq!(code(webhooks::post(&house.chat, &secret, client_id(), "x").await), ErrorCode::LinkGone);
    assert_eq!(sari.texts(room).await, ["one"]);

    host.unban("oleh").await.unwrap();
    assert!(!webhooks::list(&sari.chat, &sari.scope, room).await.unwrap().iter().any(|hook| hook.failed));
    let texts: Vec<_> = sari.due().await.into_iter().flat_map(|(_, _, texts)| texts).collect();
    assert_eq!(texts, ["one"]);
    webhooks::post(&house.chat, &secret, client_id(), "x").await.unwrap();
    webhooks::delete(&sari.chat, &sari.scope, room, out.id).await.unwrap();
    assert!(!sari.goes(out.id).await, "one that was deleted");
}
