use sapa_model::message::SystemLine;
use sapa_model::people::UserCard;
use sapa_model::room::Role;
use sapa_model::{ErrorCode, RoomId};

use super::*;

fn card(id: i64) -> UserCard {
    UserCard {
        id: UserId(id),
        username: format!("user{id}"),
        nickname: format!("User {id}"),
        avatar: None,
        revision: 0,
    }
}

fn client_id(n: u8) -> ClientId {
    ClientId::from_random_bytes([n; 16])
}

/// The text with this number, at the same position and seq.
fn text(number: u8) -> Message {
    Message {
        id: MessageId(number.into()),
        room_id: RoomId(1),
        seq: number.into(),
        position: number.into(),
        number: number.into(),
        author: card(7),
        client_id: Some(client_id(number)),
        body: MessageBody::Text {
            text: format!("text {number}"),
            edited_at: None,
            attachments: Vec::new(),
            corrections: Vec::new(),
            schedule: None,
            story: None,
            reactions: Vec::new(),
            reacted: None,
            post: None,
        },
        created_at: Timestamp(number.into()),
    }
}

fn numbers(log: &Log) -> Vec<u64> {
    log.keys().iter().filter_map(|key| log.message(key)).map(|message| message.number).collect()
}

fn draft(n: u8) -> Draft {
    Draft {
        client_id: client_id(n),
        text: format!("text {n}"),
        at: Timestamp(0),
        after: None,
        files: Vec::new(),
        attachments: Vec::new(),
    }
}

#[test]
fn messages_stand_by_position_whatever_their_order_of_arrival() {
    let mut log = Log::default();
    for number in [3, 1, 2, 3, 1] {
        log.take(text(number));
    }
    assert_eq!(numbers(&log), [1, 2, 3]);
}

#[test]
fn an_older_state_of_a_message_changes_nothing() {
    let mut log = Log::default();
    let newer = Message { seq: 9, body: MessageBody::System { line: SystemLine::MemberLeft }, ..text(1) };
    log.take(newer.clone());
    assert_eq!(log.take(text(1)), Change::None);
    assert_eq!(log.message(&RowKey::of(&newer)), Some(&newer));
}

#[test]
fn a_pending_text_becomes_the_sent_one_under_the_same_key() {
    let mut log = Log::default();
    log.take(text(1));
    let key = RowKey::Text(UserId(7), client_id(2));
    assert_eq!(log.take_draft(UserId(7), draft(2)), Change::Rows(key.clone()));
    assert!(matches!(log.row(&key), Some(Row::Pending(_))));
    assert_eq!(log.take(text(2)), Change::Rows(key.clone()));
    assert!(matches!(log.row(&key), Some(Row::Sent(_))));
    assert_eq!(log.keys().len(), 2);
    // The outbox may still name it, after a reload for one.
    assert_eq!(log.take_draft(UserId(7), draft(2)), Change::None);
}

#[test]
fn a_refused_text_stays_until_discarded_and_can_be_tried_again() {
    let mut log = Log::default();
    let key = RowKey::Text(UserId(7), client_id(2));
    log.take_draft(UserId(7), draft(2));
    log.refuse(&key, AppError::new(ErrorCode::Blocked, "no"));
    assert!(matches!(log.row(&key), Some(Row::Failed(..))));
    assert_eq!(log.take_draft(UserId(7), draft(2)), Change::Rows(key.clone()));
    log.discard(&key);
    assert!(log.keys().is_empty());
}

#[test]
fn what_was_refused_stands_where_it_was_written_and_what_waits_at_the_end() {
    const ME: UserId = UserId(7);
    let mut log = Log::default();
    for number in [2, 3, 5] {
        log.take(text(number));
    }
    for (n, after) in [(10, 3), (11, 5), (12, 2)] {
        log.take_draft(ME, Draft { after: Some(after), ..draft(n) });
    }
    let refused = |n: u8| RowKey::Text(ME, client_id(n));
    for n in [10, 12] {
        log.refuse(&refused(n), AppError::new(ErrorCode::Blocked, "no"));
    }
    log.take(text(6));
    let names = |log: &Log| {
        let name = |key: &RowKey| match key {
            RowKey::Text(_, id) => (0..20).find(|n| client_id(*n) == *id),
            RowKey::Line(_) => None,
        };
        log.keys().iter().filter_map(name).collect::<Vec<_>>()
    };
    assert_eq!(names(&log), [2, 12, 3, 10, 5, 6, 11]);
    // Outside the window it is loaded with its page.
    log.hide(MessageId(2), 9);
    log.more_before = true;
    assert_eq!(names(&log), [3, 10, 5, 6, 11]);
    // Tried again, it comes last.
    log.take_draft(ME, Draft { after: Some(3), ..draft(10) });
    assert_eq!(names(&log), [3, 5, 6, 10, 11]);
}

#[test]
fn a_window_that_does_not_reach_the_end_leaves_newer_messages_to_be_loaded() {
    let mut log = Log { more_after: true, ..Log::default() };
    log.take(text(1));
    assert_eq!(log.take(text(5)), Change::None);
    assert_eq!(numbers(&log), [1]);
    log.more_after = false;
    log.take(text(5));
    assert_eq!(numbers(&log), [1, 5]);
}

#[test]
fn the_window_is_bounded_at_both_ends() {
    let message = |number: u64| Message {
        position: number,
        seq: number,
        number,
        client_id: None,
        id: MessageId(i64::try_from(number).unwrap()),
        ..text(1)
    };
    let mut log = Log::default();
    for number in 1..=400 {
        log.take(message(number));
    }
    log.trim_oldest();
    assert_eq!(log.edges(), Some((101, 400)));
    assert!(log.more_before);
    for number in 50..=100 {
        log.more_before = false;
        log.take(message(number));
    }
    log.trim_newest();
    assert_eq!(log.edges(), Some((50, 349)));
    assert!(log.more_after);
}

#[test]
fn markers_only_grow_and_ticks_follow_the_slowest() {
    let member = |id, delivered, read, seq| Member {
        user: card(id),
        role: Role::Member,
        active: true,
        delivered,
        read,
        seq,
    };
    let mut members = vec![member(7, 0, 0, 1), member(8, 0, 0, 1), member(9, 5, 5, 1)];
    let message = text(4);
    assert_eq!(ticks(&message, &members), Ticks::Sent);
    take_member(&mut members, member(8, 4, 0, 1));
    assert_eq!(ticks(&message, &members), Ticks::Delivered);
    take_member(&mut members, member(8, 4, 4, 1));
    take_member(&mut members, member(8, 2, 2, 2));
    assert_eq!(ticks(&message, &members), Ticks::Read);
    assert_eq!(ticks(&message, &members[..1]), Ticks::Sent);
}

#[test]
fn the_cursor_follows_what_is_heard_only_while_nothing_is_missing() {
    let mut log = Log::default();
    log.reset(4);
    log.hear(text(5));
    assert_eq!(log.seq, 5);
    // The line is lost, comes back, and tells of something newer before the gap is filled.
    log.fall_behind(u64::MAX);
    log.hear(text(9));
    assert_eq!(log.seq, 5);
    log.catch_up(9);
    log.hear(text(10));
    assert_eq!(log.seq, 10);
}

#[test]
fn a_page_that_was_read_earlier_takes_the_cursor_back() {
    let mut log = Log::default();
    log.reset(8);
    log.fall_behind(6);
    assert_eq!(log.seq, 6);
}

#[test]
fn ones_own_reaction_stays_until_another_word_of_it() {
    let mut log = Log::default();
    log.take(text(1));
    let id = log.message(&log.keys()[0]).unwrap().id;
    let own = |log: &Log| match &log.find(id).unwrap().body {
        MessageBody::Text { reacted, .. } => reacted.clone(),
        _ => None,
    };
    let heart = Emoji::parse("❤️").ok();
    log.react(id, heart.clone());
    // What is told to many says nothing of it; what is loaded does.
    log.hear(Message { seq: 5, ..text(1) });
    assert_eq!(own(&log), heart);
    log.take(Message { seq: 6, ..text(1) });
    assert_eq!(own(&log), None);
    log.react(id, heart);
    log.react(id, None);
    assert_eq!(own(&log), None);
}

#[test]
fn a_part_of_what_was_missed_moves_the_cursor_and_no_more() {
    let mut log = Log::default();
    log.catch_up(3);
    log.fall_behind(u64::MAX);
    log.take(text(4));
    log.come_to(4);
    // Heard meanwhile, with what lies between still missing.
    log.hear(text(9));
    assert_eq!(log.seq, 4);
    log.take(text(5));
    log.catch_up(9);
    log.hear(text(10));
    assert_eq!((log.seq, numbers(&log)), (10, vec![4, 5, 9, 10]));
}
