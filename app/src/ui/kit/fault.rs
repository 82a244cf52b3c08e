//! What is wrong with a form, each mistake beside its field.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use sapa_model::{AppError, ErrorCode};

use super::{Glyph, Icon};
use crate::i18n::use_t;
use crate::reactive::derive;

/// The mistakes of one form.
#[derive(Clone, Copy, Debug)]
pub struct Faults(RwSignal<Vec<AppError>>);

impl Default for Faults {
    fn default() -> Self {
        Self::new()
    }
}

impl Faults {
    /// None yet.
    pub fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// Puts these in place of what was wrong before.
    pub fn set_all(self, errors: Vec<AppError>) {
        self.0.try_set(errors);
    }

    /// Puts this one in place of what was wrong before.
    pub fn set(self, error: AppError) {
        self.set_all(vec![error]);
    }

    /// Nothing is wrong any more.
    pub fn clear(self) {
        self.set_all(Vec::new());
    }

    /// Whether nothing is wrong, at this moment.
    pub fn is_empty(self) -> bool {
        self.0.try_with_untracked(Vec::is_empty).unwrap_or(true)
    }

    /// Whether something is wrong with one of these fields. Reactive.
    pub fn any_on(self, fields: &[&str]) -> bool {
        self.0.with(|errors| errors.iter().any(|e| e.field.as_deref().is_some_and(|f| fields.contains(&f))))
    }

    /// Whether something is wrong for this reason. Reactive.
    pub fn has(self, code: ErrorCode) -> bool {
        self.0.with(|errors| errors.iter().any(|error| error.code == code))
    }

    /// Moves the focus to the first field that is wrong, once the page shows it.
    pub fn focus_first(self) {
        request_animation_frame(|| {
            if let Ok(Some(field)) = document().query_selector("[aria-invalid=true]") {
                field.dyn_into::<HtmlElement>().ok().and_then(|field| field.focus().ok());
            }
        });
    }

    /// What is wrong with a field, in words. Call it in a component's body.
    pub fn on(self, field: &'static str) -> Signal<Option<String>> {
        self.words_of(move |error| error.field.as_deref() == Some(field))
    }

    /// What is wrong with none of `fields`: shown above the button. Call it in a component's body.
    pub fn rest(self, fields: &'static [&'static str]) -> Signal<Option<String>> {
        self.words_of(move |error| !error.field.as_deref().is_some_and(|f| fields.contains(&f)))
    }

    fn words_of(self, belongs: impl Fn(&AppError) -> bool + Send + Sync + 'static) -> Signal<Option<String>> {
        let t = use_t();
        derive(move || self.0.with(|errors| errors.iter().find(|e| belongs(e)).map(|e| t.error(e))))
    }
}

/// A mistake that belongs to no field.
#[component]
pub fn FaultLine(#[prop(into)] fault: Signal<Option<String>>) -> impl IntoView {
    view! {
        <div role="alert">
            {move || {
                fault.get().map(|text| view! { <p class="fault"><Icon glyph=Glyph::Alert />{text}</p> }.into_any())
            }}
        </div>
    }
}
