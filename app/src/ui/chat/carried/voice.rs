//! A voice message: a button, its waveform, and how long it is.

use leptos::task::spawn_local;
use leptos::web_sys::HtmlInputElement;
use leptos::{html, prelude::*};
use sapa_model::attachment::Voice;
use sapa_model::{Attachment, Variant};
use wasm_bindgen_futures::JsFuture;

use crate::i18n::use_t;
use crate::reactive::{derive, memo};
use crate::ui::composer::clock;
use crate::ui::kit::{Glyph, IconButton, use_toasts};

/// Plays a recording. The waveform is also the way to another place in it.
#[component]
pub fn VoicePlayer(attachment: Attachment, voice: Voice) -> impl IntoView {
    let t = use_t();
    let audio = NodeRef::<html::Audio>::new();
    let toasts = use_toasts();
    let playing = RwSignal::new(false);
    let failed = StoredValue::new(false);
    // Seconds.
    let at = RwSignal::new(0.0_f64);
    let length = f64::from(voice.duration_ms) / 1_000.0;
    let part = memo(move || (at.get() / length).clamp(0.0, 1.0));
    let toggle = move |()| {
        let Some(audio) = audio.get_untracked() else { return };
        if playing.get_untracked() {
            audio.pause().ok();
        } else {
            // What could not be had once may be there now.
            if failed.get_value() {
                failed.set_value(false);
                audio.load();
            }
            if let Ok(begins) = audio.play() {
                // The element itself tells what goes wrong.
                spawn_local(async move {
                    JsFuture::from(begins).await.ok();
                });
            }
        }
    };
    let seek = move |event: leptos::ev::Event| {
        let to = event_target::<HtmlInputElement>(&event).value_as_number();
        at.set(to);
        if let Some(audio) = audio.get_untracked() {
            audio.set_current_time(to);
        }
    };
    let count = voice.waveform.len().max(1);
    let bar = move |(i, level): (usize, u8)| {
        #[expect(clippy::cast_precision_loss, reason = "at most 64")]
        let from = i as f64 / count as f64;
        let is_heard = move || from < part.get();
        // A class, for a page that the server has drawn takes no style from within.
        let height = format!("is-{}", level.clamp(1, 100).div_ceil(8));
        view! { <i class=height class:is-heard=is_heard></i> }.into_any()
    };
    let bars = voice.waveform.iter().copied().enumerate().map(bar).collect_view();
    #[expect(clippy::cast_possible_truncation, reason = "some minutes")]
    let heard = move || {
        let now = at.get();
        clock(if now > 0.0 { (now * 1_000.0) as i64 } else { i64::from(voice.duration_ms) })
    };
    let glyph = derive(move || if playing.get() { Glyph::Pause } else { Glyph::Play });
    let label = derive(move || if playing.get() { t.files.pause } else { t.files.play }.to_owned());
    view! {
        <span class="voice" role="group" aria-label=t.files.voice>
            <audio
                node_ref=audio
                preload="none"
                src=attachment.path(Variant::Original)
                on:play=move |_| playing.set(true)
                on:pause=move |_| playing.set(false)
                on:timeupdate=move |_| {
                    if let Some(audio) = audio.get_untracked() {
                        at.set(audio.current_time());
                    }
                }
                on:error=move |_| {
                    failed.set_value(true);
                    playing.set(false);
                    toasts.say(t.files.not_played);
                }
                on:ended=move |_| {
                    playing.set(false);
                    at.set(0.0);
                }
            ></audio>
            <IconButton glyph=glyph label=label on_press=toggle />
            <span class="voice-wave">
                {bars}
                <input
                    type="range"
                    min="0"
                    max=length.to_string()
                    step="0.1"
                    aria-label=t.files.place_in_it
                    prop:value=move || at.get().to_string()
                    on:input=seek
                />
            </span>
            <span class="voice-time">{move || heard()}</span>
        </span>
    }
    .into_any()
}
