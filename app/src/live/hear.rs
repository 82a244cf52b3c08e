//! What the server tells, applied.

use leptos::prelude::*;
use sapa_model::live::{Done, RoomChanges};
use sapa_model::room::{Dialog, Room};
use sapa_model::{AppError, ClientCommand, Event, Message, MessageBody, RoomId, UserCard, UserId, limits};

use super::heard::About;
use super::log::take_member;
use super::{Live, News, RoomLog};
use crate::browser;

/// How long to wait before asking again for what the server could not tell just then.
const AGAIN_MS: i32 = 3_000;

impl Live {
    /// An event.
    pub(super) fn hear(self, event: Event) {
        match &event {
            Event::Message(Message { room_id, .. })
            | Event::Hidden { room_id, .. }
            | Event::Reacted { room_id, .. }
            | Event::Member { room_id, .. }
            | Event::Marker { room_id, .. } => self.note(About::Log(*room_id)),
            Event::Room(Room { id: room_id, .. })
            | Event::Dialog(Dialog { room: Room { id: room_id, .. }, .. })
            | Event::DialogGone { room_id }
            | Event::Unread { room_id, .. } => self.note(About::Dialog(*room_id)),
            Event::Relation { person, .. } => self.note(About::Person(person.user.id)),
            Event::Story(_)
            | Event::StoryGone { .. }
            | Event::StoryViewed { .. }
            | Event::StoryMuted { .. } => {
                self.note(About::Stories);
            }
            Event::Hello { .. }
            | Event::Typing { .. }
            | Event::Presence(_)
            | Event::User(_)
            | Event::Call(_)
            | Event::Signal { .. }
            | Event::Reminder(_) => {}
        }
        match event {
            Event::Hello { calls, .. } => self.hear_calls(calls),
            Event::Message(message) => self.hear_message(message),
            Event::Hidden { room_id, message_id, seq } => {
                self.loaded_log(room_id, |log| log.change(|log| log.hide(message_id, seq)));
            }
            Event::Reacted { room_id, message_id, emoji } => {
                self.loaded_log(room_id, |log| log.change(|log| log.react(message_id, emoji)));
            }
            Event::Room(room) => self.update_dialog(room.id, |dialog| dialog.room = room),
            Event::Member { room_id, member } => {
                if member.user.id == self.my_id() {
                    self.note(About::Dialog(room_id));
                    self.update_dialog(room_id, |dialog| dialog.role = member.role);
                }
                self.loaded_log(room_id, |log| log.members.update(|held| take_member(held, member)));
            }
            Event::Dialog(dialog) => {
                // An answered request shows its sender.
                if dialog.peer.is_some() {
                    self.watch_soon();
                }
                if self.dialog(dialog.room.id).is_none() {
                    self.refresh_soon();
                }
                self.take_dialogs([dialog]);
            }
            Event::DialogGone { room_id } => {
                self.drop_dialog(room_id);
                self.logs.update_value(|logs| {
                    logs.remove(&room_id);
                });
            }
            Event::Marker { room_id, user_id, delivered, read } => {
                self.hear_marker(room_id, user_id, delivered, read);
            }
            Event::Unread { room_id, read, deleted } => self.hear_unread(room_id, read, deleted),
            Event::Typing { room_id, user_id } => self.hear_typing(room_id, user_id),
            Event::Call(call) => self.hear_call(call),
            Event::Signal { call_id, from, signal } => self.hear_signal(call_id, from, signal),
            Event::Presence(presence) => self.take_presence(presence),
            Event::User(card) => self.hear_card(&card),
            Event::Reminder(message) => self.tell(News::Begins(message)),
            Event::Story(story) => self.take_story(story),
            Event::StoryGone { story_id, author_id } => {
                if author_id == self.my_id() {
                    self.expect_room();
                }
                self.drop_story(author_id, story_id);
            }
            Event::StoryViewed { story_id, viewers, .. } => self.hear_viewer(story_id, viewers),
            Event::StoryMuted { author_id, muted } => self.mute_reel(author_id, muted),
            Event::Relation { person, friend_requests } => {
                let before = self.me.with_untracked(|me| me.friend_requests);
                self.me.update(|me| me.friend_requests = friend_requests);
                if friend_requests > before {
                    self.tell(News::Asks(person.user.clone()));
                }
                for room in self.order.get_untracked() {
                    let theirs = self.dialog(room).filter(|dialog| {
                        dialog
                            .with_untracked(|d| d.peer.as_ref().is_some_and(|p| p.user.id == person.user.id))
                    });
                    if let Some(dialog) = theirs {
                        self.note(About::Dialog(room));
                        dialog.update(|dialog| dialog.peer = Some(person.clone()));
                    }
                }
                self.relation.set(Some(person));
                self.watch_soon();
            }
        }
    }

    fn hear_card(self, card: &UserCard) {
        self.take_card(card);
        let room = self.direct_room(card.id);
        if let Some(dialog) = room.and_then(|room| self.dialog(room)) {
            dialog.update(|dialog| {
                if let Some(peer) = dialog.peer.as_mut().filter(|peer| peer.user.revision < card.revision) {
                    peer.user = card.clone();
                }
            });
        }
    }

    fn hear_message(self, message: Message) {
        let (room, author) = (message.room_id, message.author.id);
        self.loaded_log(room, |log| {
            if log.typing.with_untracked(|typing| typing.contains(&author)) {
                log.typing.update(|typing| typing.retain(|user| *user != author));
            }
            if log.ready.get_untracked() {
                log.change(|log| log.hear(message.clone()));
            }
        });
        if author == self.my_id() {
            if let Some(client_id) = &message.client_id {
                self.acknowledge(client_id);
            }
            if matches!(message.body, MessageBody::Deleted { .. }) {
                self.expect_room();
            }
        } else {
            self.mark_delivered(room, message.number);
        }
        self.show_last(&message);
    }

    fn hear_marker(self, room: RoomId, user: UserId, delivered: u64, read: u64) {
        if user == self.my_id() {
            self.update_dialog(room, |dialog| dialog.read_to(read));
        }
        self.loaded_log(room, |log| {
            log.members.update(|members| {
                if let Some(member) = members.iter_mut().find(|member| member.user.id == user) {
                    member.delivered = member.delivered.max(delivered);
                    member.read = member.read.max(read);
                }
            });
        });
    }

    fn hear_unread(self, room: RoomId, read: u64, deleted: u64) {
        let Some(dialog) = self.dialog(room) else {
            self.refresh_soon();
            return;
        };
        if dialog.with_untracked(|dialog| dialog.read <= read) {
            dialog.update(|dialog| (dialog.read, dialog.unread_deleted) = (read, deleted));
        }
    }

    fn hear_typing(self, room: RoomId, user: UserId) {
        if user == self.my_id() {
            return;
        }
        let log = self.log(room);
        log.typing.update(|typing| {
            typing.retain(|held| *held != user);
            typing.push(user);
        });
        let sign = log.typing_sign(user);
        let wait = i32::try_from(limits::TYPING_SHOWN_MS).unwrap_or(i32::MAX);
        browser::after(wait, move || {
            if log.is_last_sign(user, sign) {
                log.typing.update(|typing| typing.retain(|held| *held != user));
            }
        });
    }

    /// The answer to a command.
    pub(super) fn hear_answer(self, command: ClientCommand, answer: Result<Done, AppError>) {
        match (command, answer) {
            (ClientCommand::Send { client_id, .. }, Ok(_)) => {
                self.acknowledge(&client_id);
                self.note_taken();
            }
            (ClientCommand::Send { room_id, client_id, .. }, Err(error)) => {
                self.refuse(room_id, &client_id, error);
            }
            (ClientCommand::Watch { .. }, Ok(Done::Watching { presence })) => {
                for presence in presence {
                    self.take_presence(presence);
                }
            }
            (_, Ok(Done::InCall(ticket))) => self.hear_ticket(Ok(ticket)),
            (ClientCommand::Call { .. } | ClientCommand::JoinCall { .. }, Err(error)) => {
                self.hear_ticket(Err(error));
            }
            (ClientCommand::Resume { .. }, Ok(Done::Resumed { rooms })) => {
                let more: Vec<_> = rooms.iter().filter(|c| c.more).map(|c| c.room.id).collect();
                for changes in rooms {
                    self.catch_up(changes);
                }
                self.resume_rooms(&more);
            }
            (ClientCommand::Resume { rooms }, Err(_)) => {
                let generation = self.line_generation();
                browser::after(AGAIN_MS, move || {
                    if self.line_generation() == generation {
                        self.resume_rooms(&rooms.iter().map(|cursor| cursor.room_id).collect::<Vec<_>>());
                    }
                });
            }
            _ => {}
        }
    }

    /// What changed in a room while the connection was away.
    fn catch_up(self, changes: RoomChanges) {
        let room = changes.room.id;
        if changes.reload {
            self.reload(room);
            return;
        }
        self.loaded_log(room, |log| {
            let seq = changes.room.seq;
            for id in changes.hidden {
                log.change(|log| log.hide(id, seq));
            }
            log.change_many(changes.messages, |log| {
                if changes.more { log.come_to(seq) } else { log.catch_up(seq) }
            });
            changes.members.iter().for_each(|member| self.take_card(&member.user));
            log.members.update(|held| {
                changes.members.into_iter().for_each(|member| take_member(held, member));
            });
        });
        self.update_dialog(room, |dialog| {
            if dialog.room.kind.has_admins() || changes.room.seq > dialog.room.seq {
                let seq = dialog.room.seq.max(changes.room.seq);
                dialog.room = Room { seq, ..changes.room };
            }
        });
    }

    /// Asks for what is left of rooms, from where their logs are by now.
    fn resume_rooms(self, rooms: &[RoomId]) {
        let logs = self.logs();
        self.resume(logs.iter().filter(|log| rooms.contains(&log.room_id)).map(RoomLog::cursor));
    }
}
