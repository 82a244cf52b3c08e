//! API tokens: for bots and scripts.

use leptos::{prelude::*, task::spawn_local};
use sapa_model::ids::SessionId;
use sapa_model::limits::NAME_MAX;
use sapa_model::{ApiToken, AppError, NewApiToken, TokenScope, TokenScopes};

use crate::api::account::{api_tokens, make_api_token, revoke_device};
use crate::i18n::{Messages, use_t};
use crate::reactive::derive;
use crate::ui::kit::{
    Button, Choice, Dotted, FaultLine, Fetched, Field, Glyph, Icon, Rows, Submission, Switch, TimeStyle,
    Told, Variant, use_time_text, use_toasts,
};

const FIELDS: &[&str] = &["name"];

/// The tokens that there are, and a form for one more.
#[component]
pub fn ApiTokens() -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let fetched = Fetched::new(api_tokens);
    let made = RwSignal::new(None::<String>);
    let list = derive(move || {
        fetched.answer.with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().ok().cloned()))
    });
    let revoke = Callback::new(move |token: SessionId| {
        spawn_local(async move {
            match revoke_device(Some(token)).await {
                Ok(()) => {
                    toasts.say(t.tokens().revoked);
                    fetched.again();
                }
                Err(error) => toasts.fault(&error),
            }
        });
    });
    let on_made = Callback::new(move |token: ApiToken| {
        made.try_set(token.token);
        fetched.again();
    });
    view! {
        <p class="settings-hint">
            {t.tokens().hint} " " <a href="/api/docs/" rel="external">{t.tokens().docs}</a>
        </p>
        <ul class="devices" aria-label=t.tokens().title>
            <Rows each=move || list.get().unwrap_or_default() key=|token| token.id let:token>
                <TokenRow token on_revoke=revoke />
            </Rows>
        </ul>
        {move || {
            made.get()
                .map(|token| {
                    view! { <Told words=t.tokens().made label=t.tokens().token copy=t.tokens().copy value=token /> }
                })
        }}
        <TokenForm on_made />
    }
    .into_any()
}

#[component]
fn TokenRow(token: ApiToken, on_revoke: Callback<SessionId>) -> impl IntoView {
    let t = use_t();
    let id = token.id;
    let time = use_time_text();
    let scopes: Vec<_> = token.scopes.iter().map(|scope| name(t, scope)).collect();
    let facts = derive(move || {
        let until = time(token.expires_at, TimeStyle::Full);
        vec![scopes.join(", "), format!("{} {until}", t.tokens().until)]
    });
    view! {
        <li>
            <Icon glyph=Glyph::Lock />
            <span class="devices-words">
                <b class="cut" dir="auto">{token.name}</b>
                <small>
                    <Dotted facts=facts />
                </small>
            </span>
            <Button variant=Variant::Plain on_press=move |()| on_revoke.run(id)>
                {t.groups().revoke}
            </Button>
        </li>
    }
    .into_any()
}

#[component]
fn TokenForm(on_made: Callback<ApiToken>) -> impl IntoView {
    let t = use_t();
    let title = RwSignal::new(String::new());
    let scopes = RwSignal::new(TokenScopes::default().with(TokenScope::Read, true));
    let days = RwSignal::new(90_u32);
    let sending = Submission::new();
    let Submission { faults, busy } = sending;
    let submit = sending.sends(
        move || {
            if title.read_untracked().trim().is_empty() {
                return Err(vec![AppError::required("name")]);
            }
            let (name, scopes, days) = (title.get_untracked(), scopes.get_untracked(), days.get_untracked());
            Ok(make_api_token(NewApiToken { name, scopes, days }))
        },
        move |token| {
            title.try_set(String::new());
            on_made.run(token);
        },
    );
    let switch = move |scope: TokenScope| {
        let flip = move |on| scopes.update(|scopes| *scopes = scopes.with(scope, on));
        view! {
            <Switch
                label=name(t, scope)
                hint=hint(t, scope)
                on=derive(move || scopes.get().hold(scope))
                on_change=Callback::new(flip)
            />
        }
    };
    view! {
        <form class="account-form" method="post" novalidate on:submit=submit>
            <Field
                label=t.tokens().name
                name="name"
                value=title
                fault=faults.on("name")
                hint=t.tokens().name_hint
                maxlength=NAME_MAX
            />
            <fieldset class="token-scopes">
                <legend>{t.tokens().may}</legend>
                {TokenScope::ALL.map(switch)}
            </fieldset>
            <Choice
                legend=t.tokens().lives
                name="token-days"
                options=vec![(30, t.tokens().month), (90, t.tokens().quarter), (365, t.tokens().year)]
                chosen=days
                on_choose=Callback::new(move |chosen| days.set(chosen))
            />
            <FaultLine fault=faults.rest(FIELDS) />
            <Button submit=true variant=Variant::Soft glyph=Glyph::Plus busy=busy>
                {t.tokens().make}
            </Button>
        </form>
    }
    .into_any()
}

fn name(t: &Messages, scope: TokenScope) -> &'static str {
    match scope {
        TokenScope::Read => t.tokens().read,
        TokenScope::Write => t.tokens().write,
        TokenScope::Rooms => t.tokens().rooms,
        TokenScope::People => t.tokens().people,
        TokenScope::Account => t.tokens().account,
    }
}

fn hint(t: &Messages, scope: TokenScope) -> &'static str {
    match scope {
        TokenScope::Read => t.tokens().read_hint,
        TokenScope::Write => t.tokens().write_hint,
        TokenScope::Rooms => t.tokens().rooms_hint,
        TokenScope::People => t.tokens().people_hint,
        TokenScope::Account => t.tokens().account_hint,
    }
}
