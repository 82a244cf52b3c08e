//! How two people stand to each other, whatever they do: the rules against a plain model of them.

use std::sync::OnceLock;

use proptest::prelude::*;
use sapa_domain::people;
use sapa_model::{AppResult, ErrorCode, Event, Relation};

use crate::support::{House, Person, heard};

#[derive(Clone, Copy, Debug)]
enum Deed {
    Ask,
    TakeBack,
    Accept,
    Decline,
    Unfriend,
    End,
    Block,
    Unblock,
}

/// What holds between two people, each named by 0 or 1.
#[derive(Clone, Copy, Default)]
struct Model {
    asked_by: Option<usize>,
    friends: bool,
    blocks: [bool; 2],
    ever_friends: bool,
}

impl Model {
    fn seen_by(&self, me: usize) -> Relation {
        match self.asked_by {
            _ if self.blocks[me] => Relation::Blocked,
            _ if self.friends => Relation::Friends,
            Some(asker) if asker == me => Relation::Requested,
            Some(_) => Relation::Asked,
            None => Relation::None,
        }
    }

    fn after(mut self, me: usize, deed: Deed) -> Result<Self, ErrorCode> {
        match (deed, self.seen_by(me)) {
            (Deed::Ask, Relation::None) => self.asked_by = Some(me),
            (Deed::Ask | Deed::Accept, Relation::Asked) => {
                (self.asked_by, self.friends, self.ever_friends) = (None, true, true);
            }
            (Deed::Ask, Relation::Blocked) => return Err(ErrorCode::Blocked),
            (Deed::Accept, Relation::None | Relation::Blocked) => return Err(ErrorCode::Conflict),
            (Deed::Accept | Deed::Decline, Relation::Requested) => return Err(ErrorCode::Forbidden),
            (Deed::End, Relation::None | Relation::Blocked) => return Err(ErrorCode::NotFound),
            (Deed::End, _) => (self.asked_by, self.friends) = (None, false),
            (Deed::TakeBack, Relation::Requested) | (Deed::Decline, Relation::Asked) => self.asked_by = None,
            (Deed::Unfriend, Relation::Friends) => self.friends = false,
            (Deed::Block, seen) => {
                if seen == Relation::Requested {
                    self.asked_by = None;
                }
                self.blocks[me] = true;
            }
            (Deed::Unblock, _) => self.blocks[me] = false,
            _ => {}
        }
        Ok(self)
    }
}

async fn act(me: &Person, deed: Deed, other: &Person) -> AppResult<Relation> {
    let person = match deed {
        Deed::Ask => me.asks(other).await,
        Deed::TakeBack => me.takes_back(other).await,
        Deed::Accept => me.accepts(other).await,
        Deed::Decline => me.declines(other).await,
        Deed::Unfriend => me.unfriends(other).await,
        Deed::End => people::end(&me.chat, &me.scope, other.id()).await,
        Deed::Block => people::block(&me.chat, &me.scope, other.id()).await,
        Deed::Unblock => people::unblock(&me.chat, &me.scope, other.id()).await,
    };
    person.map(|person| person.relation)
}

async fn check(house: &House, deeds: Vec<(usize, Deed)>, case: usize) {
    let pair = [house.person(&format!("one{case}")).await, house.person(&format!("two{case}")).await];
    let mut connections = [pair[0].connects().await, pair[1].connects().await];
    // What a client knows that has only listened.
    let mut heard = [(Relation::None, 0); 2];
    let mut model = Model::default();
    for (me, deed) in deeds {
        let done = act(&pair[me], deed, &pair[1 - me]).await;
        match model.after(me, deed) {
            Ok(next) => {
                model = next;
                assert_eq!(done.unwrap(), model.seen_by(me));
            }
            Err(code) => assert_eq!(done.unwrap_err().code, code),
        }
        for me in [0, 1] {
            let (person, other) = (&pair[me], &pair[1 - me]);
            let seen = model.seen_by(me);
            for event in heard::events(&mut connections[me]).await {
                if let Event::Relation { person, friend_requests } = event {
                    heard[me] = (person.relation, friend_requests);
                }
            }
            assert_eq!(heard[me], (seen, u32::from(seen == Relation::Asked)));
            assert_eq!(person.stands_to(other).await, seen);
            assert_eq!(person.badge().await, heard[me].1);
            let requests = person.requests().await;
            let friends = people::friends(&house.chat, &person.scope).await.unwrap();
            let blocked = people::blocked(&house.chat, &person.scope).await.unwrap();
            for (people, relation) in [
                (requests.received, Relation::Asked),
                (requests.sent, Relation::Requested),
                (friends, Relation::Friends),
                (blocked, Relation::Blocked),
            ] {
                assert_eq!(people.len(), usize::from(seen == relation), "{relation:?}");
            }
        }
    }
    let rooms = "SELECT count(*) FROM direct_pairs WHERE low_user_id =";
    let rooms = house.count(&format!("{rooms} {}", pair[0].id())).await;
    assert_eq!(rooms, i64::from(model.ever_friends));
}

fn deeds() -> impl Strategy<Value = Vec<(usize, Deed)>> {
    let deed = prop_oneof![
        4 => Just(Deed::Ask),
        1 => Just(Deed::TakeBack),
        2 => Just(Deed::Accept),
        1 => Just(Deed::Decline),
        1 => Just(Deed::Unfriend),
        1 => Just(Deed::End),
        1 => Just(Deed::Block),
        2 => Just(Deed::Unblock),
    ];
    prop::collection::vec((0..2_usize, deed), 1..16)
}

#[test]
fn two_people_stand_as_the_model_says_whatever_they_do() {
    static HOUSE: OnceLock<House> = OnceLock::new();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let house = HOUSE.get_or_init(|| runtime.block_on(House::new()));
    let case = std::sync::atomic::AtomicUsize::new(0);
    let config = ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let outcome = runner.run(&deeds(), |deeds| {
        let case = case.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        runtime.block_on(check(house, deeds, case));
        Ok(())
    });
    outcome.unwrap();
}
