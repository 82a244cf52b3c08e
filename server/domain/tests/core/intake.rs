//! Files of many at once: whoever brings a great deal waits for themselves.

use bytes::Bytes;
use futures::stream::FuturesUnordered;
use futures::{StreamExt as _, stream};
use image::ImageFormat;
use sapa_domain::attachments::{self, FileLimits};
use sapa_domain::avatars;
use sapa_model::{AppResult, Attachment, ErrorCode, NewUpload};
use tokio::task::JoinHandle;

use crate::attachments::{encoded, painting};
use crate::support::{House, Person};

/// Begins to bring a file, whose bytes do not come.
async fn stalls(person: Person) -> AppResult<Attachment> {
    let new = NewUpload { name: "a.bin".to_owned(), size: 1_000, voice: None };
    let id = attachments::announce(&person.chat, &person.scope, new).await?;
    let bytes = stream::iter([Ok::<_, String>(Bytes::from_static(b"x"))]).chain(stream::pending());
    attachments::receive(&person.chat, &person.scope, id, bytes).await
}

#[tokio::test]
async fn one_account_with_many_slow_files_keeps_nobody_from_bringing_theirs() {
    let house = House::new().await;
    let (heavy, oleh) = (house.person("heavy").await, house.person("oleh").await);
    // Some of them wait, and hold nothing.
    let slow: Vec<_> = (0..30).map(|_| tokio::spawn(stalls(heavy.clone()))).collect();
    house.settles("files come in", async || house.files("spool").len() == 16).await;
    oleh.uploads("a.txt", b"halo").await.unwrap();
    // Gone with those who brought them: others of the same account go on.
    slow.iter().for_each(JoinHandle::abort);
    heavy.uploads("b.txt", b"halo").await.unwrap();
}

#[tokio::test]
async fn a_picture_goes_before_the_many_of_another_account() {
    let house = House::with(|options| options.files = FileLimits::default()).await;
    let (heavy, oleh) = (house.person("heavy").await, house.person("oleh").await);
    let picture = |side| encoded(&painting(side, side), ImageFormat::Png);
    let (large, small) = (picture(500), picture(40));
    let mut theirs: FuturesUnordered<_> = (0..38).map(|_| heavy.uploads("a.png", &large)).collect();
    let mut done = 0;
    let count = |came: Option<AppResult<Attachment>>, done: &mut usize| match came.unwrap() {
        Ok(_) => *done += 1,
        Err(refused) => assert_eq!((refused.code, refused.retry_after), (ErrorCode::TooMany, Some(5))),
    };
    // Some of them are looked at already.
    while done < 2 {
        count(theirs.next().await, &mut done);
    }
    let mut his = Box::pin(oleh.uploads("b.png", &small));
    loop {
        tokio::select! {
            biased;
            picture = &mut his => break assert!(picture.is_ok()),
            came = theirs.next() => count(came, &mut done),
        }
    }
    assert!(done < 10, "{done} went before");
    // The same lane, and the same order.
    let bytes = stream::iter([Ok::<_, String>(Bytes::copy_from_slice(&small))]);
    let shows = async { avatars::set_own(&oleh.chat, &oleh.scope, bytes).await.unwrap() };
    let rest = async {
        while !theirs.is_empty() {
            count(theirs.next().await, &mut done);
        }
    };
    tokio::join!(shows, rest);
    assert!((2..38).contains(&done), "{done} of one account may wait");
}

/// The same person at the address `192.0.2.n`.
fn at(n: u8, person: Person) -> Person {
    let scope = person.scope.from(Some([192, 0, 2, n].into()));
    Person { scope, ..person }
}

#[tokio::test]
async fn many_accounts_of_one_network_leave_half_of_what_comes_to_others() {
    let house = House::new().await;
    let mut slow = Vec::new();
    for number in 0..17 {
        let heavy = at(1, house.person(&format!("heavy{number}")).await);
        slow.extend((0..16).map(|_| tokio::spawn(stalls(heavy.clone()))));
    }
    house.settles("files come in", async || house.files("spool").len() == 256).await;
    let oleh = at(2, house.person("oleh").await);
    oleh.uploads("a.txt", b"halo").await.unwrap();
    slow.iter().for_each(JoinHandle::abort);
    at(1, house.person("sari").await).uploads("a.txt", b"halo").await.unwrap();
}

#[tokio::test]
async fn a_picture_goes_before_those_of_many_accounts_of_another_network() {
    let house = House::with(|options| options.files = FileLimits::default()).await;
    let picture = |side| encoded(&painting(side, side), ImageFormat::Png);
    let (large, small) = (picture(500), picture(40));
    let mut heavy = Vec::new();
    for number in 0..12 {
        heavy.push(at(1, house.person(&format!("heavy{number}")).await));
    }
    let mut theirs: FuturesUnordered<_> =
        heavy.iter().chain(&heavy).map(|one| one.uploads("a.png", &large)).collect();
    theirs.next().await.unwrap().unwrap();
    let oleh = at(2, house.person("oleh").await);
    let mut his = Box::pin(oleh.uploads("b.png", &small));
    let mut done = 1;
    loop {
        tokio::select! {
            biased;
            picture = &mut his => break assert!(picture.is_ok()),
            came = theirs.next() => {
                came.unwrap().unwrap();
                done += 1;
            }
        }
    }
    assert!(done < 8, "{done} went before");
}

#[tokio::test]
async fn what_is_on_its_way_takes_of_the_room_of_its_owner() {
    const KIB: usize = 1 << 10;
    let house = House::with(|options| options.files.quota = 300 * KIB as u64).await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let pieces = |count| stream::iter((0..count).map(|_| Ok::<_, String>(Bytes::from(vec![b'x'; 50 * KIB]))));
    let brings = async |person: &Person, count| {
        attachments::take_in(&person.chat, &person.scope, "a.bin", pieces(count)).await
    };
    let (begun, begins) = tokio::sync::oneshot::channel();
    let slow = tokio::spawn({
        let sari = sari.clone();
        let waits = async move {
            let _ = begun.send(());
            std::future::pending().await
        };
        let bytes = pieces(4).chain(stream::once(waits));
        async move { attachments::take_in(&sari.chat, &sari.scope, "b.bin", bytes).await }
    });
    begins.await.unwrap();
    assert_eq!(brings(&sari, 3).await.unwrap_err().code, ErrorCode::QuotaReached);
    brings(&oleh, 3).await.unwrap();
    brings(&sari, 1).await.unwrap();
    // What does not come to its end is given back; what has is counted by its row.
    slow.abort();
    assert!(slow.await.unwrap_err().is_cancelled());
    brings(&sari, 5).await.unwrap();
    assert_eq!(brings(&sari, 1).await.unwrap_err().code, ErrorCode::QuotaReached);
    house.settles("nothing is left of it", async || house.files("spool").is_empty()).await;
}
