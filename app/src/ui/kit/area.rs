//! Several lines of text.

use leptos::prelude::*;

use super::field::{Note, field_id, note_id};

/// A text that may take several lines.
#[component]
pub fn Area(
    label: &'static str,
    /// Of the field in its form; also makes its id.
    name: &'static str,
    value: RwSignal<String>,
    #[prop(optional, into)] fault: Signal<Option<String>>,
    /// Longest text, in characters: how much is left is shown near the end.
    max: usize,
    #[prop(default = 3)] rows: u32,
) -> impl IntoView {
    let left = move || max.cast_signed() - value.with(|text| text.chars().count()).cast_signed();
    let is_near = move || left() <= (max / 5).cast_signed();
    view! {
        <div class="field" class:bad=move || fault.with(Option::is_some)>
            <label for=field_id(name)>{label}</label>
            <textarea
                id=field_id(name)
                name=name
                rows=rows.to_string()
                dir="auto"
                aria-invalid=move || fault.with(Option::is_some).then_some("true")
                aria-describedby=note_id(name)
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
            <Note name=name fault=fault hint="" />
            {move || is_near().then(|| view! { <small class="field-left" class:over=move || left() < 0>{left()}</small> })}
        </div>
    }
    .into_any()
}
