//! The list of chats.

mod keys;
mod list;
mod row;
mod waiting;

use leptos::{ev, html, prelude::*};
use sapa_model::room::DialogFilter;
use sapa_model::{Dialog, RoomId};

use crate::i18n::use_t;
use crate::live::outbox::drafts;
use crate::live::{Live, live};
use crate::place::Place;
use crate::reactive::{derive, memo};
use crate::ui::chat::typing_names;
use crate::ui::kit::{Art, Empty, Glyph, If, Menu, MenuItem, Rows, SearchBox, Skeleton, SkeletonShape, Tabs};
use crate::ui::messenger::current_room;
use crate::ui::stories::{StoryStrip, use_stage};
use crate::way::use_way;

use keys::TabStop;
use list::Shown;
use row::DialogRow;
pub use row::{beginning, face, title};
pub use waiting::FirstMessages;
use waiting::Waiting;

/// The pane of chats: title, search, tabs and rows.
#[component]
pub fn DialogList() -> impl IntoView {
    let t = use_t();
    let live = live();
    let stage = use_stage();
    let query = RwSignal::new(String::new());
    let filter = RwSignal::new(DialogFilter::default());
    let current = current_room();
    let shown = Shown::new(live, filter, query, current);
    keys::listen(shown, current);

    let rows = NodeRef::<html::Div>::new();
    let scrolled = move |_| {
        const NEAR_END: i32 = 600;
        let Some(rows) = rows.get_untracked() else { return };
        if rows.scroll_height() - rows.client_height() - rows.scroll_top() < NEAR_END {
            shown.more();
        }
    };
    let moved = move |event: ev::KeyboardEvent| {
        if let Some(rows) = rows.get_untracked()
            && keys::move_focus(&rows, &event.key())
        {
            event.prevent_default();
        }
    };
    let stop = TabStop::among(move || shown.rooms.get(), current);
    // What only the browser knows (drafts) is shown once the page is the same on both sides.
    let mounted = RwSignal::new(false);
    Effect::new(move |_| mounted.set(true));
    let no_rows = move || shown.rooms.read().is_empty();
    let requests = live.requests_waiting();
    let any_requests = memo(move || requests.get() > 0 && query.read().trim().is_empty());
    // Somebody has said hello already.
    let only_requests = move || filter.get() == DialogFilter::All && any_requests.get();
    let way = use_way();
    let goes = move |place: Place| Callback::new(move |()| way.go(&place));
    let tabs = vec![
        (DialogFilter::All, t.chat.all.into()),
        (DialogFilter::Unread, t.chat.unread.into()),
        (DialogFilter::Groups, t.chat.groups.into()),
        (DialogFilter::Channels, t.places.channels.into()),
    ];
    view! {
        <section class="dialogs" aria-label=t.chat.title>
            <header class="dialogs-head">
                <div class="dialogs-title">
                    <h1>{t.chat.title}</h1>
                    <Menu id="new-menu" label=t.chat.new glyph=Glyph::Plus>
                        <MenuItem glyph=Glyph::Chats on_select=goes(Place::NewGroup)>
                            {t.chat.new_chat}
                        </MenuItem>
                        <MenuItem glyph=Glyph::Channel on_select=goes(Place::NewChannel)>
                            {t.places.new_channel}
                        </MenuItem>
                        <MenuItem
                            glyph=Glyph::Story
                            on_select=Callback::new(move |()| stage.composing.set(true))
                        >
                            {t.stories.add}
                        </MenuItem>
                    </Menu>
                </div>
                <SearchBox label=t.chat.filter value=query>
                    <kbd aria-hidden="true">"Ctrl K"</kbd>
                </SearchBox>
                <Tabs label=t.chat.tabs tabs=tabs chosen=filter />
            </header>
            <StoryStrip />
            <div node_ref=rows class="dialogs-rows" on:scroll=scrolled on:keydown=moved>
                <If when=any_requests>
                    <Waiting />
                </If>
                <ul>
                    <Rows each=move || shown.rooms.get() key=|room| *room let:room>
                        <li>
                            <Row live=live dialog=shown.dialog(room) room=room current=current stop=stop mounted=mounted />
                        </li>
                    </Rows>
                </ul>
                <If when=move || shown.searching.get() && no_rows()>
                    <Skeleton rows=5 shape=SkeletonShape::Row />
                </If>
                <If when=move || no_rows() && !shown.searching.get() && !only_requests()>
                    <NoRows filter=filter query=query />
                </If>
            </div>
        </section>
    }
    .into_any()
}

/// A dialog that is there, at first as `given`. A view outlives its room by a moment when it leaves
/// the list: it keeps what it showed.
pub fn kept(dialog: Signal<Option<Dialog>>, given: Dialog) -> Memo<Dialog> {
    Memo::new(move |before: Option<&Dialog>| {
        dialog.get().or_else(|| before.cloned()).unwrap_or_else(|| given.clone())
    })
}

/// A row, with what the store knows of its room.
#[component]
fn Row(
    live: Live,
    dialog: Signal<Option<Dialog>>,
    room: RoomId,
    current: Memo<Option<RoomId>>,
    stop: TabStop,
    mounted: RwSignal<bool>,
) -> impl IntoView {
    let me = live.my_id();
    let is_current = derive(move || current.get() == Some(room));
    // A draft changes only while its chat is open, and shows only while it is not.
    let draft = memo(move || {
        let hidden = is_current.get() || !mounted.get();
        if hidden { String::new() } else { drafts::load(me, room) }
    });
    let peer = dialog.with_untracked(|d| d.as_ref().and_then(|d| d.peer.as_ref().map(|peer| peer.user.id)));
    let presence = peer.map(|peer| live.presence(peer));
    let online = derive(move || {
        presence.as_ref().is_some_and(|presence| presence.read().is_some_and(|presence| presence.online))
    });
    let typing = typing_names(live, room);
    let given = dialog.get_untracked()?;
    let kept = kept(dialog, given);
    Some(view! {
        <DialogRow dialog=kept me=me stop=derive(move || stop.is_at(room)) on_focus=Callback::new(move |()| stop.take(room)) current=is_current online=online typing=typing draft=draft unsent=live.unsent(room) />
    })
}

#[component]
fn NoRows(filter: RwSignal<DialogFilter>, query: RwSignal<String>) -> impl IntoView {
    let t = use_t();
    move || {
        {
            let query = query.get();
            if !query.trim().is_empty() {
                let text = derive(move || (t.chat.nothing_found_text)(query.trim()));
                return view! { <Empty art=Art::Search title=t.chat.nothing_found_title text=text /> }
                    .into_any();
            }
            match filter.get() {
                DialogFilter::All => view! {
                    <Empty
                        art=Art::Hello
                        title=t.chat.no_chats_title
                        text=t.chat.no_chats_text
                    >
                        <a class="button main" href="/people">
                            {t.common.find_people}
                        </a>
                    </Empty>
                }
                .into_any(),
                DialogFilter::Unread => view! {
                    <Empty
                        art=Art::Chats
                        title=t.chat.no_unread_title
                        text=t.chat.no_unread_text
                    />
                }
                .into_any(),
                DialogFilter::Groups => view! {
                    <Empty
                        art=Art::People
                        title=t.chat.no_groups_title
                        text=t.chat.no_groups_text
                    />
                }
                .into_any(),
                DialogFilter::Channels => view! {
                    <Empty
                        art=Art::Chats
                        title=t.chat.no_channels_title
                        text=t.chat.no_channels_text
                    >
                        <a class="button soft" href="/channels">
                            {t.chat.explore}
                        </a>
                    </Empty>
                }
                .into_any(),
                // No tab: they stand on a page of their own.
                DialogFilter::Requests => ().into_any(),
            }
        }
        .into_any()
    }
}
