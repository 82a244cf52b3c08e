//! Short notes at the edge: what was done, and the way back.

use std::sync::Arc;
use std::time::Duration;

use leptos::web_sys::HtmlElement;
use leptos::{html, prelude::*};
use sapa_model::{AppError, limits};

use super::{Glyph, IconButton, Rows};
use crate::i18n::{Messages, use_t};
use crate::reactive::memo;

/// How long a note stays.
const STAYS: Duration = Duration::from_secs(7);
/// How long something can be undone: no longer than the server allows it.
const UNDO_STAYS: Duration = Duration::from_millis(limits::DELETE_UNDO_MS.unsigned_abs());

#[derive(Clone)]
struct Note {
    id: u64,
    text: String,
    undo: Option<Arc<dyn Fn() + Send + Sync>>,
}

/// Where to put notes; take it from the context by [`use_toasts`].
#[derive(Clone, Copy)]
pub struct ToastBox {
    words: &'static Messages,
    notes: RwSignal<Vec<Note>>,
    made: StoredValue<u64>,
}

impl ToastBox {
    fn new() -> Self {
        Self { words: use_t(), notes: RwSignal::new(Vec::new()), made: StoredValue::new(0) }
    }

    /// Says something.
    pub fn say(self, text: impl Into<String>) {
        self.show(text.into(), None);
    }

    /// Says what was done, and offers to take it back.
    pub fn undo(self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) {
        // Counted, not owned: the note outlives what it was made by.
        self.show(text.into(), Some(Arc::new(undo)));
    }

    /// Says what went wrong.
    pub fn fault(self, error: &AppError) {
        self.show(self.words.error(error), None);
    }

    fn show(self, text: String, undo: Option<Arc<dyn Fn() + Send + Sync>>) {
        self.made.update_value(|made| *made += 1);
        let id = self.made.get_value();
        let stays = if undo.is_some() { UNDO_STAYS } else { STAYS };
        self.notes.update(|notes| {
            notes.push(Note { id, text, undo });
            // Three at most: more would cover the page.
            let spare = notes.len().saturating_sub(3);
            notes.drain(..spare);
        });
        set_timeout(move || self.drop(id), stays);
    }

    fn drop(self, id: u64) {
        self.notes.try_update(|notes| notes.retain(|note| note.id != id));
    }
}

pub(super) fn provide_toasts() {
    provide_context(ToastBox::new());
}

/// The box for notes. Take it in a component's body.
pub fn use_toasts() -> ToastBox {
    use_context().unwrap_or_else(ToastBox::new)
}

/// Where the notes appear; once, in the app.
#[component]
pub fn Toasts() -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let note = move |note: Note| {
        let id = note.id;
        view! {
            <div class="toast">
                <span>{note.text}</span>
                {note.undo.map(|undo| {
                    view! {
                        <button
                            type="button"
                            class="toast-undo"
                            on:click=move |_| {
                                toasts.drop(id);
                                undo();
                            }
                        >
                            {t.common.undo}
                        </button>
                    }
                })}
                <IconButton
                    glyph=Glyph::Close
                    label=t.common.close
                    on_press=move |()| toasts.drop(id)
                />
            </div>
        }
    };
    let place = NodeRef::<html::Div>::new();
    let any = memo(move || !toasts.notes.read().is_empty());
    Effect::new(move || {
        if any.get() {
            // Once they are drawn.
            request_animation_frame(move || keep_clear(place, any));
        }
    });
    view! {
        <div node_ref=place class="toasts" role="status" aria-live="polite">
            <Rows each=move || toasts.notes.get() key=|note| note.id children=note />
        </div>
    }
}

/// Keeps the notes above where one writes, which may grow or move, for as long as there are any.
fn keep_clear(place: NodeRef<html::Div>, any: Memo<bool>) {
    const EVERY: Duration = Duration::from_millis(150);
    if any.try_get_untracked() != Some(true) {
        return;
    }
    if let Some(notes) = place.get_untracked() {
        lift(&notes);
    }
    set_timeout(move || keep_clear(place, any), EVERY);
}

/// Moves the notes above the composer, and above the field that is being filled in where they would cover it.
fn lift(notes: &HtmlElement) {
    // Where they are without this, as the style sheet has it, and the room that some phones keep below.
    const PLACE: f64 = 88.0;
    const SPARE: f64 = 40.0;
    const GAP: f64 = 8.0;
    let Some(end) = window().inner_height().ok().and_then(|height| height.as_f64()) else { return };
    let height = notes.get_bounding_client_rect().height();
    let composer = document().query_selector(".composer").ok().flatten();
    let composer =
        composer.map(|composer| composer.get_bounding_client_rect()).filter(|at| at.height() > 0.0);
    let above_composer = composer.map_or(0.0, |composer| end - composer.top() + GAP);
    let bottom = end - above_composer.max(PLACE);
    let field = document().active_element().filter(|element| element.matches("input, textarea") == Ok(true));
    let covered = field.map(|field| field.get_bounding_client_rect()).filter(|field| {
        let is_beside = field.top() < bottom && field.bottom() > bottom - height - SPARE;
        is_beside && field.top() > height + GAP
    });
    let clear = covered.map_or(above_composer, |field| end - field.top() + GAP);
    // Whole pixels: writing out fractions would take 14 kB of code.
    #[expect(clippy::cast_possible_truncation, reason = "a distance on a screen")]
    let clear = clear.round() as i32;
    HtmlElement::style(notes).set_property("--clear", &format!("{clear}px")).ok();
}
