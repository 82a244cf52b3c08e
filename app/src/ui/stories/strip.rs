//! The row of stories above the chats.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use leptos::{ev, html, prelude::*};
use sapa_model::{StoryReel, UserId};

use super::use_stage;
use crate::i18n::use_t;
use crate::live::{Live, live};
use crate::reactive::{derive, memo};
use crate::ui::kit::{Avatar, AvatarSize, Face, Glyph, Icon, If, Rows};

/// One's own first, then those of friends. There is no row while nobody shows anything.
#[component]
pub fn StoryStrip() -> impl IntoView {
    let t = use_t();
    let live = live();
    let me = live.my_id();
    let authors =
        memo(move || live.reels.with(|reels| reels.iter().map(|reel| reel.author.id).collect::<Vec<_>>()));
    let others = move || authors.get().into_iter().filter(|author| *author != me).collect::<Vec<_>>();
    let any = memo(move || !authors.read().is_empty());
    let list = NodeRef::<html::Ul>::new();
    let moved = move |event: ev::KeyboardEvent| {
        if let Some(list) = list.get_untracked()
            && move_focus(&list, &event.key())
        {
            event.prevent_default();
        }
    };
    view! {
        <If when=move || any.get()>
            <ul node_ref=list class="story-strip" aria-label=t.stories.title on:keydown=moved>
                <li>
                    <Own live=live shows=derive(move || authors.read().contains(&me)) />
                </li>
                <Rows each=others key=|author| *author let:author>
                    <li>
                        <Tile live=live author=author />
                    </li>
                </Rows>
            </ul>
        </If>
    }
    .into_any()
}

/// The user's own: what they show, or the way to show something.
#[component]
fn Own(live: Live, shows: Signal<bool>) -> impl IntoView {
    let t = use_t();
    let stage = use_stage();
    let press = move |_| {
        if shows.get_untracked() {
            stage.open(live, live.my_id());
        } else {
            stage.composing.set(true);
        }
    };
    let words = move || if shows.get() { t.stories.yours } else { t.stories.add };
    view! {
        <button type="button" class="story-tile" on:click=press>
            <span class:ring=shows class="story-own">
                <Avatar face=derive(move || live.me.with(|me| Face::from(&me.user))) size=AvatarSize::L />
                <If when=move || !shows.get()>
                    <span class="story-plus"><Icon glyph=Glyph::Plus /></span>
                </If>
            </span>
            <span class="cut">{move || words()}</span>
        </button>
    }
}

#[component]
fn Tile(live: Live, author: UserId) -> impl IntoView {
    let t = use_t();
    let stage = use_stage();
    // A tile outlives its stories by a moment when it leaves the row: it keeps what it showed.
    let reel = Memo::new(move |before: Option<&Option<StoryReel>>| {
        let now = live.reels.with(|reels| reels.iter().find(|reel| reel.author.id == author).cloned());
        now.or_else(|| before.cloned().flatten())
    });
    let card = memo(move || reel.with(|reel| reel.as_ref().map(|reel| live.newest(&reel.author))));
    let name =
        derive(move || card.with(|card| card.as_ref().map(|c| c.nickname.clone()).unwrap_or_default()));
    let is_new = memo(move || reel.with(|reel| reel.as_ref().is_some_and(|r| r.has_new() && !r.muted)));
    let muted = memo(move || reel.with(|reel| reel.as_ref().is_some_and(|reel| reel.muted)));
    let label = derive(move || {
        let words = if is_new.get() { t.stories.new_of } else { t.stories.of };
        words(&name.get())
    });
    let face = derive(move || card.with(|card| card.as_ref().map_or_else(Face::nobody, Face::from)));
    view! {
        <button
            type="button"
            class="story-tile"
            class:is-muted=muted
            tabindex="-1"
            on:click=move |_| stage.open(live, author)
        >
            <span class="ring" class:is-new=is_new>
                <Avatar face=face size=AvatarSize::L />
            </span>
            <bdi class="cut" aria-hidden="true">{name}</bdi>
            <span class="unseen">{label}</span>
        </button>
    }
    .into_any()
}

/// Moves the focus along the row; true if the key was meant for that.
fn move_focus(list: &HtmlElement, key: &str) -> bool {
    let Ok(tiles) = list.query_selector_all(".story-tile") else { return false };
    let focused = document().active_element();
    let at = (0..tiles.length()).find(|&at| tiles.get(at).as_ref() == focused.as_ref().map(AsRef::as_ref));
    let Some(at) = at else { return false };
    let to = match key {
        "ArrowRight" => (at + 1).min(tiles.length() - 1),
        "ArrowLeft" => at.saturating_sub(1),
        "Home" => 0,
        "End" => tiles.length() - 1,
        _ => return false,
    };
    if let Some(tile) = tiles.get(to).and_then(|tile| tile.dyn_into::<HtmlElement>().ok()) {
        tile.focus().ok();
    }
    true
}
