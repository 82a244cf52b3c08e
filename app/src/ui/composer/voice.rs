//! Recording a voice message: a bar in place of the field.

use leptos::{html, prelude::*, task::spawn_local};
use sapa_model::{AppError, RoomId};

use super::state::next_file_id;
use crate::browser::{self, Recorder};
use crate::i18n::use_t;
use crate::live::{Live, LocalFile};
use crate::ui::kit::{Glyph, Icon, IconButton, ToastBox, use_toasts};

/// Bars of the wave that are shown while it grows.
const SHOWN: usize = 40;
/// Longest recording, in milliseconds: a quarter of an hour, some MiB.
const LONGEST_MS: i64 = 15 * 60 * 1_000;
/// Shorter ones are slips, in milliseconds.
const SHORTEST_MS: i64 = 700;

/// What the composer shares with the recording; a handle that can be copied.
#[derive(Clone, Copy)]
pub struct Recording {
    live: Live,
    room: RoomId,
    /// It is under way, or the microphone is being asked for.
    pub active: RwSignal<bool>,
    recorder: StoredValue<Option<Recorder>>,
    levels: RwSignal<Vec<u8>>,
    started: RwSignal<i64>,
    elapsed: RwSignal<i64>,
    on_sent: Callback<()>,
    toasts: ToastBox,
}

impl Recording {
    /// None yet. Call in a component's body.
    pub fn new(live: Live, room: RoomId, on_sent: Callback<()>) -> Self {
        let recording = Self {
            live,
            room,
            active: RwSignal::new(false),
            recorder: StoredValue::new(None),
            levels: RwSignal::default(),
            started: RwSignal::new(0),
            elapsed: RwSignal::new(0),
            on_sent,
            toasts: use_toasts(),
        };
        on_cleanup(move || {
            recording.recorder.try_update_value(Option::take);
        });
        recording
    }

    /// Begins; `failed` is called where the microphone cannot be used.
    pub fn start(self, failed: impl FnOnce() + 'static) {
        if self.active.get_untracked() {
            return;
        }
        self.levels.set(Vec::new());
        self.elapsed.set(0);
        self.active.set(true);
        spawn_local(async move {
            let hear = move |level| self.hear(level);
            match Recorder::start(hear).await {
                // Given up while the browser was asking.
                Ok(recorder) if self.active.try_get_untracked() == Some(true) => {
                    self.started.set(browser::now().0);
                    self.recorder.try_set_value(Some(recorder));
                }
                Ok(_) => {}
                Err(_) => {
                    self.active.try_set(false);
                    failed();
                }
            }
        });
    }

    fn hear(self, level: u8) {
        let Some(started) = self.started.try_get_untracked() else { return };
        let elapsed = browser::now().0 - started;
        if started > 0 {
            self.elapsed.try_set(elapsed);
        }
        self.levels.try_update(|levels| {
            levels.push(level);
            let excess = levels.len().saturating_sub(SHOWN);
            levels.drain(..excess);
        });
        if started > 0 && elapsed >= LONGEST_MS {
            self.finish();
        }
    }

    /// Gives it up.
    pub fn cancel(self) {
        self.recorder.update_value(|recorder| *recorder = None);
        self.active.set(false);
        self.started.set(0);
    }

    /// Ends it and sends it.
    pub fn finish(self) {
        let Some(recorder) = self.recorder.try_update_value(Option::take).flatten() else { return };
        let is_slip = self.elapsed.get_untracked() < SHORTEST_MS;
        self.cancel();
        if is_slip {
            return;
        }
        spawn_local(async move {
            let sent = recorder.finish().await.and_then(|(file, voice)| {
                let file =
                    LocalFile::new(next_file_id(), file, Some(voice)).ok_or_else(AppError::internal)?;
                self.live.send_files(self.room, "", vec![file])
            });
            match sent {
                Ok(()) => {
                    self.on_sent.try_run(());
                }
                // What somebody has said must not vanish without a word.
                Err(error) => self.toasts.fault(&error),
            }
        });
    }
}

/// The microphone, where there is nothing to send.
#[component]
pub fn VoiceButton(recording: Recording) -> impl IntoView {
    let t = use_t();
    let start = move |_: leptos::ev::MouseEvent| {
        recording.start(move || recording.toasts.say(t.files.no_microphone));
    };
    view! {
        <button type="button" class="composer-send" title=t.files.record aria-label=t.files.record on:click=start>
            <Icon glyph=Glyph::Mic />
        </button>
    }
}

/// How far it has come, with the way out and the button that sends it.
#[component]
pub fn VoiceBar(recording: Recording) -> impl IntoView {
    let t = use_t();
    let send = NodeRef::<html::Button>::new();
    Effect::new(move || {
        if let Some(button) = send.get() {
            button.focus().ok();
        }
    });
    let bars = move || recording.levels.get().into_iter().map(bar).collect_view();
    view! {
        <div class="composer-box voice-bar" role="group" aria-label=t.files.recording>
            <IconButton
                glyph=Glyph::Trash
                label=t.common.cancel
                on_press=move |()| recording.cancel()
            />
            <span class="voice-dot" aria-hidden="true"></span>
            <span class="voice-time" role="timer">{move || clock(recording.elapsed.get())}</span>
            <span class="voice-wave" aria-hidden="true">{move || bars()}</span>
            <button
                node_ref=send
                type="button"
                class="composer-send"
                title=t.chat.send
                aria-label=t.chat.send
                on:click=move |_| recording.finish()
            >
                <Icon glyph=Glyph::Send />
            </button>
        </div>
    }
    .into_any()
}

fn bar(level: u8) -> AnyView {
    view! { <i style:height=format!("{}%", level.max(6))></i> }.into_any()
}

/// `1:05`.
pub fn clock(milliseconds: i64) -> String {
    let seconds = milliseconds.max(0) / 1_000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
