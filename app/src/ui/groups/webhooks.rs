//! A group's webhooks.

use leptos::{prelude::*, task::spawn_local};
use sapa_model::limits::NAME_MAX;
use sapa_model::webhook::{Direction, NewWebhook, Webhook};
use sapa_model::{AppError, RoomId, WebhookId};

use crate::api::groups::{create_webhook, delete_webhook, list_webhooks};
use crate::i18n::use_t;
use crate::ui::kit::{
    Button, Choice, FaultLine, Fetched, Field, Glyph, If, Submission, Told, Variant, use_toasts,
};

const FIELDS: &[&str] = &["name", "url"];

/// The body of the modal with a group's webhooks: making one, and deleting those that are there.
#[component]
pub fn Webhooks(room: RoomId) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let made = RwSignal::new(None::<(Direction, String)>);
    let hooks = Fetched::new(move || list_webhooks(room));
    let on_made = Callback::new(move |hook: Webhook| {
        made.try_set(hook.secret.map(|secret| (hook.direction, secret)));
        hooks.again();
    });
    let delete = Callback::new(move |hook: WebhookId| {
        spawn_local(async move {
            match delete_webhook(room, hook).await {
                Ok(()) => hooks.again(),
                Err(error) => toasts.fault(&error),
            }
        });
    });
    let told = move |(direction, secret): (Direction, String)| match direction {
        Direction::Incoming => view! {
            <Told
                words=t.webhooks().made_incoming
                label=t.webhooks().secret
                copy=t.webhooks().copy
                value=address(&secret)
            />
        },
        Direction::Outgoing => view! {
            <Told words=t.webhooks().made_outgoing label=t.webhooks().secret copy=t.webhooks().copy value=secret />
        },
    };
    view! {
        <p class="settings-hint">{t.webhooks().hint}</p>
        <WebhookForm room on_made />
        {move || made.get().map(told)}
        <ul class="invites" aria-label=t.webhooks().title>
            {move || {
                let hooks = hooks.answer.get().and_then(Result::ok);
                hooks
                    .map(|hooks| {
                        hooks.into_iter().map(|hook| view! { <Row hook on_delete=delete /> }).collect_view()
                    })
            }}
        </ul>
    }
    .into_any()
}

#[component]
fn WebhookForm(room: RoomId, on_made: Callback<Webhook>) -> impl IntoView {
    let t = use_t();
    let direction = RwSignal::new(Direction::Incoming);
    let (name, url) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let sending = Submission::new();
    let Submission { faults, busy } = sending;
    let is_outgoing = move || direction.get() == Direction::Outgoing;
    let submit = sending.sends(
        move || {
            if name.read_untracked().trim().is_empty() {
                return Err(vec![AppError::required("name")]);
            }
            let webhook = NewWebhook {
                direction: direction.get_untracked(),
                name: name.get_untracked(),
                url: is_outgoing().then(|| url.get_untracked()),
            };
            Ok(create_webhook(room, webhook))
        },
        move |hook| {
            for field in [name, url] {
                field.try_set(String::new());
            }
            on_made.run(hook);
        },
    );
    view! {
        <form class="account-form" method="post" novalidate on:submit=submit>
            <Choice
                legend=t.webhooks().direction
                name="webhook-direction"
                options=vec![
                    (Direction::Incoming, t.webhooks().incoming),
                    (Direction::Outgoing, t.webhooks().outgoing),
                ]
                chosen=direction
                on_choose=Callback::new(move |chosen| direction.set(chosen))
            />
            <Field
                label=t.webhooks().name
                name="name"
                value=name
                fault=faults.on("name")
                maxlength=NAME_MAX
            />
            <If when=is_outgoing>
                <Field
                    label=t.webhooks().url
                    name="url"
                    kind="url"
                    value=url
                    fault=faults.on("url")
                    hint=t.webhooks().url_hint
                />
            </If>
            <FaultLine fault=faults.rest(FIELDS) />
            <Button submit=true variant=Variant::Main glyph=Glyph::Plus busy=busy>
                {t.webhooks().make}
            </Button>
        </form>
    }
    .into_any()
}

#[component]
fn Row(hook: Webhook, on_delete: Callback<WebhookId>) -> impl IntoView {
    let t = use_t();
    let id = hook.id;
    let state = match (hook.last_error, hook.failed) {
        (Some(why), true) => (t.webhooks().failed)(&why),
        (Some(why), false) => (t.webhooks().failing)(&why),
        (None, _) if hook.direction == Direction::Incoming => t.webhooks().incoming.to_owned(),
        (None, _) => hook.url.unwrap_or_default(),
    };
    view! {
        <li>
            <span class="devices-words">
                <b class="cut" dir="auto">{hook.name}</b>
                <small class="cut">{state}</small>
            </span>
            <Button variant=Variant::Plain on_press=move |()| on_delete.run(id)>
                {t.webhooks().delete}
            </Button>
        </li>
    }
    .into_any()
}

/// The address to post to, on the address that this page came from.
fn address(secret: &str) -> String {
    let origin = window().location().origin().unwrap_or_default();
    format!("{origin}/api/v1/hooks/{secret}")
}
