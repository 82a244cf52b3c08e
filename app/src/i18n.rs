//! The interface's words, in English, Bahasa Indonesia and Ukrainian.
//!
//! One table: each subject is a file of [`messages!`] entries, where a key stands with its three
//! translations side by side, so that one without all three does not compile. Components take
//! [`use_t`] once and read `t.places.people`.

mod account;
mod calls;
mod channels;
mod chat;
mod common;
mod email;
mod errors;
mod files;
mod groups;
mod isolate;
mod keys;
mod language;
mod message;
mod notifications;
mod people;
mod places;
mod plural;
mod profile;
mod report;
mod schedule;
mod settings;
mod stories;
mod tokens;
mod wait;
mod webhooks;

use leptos::prelude::*;

pub use language::{Language, weight};
pub use plural::plural;

/// A text without parameters.
pub type Text = &'static str;

/// Declares a subject: a struct of words and its three translations.
///
/// `key: Text = [english, indonesian, ukrainian];` or, with parameters,
/// `key: fn(u32) -> String = [|n| …, |n| …, |n| …];`
macro_rules! messages {
    ($(#[$doc:meta])* $subject:ident {
        $($key:ident: $kind:tt $(($($given:tt)*) -> String)? = [$en:expr, $id:expr, $uk:expr $(,)?];)*
    }) => {
        $(#[$doc])*
        #[derive(Debug)]
        #[allow(clippy::struct_field_names, reason = "a word is named for what it says")]
        pub struct $subject {
            $(#[doc = stringify!($en)] pub $key: $kind $(($($given)*) -> String)?,)*
        }

        impl $subject {
            pub(super) const EN: Self = Self { $($key: $crate::i18n::word!($en $(, $($given)*)?),)* };
            pub(super) const ID: Self = Self { $($key: $crate::i18n::word!($id $(, $($given)*)?),)* };
            pub(super) const UK: Self = Self { $($key: $crate::i18n::word!($uk $(, $($given)*)?),)* };
        }
    };
}
use messages;

/// A word of [`messages!`], which isolates the names that it is given.
macro_rules! word {
    ($say:expr, &str) => {
        |name| {
            let say: fn(&str) -> String = $say;
            say(&$crate::i18n::isolate::isolated(name))
        }
    };
    ($say:expr, &str, &str) => {
        |one, other| {
            let say: fn(&str, &str) -> String = $say;
            say(&$crate::i18n::isolate::isolated(one), &$crate::i18n::isolate::isolated(other))
        }
    };
    ($say:expr $(, $($given:tt)*)?) => {
        $say
    };
}
use word;

/// Everything that the interface says in one language, by subject. What the first page says is a field; what only a
/// part of the interface says that is loaded later is a function, so that its words come with the part.
#[derive(Debug)]
pub struct Messages {
    language: Language,
    /// Words that stand in many places: buttons, times.
    pub common: common::Common,
    /// What places are called.
    pub places: places::PlaceWords,
    /// What went wrong.
    pub errors: errors::Errors,
    /// How long something still takes.
    pub waits: wait::Waits,
    /// Calls.
    pub calls: calls::CallWords,
    /// Sessions that people propose to one another.
    pub schedule: schedule::ScheduleWords,
    /// Stories.
    pub stories: stories::StoryWords,
    /// The dialog list, the chat and its composer.
    pub chat: chat::Chat,
    /// Pictures and files.
    pub files: files::Files,
    /// What can be done with a message.
    pub message: message::MessageWords,
}

macro_rules! table {
    ($language:ident, $name:ident) => {
        Messages {
            language: Language::$name,
            common: common::Common::$language,
            places: places::PlaceWords::$language,
            errors: errors::Errors::$language,
            waits: wait::Waits::$language,
            calls: calls::CallWords::$language,
            schedule: schedule::ScheduleWords::$language,
            stories: stories::StoryWords::$language,
            chat: chat::Chat::$language,
            files: files::Files::$language,
            message: message::MessageWords::$language,
        }
    };
}

static EN: Messages = table!(EN, English);
static ID: Messages = table!(ID, Indonesian);
static UK: Messages = table!(UK, Ukrainian);

/// Declares the subjects that are loaded later.
macro_rules! later {
    ($($(#[$doc:meta])* $subject:ident: $words:path;)*) => {
        impl Messages {
            $($(#[$doc])* pub fn $subject(&self) -> &'static $words {
                static EN: $words = <$words>::EN;
                static ID: $words = <$words>::ID;
                static UK: $words = <$words>::UK;
                match self.language {
                    Language::English => &EN,
                    Language::Indonesian => &ID,
                    Language::Ukrainian => &UK,
                }
            })*
        }
    };
}

later! {
    /// Signing in and joining.
    account: account::Account;
    /// E-mail addresses and forgotten passwords.
    email: email::EmailWords;
    /// Finding people, requests, blocks.
    people: people::People;
    /// The keyboard.
    keys: keys::KeyWords;
    /// Being told of what happens while one looks elsewhere.
    notifications: notifications::NotificationWords;
    /// Profiles, languages and pictures of people.
    profile: profile::ProfileWords;
    /// Telling the host of somebody.
    report: report::ReportWords;
    /// Settings.
    settings: settings::SettingsWords;
    /// API tokens.
    tokens: tokens::TokenWords;
    /// Webhooks of groups.
    webhooks: webhooks::WebhookWords;
    /// Groups and details.
    groups: groups::Groups;
    /// Channels and comments.
    channels: channels::ChannelWords;
}

impl Language {
    /// The words of this language.
    pub fn messages(self) -> &'static Messages {
        match self {
            Self::English => &EN,
            Self::Indonesian => &ID,
            Self::Ukrainian => &UK,
        }
    }
}

/// The language of this page, from the context; English where there is none.
pub fn use_language() -> Language {
    use_context::<Language>().unwrap_or_default()
}

/// The words of this page. They never change while it lives: another language is another page (see
/// `ui::kit::choose_language`), which spares each text an effect of its own.
pub fn use_t() -> &'static Messages {
    use_language().messages()
}
