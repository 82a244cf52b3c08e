//! The card with the greeting on one side and a form on the other.

use leptos::prelude::*;

use super::invited::Invited;
use crate::house::use_house;
use crate::i18n::{Language, use_language, use_t};
use crate::reactive::derive;
use crate::ui::kit::{Glyph, Icon, Theme, choose_language, theme};

/// The page around a form for strangers.
#[component]
pub fn AccountCard(
    title: &'static str,
    #[prop(into)] sub: Signal<&'static str>,
    children: Children,
) -> impl IntoView {
    let t = use_t();
    view! {
        <main class="account" id="content">
            <div class="account-card">
                <section class="account-hello" aria-label=t.account().greeting>
                    <svg viewBox="0 0 400 300" aria-hidden="true">
                        <path d="M60 40h150a34 34 0 0 1 34 34v52a34 34 0 0 1-34 34h-84l-46 38v-38H60a34 34 0 0 1-34-34V74a34 34 0 0 1 34-34"></path>
                        <path d="M262 118h66a34 34 0 0 1 34 34v44a34 34 0 0 1-34 34h-8v36l-44-36h-70a34 34 0 0 1-33-26"></path>
                    </svg>
                    <p class="account-words">
                        <span lang="id">"Halo."</span>
                        <span lang="uk">"Привіт."</span>
                        <span lang="en">"Hello."</span>
                    </p>
                    <p>{t.account().pitch}</p>
                </section>
                <section class="account-body">
                    <p class="account-house">
                        <bdi>{use_house()}</bdi>
                    </p>
                    <Invited />
                    <h1>{title}</h1>
                    <p class="account-sub">{move || sub.get()}</p>
                    {children()}
                </section>
            </div>
            <AccountChoices />
        </main>
    }
}

/// Language and theme, before anybody has settings.
#[component]
fn AccountChoices() -> impl IntoView {
    let t = use_t();
    let language = use_language();
    let theme = theme();
    let next_theme = move || match theme.get() {
        Theme::System => Theme::Light,
        Theme::Light => Theme::Dark,
        Theme::Dark => Theme::System,
    };
    let theme_glyph = move || match theme.get() {
        Theme::System => Glyph::Contrast,
        Theme::Light => Glyph::Sun,
        Theme::Dark => Glyph::Moon,
    };
    let theme_name = move || {
        let words = t.settings();
        match theme.get() {
            Theme::System => words.system,
            Theme::Light => words.light,
            Theme::Dark => words.dark,
        }
    };
    let choice = move |offered: Language| {
        view! {
            <button
                type="button"
                lang=offered.code()
                aria-pressed=if language == offered { "true" } else { "false" }
                on:click=move |_| choose_language(offered)
            >
                {offered.name()}
            </button>
        }
        .into_any()
    };
    view! {
        <footer class="account-choices">
            <div role="group" aria-label=t.settings().language>
                {Language::ALL.map(choice).collect_view()}
            </div>
            <button
                type="button"
                aria-label=move || format!("{}: {}", t.settings().theme, theme_name())
                on:click=move |_| theme.set(next_theme())
            >
                <Icon glyph=derive(theme_glyph) />
                <span>{move || theme_name()}</span>
            </button>
        </footer>
    }
}
