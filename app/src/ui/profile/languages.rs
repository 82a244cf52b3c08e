//! What somebody speaks and learns: shown, and edited together.

use leptos::prelude::*;
use sapa_model::{LanguageCode, Level, UserLanguage, limits};

use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::{derive, memo};
use crate::ui::kit::{
    Button, Glyph, IconButton, If, Rows, Select, Variant, use_language_name, use_languages,
};

/// The languages of somebody, side by side. Those that fit the reader's own stand out: what they speak
/// and the reader learns, and the other way round.
#[component]
pub fn LanguageChips(languages: Signal<Vec<UserLanguage>>) -> impl IntoView {
    let t = use_t();
    let name = use_language_name();
    let me = live().me;
    let chip = move |language: UserLanguage| {
        let fits = me.with(|me| {
            me.languages.iter().any(|mine| {
                mine.code() == language.code() && mine.level().is_some() != language.level().is_some()
            })
        });
        let (word, level) = match language.level() {
            None => (t.profile().native, t.profile().native),
            Some(level) => (t.profile().learning, level.as_str()),
        };
        view! {
            <li class="chip" class:fits=fits title=word>
                <bdi>{name(language.code())}</bdi>
                " "
                <small>{level}</small>
            </li>
        }
    };
    view! {
        <If when=move || languages.with(|languages| !languages.is_empty())>
            <ul class="chips" aria-label=t.profile().languages>
                {move || languages.get().into_iter().map(chip).collect_view()}
            </ul>
        </If>
    }
    .into_any()
}

/// One line of the editor: what the two lists say.
#[derive(Clone, Copy)]
struct Line {
    id: u32,
    code: RwSignal<String>,
    /// Empty for a native language.
    level: RwSignal<String>,
}

/// The editor's lines, as signals.
#[derive(Clone, Copy)]
pub struct Languages {
    lines: RwSignal<Vec<Line>>,
    next: StoredValue<u32>,
}

impl Languages {
    /// With these to begin with.
    pub fn new(languages: &[UserLanguage]) -> Self {
        let editor = Self { lines: RwSignal::default(), next: StoredValue::new(0) };
        for language in languages {
            let level = language.level().map_or("", Level::as_str);
            editor.add(language.code().as_str(), level);
        }
        editor
    }

    /// What they say; lines without a language do not count.
    pub fn get_untracked(self) -> Vec<UserLanguage> {
        let read = |line: &Line| {
            let code = line.code.with_untracked(|code| LanguageCode::parse(code).ok())?;
            let level =
                line.level.with_untracked(|level| Level::ALL.into_iter().find(|l| l.as_str() == level));
            Some(UserLanguage::new(code, level))
        };
        self.lines.with_untracked(|lines| lines.iter().filter_map(read).collect())
    }

    fn add(self, code: &str, level: &str) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        let line = Line { id, code: RwSignal::new(code.to_owned()), level: RwSignal::new(level.to_owned()) };
        self.lines.update(|lines| lines.push(line));
    }
}

/// Lines to choose languages in.
#[component]
pub fn LanguagesField(languages: Languages, fault: Signal<Option<String>>) -> impl IntoView {
    let t = use_t();
    let options = use_languages();
    let full = memo(move || languages.lines.read().len() >= limits::LANGUAGES_MAX);
    // The first is most likely one's own; what follows is learned.
    let add = move |()| {
        let level = if languages.lines.read_untracked().is_empty() { "" } else { Level::A1.as_str() };
        languages.add("", level);
    };
    view! {
        <fieldset class="languages">
            <legend>{t.profile().languages}</legend>
            <ul>
                <Rows each=move || languages.lines.get() key=|line| line.id let:line>
                    <LanguageLine languages=languages line=line options=options.into() />
                </Rows>
            </ul>
            <small class="fault-note" aria-live="polite">{move || fault.get().unwrap_or_default()}</small>
            <If when=move || !full.get()>
                <Button variant=Variant::Soft glyph=Glyph::Plus on_press=add>
                    {t.profile().add_language}
                </Button>
            </If>
        </fieldset>
    }
    .into_any()
}

#[component]
fn LanguageLine(languages: Languages, line: Line, options: Signal<Vec<(String, String)>>) -> impl IntoView {
    let t = use_t();
    let name = use_language_name();
    let levels = std::iter::once((String::new(), t.profile().native.to_owned())).chain(
        Level::ALL
            .into_iter()
            .zip(t.profile().level_words)
            .map(|(level, words)| (level.as_str().to_owned(), words.to_owned())),
    );
    let levels = Signal::stored(levels.collect::<Vec<_>>());
    let called = derive(move || {
        let code = line.code.with(|code| LanguageCode::parse(code).ok());
        (t.profile().remove_language)(&code.map_or_else(|| t.profile().language.to_owned(), name))
    });
    let remove = move |()| languages.lines.update(|lines| lines.retain(|held| held.id != line.id));
    view! {
        <li class="language-line">
            <Select
                label=t.profile().language
                name=format!("language-{}", line.id)
                value=line.code
                options=options
                empty=t.profile().choose_language
                bare=true
            />
            <Select
                label=t.profile().level
                name=format!("level-{}", line.id)
                value=line.level
                options=levels
                bare=true
            />
            <IconButton glyph=Glyph::Close label=called on_press=remove />
        </li>
    }
    .into_any()
}
