//! The dialog list.

use sapa_domain::rooms;
use sapa_model::limits;
use sapa_model::room::DialogFilter;

use crate::support::House;

#[tokio::test]
async fn dialogs_come_by_last_activity_page_by_page() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let mut by_activity = Vec::new();
    for _ in 0..=limits::DIALOG_PAGE {
        let room = house.group(&[&sari]).await;
        sari.says(room, "halo").await;
        by_activity.insert(0, room);
    }
    let oldest = by_activity.pop().unwrap();
    sari.says(oldest, "naik").await;
    by_activity.insert(0, oldest);

    let list = |before| rooms::dialogs(&house.chat, &sari.scope, DialogFilter::All, "", before);
    let first = list(None).await.unwrap();
    let bottom = first.dialogs.last().unwrap().last.clone().unwrap();
    let second = list(Some(bottom.id)).await.unwrap();

    assert!(first.more && !second.more);
    let seen: Vec<_> = first.dialogs.iter().chain(&second.dialogs).map(|dialog| dialog.room.id).collect();
    assert_eq!(seen, by_activity);
}

#[tokio::test]
async fn dialogs_are_found_by_name_and_kind() {
    let house = House::new().await;
    let (sari, oleh, nina) =
        (house.person("sari").await, house.person("oleh").await, house.person("nina_100%").await);
    let with_oleh = sari.befriends(&oleh).await;
    let with_nina = sari.befriends(&nina).await;
    let group = house.group(&[&sari, &oleh]).await;
    oleh.says(group, "halo").await;

    let find = async |filter, query: &str| {
        let page = rooms::dialogs(&house.chat, &sari.scope, filter, query, None).await.unwrap();
        page.dialogs.into_iter().map(|dialog| dialog.room.id).collect::<Vec<_>>()
    };
    assert_eq!(find(DialogFilter::All, "").await, [group, with_nina, with_oleh]);
    assert_eq!(find(DialogFilter::All, " OLE").await, [with_oleh]);
    assert_eq!(find(DialogFilter::All, "kop").await, [group]);
    assert_eq!(find(DialogFilter::All, "0%").await, [with_nina]);
    assert_eq!(find(DialogFilter::All, "%").await, [with_nina]);
    assert_eq!(find(DialogFilter::Groups, "").await, [group]);
    assert_eq!(find(DialogFilter::Unread, "").await, [group]);
}

#[tokio::test]
async fn a_former_member_reads_nothing() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let group = house.group(&[&sari, &oleh]).await;
    sari.says(group, "halo").await;
    crate::support::run(
        &house.raw,
        format!("UPDATE memberships SET active = 0 WHERE user_id = {}", oleh.id()),
    )
    .await;
    assert!(rooms::room(&house.chat, &oleh.scope, group).await.is_err());
    assert!(oleh.dialogs(DialogFilter::All).await.is_empty());
    assert_eq!(sari.sees(group).await.dialog.room.member_count, 1);
}

#[tokio::test]
async fn muting_is_told_to_the_own_devices() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let room = house.group(&[&sari]).await;
    let mut saris = sari.connects().await;
    assert!(rooms::set_muted(&house.chat, &sari.scope, room, true).await.unwrap().muted);
    let events = crate::support::heard::events(&mut saris).await;
    assert!(matches!(&events[1], sapa_model::Event::Dialog(dialog) if dialog.muted));
}
