//! Who may make an account, and how many.

use std::net::IpAddr;

use sapa_domain::accounts::{self, JoinOptions};
use sapa_domain::host::{Host, InvitationState};
use sapa_domain::invites;
use sapa_domain::sessions::Device;
use sapa_model::account::Registration;
use sapa_model::{AppResult, ErrorCode, NewAccount, UserId};

use crate::accounts::form;
use crate::support::deeds::{code, refusal};
use crate::support::{House, run};

async fn house(registration: Registration) -> House {
    House::with(|options| options.joining = JoinOptions { registration, network_an_hour: 3 }).await
}

async fn joins(house: &House, username: &str, invitation: &str) -> AppResult<UserId> {
    let form = NewAccount { invitation: invitation.to_owned(), ..form(username) };
    accounts::register(&house.chat, form, &Device::default()).await
}

#[tokio::test]
async fn a_closed_house_takes_nobody() {
    let house = house(Registration::Closed).await;
    let host = Host::open(&house.url()).await.unwrap();
    let invitation = host.invite("", 7).await.unwrap();
    for given in ["", &invitation] {
        assert_eq!(code(joins(&house, "sari", given).await), ErrorCode::RegistrationClosed);
    }
    // It says nothing of who is here already.
    run(
        &house.raw,
        "INSERT INTO users (username, nickname, search, password_hash, who_may_write, created_at) \
         VALUES ('oleh', 'o', 'o', '', 'everyone', 1)"
            .to_owned(),
    )
    .await;
    assert_eq!(code(joins(&house, "oleh", "").await), ErrorCode::RegistrationClosed);
    assert_eq!(accounts::kept_out(&house.chat, "").await.unwrap(), Some(ErrorCode::RegistrationClosed));
}

#[tokio::test]
async fn an_invitation_of_the_host_lets_one_in() {
    let house = house(Registration::Invite).await;
    let host = Host::open(&house.url()).await.unwrap();
    let needed = (ErrorCode::InvitationRequired, Some("invitation".to_owned()));
    assert_eq!(refusal(joins(&house, "sari", " ").await), needed);
    let gone = (ErrorCode::InviteGone, Some("invitation".to_owned()));
    assert_eq!(refusal(joins(&house, "sari", &"f".repeat(64)).await), gone);

    let invitation = host.invite("untuk Sari", 7).await.unwrap();
    assert!(!house.files_hold(&invitation), "only a hash of it is kept");
    joins(&house, "sari", &invitation).await.unwrap();
    let used = (ErrorCode::InviteUsed, Some("invitation".to_owned()));
    assert_eq!(refusal(joins(&house, "oleh", &invitation).await), used, "it is good once");
    assert_eq!(house.count("SELECT count(*) FROM users").await, 1, "nothing half-done stays behind");

    let (revoked, expired) = (host.invite("", 7).await.unwrap(), host.invite("", 1).await.unwrap());
    let listed = host.invitations().await.unwrap();
    assert_eq!(listed.len(), 3);
    assert_eq!(listed[2].state, InvitationState::Used(Some("sari".to_owned())));
    assert_eq!(listed[2].note, "untuk Sari");
    host.revoke_invitation(listed[1].id).await.unwrap();
    assert_eq!(code(host.revoke_invitation(listed[1].id).await), ErrorCode::NotFound);
    run(&house.raw, format!("UPDATE invitations SET expires_at = 1 WHERE id = {}", listed[0].id)).await;
    for over in [&revoked, &expired] {
        assert_eq!(refusal(joins(&house, "oleh", over).await), gone);
    }
    // The page asks before anything is typed.
    let told = async |invitation: &str| accounts::kept_out(&house.chat, invitation).await.unwrap();
    assert_eq!(told(" ").await, Some(ErrorCode::InvitationRequired));
    assert_eq!(told(&invitation).await, Some(ErrorCode::InviteUsed));
    for over in [&revoked, &expired, "made up"] {
        assert_eq!(told(over).await, Some(ErrorCode::InviteGone));
    }
    let listed = host.invitations().await.unwrap();
    assert_eq!((&listed[0].state, &listed[1].state), (&InvitationState::Expired, &InvitationState::Revoked));

    let one = host.invite("", 7).await.unwrap();
    assert_eq!(told(&one).await, None, "asking does not use it up");
    let (a, b) = tokio::join!(joins(&house, "budi", &one), joins(&house, "dewi", &one));
    assert_eq!(u8::from(a.is_ok()) + u8::from(b.is_ok()), 1, "also where two come at once");
}

#[tokio::test]
async fn a_groups_open_link_is_an_invitation() {
    let house = house(Registration::Invite).await;
    let owner = house.person("wayan").await;
    let group = house.group(&[&owner]).await;
    let link = invites::create(&house.chat, &owner.scope, group, 24).await.unwrap();
    let token = link.token.unwrap();
    joins(&house, "sari", &token).await.unwrap();
    joins(&house, "oleh", &token).await.unwrap();
    assert_eq!(accounts::kept_out(&house.chat, &token).await.unwrap(), None);
    invites::revoke(&house.chat, &owner.scope, group, link.id).await.unwrap();
    assert_eq!(code(joins(&house, "budi", &token).await), ErrorCode::InviteGone);
    assert_eq!(accounts::kept_out(&house.chat, &token).await.unwrap(), Some(ErrorCode::InviteGone));
}

#[tokio::test]
async fn a_network_makes_so_many_accounts_and_then_waits() {
    let house = house(Registration::Open).await;
    assert_eq!(accounts::kept_out(&house.chat, "made up").await.unwrap(), None, "nobody looks at it");
    let at = |place: u8| Device { address: Some(IpAddr::from([192, 0, 2, place])), ..Device::default() };
    let joins_at =
        async |place: u8, username: &str| accounts::register(&house.chat, form(username), &at(place)).await;
    joins_at(1, "sari").await.unwrap();
    // What does not succeed is not counted.
    for _ in 0..5 {
        assert_eq!(code(joins_at(1, "sari").await), ErrorCode::UsernameTaken);
    }
    joins_at(1, "oleh").await.unwrap();
    joins_at(1, "dewi").await.unwrap();
    let refused = joins_at(1, "budi").await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::TooManyAccounts);
    assert!(refused.retry_after.is_some_and(|seconds| (1_100..=1_201).contains(&seconds)), "{refused:?}");
    joins_at(2, "budi").await.unwrap();
}
