//! Settings: of the account, and of this browser.

mod credentials;
mod devices;
mod email;
mod privacy;
mod tokens;

use leptos::{prelude::*, task::spawn_local};

use crate::i18n::{Language, use_language, use_t};
use crate::live::live;
use crate::place::Place;
use crate::reactive::derive;
use crate::ui::kit::{
    Avatar, AvatarSize, Button, Choice, Face, Glyph, Icon, PaneHead, Switch, Theme, Variant, choose_language,
    enter_sends, theme, use_toasts,
};
use crate::ui::stories::StorySettings;

use credentials::CredentialsForm;
use devices::Devices;
use email::EmailSettings;
use privacy::Privacy;
use tokens::ApiTokens;

use crate::ui::notifications::NotificationSettings;

/// The page of settings. Everything takes effect at once.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let t = use_t();
    let credentials = Trigger::new();
    view! {
        <section class="page" aria-label=t.places.settings>
            <PaneHead title=t.places.settings />
            <div class="pane-body settings">
                <Who />
                <SettingsGroup title=t.settings().privacy>
                    <Privacy />
                    <StorySettings />
                    <a href="/blocked" class="settings-link">
                        <Icon glyph=Glyph::Block />
                        <span>{t.settings().blocked_people}</span>
                        <Icon glyph=Glyph::Next />
                    </a>
                </SettingsGroup>
                <SettingsGroup title=t.notifications().title>
                    <NotificationSettings />
                </SettingsGroup>
                <SettingsGroup title=t.settings().appearance>
                    <Appearance />
                </SettingsGroup>
                <SettingsGroup title=t.settings().writing>
                    <Switch
                        label=t.settings().enter_sends
                        hint=t.settings().enter_hint
                        on=enter_sends()
                        on_change=set_enter_sends()
                    />
                    <p class="settings-hint keys">
                        <Icon glyph=Glyph::Keyboard />
                        {t.settings().keys}
                    </p>
                </SettingsGroup>
                <SettingsGroup title=t.email().title>
                    <EmailSettings />
                </SettingsGroup>
                <SettingsGroup title=t.settings().credentials>
                    <CredentialsForm changed=credentials />
                </SettingsGroup>
                <SettingsGroup title=t.settings().devices>
                    <Devices changed=credentials />
                </SettingsGroup>
                <SettingsGroup title=t.tokens().title>
                    <ApiTokens />
                </SettingsGroup>
                <SettingsGroup title=t.settings().account>
                    <SignOut />
                </SettingsGroup>
            </div>
        </section>
    }
}

/// A card of settings that belong together.
#[component]
fn SettingsGroup(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="settings-group">
            <h2>{title}</h2>
            {children()}
        </section>
    }
}

/// Whose settings these are.
#[component]
fn Who() -> impl IntoView {
    let t = use_t();
    let me = live().me;
    let name = derive(move || me.with(|me| me.user.nickname.clone()));
    view! {
        <div class="settings-who">
            <Avatar face=derive(move || me.with(|me| Face::from(&me.user))) size=AvatarSize::Xl />
            <div>
                <p class="settings-name" dir="auto">{name}</p>
                <p>{move || me.with(|me| format!("@{}", me.user.username))}</p>
                <a href=Place::Profile.to_string() class=Variant::Soft.class()>
                    <Icon glyph=Glyph::Edit />
                    <span>{t.profile().edit}</span>
                </a>
            </div>
        </div>
    }
}

#[component]
fn Appearance() -> impl IntoView {
    let t = use_t();
    let theme = theme();
    let language = use_language();
    view! {
        <Choice
            legend=t.settings().theme
            name="theme"
            options=vec![
                (Theme::System, t.settings().system),
                (Theme::Light, t.settings().light),
                (Theme::Dark, t.settings().dark),
            ]
            chosen=theme
            on_choose=Callback::new(move |chosen| theme.set(chosen))
        />
        <Choice
            legend=t.settings().language
            name="language"
            options=Language::ALL.map(|language| (language, language.name())).to_vec()
            chosen=language
            on_choose=Callback::new(choose_language)
        />
    }
}

fn set_enter_sends() -> Callback<bool> {
    let choice = enter_sends();
    Callback::new(move |sends| choice.set(sends))
}

#[component]
fn SignOut() -> impl IntoView {
    let t = use_t();
    let (live, toasts) = (live(), use_toasts());
    let busy = RwSignal::new(false);
    let leave = move |()| {
        busy.set(true);
        spawn_local(async move {
            if let Err(error) = live.sign_out().await {
                busy.try_set(false);
                toasts.fault(&error);
            }
        });
    };
    view! {
        <div class="settings-row">
            <p class="settings-hint">{t.settings().sign_out_hint}</p>
            <Button variant=Variant::Plain glyph=Glyph::Leave busy=busy on_press=leave>
                {t.common.sign_out}
            </Button>
        </div>
    }
}
