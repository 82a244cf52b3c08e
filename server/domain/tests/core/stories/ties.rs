//! What becomes of stories between people who come together, part, or block one another.

use std::time::Duration;

use sapa_domain::host::{self, Host};

use super::*;

#[tokio::test]
async fn a_friendship_opens_and_closes_them_live() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let (for_all, not_him) =
        (sari.tells("halo").await.id, sari.shows_to(StoryAudience::Except(vec![oleh.id()])).await);
    let theirs = oleh.tells("halo").await.id;
    let (mut saris, mut olehs) = (sari.connects().await, oleh.connects().await);
    heard::events(&mut saris).await;
    heard::events(&mut olehs).await;
    sari.asks(&oleh).await.unwrap();
    assert!(!oleh.is_shown(for_all).await, "asked is not yet a friend");
    oleh.accepts(&sari).await.unwrap();
    assert_eq!(told(&heard::events(&mut olehs).await), [format!("new {for_all}")]);
    assert_eq!(told(&heard::events(&mut saris).await), [format!("new {theirs}")]);
    assert!(oleh.is_shown(for_all).await && !oleh.is_shown(not_him).await);

    oleh.unfriends(&sari).await.unwrap();
    assert_eq!(told(&heard::events(&mut olehs).await), [format!("gone {for_all}")]);
    assert_eq!(told(&heard::events(&mut saris).await), [format!("gone {theirs}")]);
    assert!(!oleh.is_shown(for_all).await && !sari.is_shown(theirs).await);
}

#[tokio::test]
async fn a_block_hides_them_both_ways() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let (hers, his) = (sari.tells("halo").await.id, oleh.tells("halo").await.id);
    oleh.looks_at(hers).await.unwrap();
    sari.looks_at(his).await.unwrap();
    let (mut saris, mut olehs) = (sari.connects().await, oleh.connects().await);
    heard::events(&mut saris).await;
    heard::events(&mut olehs).await;

    sari.blocks(&oleh).await;
    assert!(!oleh.is_shown(hers).await && !sari.is_shown(his).await);
    // To the blocked one it is as if she had deleted it, and nothing else.
    let events = heard::events(&mut olehs).await;
    assert_eq!(events, [Event::StoryGone { story_id: hers, author_id: sari.id() }]);
    heard::events(&mut saris).await;
    for refused in [
        oleh.looks_at(hers).await,
        oleh.answers_story(hers, &client_id(), "hm").await.map(drop),
        sari.looks_at(his).await,
    ] {
        assert_eq!(code(refused), ErrorCode::NotFound);
    }
    // What he had of hers as a viewer, and she of his, stays as it was.
    assert_eq!(oleh.viewers(his, None).await.unwrap().viewers.len(), 1);
    // New ones pass neither way, and nobody hears of them.
    sari.tells("lagi").await;
    assert!(heard::events(&mut olehs).await.is_empty());
    let his_next = oleh.tells("lagi").await.id;
    assert!(told(&heard::events(&mut saris).await).iter().all(|word| !word.ends_with(&his_next.to_string())));
    assert!(sari.texts(room).await.is_empty());

    heard::events(&mut olehs).await;
    sari.unblocks(&oleh).await;
    assert!(oleh.is_shown(hers).await && sari.is_shown(his).await);
    assert_eq!(told(&heard::events(&mut olehs).await).len(), 2, "both of hers are there");
}

#[tokio::test]
async fn a_banned_account_shows_nothing() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    sari.befriends(&oleh).await;
    let id = sari.tells("halo").await.id;
    let mut olehs = oleh.connects().await;
    heard::events(&mut olehs).await;
    let enforcing = tokio::spawn(host::enforce(house.chat.clone()));
    let host = Host::open(&house.url()).await.unwrap();
    host.ban("sari").await.unwrap();
    assert!(!oleh.is_shown(id).await);
    let told_so = async {
        loop {
            let words = told(&heard::events(&mut olehs).await);
            if !words.is_empty() {
                break words;
            }
        }
    };
    let words = tokio::time::timeout(Duration::from_secs(15), told_so).await.expect("it is told");
    assert_eq!(words, [format!("gone {id}")]);
    enforcing.abort();
    host.unban("sari").await.unwrap();
    assert!(oleh.is_shown(id).await);
}
