//! What is typed on the page to join, and what is wrong with it before the server is asked.

use leptos::prelude::*;
use sapa_model::text::{Email, Nickname, Password, Username};
use sapa_model::{AppError, NewAccount};

/// The fields that show their own mistakes.
pub const FIELDS: &[&str] =
    &["nickname", "username", "password", "email", "firstName", "lastName", "birthday", "country"];

/// The form's values.
#[derive(Clone, Copy)]
pub struct RegisterForm {
    pub nickname: RwSignal<String>,
    pub username: RwSignal<String>,
    pub password: RwSignal<String>,
    pub email: RwSignal<String>,
    pub first_name: RwSignal<String>,
    pub last_name: RwSignal<String>,
    pub birthday: RwSignal<String>,
    pub country: RwSignal<String>,
}

impl RegisterForm {
    /// All empty.
    pub fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            nickname: empty(),
            username: empty(),
            password: empty(),
            email: empty(),
            first_name: empty(),
            last_name: empty(),
            birthday: empty(),
            country: empty(),
        }
    }

    /// As the server takes it.
    pub fn account(self) -> NewAccount {
        NewAccount {
            username: self.username.get_untracked(),
            password: Password::unchecked(self.password.get_untracked()),
            nickname: self.nickname.get_untracked(),
            email: self.email.get_untracked(),
            first_name: self.first_name.get_untracked(),
            last_name: self.last_name.get_untracked(),
            birthday: self.birthday.get_untracked(),
            country: self.country.get_untracked(),
        }
    }

    /// Every mistake at once, by the same rules that the server goes by.
    pub fn faults(self) -> Vec<AppError> {
        let account = self.account();
        let optional = |text: &str, parse: fn(&str) -> Option<AppError>| {
            if text.trim().is_empty() { None } else { parse(text) }
        };
        [
            Nickname::parse(&account.nickname).err(),
            Username::parse(&account.username).err(),
            account.password.check_new().err(),
            optional(&account.email, |text| Email::parse(text).err()),
            optional(&account.first_name, |text| Nickname::parse_as("firstName", text).err()),
            optional(&account.last_name, |text| Nickname::parse_as("lastName", text).err()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
