//! Groups that their owner ends for everyone.

use sapa_domain::groups;
use sapa_model::{ErrorCode, Event};

use crate::support::deeds::code;
use crate::support::{House, heard};

#[tokio::test]
async fn only_the_owner_ends_a_group_and_it_is_gone_for_everyone_at_once() {
    let house = House::new().await;
    let (sari, oleh, maria) =
        (house.person("sari").await, house.person("oleh").await, house.person("maria").await);
    let room = house.group(&[&sari, &oleh]).await;
    sari.names_admin(room, &oleh, true).await.unwrap();
    let invite = sari.invites(room, 24).await.unwrap().token.unwrap();
    oleh.says(room, "rahasia kita").await;
    let mut line = oleh.connects().await;
    heard::events(&mut line).await;
    assert_eq!(code(groups::delete(&oleh.chat, &oleh.scope, room).await), ErrorCode::Forbidden);
    assert_eq!(code(groups::delete(&maria.chat, &maria.scope, room).await), ErrorCode::NotFound);

    groups::delete(&sari.chat, &sari.scope, room).await.unwrap();
    let events = heard::events(&mut line).await;
    assert!(matches!(events[..], [Event::DialogGone { room_id }] if room_id == room), "{events:?}");
    for person in [&sari, &oleh] {
        assert!(person.dialogs(sapa_model::room::DialogFilter::All).await.is_empty());
        assert_eq!(code(person.tries(room, &crate::support::client_id(), "halo").await), ErrorCode::NotFound);
    }
    assert_eq!(code(maria.joins(&invite).await), ErrorCode::InviteGone);
    house.settles("what was written is gone", async || !house.files_hold("rahasia kita")).await;
}
