//! What is typed on the page to join, and what is wrong with it before the server is asked.

use leptos::prelude::*;
use sapa_model::text::{Email, Nickname, Password, Phone, Username};
use sapa_model::{AppError, NewAccount, NewProfile};

use crate::refused::Refused;
use crate::ui::profile::ProfileForm;

/// The fields that show their own mistakes.
pub const FIELDS: &[&str] = &[
    "nickname",
    "username",
    "password",
    "email",
    "firstName",
    "lastName",
    "birthday",
    "phoneNumber",
    "country",
    "timeZone",
    "languages",
];

/// The form's values.
#[derive(Clone, Copy)]
pub struct RegisterForm {
    pub username: RwSignal<String>,
    pub password: RwSignal<String>,
    pub email: RwSignal<String>,
    pub profile: ProfileForm,
}

impl RegisterForm {
    /// All empty.
    pub fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        let profile = ProfileForm::new(&NewProfile::default());
        Self { username: empty(), password: empty(), email: empty(), profile }
    }

    /// Puts back what was in it when it was refused.
    pub fn refill(self, refused: &Refused) {
        let fields =
            [("nickname", self.profile.nickname), ("username", self.username), ("email", self.email)];
        for (name, value) in fields {
            value.set(refused.field(name));
        }
    }

    /// As the server takes it.
    pub fn account(self, invitation: String) -> NewAccount {
        NewAccount {
            username: self.username.get_untracked(),
            password: Password::unchecked(self.password.get_untracked()),
            email: self.email.get_untracked(),
            invitation,
            profile: self.profile.profile(),
        }
    }

    /// Every mistake at once, by the same rules that the server goes by.
    pub fn faults(self) -> Vec<AppError> {
        let NewAccount { username, password, email, profile, .. } = self.account(String::new());
        let optional = |text: &str, parse: fn(&str) -> Option<AppError>| {
            if text.trim().is_empty() { None } else { parse(text) }
        };
        [
            Nickname::parse(&profile.nickname).err(),
            Username::parse(&username).err(),
            password.check_new().err(),
            optional(&email, |text| Email::parse(text).err()),
            optional(&profile.first_name, |text| Nickname::parse_as("firstName", text).err()),
            optional(&profile.last_name, |text| Nickname::parse_as("lastName", text).err()),
            optional(&profile.phone_number, |text| Phone::parse(text).err()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
