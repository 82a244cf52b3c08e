//! What the pages of docs have in common: the head, the way back, the list of what is on the page.

use std::sync::Arc;

use leptos::prelude::*;
use sapa_app::ui::title::window_title;

use crate::state::AppState;

/// What the pages are drawn with.
#[derive(Clone)]
pub struct Setting {
    /// What the house is called.
    house: String,
    /// The address of the site's style sheet.
    css: String,
    /// Scheme and host of the site, for the examples.
    pub origin: Arc<str>,
}

impl Setting {
    /// As this server has it.
    pub fn of(state: &AppState) -> Self {
        let house = state.config.name.as_str().to_owned();
        Self { house, css: state.assets.css(), origin: state.origin.clone() }
    }
}

/// A place that a page leads to.
pub struct Link {
    to: String,
    name: String,
}

impl Link {
    /// To an address.
    pub fn to(address: &str, name: &str) -> Self {
        Self { to: address.to_owned(), name: name.to_owned() }
    }

    /// To the part of the page that has this id.
    pub fn to_part(id: &str, name: &str) -> Self {
        Self::to(&format!("#{id}"), name)
    }
}

/// A page of docs.
pub fn page(setting: &Setting, title: &str, links: Vec<Link>, main: impl IntoView) -> String {
    let Setting { house, css, .. } = setting.clone();
    let link = |Link { to, name }| {
        view! {
            <li>
                <a href=to>{name}</a>
            </li>
        }
    };
    let document = view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <title>{window_title(&house, Some(title), 0)}</title>
                <meta name="theme-color" content="#f7f6f3" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#16191c" media="(prefers-color-scheme: dark)" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=css />
                <link rel="stylesheet" href="/docs.css" />
            </head>
            <body class="docs">
                <a class="skip" href="#content">
                    "Skip to the content"
                </a>
                <header>
                    <a class="docs-house" href="/">
                        <img src="/favicon.svg" alt="" width="28" height="28" />
                        {house}
                    </a>
                    <nav aria-label="Docs">
                        <ul>{links.into_iter().map(link).collect::<Vec<_>>()}</ul>
                    </nav>
                </header>
                <main id="content" tabindex="-1">
                    <h1>{title.to_owned()}</h1>
                    {main}
                </main>
            </body>
        </html>
    };
    // Nothing takes the page over, so the marks that Leptos sets between texts are of no use: a fifth of it all.
    document.to_html().replace("<!>", "")
}
