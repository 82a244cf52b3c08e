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

/// A change of what a person tells of themselves. What is left out stays as it is; an empty text takes
/// away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct ProfileChange {
    /// See [`NewProfile`], as for all that follow.
    pub nickname: Option<String>,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// A few words about oneself.
    pub bio: Option<String>,
    /// `YYYY-MM-DD`.
    pub birthday: Option<String>,
    /// Telephone number.
    pub phone_number: Option<String>,
    /// Two letters of ISO 3166-1.
    pub country: Option<String>,
    /// A name of the IANA time zone database.
    pub time_zone: Option<String>,
    /// All of them, in their order.
    pub languages: Option<Vec<UserLanguage>>,
}

impl ProfileChange {
    /// The whole form, changed.
    pub fn onto(self, form: NewProfile) -> NewProfile {
        NewProfile {
            nickname: self.nickname.unwrap_or(form.nickname),
            first_name: self.first_name.unwrap_or(form.first_name),
            last_name: self.last_name.unwrap_or(form.last_name),
            bio: self.bio.unwrap_or(form.bio),
            birthday: self.birthday.unwrap_or(form.birthday),
            phone_number: self.phone_number.unwrap_or(form.phone_number),
            country: self.country.unwrap_or(form.country),
            time_zone: self.time_zone.unwrap_or(form.time_zone),
            languages: self.languages.unwrap_or(form.languages),
        }
    }
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
