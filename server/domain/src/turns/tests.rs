use futures::FutureExt as _;
use futures::future::join_all;

use super::*;

const BOUNDS: Bounds =
    Bounds { all: 4, each: 2, waiting: 6, waiting_each: 4, patience: Duration::from_millis(50) };

fn now<T>(future: impl Future<Output = T>) -> Option<T> {
    future.now_or_never()
}

#[tokio::test]
async fn one_holds_a_part_and_all_hold_what_there_is() {
    let turns = Turns::new(BOUNDS);
    let held = join_all(["sari", "sari", "oleh"].map(|who| turns.take(who, 1))).await;
    assert!(now(turns.take("sari", 1)).is_none(), "she waits for herself");
    let dewi = turns.take("dewi", 9).now_or_never();
    assert!(dewi.is_none(), "one is left, and a share is at most two");
    assert!(now(turns.take("rudi", 1)).unwrap().is_ok());
    drop(held);
    assert_eq!(turns.take("dewi", 9).await.unwrap().size(), 2);
    assert_eq!(turns.free(), 4);
    assert!(!turns.line().is_known(&"dewi"));
}

#[tokio::test]
async fn who_has_had_least_goes_first() {
    let turns = Turns::new(Bounds { all: 10, each: 10, waiting: 100, waiting_each: 50, ..BOUNDS });
    let first = turns.take("heavy", 10).await.unwrap();
    let order = Mutex::new(Vec::new());
    let comes = async |who: &'static str, size| {
        let turn = turns.take(who, size).await.unwrap();
        order.lock().unwrap().push(who);
        drop(turn);
    };
    let heavy = join_all((0..20).map(|_| comes("heavy", 10)));
    let light = async {
        tokio::task::yield_now().await;
        let light = join_all((0..5).map(|_| comes("light", 1)));
        let first_goes = async { drop(first) };
        tokio::join!(light, first_goes);
    };
    tokio::join!(heavy, light);
    let last_light = order.lock().unwrap().iter().rposition(|who| *who == "light").unwrap();
    assert!(last_light <= 6, "{:?}", order.lock().unwrap());
}

#[tokio::test]
async fn who_waits_too_long_or_too_often_is_told_when_to_come_again() {
    let turns = Turns::new(BOUNDS);
    let held = join_all(["sari", "sari", "oleh", "oleh"].map(|who| turns.take(who, 1))).await;
    let refused = turns.take("sari", 1).await.err().unwrap();
    assert_eq!((refused.code, refused.retry_after), (ErrorCode::TooMany, Some(5)));
    let refused = turns.take("dewi", 1).await.err().unwrap();
    assert_eq!((refused.code, refused.retry_after), (ErrorCode::Unavailable, Some(5)));
    let often = join_all((0..9).map(|_| turns.take("sari", 1))).await;
    assert!(often.iter().all(Result::is_err));
    drop(held);
    assert_eq!(turns.free(), 4, "who has given up is not called");
    assert!(now(turns.take("sari", 1)).unwrap().is_ok());
}

#[tokio::test]
async fn where_all_wait_too_often_who_waits_most_is_sent_away() {
    let turns = Turns::new(Bounds { patience: Duration::from_secs(60), ..BOUNDS });
    let held = join_all(["a", "a", "b", "b"].map(|who| turns.take(who, 1))).await;
    let mut heavy: Vec<_> = (0..4).map(|_| Box::pin(turns.take("heavy", 1))).collect();
    let mut other: Vec<_> = (0..2).map(|_| Box::pin(turns.take("other", 1))).collect();
    assert!(heavy.iter_mut().chain(&mut other).all(|turn| now(turn).is_none()));
    let mut light = Box::pin(turns.take("light", 1));
    assert!(now(&mut light).is_none(), "there is a place");
    let sent_away = now(&mut heavy[3]).expect("the last of the heaviest").err().unwrap();
    assert_eq!(sent_away.code, ErrorCode::TooMany);
    drop(held);
    assert!(now(&mut light).unwrap().is_ok());
    assert!(now(&mut other[0]).unwrap().is_ok());
}
