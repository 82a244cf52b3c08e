//! What can be done with a person, as the user stands to them now.

use std::future::Future;
use std::pin::Pin;

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use leptos::{html, prelude::*, task::spawn_local};
use sapa_model::{AppResult, Person, UserCard, UserId};

use crate::api::{people, rooms};
use crate::i18n::{Messages, use_t};
use crate::live::{Live, live};
use crate::place::Place;
use crate::ui::kit::{ToastBox, use_toasts};
use crate::way::{Way, use_way};

/// A question to the server that gives the person as they now are.
type Asking = Pin<Box<dyn Future<Output = AppResult<Person>>>>;

/// Does things with one person: asks the server, shows the new state, says what went wrong.
#[derive(Clone, Copy)]
pub struct Acts {
    /// As last heard of.
    pub person: RwSignal<Person>,
    /// Something is under way.
    pub busy: RwSignal<bool>,
    /// Where the buttons stand.
    pub row: NodeRef<html::Div>,
    /// Kept aside: it is large for something that is copied into every button.
    live: StoredValue<Live>,
    t: &'static Messages,
    toasts: ToastBox,
    way: Way,
}

impl Acts {
    /// For this person. Call in a component's body.
    pub fn new(person: Person) -> Self {
        Self {
            person: RwSignal::new(person),
            busy: RwSignal::new(false),
            row: NodeRef::new(),
            live: StoredValue::new(live()),
            t: use_t(),
            toasts: use_toasts(),
            way: use_way(),
        }
    }

    /// Asks for friendship.
    pub fn ask(self) {
        self.run(|user| Box::pin(people::ask(user)), |_| {});
    }

    /// Takes an own request back.
    pub fn take_back(self) {
        self.run(|user| Box::pin(people::take_back(user)), |_| {});
    }

    /// Accepts a request, and goes to the chat with the new friend.
    pub fn accept(self) {
        let user = self.person.with_untracked(|person| person.user.id);
        self.run(
            |user| Box::pin(people::accept(user)),
            move |name| {
                self.toasts.say((self.t.people().accepted_done)(name));
                open_chat(self.live.get_value(), self.toasts, self.way, user);
            },
        );
    }

    /// Declines a request.
    pub fn decline(self) {
        self.run(
            |user| Box::pin(people::decline(user)),
            move |name| self.toasts.say((self.t.people().declined_done)(name)),
        );
    }

    /// Ends the friendship.
    pub fn unfriend(self) {
        self.run(
            |user| Box::pin(people::unfriend(user)),
            move |name| self.toasts.say((self.t.people().unfriended_done)(name)),
        );
    }

    /// Blocks the person, with a way back.
    pub fn block(self) {
        self.run(
            |user| Box::pin(people::block(user)),
            move |name| {
                self.toasts.undo((self.t.people().blocked_done)(name), move || self.unblock());
            },
        );
    }

    /// Lifts the block.
    pub fn unblock(self) {
        self.run(
            |user| Box::pin(people::unblock(user)),
            move |name| self.toasts.say((self.t.people().unblocked_done)(name)),
        );
    }

    /// Runs one of the server's functions; `then` follows with the nickname.
    fn run(self, act: fn(UserId) -> Asking, then: impl FnOnce(&str) + 'static) {
        // The card may be gone by the time that somebody presses Undo.
        let Some(user) = self.person.try_with_untracked(|person| person.user.clone()) else { return };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let then: Box<dyn FnOnce(&str)> = Box::new(then);
        self.follow(user, act, then);
    }

    fn follow(self, user: UserCard, act: fn(UserId) -> Asking, then: Box<dyn FnOnce(&str)>) {
        let live = self.live.get_value();
        let since = live.moment();
        spawn_local(async move {
            match act(user.id).await {
                Ok(person) => {
                    // What the line has told meanwhile is newer.
                    if !live.heard_of(user.id, since) {
                        self.person.try_set(person);
                    }
                    then(&user.nickname);
                }
                Err(error) => self.toasts.fault(&error),
            }
            self.busy.try_set(false);
            self.keep_focus();
        });
    }

    /// A button that did its work gives way to another; the focus that it had goes there too.
    fn keep_focus(self) {
        request_animation_frame(move || {
            let lost = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
            let Some(row) = self.row.try_get_untracked().flatten().filter(|_| lost) else { return };
            let button = row.query_selector("button:not(:disabled)").ok().flatten();
            button.and_then(|button| button.dyn_into::<HtmlElement>().ok()).and_then(|b| b.focus().ok());
        });
    }
}

/// Opens the room with a person; says why where it may not be. Call in a component's body.
pub fn use_open_chat() -> impl Fn(UserId) + Copy + Send + Sync + 'static {
    let (live, toasts, way) = (live(), use_toasts(), use_way());
    move |user| open_chat(live, toasts, way, user)
}

fn open_chat(live: Live, toasts: ToastBox, way: Way, user: UserId) {
    spawn_local(async move {
        match rooms::open_direct(user).await {
            Ok(dialog) => {
                let room = dialog.room.id;
                live.take_dialogs([dialog]);
                way.go(&Place::Chat(room, None));
            }
            Err(error) => toasts.fault(&error),
        }
    });
}
