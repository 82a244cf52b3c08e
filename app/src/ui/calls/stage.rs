//! The call that this page is in: over everything, or small in a corner while one looks at chats.

use leptos::{ev, html, prelude::*};
use sapa_model::call::{Call, CallOutcome, PartyState};
use sapa_model::{ErrorCode, UserCard};

use super::controls::Controls;
use super::line::clock;
use super::tile::{Tile, TileOf};
use crate::browser;
use crate::i18n::{Messages, use_t};
use crate::lazy::LazyOver;
use crate::live::calls::{Ending, Mine};
use crate::live::{Live, live};
use crate::parts::CallPiece;
use crate::reactive::{derive, memo};
use crate::ui::dialogs::title;
use crate::ui::kit::{Glyph, IconButton, use_toasts};

/// The stage, from the first call or try on.
#[component]
pub fn InCall() -> impl IntoView {
    let live = live();
    let calls = live.calls();
    let wanted = memo(move || calls.mine.with(Option::is_some) || calls.ending.with(Option::is_some));
    view! { <LazyOver piece=CallPiece when=wanted on_fail=Callback::new(move |()| live.hang_up()) /> }
}

/// Shows the call, if there is one, and says how it has ended.
#[component]
pub fn CallStage() -> impl IntoView {
    let t = use_t();
    let live = live();
    let toasts = use_toasts();
    Effect::new(move || {
        if let Some(words) = live.calls().ending.get().and_then(|ending| ended(t, live, ending)) {
            toasts.say(words);
        }
    });
    Effect::new(move || {
        let lane = live.calls().missing.get().map(|(lane, _)| lane);
        match lane {
            Some(browser::Lane::Microphone) => toasts.say(t.calls.no_microphone),
            Some(browser::Lane::Camera) => toasts.say(t.calls.no_camera),
            _ => {}
        }
    });
    let room = memo(move || live.calls().mine.get().map(|mine| mine.room));
    move || room.get().map(|room| view! { <Open room /> })
}

/// In a word; nothing where one has hung up oneself.
fn ended(words: &Messages, live: Live, ending: Ending) -> Option<String> {
    let t = &words.calls;
    Some(match ending {
        Ending::Over(call, outcome) => {
            let mine = call.caller.id == live.my_id();
            let said = match outcome {
                CallOutcome::Answered => t.was_answered,
                CallOutcome::Missed if mine => t.no_answer,
                CallOutcome::Declined if mine => t.was_declined,
                CallOutcome::Busy if mine => t.was_busy,
                _ => return None,
            };
            said.to_owned()
        }
        Ending::Impossible => t.impossible.to_owned(),
        Ending::Elsewhere => t.elsewhere.to_owned(),
        Ending::Refused(error) if error.code == ErrorCode::NotFound => t.was_answered.to_owned(),
        Ending::Refused(error) if error.code == ErrorCode::Forbidden => t.friends_only.to_owned(),
        Ending::Refused(error) => words.error(&error),
    })
}

#[component]
fn Open(room: sapa_model::RoomId) -> impl IntoView {
    let t = use_t();
    let live = live();
    let calls = live.calls();
    let small = calls.small;
    let stage = NodeRef::<html::Section>::new();
    Effect::new(move || {
        if let Some(stage) = stage.get().filter(|_| calls.covers_all()) {
            stage.focus().ok();
        }
    });
    let pressed = move |event: ev::KeyboardEvent| {
        // The key closes an open menu first.
        let menu =
            stage.get_untracked().and_then(|stage| stage.query_selector(":popover-open").ok().flatten());
        if event.key() == "Escape" && menu.is_none() {
            small.set(true);
        }
    };
    let dialog = live.find_dialog(room);
    let name = derive(move || dialog.with(|dialog| dialog.as_ref().map(title).unwrap_or_default()));
    let call = memo(move || calls.my_call());
    let tiles = memo(move || call.with(|call| tiles(call.as_ref(), calls.mine.get(), live)));
    let own_screen = memo(move || calls.shows.get().screen);
    let all = memo(move || {
        let mut all = tiles.get();
        if all.is_empty() {
            all.extend(call.with(|call| call.as_ref().and_then(rung)));
        }
        if own_screen.get() {
            all.insert(0, TileOf::OwnScreen);
        }
        all.push(TileOf::Own);
        all
    });
    let now = RwSignal::new(browser::now());
    let ticking =
        set_interval_with_handle(move || now.set(browser::now()), std::time::Duration::from_secs(1));
    on_cleanup(move || {
        if let Ok(ticking) = ticking {
            ticking.clear();
        }
    });
    let status = move || call.with(|call| status(t, call.as_ref(), tiles.read().is_empty(), now.get()));
    view! {
        <section
            node_ref=stage
            tabindex="-1"
            class="call on-dark"
            on:keydown=pressed
            class:is-small=move || small.get()
            role="region"
            aria-label=move || (t.calls.call_with)(&name.get())
        >
            <header class="call-head">
                <div>
                    <h2 class="cut">
                        <bdi>{name}</bdi>
                    </h2>
                    <p role="status">{move || status()}</p>
                </div>
                <IconButton
                    glyph=derive(move || if small.get() { Glyph::Grow } else { Glyph::Shrink })
                    label=derive(move || {
                        if small.get() { t.calls.larger } else { t.calls.smaller }.to_owned()
                    })
                    on_press=move |()| small.update(|small| *small = !*small)
                />
            </header>
            <div
                class="call-tiles"
                data-count=move || all.read().len().to_string()
                class:with-screen=move || {
                    all.read().iter().any(|tile| matches!(tile, TileOf::OwnScreen | TileOf::Screen(..)))
                }
            >
                <For each=move || all.get() key=TileOf::clone let:of>
                    <Tile of=of call=call />
                </For>
            </div>
            <Controls />
        </section>
    }
    .into_any()
}

/// Everyone but oneself, screens first.
fn tiles(call: Option<&Call>, mine: Option<Mine>, live: Live) -> Vec<TileOf> {
    let (Some(call), Some(Mine { seat: Some(own), .. })) = (call, mine) else { return Vec::new() };
    let others = || {
        call.joined()
            .filter(|party| party.user.id != live.my_id())
            .filter_map(|party| party.seat.filter(|seat| *seat != own).map(|seat| (party, seat)))
    };
    let screens = others().filter(|(party, _)| party.shows.screen);
    let screens = screens.map(|(party, seat)| TileOf::Screen(party.user.id, seat));
    screens.chain(others().map(|(party, seat)| TileOf::Other(party.user.id, seat))).collect()
}

/// The one who is called, until they answer.
fn rung(call: &Call) -> Option<TileOf> {
    let mut ringing = call.parties.iter().filter(|party| party.state == PartyState::Ringing);
    let one = ringing.next()?;
    ringing.next().is_none().then_some(TileOf::Rung(one.user.id))
}

fn status(words: &Messages, call: Option<&Call>, alone: bool, now: sapa_model::Timestamp) -> String {
    let t = &words.calls;
    let Some(call) = call else { return t.connecting.to_owned() };
    match call.answered_at {
        Some(at) => clock((now.since(at) / 1_000).max(0)),
        None if call.parties.iter().any(|party| party.state == PartyState::Ringing) => t.ringing.to_owned(),
        None if alone => t.alone.to_owned(),
        None => t.connecting.to_owned(),
    }
}

/// Somebody's card in the call.
pub fn card_of(call: Option<&Call>, user: sapa_model::UserId) -> Option<UserCard> {
    call?.party(user).map(|party| party.user.clone())
}
