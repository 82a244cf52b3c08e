//! Unread counts: against a plain model, over random acts.

use proptest::prelude::*;
use sapa_domain::messages;
use sapa_model::room::DialogFilter;
use sapa_model::{DeleteFor, Event, MessageId};

use crate::support::{House, Person, heard};

#[derive(Clone, Debug)]
enum Act {
    Send {
        who: usize,
    },
    Read {
        who: usize,
        back: u64,
    },
    /// The newest message that they can see but so many.
    Delete {
        who: usize,
        back: usize,
        whom: DeleteFor,
    },
    /// Their newest deletion.
    Restore {
        who: usize,
    },
    Block,
    Unblock,
}

fn act() -> impl Strategy<Value = Act> {
    let whom = prop_oneof![Just(DeleteFor::Me), Just(DeleteFor::Everyone)];
    prop_oneof![
        6 => (0..2usize).prop_map(|who| Act::Send { who }),
        3 => (0..2usize, 0..3u64).prop_map(|(who, back)| Act::Read { who, back }),
        4 => (0..2usize, 0..4usize, whom).prop_map(|(who, back, whom)| Act::Delete { who, back, whom }),
        2 => (0..2usize).prop_map(|who| Act::Restore { who }),
        1 => Just(Act::Block),
        1 => Just(Act::Unblock),
    ]
}

/// A text: who wrote it, and for whom it is gone.
#[derive(Debug)]
struct Text {
    id: MessageId,
    number: u64,
    author: usize,
    shadowed: bool,
    deleted: bool,
    hidden: [bool; 2],
}

impl Text {
    fn reaches(&self, who: usize) -> bool {
        self.author == who || !self.shadowed
    }

    fn is_gone(&self, who: usize) -> bool {
        self.deleted || self.hidden[who]
    }
}

/// What must hold, said simply: all texts, and how far each person has read.
#[derive(Default)]
struct Model {
    texts: Vec<Text>,
    read: [u64; 2],
    blocked: bool,
}

impl Model {
    fn last(&self) -> u64 {
        self.texts.last().map_or(0, |text| text.number)
    }

    fn unread(&self, who: usize) -> usize {
        let counts = |text: &&Text| {
            text.author != who && text.reaches(who) && text.number > self.read[who] && !text.is_gone(who)
        };
        self.texts.iter().filter(counts).count()
    }

    /// What somebody would delete: the newest but so many of what they can still do it to.
    fn deletable(&mut self, who: usize, back: usize, whom: DeleteFor) -> Option<&mut Text> {
        self.texts
            .iter_mut()
            .rev()
            .filter(|text| text.reaches(who) && !text.hidden[who])
            .filter(|text| whom == DeleteFor::Me || text.author == who)
            .nth(back)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn unread_counts_never_drift(acts in proptest::collection::vec(act(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(follow(acts))?;
    }
}

/// Person 0 may block person 1.
async fn follow(acts: Vec<Act>) -> Result<(), TestCaseError> {
    let house = House::new().await;
    let people = [house.person("sari").await, house.person("oleh").await];
    let room = people[0].befriends(&people[1]).await;
    let mut model = Model::default();
    for act in acts {
        match act {
            Act::Send { who: 0 } if model.blocked => continue,
            Act::Send { who } => {
                let message = people[who].says(room, "halo").await;
                model.read[who] = message.number;
                let shadowed = model.blocked;
                if shadowed {
                    model.read[0] = message.number;
                }
                let (id, number) = (message.id, message.number);
                model.texts.push(Text {
                    id,
                    number,
                    author: who,
                    shadowed,
                    deleted: false,
                    hidden: [false; 2],
                });
            }
            Act::Read { who, back } => {
                let number = model.last().saturating_sub(back);
                people[who].reads(room, number).await;
                model.read[who] = model.read[who].max(number);
            }
            Act::Delete { who, back, whom } => {
                let Some(text) = model.deletable(who, back, whom) else { continue };
                match whom {
                    DeleteFor::Me => text.hidden[who] = true,
                    DeleteFor::Everyone => text.deleted = true,
                }
                let Person { chat, scope, .. } = &people[who];
                messages::delete(chat, scope, room, text.id, whom).await.unwrap();
            }
            Act::Restore { who } => {
                let mut newest = model.texts.iter_mut().rev();
                let Some(text) = newest.find(|text| text.hidden[who] || (text.deleted && text.author == who))
                else {
                    continue;
                };
                if text.hidden[who] {
                    text.hidden[who] = false;
                } else {
                    text.deleted = false;
                }
                let Person { chat, scope, .. } = &people[who];
                messages::restore(chat, scope, room, text.id).await.unwrap();
            }
            Act::Block if !model.blocked => {
                people[0].blocks(&people[1]).await;
                model.blocked = true;
                model.read[0] = model.last();
            }
            Act::Unblock if model.blocked => {
                people[0].unblocks(&people[1]).await;
                model.blocked = false;
            }
            Act::Block | Act::Unblock => continue,
        }
        for (who, person) in people.iter().enumerate() {
            let unread = model.unread(who);
            let dialog = person.sees(room).await.dialog;
            prop_assert_eq!(dialog.unread(), unread as u64);
            let listed = !person.dialogs(DialogFilter::Unread).await.is_empty();
            prop_assert_eq!(listed, unread > 0);
        }
    }
    Ok(())
}

#[tokio::test]
async fn whoever_has_not_read_a_deleted_message_hears_that_it_counts_no_more() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let first = sari.says(room, "satu").await;
    let second = sari.says(room, "dua").await;
    let third = sari.says(room, "tiga").await;
    let (mut saris, mut olehs) = (sari.connects().await, oleh.connects().await);
    let of_unread = |events: Vec<Event>| {
        events.into_iter().filter(|e| matches!(e, Event::Unread { .. })).collect::<Vec<_>>()
    };
    let told = |read, deleted| Event::Unread { room_id: room, read, deleted };

    messages::delete(&sari.chat, &sari.scope, room, second.id, DeleteFor::Everyone).await.unwrap();
    assert_eq!(of_unread(heard::events(&mut olehs).await), [told(0, 1)]);
    assert_eq!(of_unread(heard::events(&mut saris).await), [], "she has read it");
    messages::delete(&oleh.chat, &oleh.scope, room, third.id, DeleteFor::Me).await.unwrap();
    assert_eq!(of_unread(heard::events(&mut olehs).await), [], "the room as a whole is told");
    assert_eq!(oleh.sees(room).await.dialog.unread_deleted, 2);
    assert_eq!(sapa_domain::accounts::me(&oleh.chat, &oleh.scope).await.unwrap().unread, 1);

    oleh.reads(room, first.number).await;
    assert_eq!(of_unread(heard::events(&mut olehs).await), [told(1, 2)]);
    assert_eq!(oleh.sees(room).await.dialog.unread(), 0);
    oleh.reads(room, third.number).await;
    assert_eq!(of_unread(heard::events(&mut olehs).await), [], "that follows from the marker");
    assert_eq!(of_unread(heard::events(&mut saris).await), [], "it is his alone");
    assert_eq!(oleh.sees(room).await.dialog.unread_deleted, 0);
}
