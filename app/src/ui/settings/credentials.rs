//! Changing the username and the password.

use leptos::prelude::*;
use sapa_model::AppError;
use sapa_model::account::NewCredentials;
use sapa_model::text::Password;

use crate::api::account::{change_credentials, me as fetch_me};
use crate::i18n::use_t;
use crate::live::live;
use crate::ui::kit::{Button, FaultLine, Field, PasswordField, Submission, Variant, use_toasts};

const FIELDS: &[&str] = &["username", "newPassword", "password"];

/// The form. What stays empty stays as it is; all other devices are signed out.
#[component]
pub fn CredentialsForm(
    /// Told when it is done.
    changed: Trigger,
) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let me = live().me;
    let username = RwSignal::new(me.with_untracked(|me| me.user.username.clone()));
    let (password, new_password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let sending = Submission::new();
    let Submission { faults, busy } = sending;
    let submit = sending.sends(
        move || {
            if password.read_untracked().is_empty() {
                return Err(vec![AppError::required("password")]);
            }
            let new = Some(new_password.get_untracked()).filter(|new| !new.is_empty());
            let change = NewCredentials {
                password: Password::unchecked(password.get_untracked()),
                username: username.get_untracked(),
                new_password: new.map(Password::unchecked),
            };
            Ok(async move {
                change_credentials(change).await?;
                Ok(fetch_me().await.ok().flatten())
            })
        },
        move |now| {
            toasts.say(t.settings().saved);
            changed.notify();
            for field in [password, new_password] {
                field.try_set(String::new());
            }
            if let Some(now) = now {
                username.try_set(now.user.username.clone());
                me.try_update(|me| me.user = now.user);
            }
        },
    );
    view! {
        <form class="account-form" method="post" novalidate on:submit=submit>
            <Field
                label=t.account().username
                name="username"
                value=username
                fault=faults.on("username")
                autocomplete="username"
            />
            <PasswordField
                label=t.settings().new_password
                name="newPassword"
                value=new_password
                fault=faults.on("newPassword")
                autocomplete="new-password"
                hint=t.settings().new_password_hint
            />
            <PasswordField
                label=t.settings().old_password
                name="password"
                value=password
                fault=faults.on("password")
                autocomplete="current-password"
            />
            <FaultLine fault=faults.rest(FIELDS) />
            <p class="settings-hint">{t.settings().credentials_hint}</p>
            <Button submit=true variant=Variant::Soft busy=busy>
                {t.settings().change}
            </Button>
        </form>
    }
    .into_any()
}
