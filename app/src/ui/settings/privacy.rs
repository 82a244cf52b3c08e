//! Who may write, who sees what, and whether one can be found.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sapa_model::{Circle, Settings, WhoMayWrite};

use crate::api::account::update_settings;
use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::derive;
use crate::ui::kit::{Choice, Switch, use_toasts};

/// The choices. Each takes effect at once.
#[component]
pub fn Privacy() -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let live = live();
    let me = live.me;
    let change = move |change: &dyn Fn(&mut Settings)| {
        let before = me.with_untracked(|me| me.settings);
        let mut wanted = before;
        change(&mut wanted);
        let chosen = live.take_settings(wanted);
        spawn_local(async move {
            let (stands, fault) = match update_settings(wanted).await {
                Ok(settings) => (settings, None),
                Err(error) => (before, Some(error)),
            };
            // What was chosen meanwhile holds this choice too, and has an answer of its own.
            if !live.chose_since(chosen) {
                live.take_settings(stands);
            }
            match fault {
                None => toasts.say(t.settings().saved),
                Some(error) => toasts.fault(&error),
            }
        });
    };
    let circle = move |legend, name, read: fn(&Settings) -> Circle, write: fn(&mut Settings, Circle)| {
        view! {
            <Choice
                legend=legend
                name=name
                options=vec![
                    (Circle::Everyone, t.settings().everyone),
                    (Circle::Friends, t.settings().friends_only),
                    (Circle::Nobody, t.profile().nobody),
                ]
                chosen=derive(move || me.with(|me| read(&me.settings)))
                on_choose=Callback::new(move |circle| change(&|settings| write(settings, circle)))
            />
        }
    };
    view! {
        <div>
            <Choice
                legend=t.settings().who_may_write
                name="who-may-write"
                options=vec![
                    (WhoMayWrite::Everyone, t.settings().everyone),
                    (WhoMayWrite::Friends, t.settings().friends_only),
                ]
                chosen=derive(move || me.with(|me| me.settings.who_may_write))
                on_choose=Callback::new(move |who| change(&|settings| settings.who_may_write = who))
            />
            <p class="settings-hint">{t.settings().who_hint}</p>
        </div>
        {circle(
            t.profile().who_sees_presence,
            "who-sees-presence",
            |settings| settings.who_sees_presence,
            |settings, circle| settings.who_sees_presence = circle,
        )}
        {circle(
            t.profile().who_sees_birthday,
            "who-sees-birthday",
            |settings| settings.who_sees_birthday,
            |settings, circle| settings.who_sees_birthday = circle,
        )}
        {circle(
            t.profile().who_sees_phone,
            "who-sees-phone",
            |settings| settings.who_sees_phone,
            |settings, circle| settings.who_sees_phone = circle,
        )}
        <Switch
            label=t.profile().findable
            hint=t.profile().findable_hint
            on=derive(move || me.with(|me| me.settings.findable))
            on_change=Callback::new(move |findable| change(&|settings| settings.findable = findable))
        />
        <Switch
            label=t.calls.relay
            hint=t.calls.relay_hint
            on=derive(move || me.with(|me| me.settings.relay_calls))
            on_change=Callback::new(move |relay| change(&|settings| settings.relay_calls = relay))
        />
    }
    .into_any()
}
