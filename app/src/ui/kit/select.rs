//! One of many: the browser's own list.

use leptos::prelude::*;

/// A choice among `options`, each a value and what it is called.
#[component]
pub fn Select(
    label: &'static str,
    /// Of the field in its form; also makes its id.
    #[prop(into)]
    name: String,
    value: RwSignal<String>,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
    /// What the empty value is called; without it there is none.
    #[prop(optional)]
    empty: Option<&'static str>,
    #[prop(optional, into)] fault: Signal<Option<String>>,
    /// The label is for screen readers alone.
    #[prop(optional)]
    bare: bool,
    #[prop(default = "off")] autocomplete: &'static str,
) -> impl IntoView {
    let id = format!("field-{name}");
    let option = move |(code, name): (String, String)| {
        let chosen = value.with_untracked(|value| *value == code);
        view! { <option value=code selected=chosen>{name}</option> }
    };
    view! {
        <div class="field" class:bare=bare class:bad=move || fault.with(Option::is_some)>
            <label for=id.clone() class:unseen=bare>{label}</label>
            <select
                id=id
                name=name
                autocomplete=autocomplete
                class:chosen=move || value.with(|value| !value.is_empty())
                aria-invalid=move || fault.with(Option::is_some).then_some("true")
                // The options may come later than the value.
                prop:value=move || {
                    options.track();
                    value.get()
                }
                on:change=move |event| value.set(event_target_value(&event))
            >
                {empty.map(|empty| view! { <option value="">{empty}</option> })}
                {move || options.get().into_iter().map(option).collect_view()}
            </select>
            <small aria-live="polite">{move || fault.get().unwrap_or_default()}</small>
        </div>
    }
    .into_any()
}
