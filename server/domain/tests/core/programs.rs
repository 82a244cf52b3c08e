//! Programs that sign in: access and refresh tokens.

use sapa_domain::sessions::{self, Device, Tokens};
use sapa_domain::{Chat, accounts};
use sapa_model::account::NewAccount;
use sapa_model::text::Password;
use sapa_model::{ErrorCode, NewProfile};

use crate::support::deeds::code;
use crate::support::{House, run};

const PASSWORD: &str = "rahasia-sekali";

async fn sign_in(house: &House) -> Tokens {
    let device = Device { user_agent: "bot/1".to_owned(), ..Default::default() };
    let password = Password::unchecked(PASSWORD);
    sessions::begin_program(&house.chat, "sari", &password, device).await.unwrap()
}

async fn house() -> House {
    let house = House::new().await;
    let account = NewAccount {
        username: "sari".to_owned(),
        password: Password::unchecked(PASSWORD),
        email: String::new(),
        invitation: String::new(),
        profile: NewProfile { nickname: "Sari".to_owned(), ..Default::default() },
    };
    accounts::register(&house.chat, account, &Device::default()).await.unwrap();
    house
}

async fn is_good(chat: &Chat, token: &str) -> bool {
    sessions::authenticate(chat, token).await.unwrap().is_some()
}

#[tokio::test]
async fn refreshing_takes_both_tokens_for_new_ones() {
    let house = house().await;
    let first = sign_in(&house).await;
    assert!(is_good(&house.chat, &first.access).await);
    // A refresh token is no way in.
    assert!(!is_good(&house.chat, &first.refresh).await);
    let second = sessions::refresh(&house.chat, &first.refresh).await.unwrap();
    assert_eq!(second.scope, first.scope);
    assert!(is_good(&house.chat, &second.access).await);
    assert!(!is_good(&house.chat, &first.access).await);
    assert_eq!(code(sessions::refresh(&house.chat, "nonsense").await), ErrorCode::SignedOut);
}

/// Time goes by, as far as spent tokens can tell; or goes back.
async fn later(house: &House, ms: i64) {
    run(&house.raw, format!("UPDATE refresh_tokens SET spent_at = spent_at - {ms}")).await;
}

#[tokio::test]
async fn a_refresh_token_used_again_later_ends_its_family_and_no_other() {
    for ms in [30_001, -90_000] {
        let house = house().await;
        let (stolen, other) = (sign_in(&house).await, sign_in(&house).await);
        let next = sessions::refresh(&house.chat, &stolen.refresh).await.unwrap();
        later(&house, ms).await;
        assert_eq!(code(sessions::refresh(&house.chat, &stolen.refresh).await), ErrorCode::SignedOut);
        assert!(!is_good(&house.chat, &next.access).await);
        assert_eq!(code(sessions::refresh(&house.chat, &next.refresh).await), ErrorCode::SignedOut);
        assert!(is_good(&house.chat, &other.access).await);
        assert_eq!(house.count("SELECT COUNT(*) FROM refresh_tokens").await, 1);
    }
}

#[tokio::test]
async fn who_asks_again_at_once_gets_the_same_answer() {
    let house = house().await;
    let tokens = sign_in(&house).await;
    let (one, other) = tokio::join!(
        sessions::refresh(&house.chat, &tokens.refresh),
        sessions::refresh(&house.chat, &tokens.refresh)
    );
    let (one, other) = (one.unwrap(), other.unwrap());
    later(&house, 29_000).await;
    let lost = sessions::refresh(&house.chat, &tokens.refresh).await.unwrap();
    for again in [&other, &lost] {
        assert_eq!((&again.access, &again.refresh), (&one.access, &one.refresh));
        assert_eq!((again.access_expires_at, again.scope), (one.access_expires_at, one.scope));
    }
    assert!(is_good(&house.chat, &one.access).await);
    assert!(!house.files_hold(&one.access) && !house.files_hold(&one.refresh), "nobody reads them in a file");
    let next = sessions::refresh(&house.chat, &one.refresh).await.unwrap();
    assert!(is_good(&house.chat, &next.access).await);
    // Once the new one was used, whoever still comes with the old one is somebody else.
    assert_eq!(code(sessions::refresh(&house.chat, &tokens.refresh).await), ErrorCode::SignedOut);
    assert!(!is_good(&house.chat, &next.access).await);
}

#[tokio::test]
async fn an_access_token_ends_before_its_session() {
    let house = house().await;
    let tokens = sign_in(&house).await;
    run(&house.raw, "UPDATE sessions SET token_expires_at = 1".to_owned()).await;
    assert!(!is_good(&house.chat, &tokens.access).await);
    let next = sessions::refresh(&house.chat, &tokens.refresh).await.unwrap();
    assert!(is_good(&house.chat, &next.access).await);
    run(&house.raw, "UPDATE sessions SET expires_at = 1".to_owned()).await;
    assert_eq!(code(sessions::refresh(&house.chat, &next.refresh).await), ErrorCode::SignedOut);
}

#[tokio::test]
async fn only_hashes_are_stored() {
    let house = house().await;
    let tokens = sign_in(&house).await;
    assert!(!house.files_hold(&tokens.access) && !house.files_hold(&tokens.refresh));
    sessions::sign_out(&house.chat, &tokens.scope).await.unwrap();
    assert!(!is_good(&house.chat, &tokens.access).await);
    assert_eq!(code(sessions::refresh(&house.chat, &tokens.refresh).await), ErrorCode::SignedOut);
}
