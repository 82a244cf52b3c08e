//! Message requests: a stranger may write, and waits for an answer.

use sapa_domain::{live, rooms};
use sapa_model::room::DialogFilter;
use sapa_model::{ErrorCode, Event, limits};

use crate::support::deeds::code;
use crate::support::{House, Person, client_id, heard, run};

#[tokio::test]
async fn a_request_appears_with_its_first_text() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let mut saris = sari.connects().await;

    let room = oleh.opens(&sari).await.room.id;
    assert!(sari.dialogs(DialogFilter::Requests).await.is_empty());
    assert_eq!(heard::events(&mut saris).await.len(), 1, "the Hello and nothing else");
    assert_eq!(oleh.dialogs(DialogFilter::All).await.len(), 1);

    oleh.says(room, "halo").await;
    let events = heard::events(&mut saris).await;
    assert!(matches!(&events[0], Event::Dialog(dialog) if dialog.request && dialog.room.id == room));
    assert!(matches!(&events[1], Event::Message(_)));
    assert_eq!(sari.dialogs(DialogFilter::Requests).await.len(), 1);
    assert!(sari.dialogs(DialogFilter::All).await.is_empty());
    assert_eq!(oleh.opens(&sari).await.room.id, room, "the pair has one room");
    assert_eq!(sari.opens(&oleh).await.room.id, room);
}

#[tokio::test]
async fn nothing_goes_back_before_the_answer() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = oleh.opens(&sari).await.room.id;
    oleh.says(room, "halo").await;
    let mut olehs = oleh.connects().await;
    let _here = sari.connects().await;
    heard::events(&mut olehs).await;

    sari.reads(room, 1).await;
    live::typing(&house.chat, &sari.scope, room).await.unwrap();
    let presence = live::watch(&house.chat, &oleh.scope, olehs.id(), &[sari.id()]).await.unwrap();

    assert!(!presence[0].online);
    assert_eq!(heard::events(&mut olehs).await, []);
    let sees = |view: sapa_model::room::RoomView| {
        view.members.iter().find(|member| member.user.id == sari.id()).map(|m| (m.delivered, m.read))
    };
    assert_eq!(sees(oleh.sees(room).await), Some((0, 0)));

    sari.answers(room, true).await;
    let marker = Event::Marker { room_id: room, user_id: sari.id(), delivered: 1, read: 1 };
    assert_eq!(heard::events(&mut olehs).await, [marker]);
    assert_eq!(sees(oleh.sees(room).await), Some((1, 1)));
    assert_eq!(sari.dialogs(DialogFilter::All).await.len(), 1);
}

#[tokio::test]
async fn a_declined_request_stays_away() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = oleh.opens(&sari).await.room.id;
    oleh.says(room, "halo").await;
    let mut saris = sari.connects().await;
    heard::events(&mut saris).await;

    sari.answers(room, false).await;
    assert_eq!(heard::events(&mut saris).await, [Event::DialogGone { room_id: room }]);
    oleh.says(room, "halo??").await;

    assert_eq!(heard::events(&mut saris).await, []);
    assert!(sari.dialogs(DialogFilter::Requests).await.is_empty());
    assert!(sari.dialogs(DialogFilter::All).await.is_empty());

    // Writing to them oneself brings it back, answered.
    sari.says(room, "ya?").await;
    let dialogs = sari.dialogs(DialogFilter::All).await;
    assert_eq!(dialogs.len(), 1);
    assert!(!dialogs[0].request);
    oleh.says(room, "halo!").await;
    assert_eq!(heard::messages(&mut saris).await.len(), 2);
}

#[tokio::test]
async fn writing_back_answers() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = oleh.opens(&sari).await.room.id;
    oleh.says(room, "halo").await;
    sari.says(room, "halo juga").await;
    assert!(sari.dialogs(DialogFilter::Requests).await.is_empty());
    assert_eq!(sari.dialogs(DialogFilter::All).await[0].unread(), 0);
}

#[tokio::test]
async fn some_take_messages_from_friends_only() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    run(&house.raw, "UPDATE users SET who_may_write = 'friends'".to_owned()).await;
    let refused = rooms::open_direct(&house.chat, &oleh.scope, sari.id()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::FriendsOnly);
    assert!(oleh.dialogs(DialogFilter::All).await.is_empty());
    let room = oleh.befriends(&sari).await;
    assert!(!sari.sees(room).await.dialog.request);
}

#[tokio::test]
async fn a_blocked_strangers_texts_make_no_request() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    sari.blocks(&oleh).await;
    let room = oleh.opens(&sari).await.room.id;
    oleh.says(room, "halo").await;
    assert!(sari.dialogs(DialogFilter::Requests).await.is_empty());
    sari.unblocks(&oleh).await;
    assert!(sari.dialogs(DialogFilter::Requests).await.is_empty());
    oleh.says(room, "halo lagi").await;
    let requests = sari.dialogs(DialogFilter::Requests).await;
    assert_eq!((requests.len(), requests[0].unread()), (1, 1));
}

/// Puts somebody into so many groups, past the rules.
pub async fn joins_many(house: &House, person: &Person, count: usize) {
    let rows = format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})");
    let (me, first) = (person.id(), 100_000);
    run(
        &house.raw,
        format!(
            "INSERT INTO rooms (id, kind, name, search, hue, created_at) \
             {rows} SELECT {first} + i, 'group', 'g', 'g', 0, 1 FROM n; \
             INSERT INTO memberships (room_id, user_id, role, active, muted, request, hidden, read_number, \
             delivered_number, seq, joined_at) \
             {rows} SELECT {first} + i, {me}, 'member', 1, 0, 0, 0, 0, 0, 0, 1 FROM n"
        ),
    )
    .await;
}

#[tokio::test]
async fn what_strangers_begin_takes_nothing_of_ones_allowance_until_it_is_answered() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    joins_many(&house, &sari, limits::ROOMS_MAX - 1).await;
    let mut rooms = Vec::new();
    for name in ["oleh", "dewi", "budi"] {
        let stranger = house.person(name).await;
        let room = stranger.opens(&sari).await.room.id;
        if name != "budi" {
            stranger.says(room, "halo").await;
        }
        rooms.push(room);
    }
    let founded = sari.founds("Kopi", &[]).await.unwrap().room.id;
    assert_eq!(code(sari.founds("Teh", &[]).await), ErrorCode::LimitReached);
    assert_eq!(sari.dialogs(DialogFilter::Requests).await.len(), 2, "they reach her all the same");
    for room in &rooms[..2] {
        let accepted = rooms::answer_request(&house.chat, &sari.scope, *room, true).await;
        assert_eq!(code(accepted), ErrorCode::LimitReached);
        assert_eq!(code(sari.tries(*room, &client_id(), "halo juga").await), ErrorCode::LimitReached);
    }
    sari.leaves(founded).await.unwrap();
    sari.answers(rooms[0], true).await;
    assert_eq!(code(sari.tries(rooms[1], &client_id(), "halo juga").await), ErrorCode::LimitReached);
}

#[tokio::test]
async fn an_empty_room_is_nobodys_burden() {
    let house = House::new().await;
    let (sari, oleh, dewi) =
        (house.person("sari").await, house.person("oleh").await, house.person("dewi").await);
    let kept = sari.befriends(&oleh).await;
    let written = sari.opens(&dewi).await.room.id;
    sari.says(written, "halo").await;
    let strangers = house.crowd(60, &dewi).await;
    let opens = async |user_id| rooms::open_direct(&house.chat, &sari.scope, user_id).await;
    let first = opens(strangers[0]).await.unwrap().room.id;
    let mut saris = sari.connects().await;
    for stranger in &strangers[1..50] {
        opens(*stranger).await.unwrap();
    }
    heard::events(&mut saris).await;
    opens(strangers[50]).await.unwrap();
    assert!(heard::events(&mut saris).await.contains(&Event::DialogGone { room_id: first }));
    for stranger in &strangers[51..] {
        opens(*stranger).await.unwrap();
    }
    assert_eq!(
        house.count("SELECT count(*) FROM rooms").await,
        52,
        "50 empty ones, and the two that are used"
    );
    assert_eq!(sari.sees(kept).await.dialog.room.id, kept);
    assert_eq!(sari.texts(written).await, ["halo"]);
    // Opened again, it is made again.
    assert_ne!(opens(strangers[0]).await.unwrap().room.id, first);

    joins_many(&house, &sari, limits::ROOMS_MAX - 3).await;
    sari.founds("Kopi", &[]).await.unwrap();
    assert_eq!(code(opens(strangers[1]).await), ErrorCode::LimitReached, "told before a word is written");
    let last = strangers[59];
    let empty = opens(last).await.unwrap().room.id;
    assert_eq!(code(sari.tries(empty, &client_id(), "halo").await), ErrorCode::LimitReached);
}
