//! A chat: header, messages, and where to write.

mod bars;
mod bubble;
mod bubble_text;
mod carried;
mod corrections;
mod deleting;
mod empty;
mod feed;
mod head;
mod layout;
mod lightbox;
mod long_press;
mod message_menu;
mod over;
mod reactions;
mod reactors;
mod readers;
mod reading;
mod row;
mod scroll;
mod session;
pub mod system;
mod ticks;
mod typing;
mod versions;

use leptos::task::spawn_local;
use leptos::{ev, prelude::*};
use sapa_model::message::HistoryFrom;
use sapa_model::{Dialog, MessageId, Relation, RoomId, UserCard};

use crate::api::messages::find_message;
use crate::i18n::use_t;
use crate::live::{Live, live};
use crate::place::Place;
use crate::reactive::{derive, memo};
use crate::ui::calls::CallBar;
use crate::ui::channels::FollowBar;
use crate::ui::composer::{Composer, ComposerState};
use crate::ui::dialogs::{kept, title};
use crate::ui::kit::{Art, Empty, If, Skeleton, SkeletonShape};
use crate::ui::messenger::current_room;
use crate::way::use_way;

use bars::{BlockedBar, RequestBar};
pub use bubble_text::BubbleText;
pub use carried::{FileCard, carried_words};
use feed::{Feed, Goal, Opened};
use head::ChatHead;
pub use over::FeedOver;
pub use row::FeedContext;
pub use typing::{typing_names, typing_words};

/// The pane while no chat is chosen.
#[component]
pub fn NoChat() -> impl IntoView {
    let t = use_t();
    view! {
        <div class="no-chat">
            <Empty
                art=Art::Chats
                title=t.chat.choose_title
                text=t.chat.choose_text
            >
                <a class="button soft" href="/people">
                    {t.common.find_people}
                </a>
            </Empty>
        </div>
    }
    .into_any()
}

/// The chat that the address names, with one of its messages if it names that too.
#[component]
pub fn ChatPage() -> impl IntoView {
    let place = use_way().place;
    let room = current_room();
    let message = memo(move || match place.get() {
        Some(Place::Chat(_, message)) => message,
        _ => None,
    });
    move || match room.get() {
        Some(room) => view! { <Chat room=room message=message /> }.into_any(),
        None => view! { <Gone /> }.into_any(),
    }
}

#[component]
fn Chat(room: RoomId, message: Memo<Option<MessageId>>) -> impl IntoView {
    let live = live();
    let dialog = live.find_dialog(room);
    let fault = live.log(room).fault;
    let goal = RwSignal::new(Goal::Unknown);
    Effect::new(move |_| open(live, room, message.get(), goal));
    // What was unread when the chat was opened: the line above it stays, however far is read.
    let opened = Memo::new(move |before: Option<&Option<Opened>>| {
        before.copied().flatten().or_else(|| dialog.with(|dialog| dialog.as_ref().map(Opened::of)))
    });
    let known = memo(move || dialog.with(Option::is_some));
    move || match (known.get(), opened.get()) {
        (true, Some(opened)) => match dialog.get_untracked() {
            Some(given) => {
                let dialog = kept(dialog, given);
                view! { <OpenChat live=live dialog=dialog opened=opened goal=goal /> }.into_any()
            }
            None => view! { <Gone /> }.into_any(),
        },
        // It was here and has gone, or the server knows of none.
        (false, Some(_)) => view! { <Gone /> }.into_any(),
        _ if fault.read().is_some() => view! { <Gone /> }.into_any(),
        _ => view! { <Skeleton rows=6 shape=SkeletonShape::Line /> }.into_any(),
    }
}

/// Loads what the address asks for: the page around a message, else where the unread begin.
fn open(live: Live, room: RoomId, message: Option<MessageId>, goal: RwSignal<Goal>) {
    if live.open_given(room, message) {
        goal.set(message.map_or(Goal::Unread, Goal::Message));
        return;
    }
    let Some(message) = message else {
        goal.set(Goal::Unread);
        live.open(room, HistoryFrom::Unread);
        return;
    };
    goal.set(Goal::Unknown);
    spawn_local(async move {
        let (from, found) = match find_message(room, message).await {
            Ok(found) => (HistoryFrom::Around(found.position), Goal::Message(message)),
            Err(_) => (HistoryFrom::Unread, Goal::Unread),
        };
        live.open(room, from);
        goal.try_set(found);
    });
}

/// What stands below the messages.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Foot {
    Composer,
    /// Only admins post here, and the reader is none.
    Follower,
    Request(UserCard),
    Blocked(UserCard),
}

impl Foot {
    fn of(dialog: &Dialog) -> Self {
        match &dialog.peer {
            Some(peer) if peer.relation == Relation::Blocked => Self::Blocked(peer.user.clone()),
            Some(peer) if dialog.request => Self::Request(peer.user.clone()),
            _ if !dialog.may_post() => Self::Follower,
            _ => Self::Composer,
        }
    }
}

#[component]
fn OpenChat(live: Live, dialog: Memo<Dialog>, opened: Opened, goal: RwSignal<Goal>) -> impl IntoView {
    let t = use_t();
    let room = dialog.with_untracked(|dialog| dialog.room.id);
    let peer = dialog.with_untracked(|dialog| dialog.peer.as_ref().map(|peer| peer.user.id));
    let watched = peer.map(|peer| live.presence(peer));
    let presence = derive(move || watched.as_ref().and_then(Get::get));
    let typing = typing_names(live, room);
    let foot = memo(move || dialog.with(Foot::of));
    // Counts the wishes to see the newest message.
    let to_end = RwSignal::new(0_u32);
    let state = ComposerState::empty();
    let may_write = memo(move || foot.get() == Foot::Composer);
    let over = RwSignal::new(false);
    let dragged = move |event: ev::DragEvent| {
        if may_write.get_untracked() && carries_files(&event) {
            event.prevent_default();
            over.set(true);
        }
    };
    let dropped = move |event: ev::DragEvent| {
        over.set(false);
        if may_write.get_untracked() && carries_files(&event) {
            event.prevent_default();
            state.take(event.data_transfer().and_then(|data| data.files()));
        }
    };
    let way = use_way();
    let leave = Callback::new(move |()| way.go(&Place::Chats));
    let write = Callback::new(move |()| to_end.update(|wishes| *wishes += 1));
    let name = move || dialog.with(title);
    view! {
        <section
            class="chat"
            aria-label=move || (t.chat.chat_with)(&name())
            on:dragover=dragged
            on:dragleave=move |event: ev::DragEvent| {
                // Not where it only goes from one thing inside to another.
                if event.related_target().is_none() {
                    over.set(false);
                }
            }
            on:drop=dropped
        >
            <If when=move || over.get()>
                <div class="drop-here">{t.files.drop_here}</div>
            </If>
            <ChatHead dialog=dialog presence=presence typing=typing />
            <CallBar room=room />
            <div class="chat-body">
                <Feed live=live dialog=dialog opened=opened goal=goal to_end=to_end editing=state.editing />
            </div>
            <div class="chat-foot">
                <p class="chat-typing cut" aria-hidden="true">
                    {move || typing_words(t, dialog.with(|dialog| dialog.room.kind), &typing.read())}
                </p>
                {move || match foot.get() {
                    Foot::Composer => view! { <Composer live=live room=room state=state on_end=write /> }.into_any(),
                    Foot::Follower => view! { <FollowBar dialog=dialog /> }.into_any(),
                    Foot::Request(peer) => view! { <RequestBar room=room peer=peer on_gone=leave /> }.into_any(),
                    Foot::Blocked(peer) => view! { <BlockedBar peer=peer /> }.into_any(),
                }}
            </div>
        </section>
    }
    .into_any()
}

fn carries_files(event: &ev::DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0))
}

/// There is no such chat, or none any longer.
#[component]
fn Gone() -> impl IntoView {
    let t = use_t();
    view! {
        <div class="no-chat">
            <Empty
                art=Art::Lost
                title=t.chat.gone_title
                text=t.chat.gone_text
            >
                <a class="button main" href="/chats">
                    {t.common.to_chats}
                </a>
            </Empty>
        </div>
    }
    .into_any()
}
