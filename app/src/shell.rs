//! The page around the app, as the server sends it.

use axum::http::request::Parts;
use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::App;
use crate::api::context::{Assets, Home};
use crate::house::use_house;
use crate::live::start::{self, Bootstrap};
use crate::parts::Part;
use crate::place::Place;
use crate::refused::Refused;
use crate::ui::kit::Preferences;
use crate::ui::title::{markup, of_place, window_title};

/// The script that loads parts of the interface, as the tool that splits them off names it.
const LOADER: &str = "__wasm_split.______________________.js";

/// Bounds every request of the page in time.
const BOUNDED_FETCH: &str = include_str!("shell/fetch.js");

/// The whole document: the app as it looks at first, the data that it looks so by, and the script
/// that brings it to life.
pub fn shell(assets: Assets) -> impl IntoView + use<> {
    let preferences = Preferences::current();
    let nonce = use_nonce();
    let (js, wasm) = (assets.at("sapa.js"), assets.at("sapa.wasm"));
    let script = format!(
        "{BOUNDED_FETCH}import({js:?}).then(m => m.default({{ module_or_path: {wasm:?} }}).then(() => m.start()))\
         .catch(e => {{ document.documentElement.dataset.failed = ''; console.error(e); }});"
    );
    // What the page itself shows is loaded beside the module that will ask for it.
    let path = use_context::<Parts>().map(|parts| parts.uri.path().to_owned());
    let place = path.and_then(|path| Place::parse(&path));
    let part = place.as_ref().and_then(Part::of);
    let words = preferences.language.messages();
    let house = use_house();
    let title = window_title(&house, place.as_ref().and_then(|place| of_place(words, place)), 0);
    let shown = part.into_iter().flat_map(|part| assets.of_part(part)).map(preload).collect_view();
    let refused = Refused::take().and_then(|refused| serde_json::to_string(&refused).ok());
    let home = use_context::<Home>().map(|home| home.0);
    let given = Bootstrap::given().map(|given| given.to_script());
    view! {
        <!DOCTYPE html>
        <html lang=preferences.language.code() data-theme=preferences.theme.code() data-house=house data-home=home data-refused=refused>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <title inner_html=markup(&title)></title>
                <meta name="description" content="A messenger that anyone can run." />
                <meta name="theme-color" content="#f7f6f3" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#16191c" media="(prefers-color-scheme: dark)" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <link rel="stylesheet" href=assets.css() />
                <link rel="modulepreload" href=js.clone() crossorigin="" />
                <link rel="modulepreload" href=assets.at(LOADER) crossorigin="" />
                {preload(wasm)}
                {shown}
                {given.map(|given| view! { <script id=start::ELEMENT type="application/json" inner_html=given></script> })}
                <script type="module" nonce=nonce inner_html=script></script>
            </head>
            <body>
                <App />
                <noscript>"Sapa needs JavaScript and WebAssembly."</noscript>
            </body>
        </html>
    }
}

/// Has the browser fetch a module before it is asked for.
fn preload(module: String) -> impl IntoView {
    view! { <link rel="preload" href=module r#as="fetch" r#type="application/wasm" crossorigin="" /> }
}
