//! What people choose for this browser: language, colours, the Enter key.
//!
//! Cookies keep them, so that the server's first page is right already.

use leptos::prelude::*;

use super::browser;
use crate::i18n::Language;

const LANGUAGE: &str = "sapa_language";
const THEME: &str = "sapa_theme";
const ENTER: &str = "sapa_enter";

/// Which colours to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Its name in the cookie and in `data-theme`.
    pub fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn from_code(code: &str) -> Self {
        match code {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// This browser's choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// Language of the interface.
    pub language: Language,
    /// Light or dark.
    pub theme: Theme,
    /// Enter sends a message; otherwise it breaks the line.
    pub enter_sends: bool,
}

impl Preferences {
    /// The choices of the browser that asks for this page, or that this code runs in.
    pub fn current() -> Self {
        let (cookies, languages) = asker();
        Self::read(&cookies, &languages)
    }

    /// The language of the browser that asks with these headers, and whether it was chosen in it; none where it says
    /// nothing of any.
    #[cfg(feature = "ssr")]
    pub fn language_of(headers: &axum::http::HeaderMap) -> Option<(Language, bool)> {
        let (cookies, languages) = said(headers);
        language(&cookies, &languages)
    }

    /// Reads them from a `Cookie` header; without a chosen language, the browser's own decides.
    fn read(cookies: &str, languages: &str) -> Self {
        let cookie = |name: &str| cookie(cookies, name);
        Self {
            language: language(cookies, languages).map(|(language, _)| language).unwrap_or_default(),
            theme: cookie(THEME).map(Theme::from_code).unwrap_or_default(),
            enter_sends: cookie(ENTER) != Some("0"),
        }
    }
}

/// The language, and whether it was chosen.
fn language(cookies: &str, languages: &str) -> Option<(Language, bool)> {
    let chosen = cookie(cookies, LANGUAGE).and_then(Language::from_tag);
    let own = || Language::from_accept(languages);
    chosen.map(|language| (language, true)).or_else(|| own().map(|language| (language, false)))
}

fn cookie<'a>(cookies: &'a str, name: &str) -> Option<&'a str> {
    cookies.split(';').find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    })
}

#[cfg(feature = "ssr")]
fn asker() -> (String, String) {
    let parts = use_context::<axum::http::request::Parts>();
    parts.map(|parts| said(&parts.headers)).unwrap_or_default()
}

/// The cookies that headers carry, and the languages.
#[cfg(feature = "ssr")]
fn said(headers: &axum::http::HeaderMap) -> (String, String) {
    use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
    let all = |name, between| {
        let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
        values.collect::<Vec<_>>().join(between)
    };
    (all(COOKIE, "; "), all(ACCEPT_LANGUAGE, ","))
}

/// In the browser the page already says which language the server has chosen.
#[cfg(not(feature = "ssr"))]
fn asker() -> (String, String) {
    (browser::cookies(), browser::root_attribute("lang").unwrap_or_default())
}

#[derive(Clone, Copy)]
struct EnterSends(RwSignal<bool>);

/// Provides the choices, theme and Enter as signals, and keeps what is chosen anew.
pub(super) fn provide_preferences() {
    let now = Preferences::current();
    let theme = RwSignal::new(now.theme);
    let enter = RwSignal::new(now.enter_sends);
    provide_context(now.language);
    provide_context(theme);
    provide_context(EnterSends(enter));

    Effect::watch(
        move || theme.get().code(),
        |code, _, _| {
            browser::set_cookie(THEME, code);
            browser::set_root_attribute("data-theme", code);
        },
        false,
    );
    Effect::watch(
        move || enter.get(),
        |sends, _, _| browser::set_cookie(ENTER, if *sends { "1" } else { "0" }),
        false,
    );
}

/// Speaks another language from here on: loads the page anew in it.
pub fn choose_language(language: Language) {
    browser::set_cookie(LANGUAGE, language.code());
    crate::browser::reload();
}

/// The theme chosen for this browser.
pub fn theme() -> RwSignal<Theme> {
    use_context().unwrap_or_else(|| RwSignal::new(Theme::default()))
}

/// Whether Enter sends a message in this browser.
pub fn enter_sends() -> RwSignal<bool> {
    use_context::<EnterSends>().map_or_else(|| RwSignal::new(true), |choice| choice.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_win_over_the_browsers_language() {
        let chosen = Preferences::read("a=b; sapa_language=uk; sapa_theme=dark; sapa_enter=0", "id");
        assert_eq!(
            chosen,
            Preferences { language: Language::Ukrainian, theme: Theme::Dark, enter_sends: false }
        );
        let fresh = Preferences::read("sapa_language=xx", "id-ID,en;q=0.5");
        assert_eq!(
            fresh,
            Preferences { language: Language::Indonesian, theme: Theme::System, enter_sends: true }
        );
    }
}
