//! What one can do in a call.

use leptos::prelude::*;

use super::devices::Devices;
use crate::browser::{self, Lane};
use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::{derive, memo};
use crate::ui::kit::{Glyph, Icon, If};

/// The row of round buttons below the pictures.
#[component]
pub fn Controls() -> impl IntoView {
    let t = use_t();
    let live = live();
    let shows = memo(move || live.calls().shows.get());
    view! {
        <footer class="call-controls">
            <Round
                glyph=derive(move || if shows.get().microphone { Glyph::Mic } else { Glyph::MicOff })
                label=derive(move || if shows.get().microphone { t.calls.mute } else { t.calls.unmute })
                off=derive(move || !shows.get().microphone)
                on_press=move |()| live.unmute(!shows.get_untracked().microphone)
            />
            <Round
                glyph=derive(move || if shows.get().camera { Glyph::Video } else { Glyph::VideoOff })
                label=derive(move || if shows.get().camera { t.calls.camera_off } else { t.calls.camera_on })
                off=derive(move || !shows.get().camera)
                on_press=move |()| {
                    if shows.get_untracked().camera {
                        live.stop_showing(Lane::Camera);
                    } else {
                        live.take_camera();
                    }
                }
            />
            <If when=browser::can_share_screens>
                <Round
                    glyph=derive(|| Glyph::Screen)
                    label=derive(move || if shows.get().screen { t.calls.share_end } else { t.calls.share })
                    lit=derive(move || shows.get().screen)
                    on_press=move |()| {
                        if shows.get_untracked().screen {
                            live.stop_showing(Lane::Screen);
                        } else {
                            live.take_screen();
                        }
                    }
                />
            </If>
            <If when=browser::has_picture_in_picture>
                <Round
                    glyph=derive(|| Glyph::Pip)
                    label=derive(move || t.calls.pip)
                    on_press=move |()| browser::picture_in_picture(".call .tile.has-picture:not(.is-own) video")
                />
            </If>
            <Devices />
            <button
                type="button"
                class="round hang-up"
                title=t.calls.hang_up
                aria-label=t.calls.hang_up
                on:click=move |_| live.hang_up()
            >
                <Icon glyph=Glyph::HangUp />
            </button>
        </footer>
    }
    .into_any()
}

/// A round button that is on or off.
#[component]
fn Round(
    glyph: Signal<Glyph>,
    label: Signal<&'static str>,
    /// Something is switched off.
    #[prop(optional)]
    off: Signal<bool>,
    /// Something unusual is switched on.
    #[prop(optional)]
    lit: Signal<bool>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="round"
            class:is-off=off
            class:is-lit=lit
            title=label
            aria-label=label
            on:click=move |_| {
                on_press.try_run(());
            }
        >
            <Icon glyph=glyph />
        </button>
    }
}
