//! Roles in a group: who may do what.

use sapa_domain::{groups, invites};
use sapa_model::{AppResult, ErrorCode, Event, Role, RoomId, SystemLine, UserId};

use crate::support::deeds::{code, refusal};
use crate::support::{House, Person, heard};

/// An owner, an admin, two members, a former member and a stranger.
struct Cast {
    owner: Person,
    admin: Person,
    member: Person,
    other: Person,
    former: Person,
    stranger: Person,
}

async fn cast(house: &House) -> Cast {
    let names = ["owner", "admin", "member", "other", "former", "stranger"];
    let mut people = Vec::new();
    for name in names {
        people.push(house.person(name).await);
    }
    let mut people = people.into_iter();
    let mut next = || people.next().unwrap();
    let cast = Cast {
        owner: next(),
        admin: next(),
        member: next(),
        other: next(),
        former: next(),
        stranger: next(),
    };
    for friend in [&cast.admin, &cast.member, &cast.other, &cast.former] {
        cast.owner.befriends(friend).await;
    }
    cast
}

impl Cast {
    async fn group(&self) -> RoomId {
        let members: Vec<UserId> =
            [&self.admin, &self.member, &self.other, &self.former].map(Person::id).to_vec();
        let room = self.owner.founds("Kopi", &members).await.unwrap().room.id;
        self.owner.names_admin(room, &self.admin, true).await.unwrap();
        self.former.leaves(room).await.unwrap();
        room
    }

    fn all(&self) -> [&Person; 6] {
        [&self.owner, &self.admin, &self.member, &self.other, &self.former, &self.stranger]
    }
}

fn outcome<T>(result: AppResult<T>) -> Option<ErrorCode> {
    result.err().map(|error| error.code)
}

#[tokio::test]
async fn each_role_may_do_what_it_may_and_no_more() {
    const NO: Option<ErrorCode> = Some(ErrorCode::Forbidden);
    const GONE: Option<ErrorCode> = Some(ErrorCode::NotFound);
    let house = House::new().await;
    let cast = cast(&house).await;
    let chat = &house.chat;
    let room = cast.group().await;
    let link = cast.owner.invites(room, 1).await.unwrap().id;
    // For owner, admin, member, another member, former member, stranger.
    let admins_only = [None, None, NO, NO, GONE, GONE];
    let owner_only = [None, NO, NO, NO, GONE, GONE];

    for (i, person) in cast.all().into_iter().enumerate() {
        let scope = &person.scope;
        let name = format!("Kopi {i}");
        assert_eq!(outcome(groups::rename(chat, scope, room, &name, 1).await), admins_only[i], "rename {i}");
        assert_eq!(outcome(person.adds(room, &[]).await), admins_only[i], "add {i}");
        assert_eq!(outcome(person.invites(room, 1).await), admins_only[i], "invite {i}");
        assert_eq!(outcome(invites::list(chat, scope, room).await), admins_only[i], "links {i}");
        assert_eq!(outcome(invites::revoke(chat, scope, room, link).await), admins_only[i], "revoke {i}");
        let named = person.names_admin(room, &cast.admin, true).await;
        assert_eq!(outcome(named), owner_only[i], "name an admin {i}");
    }
    for (i, person) in cast.all().into_iter().enumerate().rev() {
        let removed = person.removes(room, &cast.other).await;
        // The owner comes last, when the admin has done it already.
        let expected = if i == 0 { GONE } else { admins_only[i] };
        assert_eq!(outcome(removed), expected, "remove {i}");
    }
    for (i, person) in cast.all().into_iter().enumerate().rev().filter(|(i, _)| *i != 3) {
        let handed = person.hands_over(room, &cast.member).await;
        assert_eq!(outcome(handed), owner_only[i], "hand over {i}");
    }
    let roles: Vec<_> =
        cast.owner.sees(room).await.members.into_iter().map(|m| (m.user.id, m.role)).collect();
    let expected =
        [(cast.member.id(), Role::Owner), (cast.admin.id(), Role::Admin), (cast.owner.id(), Role::Admin)];
    assert_eq!(roles, expected);
}

#[tokio::test]
async fn nobody_removes_their_equals_or_betters() {
    let house = House::new().await;
    let cast = cast(&house).await;
    let room = cast.group().await;
    cast.owner.names_admin(room, &cast.other, true).await.unwrap();
    for target in [&cast.owner, &cast.other, &cast.admin] {
        assert_eq!(code(cast.admin.removes(room, target).await), ErrorCode::Forbidden);
    }
    assert_eq!(code(cast.owner.removes(room, &cast.owner).await), ErrorCode::Forbidden);
    cast.owner.removes(room, &cast.other).await.unwrap();
    let own = cast.owner.names_admin(room, &cast.owner, false).await;
    assert_eq!(refusal(own), (ErrorCode::Invalid, Some("userId".to_owned())));
    assert_eq!(code(cast.owner.hands_over(room, &cast.stranger).await), ErrorCode::NotFound);
    assert_eq!(code(cast.owner.names_admin(room, &cast.former, true).await), ErrorCode::NotFound);
}

#[tokio::test]
async fn each_change_is_one_line_and_heard_by_all() {
    let house = House::new().await;
    let cast = cast(&house).await;
    let room = cast.group().await;
    let before = cast.member.lines(room).await.len();
    let mut connection = cast.member.connects().await;
    heard::events(&mut connection).await;

    cast.owner.names_admin(room, &cast.other, true).await.unwrap();
    cast.owner.names_admin(room, &cast.other, true).await.unwrap();
    let events = heard::events(&mut connection).await;
    assert!(matches!(&events[..], [Event::Message(_), Event::Member { member, .. }]
        if member.user.id == cast.other.id() && member.role == Role::Admin));

    cast.owner.names_admin(room, &cast.other, false).await.unwrap();
    cast.owner.hands_over(room, &cast.admin).await.unwrap();
    heard::events(&mut connection).await;

    let renamed = groups::rename(&house.chat, &cast.admin.scope, room, "Teh", 200).await.unwrap();
    let events = heard::events(&mut connection).await;
    assert!(matches!(&events[..], [Event::Message(_), Event::Room(room)] if *room == renamed));
    groups::rename(&house.chat, &cast.admin.scope, room, "Teh", 201).await.unwrap();
    let events = heard::events(&mut connection).await;
    assert!(matches!(&events[..], [Event::Room(room)] if room.hue == 201 && room.seq > renamed.seq));
    groups::rename(&house.chat, &cast.admin.scope, room, " Teh ", 201).await.unwrap();
    assert_eq!(heard::events(&mut connection).await, [], "nothing has changed");

    let lines: Vec<_> =
        cast.member.lines(room).await.into_iter().skip(before).map(|(_, line)| line).collect();
    assert!(matches!(&lines[..], [
        SystemLine::AdminNamed { user: named },
        SystemLine::AdminDismissed { user: dismissed },
        SystemLine::OwnerChanged { user: owner },
        SystemLine::Renamed { name },
    ] if named.id == cast.other.id() && dismissed.id == cast.other.id()
        && owner.id == cast.admin.id() && name == "Teh"));
    let unread = cast.member.sees(room).await.dialog.unread();
    assert_eq!(unread, 0, "a line is never unread");
}

#[tokio::test]
async fn a_direct_room_is_no_group() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let room = sari.befriends(&oleh).await;
    let renamed = groups::rename(&house.chat, &sari.scope, room, "Kopi", 1).await;
    assert_eq!(code(renamed), ErrorCode::NotFound);
    assert_eq!(code(sari.adds(room, &[]).await), ErrorCode::NotFound);
    assert_eq!(code(sari.removes(room, &oleh).await), ErrorCode::NotFound);
    assert_eq!(code(sari.leaves(room).await), ErrorCode::NotFound);
    assert_eq!(code(sari.names_admin(room, &oleh, true).await), ErrorCode::NotFound);
    assert_eq!(code(sari.hands_over(room, &oleh).await), ErrorCode::NotFound);
    assert_eq!(code(sari.invites(room, 1).await), ErrorCode::NotFound);
}
