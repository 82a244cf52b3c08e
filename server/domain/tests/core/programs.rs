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

#[tokio::test]
async fn a_refresh_token_used_twice_ends_its_family_and_no_other() {
    let house = house().await;
    let (stolen, other) = (sign_in(&house).await, sign_in(&house).await);
    let next = sessions::refresh(&house.chat, &stolen.refresh).await.unwrap();
    assert_eq!(code(sessions::refresh(&house.chat, &stolen.refresh).await), ErrorCode::SignedOut);
    assert!(!is_good(&house.chat, &next.access).await);
    assert_eq!(code(sessions::refresh(&house.chat, &next.refresh).await), ErrorCode::SignedOut);
    assert!(is_good(&house.chat, &other.access).await);
    assert_eq!(house.count("SELECT COUNT(*) FROM refresh_tokens").await, 1);
}

#[tokio::test]
async fn of_two_who_refresh_at_once_one_goes_on_at_most() {
    let house = house().await;
    for _ in 0..5 {
        let tokens = sign_in(&house).await;
        let (one, other) = tokio::join!(
            sessions::refresh(&house.chat, &tokens.refresh),
            sessions::refresh(&house.chat, &tokens.refresh)
        );
        assert_eq!(u8::from(one.is_ok()) + u8::from(other.is_ok()), 1);
        assert!(!is_good(&house.chat, &one.or(other).unwrap().access).await);
    }
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
