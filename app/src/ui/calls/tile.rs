//! One picture of a call: a person or a screen.

use std::time::Duration;

use leptos::task::spawn_local;
use leptos::{html, prelude::*};
use sapa_model::call::{Call, CallShows};
use sapa_model::{UserCard, UserId};

use super::stage::card_of;
use crate::browser::{self, Lane, Picture, Quality};
use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::{derive, memo};
use crate::ui::kit::{Avatar, AvatarSize, Face, Glyph, Icon, If};

/// How often the connection is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Whose picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TileOf {
    /// One's own.
    Own,
    /// What one shows of the screen.
    OwnScreen,
    /// Somebody, in a seat.
    Other(UserId, u32),
    /// What they show of their screen.
    Screen(UserId, u32),
    /// Somebody who has not answered yet.
    Rung(UserId),
}

impl TileOf {
    fn picture(&self) -> Option<Picture> {
        match *self {
            Self::Own => Some(Picture::Own(Lane::Camera)),
            Self::OwnScreen => Some(Picture::Own(Lane::Screen)),
            Self::Other(_, seat) => Some(Picture::Of(seat, Lane::Camera)),
            Self::Screen(_, seat) => Some(Picture::Of(seat, Lane::Screen)),
            Self::Rung(_) => None,
        }
    }
}

/// The picture with the name below it; a face where the camera is off.
#[component]
pub fn Tile(of: TileOf, call: Memo<Option<Call>>) -> impl IntoView {
    let t = use_t();
    let live = live();
    let calls = live.calls();
    let is_own = matches!(of, TileOf::Own);
    let is_screen = matches!(of, TileOf::OwnScreen | TileOf::Screen(..));
    let other = match of {
        TileOf::Other(user, seat) => Some((user, seat)),
        _ => None,
    };
    let user = match of {
        TileOf::Other(user, _) | TileOf::Screen(user, _) | TileOf::Rung(user) => user,
        TileOf::Own | TileOf::OwnScreen => live.my_id(),
    };
    let is_mine = matches!(of, TileOf::Own | TileOf::OwnScreen);
    let card = memo(move || {
        let card = call.with(|call| card_of(call.as_ref(), user));
        live.newest(&card.unwrap_or_else(|| live.me.with(|me| me.user.clone())))
    });
    let shows = memo(move || {
        if is_mine {
            return calls.shows.get();
        }
        call.with(|call| call.as_ref().and_then(|call| call.party(user).map(|party| party.shows)))
            .unwrap_or_default()
    });
    let is_rung = matches!(of, TileOf::Rung(_));
    let shows_picture = move || is_screen || (!is_rung && shows.get().camera);
    let name = move || card.with(|card: &UserCard| card.nickname.clone());
    let label = move || match (is_mine, is_screen) {
        (true, true) => t.calls.your_screen.to_owned(),
        (true, false) => t.calls.you.to_owned(),
        (false, true) => (t.calls.screen_of)(&name()),
        (false, false) => name(),
    };
    let picture = of.picture();
    let video = NodeRef::<html::Video>::new();
    Effect::new(move || {
        calls.pictures.track();
        if let (Some(video), Some(phone), Some(picture)) = (video.get(), calls.phone(), picture) {
            phone.show(&video, picture);
        }
    });
    // Once the element has left the page.
    on_cleanup(|| browser::after(0, browser::put_back_lost_picture));
    let quality = RwSignal::new(None::<Quality>);
    if let Some((_, seat)) = other {
        look_after(seat, quality);
    }
    view! {
        <figure
            class="tile"
            class:is-own=is_own
            class:is-screen=is_screen
            class:is-rung=is_rung
            class:has-picture=shows_picture
            class:is-lost=move || quality.get() == Some(Quality::Lost)
        >
            <video node_ref=video autoplay playsinline muted aria-label=label></video>
            <If when=move || !shows_picture()>
                <span class="tile-face">
                    <Avatar face=derive(move || card.with(|card| Face::from(card))) size=AvatarSize::Xl />
                </span>
            </If>
            {other.map(|(_, seat)| view! { <Voice seat /> })}
            <figcaption>
                <If when=move || !is_screen && !is_rung && is_silent(shows.get())>
                    <span class="tile-muted" role="img" aria-label=t.calls.is_muted title=t.calls.is_muted>
                        <Icon glyph=Glyph::MicOff />
                    </span>
                </If>
                <bdi class="cut">{move || label()}</bdi>
                {other.map(|_| view! { <Bars quality /> })}
            </figcaption>
        </figure>
    }
    .into_any()
}

fn is_silent(shows: CallShows) -> bool {
    !shows.microphone
}

/// What is heard of another.
#[component]
fn Voice(seat: u32) -> impl IntoView {
    let calls = live().calls();
    let audio = NodeRef::<html::Audio>::new();
    Effect::new(move || {
        calls.pictures.track();
        if let (Some(audio), Some(phone)) = (audio.get(), calls.phone()) {
            phone.show(&audio, Picture::Of(seat, Lane::Microphone));
        }
    });
    view! { <audio node_ref=audio autoplay></audio> }
}

/// How well another is heard, as three bars.
#[component]
fn Bars(quality: RwSignal<Option<Quality>>) -> impl IntoView {
    let t = use_t();
    let words = move || match quality.get() {
        None => t.calls.connecting,
        Some(Quality::Good) => t.calls.good,
        Some(Quality::Fair) => t.calls.fair,
        Some(Quality::Poor) => t.calls.poor,
        Some(Quality::Lost) => t.calls.lost,
    };
    let level = move || match quality.get() {
        Some(Quality::Good) => "3",
        Some(Quality::Fair) => "2",
        Some(Quality::Poor) => "1",
        None | Some(Quality::Lost) => "0",
    };
    view! {
        <span class="tile-bars" role="img" data-level=level aria-label=words title=words>
            <i></i>
            <i></i>
            <i></i>
        </span>
    }
}

fn look_after(seat: u32, quality: RwSignal<Option<Quality>>) {
    let calls = live().calls();
    let look = move || {
        if let Some(phone) = calls.phone() {
            spawn_local(async move {
                let found = phone.quality(seat).await;
                quality.try_maybe_update(|held| (std::mem::replace(held, found) != found, ()));
            });
        }
    };
    if let Ok(looking) = set_interval_with_handle(look, LOOK_EVERY) {
        on_cleanup(move || looking.clear());
    }
}
