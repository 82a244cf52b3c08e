//! Personal API tokens.

use sapa_domain::{messages, people, sessions};
use sapa_model::{ApiToken, AppResult, ErrorCode, NewApiToken, TokenScope};

use crate::support::deeds::{code, refusal};
use crate::support::{House, Person, client_id};

impl Person {
    async fn makes_token(&self, name: &str, scopes: &[TokenScope], days: u32) -> AppResult<ApiToken> {
        let new = NewApiToken { name: name.to_owned(), scopes: scopes.iter().copied().collect(), days };
        sessions::make_api_token(&self.chat, &self.scope, new).await
    }

    /// The same person, by a token.
    async fn by(&self, token: &ApiToken) -> Person {
        let secret = token.token.as_deref().unwrap();
        let scope = sessions::authenticate(&self.chat, secret).await.unwrap().unwrap();
        assert_eq!(scope.user_id, self.id());
        Person { chat: self.chat.clone(), scope }
    }
}

#[tokio::test]
async fn a_token_does_what_it_was_made_for_and_nothing_else() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let token = sari.makes_token(" Kopi bot ", &[TokenScope::Read, TokenScope::Write], 30).await.unwrap();
    assert_eq!(token.name, "Kopi bot");
    let bot = sari.by(&token).await;
    bot.says(room, "halo").await;
    assert_eq!(bot.texts(room).await, ["halo"]);
    assert_eq!(code(people::block(&bot.chat, &bot.scope, oleh.id()).await), ErrorCode::Forbidden);
    assert_eq!(code(bot.makes_token("more", &[TokenScope::Account], 1).await), ErrorCode::Forbidden);
    assert_eq!(code(sessions::api_tokens(&bot.chat, &bot.scope).await), ErrorCode::Forbidden);
    assert_eq!(code(sessions::revoke_others(&bot.chat, &bot.scope).await), ErrorCode::Forbidden);

    let reader = sari.makes_token("reader", &[TokenScope::Read], 1).await.unwrap();
    let reader = sari.by(&reader).await;
    assert_eq!(code(reader.tries(room, &client_id(), "no").await), ErrorCode::Forbidden);
    let last = reader.sees(room).await.dialog.last.unwrap();
    assert_eq!(
        code(messages::edit(&reader.chat, &reader.scope, room, last.id, "no").await),
        ErrorCode::Forbidden
    );
}

#[tokio::test]
async fn tokens_are_listed_without_their_secret_and_revoked_one_by_one() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let made = sari.makes_token("bot", &[TokenScope::Read], 7).await.unwrap();
    let bot = sari.by(&made).await;
    let mut line = bot.connects().await;
    let listed = sessions::api_tokens(&sari.chat, &sari.scope).await.unwrap();
    assert_eq!(listed, [ApiToken { token: None, ..made.clone() }]);
    assert_eq!(made.expires_at.since(made.created_at), 7 * 86_400_000);
    // They are no devices, and stay when these are signed out.
    assert_eq!(sessions::devices(&sari.chat, &sari.scope).await.unwrap().len(), 1);
    sessions::revoke_others(&sari.chat, &sari.scope).await.unwrap();
    sari.by(&made).await;

    sessions::revoke(&sari.chat, &sari.scope, made.id).await.unwrap();
    let secret = made.token.unwrap();
    assert_eq!(sessions::authenticate(&sari.chat, &secret).await.unwrap(), None);
    loop {
        if let sapa_domain::hub::Outgoing::Close(reason) = line.next().await {
            assert_eq!(reason, sapa_domain::hub::CloseReason::SignedOut);
            break;
        }
    }
}

#[tokio::test]
async fn what_cannot_be_a_token_is_refused_by_its_field() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    for (name, scopes, days, field) in [
        ("", &[TokenScope::Read][..], 1, "name"),
        ("bot", &[], 1, "scopes"),
        ("bot", &[TokenScope::Read], 0, "days"),
        ("bot", &[TokenScope::Read], 100_000, "days"),
    ] {
        assert_eq!(refusal(sari.makes_token(name, scopes, days).await).1.as_deref(), Some(field));
    }
    assert!(sessions::api_tokens(&sari.chat, &sari.scope).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_token_ends_when_it_was_said_to() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let made = sari.makes_token("bot", &[TokenScope::Read], 1).await.unwrap();
    let secret = made.token.as_deref().unwrap();
    // Use does not make it live longer.
    let before = format!("UPDATE sessions SET seen_at = 0 WHERE id = {}", made.id);
    crate::support::run(&house.raw, before).await;
    sessions::authenticate(&sari.chat, secret).await.unwrap().unwrap();
    let expires = format!("SELECT expires_at FROM sessions WHERE id = {} AND seen_at > 0", made.id);
    house
        .settles("the use is written down", async || {
            house
                .count(&format!("SELECT COUNT(*) FROM sessions WHERE id = {} AND seen_at > 0", made.id))
                .await
                == 1
        })
        .await;
    assert_eq!(house.count(&expires).await, made.expires_at.0);
    crate::support::run(&house.raw, format!("UPDATE sessions SET expires_at = 1 WHERE id = {}", made.id))
        .await;
    assert_eq!(sessions::authenticate(&sari.chat, secret).await.unwrap(), None);
}
