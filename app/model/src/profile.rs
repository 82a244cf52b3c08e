//! Profiles: what people tell of themselves, and who may see which part of it.

use serde::{Deserialize, Serialize};

use crate::language::UserLanguage;
use crate::people::Person;

/// What a person tells of themselves, as typed. The domain parses it and blames a field where it
/// cannot; an empty field counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewProfile {
    /// See [`crate::text::Nickname`].
    pub nickname: String,
    /// Optional, as are all that follow.
    #[serde(default)]
    pub first_name: String,
    /// See [`crate::text::Nickname::parse_as`].
    #[serde(default)]
    pub last_name: String,
    /// See [`crate::text::Bio`].
    #[serde(default)]
    pub bio: String,
    /// `YYYY-MM-DD`, in the past.
    #[serde(default)]
    pub birthday: String,
    /// See [`crate::text::Phone`].
    #[serde(default)]
    pub phone_number: String,
    /// A code of ISO 3166-1 alpha-2 such as `ID`.
    #[serde(default)]
    pub country: String,
    /// A name of the IANA time zone database such as `Asia/Jakarta`.
    #[serde(default)]
    pub time_zone: String,
    /// Each language once, at most [`crate::limits::LANGUAGES_MAX`].
    #[serde(default)]
    pub languages: Vec<UserLanguage>,
}

/// A person with what the asker may see of their profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// Who it is, with country, languages and what they say of themselves.
    pub person: Person,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// `YYYY-MM-DD`, for those who may see it.
    pub birthday: Option<String>,
    /// For those who may see it.
    pub phone_number: Option<String>,
}

impl Profile {
    /// The same as a form, for its owner to change.
    pub fn to_form(&self) -> NewProfile {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        NewProfile {
            nickname: self.person.user.nickname.clone(),
            first_name: text(&self.first_name),
            last_name: text(&self.last_name),
            bio: text(&self.person.bio),
            birthday: text(&self.birthday),
            phone_number: text(&self.phone_number),
            country: text(&self.person.country),
            time_zone: text(&self.person.time_zone),
            languages: self.person.languages.clone(),
        }
    }
}

/// Who may see a part of a profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Circle {
    /// Whoever is signed in.
    Everyone,
    /// Friends.
    #[default]
    Friends,
    /// Nobody else.
    Nobody,
}

impl Circle {
    /// Whether it takes in somebody who is a friend or not.
    pub fn admits(self, is_friend: bool) -> bool {
        match self {
            Self::Everyone => true,
            Self::Friends => is_friend,
            Self::Nobody => false,
        }
    }
}
