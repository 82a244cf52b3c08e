//! One of a few: a row of radio buttons.

use leptos::prelude::*;

/// A choice of one among `options`; takes effect at once.
#[component]
pub fn Choice<T>(
    #[prop(into)] legend: Signal<String>,
    /// Of the radio buttons; unique on the page.
    name: &'static str,
    options: Vec<(T, Signal<String>)>,
    #[prop(into)] chosen: Signal<T>,
    on_choose: Callback<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let radio = move |(value, label): (T, Signal<String>)| {
        view! {
            <label>
                <input
                    type="radio"
                    name=name
                    prop:checked=move || chosen.get() == value
                    checked=chosen.get_untracked() == value
                    on:change=move |_| on_choose.run(value)
                />
                <span>{move || label.get()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choice">
            <legend>{move || legend.get()}</legend>
            <div>{options.into_iter().map(radio).collect_view()}</div>
        </fieldset>
    }
}
