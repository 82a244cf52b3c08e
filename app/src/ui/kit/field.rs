//! Text fields, with their label above and what is wrong below.

use leptos::prelude::*;

use super::{Glyph, IconButton};
use crate::i18n::use_t;
use crate::reactive::derive;

/// One line of text.
#[component]
pub fn Field(
    label: &'static str,
    /// Of the field in its form; also makes its id.
    name: &'static str,
    value: RwSignal<String>,
    #[prop(optional, into)] fault: Signal<Option<String>>,
    /// The input's type.
    #[prop(default = "text")]
    kind: &'static str,
    /// What browsers and password managers may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Said below while nothing is wrong.
    #[prop(optional)]
    hint: &'static str,
    /// In UTF-16 units, as the browser counts; the server's rule is stricter and told in words.
    #[prop(optional)]
    maxlength: Option<usize>,
    #[prop(optional)] required: bool,
    /// Takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    // Names are one word for people and programs; browsers would mend them.
    let plain = matches!(kind, "email") || matches!(autocomplete, "username" | "email");
    view! {
        <div class="field" class:bad=move || fault.with(Option::is_some)>
            <label for=field_id(name)>{label}</label>
            <input
                id=field_id(name)
                name=name
                type=kind
                autocomplete=autocomplete
                autocapitalize=plain.then_some("none")
                spellcheck=plain.then_some("false")
                maxlength=maxlength.map(|n| n.to_string())
                // For whoever reads the page before its program is there.
                value=Some(value.get_untracked()).filter(|value| !value.is_empty())
                autofocus=autofocus
                aria-required=required.then_some("true")
                aria-invalid=move || fault.with(Option::is_some).then_some("true")
                aria-describedby=note_id(name)
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
            <Note name=name fault=fault hint=hint />
        </div>
    }
}

/// A password, hidden until its owner wants to see it.
#[component]
pub fn PasswordField(
    label: &'static str,
    /// Of the field in its form; also makes its id.
    name: &'static str,
    value: RwSignal<String>,
    #[prop(optional, into)] fault: Signal<Option<String>>,
    /// `current-password` or `new-password`.
    autocomplete: &'static str,
    #[prop(optional)] hint: &'static str,
) -> impl IntoView {
    let t = use_t();
    let shown = RwSignal::new(false);
    let glyph = move || if shown.get() { Glyph::EyeOff } else { Glyph::Eye };
    let verb = move || {
        let words = t.account();
        if shown.get() { words.hide_password } else { words.show_password }.to_owned()
    };
    view! {
        <div class="field password" class:bad=move || fault.with(Option::is_some)>
            <label for=field_id(name)>{label}</label>
            <div class="with-button">
                <input
                    id=field_id(name)
                    name=name
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    aria-required="true"
                    aria-invalid=move || fault.with(Option::is_some).then_some("true")
                    aria-describedby=note_id(name)
                    prop:value=value
                    on:input=move |event| value.set(event_target_value(&event))
                />
                <IconButton
                    glyph=derive(glyph)
                    label=derive(verb)
                    on_press=move |()| shown.update(|shown| *shown = !*shown)
                />
            </div>
            <Note name=name fault=fault hint=hint />
        </div>
    }
}

/// The line below a field: what is wrong, else the hint.
#[component]
pub(super) fn Note(name: &'static str, fault: Signal<Option<String>>, hint: &'static str) -> impl IntoView {
    view! {
        <small id=note_id(name) aria-live="polite">
            {move || fault.get().unwrap_or_else(|| hint.to_owned())}
        </small>
    }
}

pub(super) fn field_id(name: &str) -> String {
    format!("field-{name}")
}

pub(super) fn note_id(name: &str) -> String {
    format!("note-{name}")
}
