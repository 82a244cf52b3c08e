//! Tells of what happens: by a notification where nobody looks at the page, aloud for those who listen.

use std::collections::HashSet;

use leptos::prelude::*;
use leptos::task::spawn_local;
use sapa_model::{Call, Message, MessageBody, MessageId, RoomId, UserCard};

use super::wishes::Wish;
use crate::browser::{self, Notification};
use crate::i18n::{Messages, use_t};
use crate::live::{Live, News, live};
use crate::place::Place;
use crate::reactive::memo;
use crate::ui::chat::carried_words;
use crate::ui::dialogs::{beginning, face, title};
use crate::ui::kit::{Button, If, TimeStyle, Variant, avatar_address, use_time_text, use_toasts};
use crate::ui::messenger::current_room;
use crate::way::{Way, use_way};

/// Least time between two sounds, in milliseconds.
const QUIET_MS: i64 = 2_000;

/// What a notification is of: a newer one takes the place of the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    Room(RoomId),
    Session(MessageId),
    Requests,
    Ringing,
}

#[derive(Clone, Copy)]
struct Told {
    live: Live,
    way: Way,
    t: &'static Messages,
    shown: StoredValue<Vec<(Subject, Notification)>>,
    sounded: StoredValue<i64>,
    /// What is said aloud.
    said: RwSignal<String>,
    /// Whether notifications are offered.
    offers: RwSignal<bool>,
}

/// Shows nothing by itself but the offer to be told.
#[component]
pub fn Notifier() -> impl IntoView {
    let (live, toasts, t) = (live(), use_toasts(), use_t());
    let told = Told {
        live,
        way: use_way(),
        t,
        shown: StoredValue::default(),
        sounded: StoredValue::new(0),
        said: RwSignal::new(String::new()),
        offers: RwSignal::new(false),
    };
    let (time, current) = (use_time_text(), current_room());
    // Told again at each new connection, said once.
    let begun = StoredValue::new(HashSet::new());
    Effect::new(move || {
        let Some(news) = live.news.get() else { return };
        untrack(|| match news {
            News::Written(message) => told.written(&message, current.get()),
            News::Asks(user) => told.asks(&user),
            News::Begins(message) => {
                if let MessageBody::Text { text, schedule: Some(schedule), .. } = &message.body
                    && begun.try_update_value(|begun| begun.insert(message.id)) == Some(true)
                {
                    let words = (t.schedule.soon)(text, &time(schedule.starts_at, TimeStyle::Clock));
                    told.begins(&message, &words);
                    toasts.say(words);
                }
            }
        });
    });
    // What is read elsewhere is told of no longer.
    let unread = live.unread();
    Effect::new(move || {
        unread.track();
        told.shown.update_value(|shown| {
            shown.retain(|(subject, _)| match subject {
                Subject::Room(room) => {
                    live.dialog(*room).is_some_and(|dialog| dialog.with_untracked(|d| d.unread() > 0))
                }
                _ => true,
            });
        });
    });
    let me = live.my_id();
    let ringing = memo(move || {
        live.calls().going_on.with(|calls| calls.iter().find(|call| call.rings_for(me)).cloned())
    });
    Effect::new(move || match ringing.get() {
        Some(call) => told.rings(&call),
        None => told.withdraw(Subject::Ringing),
    });
    view! {
        <div class="unseen" role="log" aria-live="polite">
            {told.said}
        </div>
        <If when=move || told.offers.get()>
            <Offer offers=told.offers />
        </If>
    }
}

impl Told {
    fn written(self, message: &Message, current: Option<RoomId>) {
        let Some(dialog) = self.live.dialog(message.room_id) else { return };
        let dialog = dialog.get_untracked();
        if dialog.muted {
            return;
        }
        let MessageBody::Text { text, attachments, .. } = &message.body else { return };
        let name = title(&dialog);
        if dialog.request {
            // A stranger's words are for whoever looks at them.
            self.show(
                Wish::Requests,
                Subject::Requests,
                &name,
                self.t.notifications().first_words,
                None,
                Place::Requests,
            );
            return;
        }
        let words = if text.is_empty() { carried_words(self.t, attachments) } else { beginning(text) };
        let words = match &dialog.peer {
            Some(_) => words,
            None => format!("{}: {words}", self.live.newest(&message.author).nickname),
        };
        if browser::is_attended() {
            if current != Some(message.room_id) {
                self.said.set(format!("{name}: {words}"));
            }
            return;
        }
        let icon = face(&dialog).avatar;
        let place = Place::Chat(message.room_id, None);
        self.show(Wish::Messages, Subject::Room(message.room_id), &name, &words, icon.as_deref(), place);
    }

    fn asks(self, user: &UserCard) {
        let (name, words) = (&user.nickname, self.t.notifications().asks);
        if browser::is_attended() {
            self.said.set(format!("{name}: {words}"));
        } else {
            self.show(
                Wish::Requests,
                Subject::Requests,
                name,
                words,
                user.avatar.as_deref(),
                Place::Requests,
            );
        }
    }

    fn begins(self, message: &Message, words: &str) {
        if !browser::is_attended() {
            let place = Place::Chat(message.room_id, Some(message.id));
            let name = self.live.dialog(message.room_id).map(|dialog| dialog.with_untracked(title));
            self.show(
                Wish::Sessions,
                Subject::Session(message.id),
                &name.unwrap_or_default(),
                words,
                None,
                place,
            );
        }
    }

    /// The page rings by itself.
    fn rings(self, call: &Call) {
        if browser::is_attended() || !Wish::On.holds() || !Wish::Calls.holds() {
            return;
        }
        let caller = self.live.newest(&call.caller);
        let words = self.t.notifications().rings;
        self.put(
            Subject::Ringing,
            &caller.nickname,
            words,
            caller.avatar.as_deref(),
            Place::Chat(call.room_id, None),
        );
    }

    /// Tells by a notification and a sound where that is wished for; else offers it.
    fn show(self, wish: Wish, subject: Subject, name: &str, words: &str, avatar: Option<&str>, place: Place) {
        if !Wish::On.holds() {
            self.offers.set(!Wish::Offered.holds() && browser::may_notify().is_none());
            return;
        }
        if !wish.holds() {
            return;
        }
        self.put(subject, name, words, avatar, place);
        let now = browser::now().0;
        if Wish::Sound.holds() && now.saturating_sub(self.sounded.get_value()) > QUIET_MS {
            self.sounded.set_value(now);
            browser::chime();
        }
    }

    fn withdraw(self, subject: Subject) {
        self.shown.update_value(|shown| shown.retain(|(held, _)| *held != subject));
    }

    fn put(self, subject: Subject, name: &str, words: &str, avatar: Option<&str>, place: Place) {
        let tag = match subject {
            Subject::Room(room) => format!("room-{room}"),
            Subject::Session(message) => format!("session-{message}"),
            Subject::Requests => "requests".to_owned(),
            Subject::Ringing => "call".to_owned(),
        };
        let icon = avatar.map(|key| avatar_address(key, sapa_model::attachment::Variant::Small));
        let way = self.way;
        // First: the one before is closed by its tag, which the new one will have.
        self.withdraw(subject);
        let new = Notification::show(name, words, &tag, icon.as_deref(), move || way.go(&place));
        self.shown.update_value(|shown| shown.extend(new.map(|new| (subject, new))));
    }
}

/// Whether one wants to be told next time.
#[component]
fn Offer(offers: RwSignal<bool>) -> impl IntoView {
    let t = use_t();
    let end = move || {
        Wish::Offered.set(true);
        offers.set(false);
    };
    let accept = move |()| {
        end();
        spawn_local(async {
            Wish::On.set(browser::ask_to_notify().await);
        });
    };
    view! {
        <section class="offer" aria-label=t.notifications().title>
            <p>{t.notifications().ask}</p>
            <div>
                <Button variant=Variant::Plain on_press=move |()| end()>
                    {t.notifications().ask_no}
                </Button>
                <Button variant=Variant::Main on_press=accept>
                    {t.notifications().ask_yes}
                </Button>
            </div>
        </section>
    }
}
