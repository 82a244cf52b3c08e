//! Buttons: in words, and as a bare icon.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// How loud a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// The one thing to do here.
    #[default]
    Main,
    /// Something good to do besides.
    Soft,
    /// Neutral.
    Plain,
    /// Cannot be taken back easily.
    Danger,
    /// A mere word.
    Quiet,
}

impl Variant {
    /// Its class, also for links that look like buttons: `class="button soft"`.
    pub fn class(self) -> &'static str {
        match self {
            Self::Main => "button main",
            Self::Soft => "button soft",
            Self::Plain => "button plain",
            Self::Danger => "button danger",
            Self::Quiet => "button quiet",
        }
    }
}

/// A button with words. While `busy` it turns a ring and takes no second press, but keeps the focus, which a
/// disabled one would lose.
#[component]
pub fn Button(
    #[prop(optional)] variant: Variant,
    /// Drawn before the words.
    #[prop(optional)]
    glyph: Option<Glyph>,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Sends the form that it stands in.
    #[prop(optional)]
    submit: bool,
    /// What a press does. Never `on:click` from outside: Leptos keeps the first such handler when it
    /// draws another button in the place of this one (tachys 0.2, `AnyViewWithAttrs::rebuild`).
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=variant.class()
            class:busy=busy
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || busy.get().then_some("true")
            disabled=disabled
            on:click=move |_| {
                if !busy.get_untracked() {
                    press(on_press);
                }
            }
        >
            {glyph.map(|glyph| view! { <Icon glyph=glyph /> })}
            <span>{children()}</span>
        </button>
    }
}

/// A button that is only an icon; `label` names it for pointers and for screen readers.
#[component]
pub fn IconButton(
    #[prop(into)] glyph: Signal<Glyph>,
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// See [`Button`].
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="icon-button"
            title=label
            aria-label=label
            disabled=disabled
            on:click=move |_| press(on_press)
        >
            <Icon glyph=glyph />
        </button>
    }
}

/// The button may be on its way out while it is pressed.
fn press(on_press: Option<Callback<()>>) {
    if let Some(on_press) = on_press {
        on_press.try_run(());
    }
}
