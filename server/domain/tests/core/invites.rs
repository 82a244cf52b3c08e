//! Invite links.

use sapa_domain::invites;
use sapa_model::{ErrorCode, Event, Role, SystemLine, limits};

use crate::support::deeds::{code, refusal};
use crate::support::{House, heard, run};

#[tokio::test]
async fn whoever_holds_a_link_sees_where_it_leads_and_may_join() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.founds("Kopi", &[]).await.unwrap().room.id;
    sari.says(room, "halo").await;
    let link = sari.invites(room, 24).await.unwrap();
    let token = link.token.unwrap();
    assert_eq!(link.expires_at.since(link.created_at), 24 * 3_600_000);

    let preview = oleh.previews(&token).await.unwrap();
    assert_eq!((preview.room.name.as_str(), preview.joined), ("Kopi", false));
    assert_eq!(preview.invited_by.id, sari.id());
    let offer = invites::offer(&house.chat, &token).await.unwrap();
    assert_eq!((offer.name.as_str(), offer.member_count, offer.hue), ("Kopi", 1, preview.room.hue));
    assert_eq!(offer.invited_by, preview.invited_by.nickname, "a stranger knows who invites");
    let (mut saris, mut olehs) = (sari.connects().await, oleh.connects().await);
    heard::events(&mut saris).await;
    heard::events(&mut olehs).await;

    let dialog = oleh.joins(&token).await.unwrap();
    assert_eq!((dialog.room.id, dialog.role, dialog.unread()), (room, Role::Member, 0));
    let events = heard::events(&mut saris).await;
    assert!(matches!(&events[..], [Event::Message(message), Event::Member { .. }, Event::Room(_)]
        if heard::line(message) == Some((oleh.id(), SystemLine::MemberJoined))));
    assert_eq!(heard::events(&mut olehs).await, [Event::Dialog(dialog.clone())]);

    assert_eq!(oleh.joins(&token).await.unwrap(), dialog, "joining twice changes nothing");
    assert!(oleh.previews(&token).await.unwrap().joined);
    let listed = invites::list(&house.chat, &sari.scope, room).await.unwrap();
    assert_eq!((listed.len(), listed[0].uses, &listed[0].token), (1, 1, &None));
    assert_eq!(house.count(&format!("SELECT count(*) FROM invites WHERE token_hash = '{token}'")).await, 0);
}

#[tokio::test]
async fn links_end() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.founds("Kopi", &[]).await.unwrap().room.id;
    let revoked = sari.invites(room, 1).await.unwrap();
    let expired = sari.invites(room, 1).await.unwrap();
    let open = sari.invites(room, 1).await.unwrap();
    run(&house.raw, format!("UPDATE invites SET expires_at = 1 WHERE id = {}", expired.id)).await;
    let others = oleh.founds("Teh", &[]).await.unwrap().room.id;
    let elsewhere = invites::revoke(&house.chat, &oleh.scope, others, open.id).await;
    assert_eq!(code(elsewhere), ErrorCode::NotFound);
    invites::revoke(&house.chat, &sari.scope, room, revoked.id).await.unwrap();
    invites::revoke(&house.chat, &sari.scope, room, revoked.id).await.unwrap();

    let listed = invites::list(&house.chat, &sari.scope, room).await.unwrap();
    assert_eq!(listed.iter().map(|link| link.id).collect::<Vec<_>>(), [open.id]);
    for ended in [revoked.token.unwrap(), expired.token.unwrap(), "x".repeat(64), String::new()] {
        assert_eq!(code(oleh.previews(&ended).await), ErrorCode::InviteGone);
        assert_eq!(code(invites::offer(&house.chat, &ended).await), ErrorCode::InviteGone);
        assert_eq!(code(oleh.joins(&ended).await), ErrorCode::InviteGone);
    }
    assert!(oleh.joins(&open.token.unwrap()).await.is_ok());
}

#[tokio::test]
async fn links_are_bounded() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let room = sari.founds("Kopi", &[]).await.unwrap().room.id;
    for hours in [0, limits::INVITE_HOURS_MAX + 1, u32::MAX] {
        assert_eq!(refusal(sari.invites(room, hours).await), (ErrorCode::Invalid, Some("hours".to_owned())));
    }
    for _ in 0..limits::INVITES_MAX {
        sari.invites(room, limits::INVITE_HOURS_MAX).await.unwrap();
    }
    assert_eq!(code(sari.invites(room, 1).await), ErrorCode::LimitReached);
}

#[tokio::test]
async fn two_who_join_at_once_do_not_pass_the_limit() {
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    let crowd = house.crowd(limits::GROUP_MEMBERS_MAX - 2, &sari).await;
    let room = sari.founds("Semua", &crowd).await.unwrap().room.id;
    let token = sari.invites(room, 1).await.unwrap().token.unwrap();
    let (one, other) = tokio::join!(oleh.joins(&token), dewi.joins(&token));
    let refused: Vec<_> = [one, other].into_iter().filter_map(Result::err).map(|error| error.code).collect();
    assert_eq!(refused, [ErrorCode::LimitReached]);
    assert_eq!(sari.sees(room).await.members.len(), limits::GROUP_MEMBERS_MAX);
}

#[tokio::test]
async fn whoever_was_removed_does_not_come_back_by_a_link_of_before() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.founds("Kopi", &[]).await.unwrap().room.id;
    let old = sari.invites(room, 24).await.unwrap().token.unwrap();
    oleh.joins(&old).await.unwrap();
    oleh.leaves(room).await.unwrap();
    oleh.joins(&old).await.unwrap();
    sari.removes(room, &oleh).await.unwrap();
    // Whatever the clock said then.
    run(&house.raw, "UPDATE invites SET created_at = 9999999999999".to_owned()).await;
    assert_eq!(code(oleh.joins(&old).await), ErrorCode::InviteGone);
    assert_eq!(code(oleh.previews(&old).await), ErrorCode::InviteGone);
    let dewi = house.person("dewi").await;
    dewi.joins(&old).await.unwrap();

    let new = sari.invites(room, 24).await.unwrap().token.unwrap();
    run(&house.raw, "UPDATE invites SET created_at = 1".to_owned()).await;
    oleh.joins(&new).await.unwrap();
    sari.removes(room, &oleh).await.unwrap();
    assert_eq!(code(oleh.joins(&new).await), ErrorCode::InviteGone);
    sari.befriends(&oleh).await;
    sari.adds(room, &[oleh.id()]).await.unwrap();
    oleh.leaves(room).await.unwrap();
    oleh.joins(&new).await.unwrap();
}

#[tokio::test]
async fn whoever_was_removed_from_a_channel_follows_it_only_by_a_new_link() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.broadcasts("Kopi", Some("kopi")).await.unwrap().room.id;
    oleh.follows(room).await.unwrap();
    sari.removes(room, &oleh).await.unwrap();
    assert_eq!(code(oleh.follows(room).await), ErrorCode::Forbidden);
    let new = sari.invites(room, 24).await.unwrap().token.unwrap();
    oleh.joins(&new).await.unwrap();
    oleh.unfollows(room).await.unwrap();
    oleh.follows(room).await.unwrap();
}
