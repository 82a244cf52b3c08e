//! Unread counts: against a plain model, over random acts.

use proptest::prelude::*;
use sapa_model::room::DialogFilter;

use crate::support::House;

#[derive(Clone, Debug)]
enum Act {
    Send { who: usize },
    Read { who: usize, back: u64 },
    Block,
    Unblock,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        5 => (0..2usize).prop_map(|who| Act::Send { who }),
        3 => (0..2usize, 0..3u64).prop_map(|(who, back)| Act::Read { who, back }),
        1 => Just(Act::Block),
        1 => Just(Act::Unblock),
    ]
}

/// What must hold, said simply: for each person the texts that they may see, by number, with
/// those that they have read.
#[derive(Default)]
struct Model {
    last: u64,
    unread: [Vec<u64>; 2],
    blocked: bool,
}

impl Model {
    /// Person 0 blocks person 1. True if the act is possible.
    fn apply(&mut self, act: &Act) -> bool {
        match *act {
            Act::Send { who: 0 } if self.blocked => return false,
            Act::Send { who } => {
                self.last += 1;
                self.unread[who].clear();
                if !(self.blocked && who == 1) {
                    self.unread[1 - who].push(self.last);
                }
            }
            Act::Read { who, back } => {
                let up_to = self.last.saturating_sub(back);
                self.unread[who].retain(|number| *number > up_to);
            }
            Act::Block => {
                self.blocked = true;
                self.unread[0].clear();
            }
            Act::Unblock => self.blocked = false,
        }
        true
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn unread_counts_never_drift(acts in proptest::collection::vec(act(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(follow(acts))?;
    }
}

async fn follow(acts: Vec<Act>) -> Result<(), TestCaseError> {
    let house = House::new().await;
    let people = [house.person("sari").await, house.person("oleh").await];
    let room = people[0].befriends(&people[1]).await;
    let mut model = Model::default();
    for act in acts {
        let was_blocked = model.blocked;
        if !model.apply(&act) {
            continue;
        }
        match act {
            Act::Send { who } => {
                people[who].says(room, "halo").await;
            }
            Act::Read { who, back } => people[who].reads(room, model.last.saturating_sub(back)).await,
            Act::Block if !was_blocked => people[0].blocks(&people[1]).await,
            Act::Unblock if was_blocked => people[0].unblocks(&people[1]).await,
            Act::Block | Act::Unblock => {}
        }
        for (person, unread) in people.iter().zip(&model.unread) {
            let dialog = person.sees(room).await.dialog;
            prop_assert_eq!(dialog.unread(), unread.len() as u64);
            let listed = !person.dialogs(DialogFilter::Unread).await.is_empty();
            prop_assert_eq!(listed, !unread.is_empty());
        }
    }
    Ok(())
}
