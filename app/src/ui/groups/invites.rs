//! A group's invite links.

use leptos::{prelude::*, task::spawn_local};
use sapa_model::RoomId;
use sapa_model::ids::InviteId;
use sapa_model::room::Invite;

use crate::api::groups::{create_invite, list_invites, revoke_invite};
use crate::i18n::use_t;
use crate::ui::kit::{Button, Choice, Dotted, Fetched, Glyph, Time, TimeStyle, Told, Variant, use_toasts};

/// The body of the modal with a group's links: making one, and ending those that are open.
#[component]
pub fn InviteLinks(room: RoomId) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let hours = RwSignal::new(24_u32);
    let made = RwSignal::new(None::<String>);
    let links = Fetched::new(move || list_invites(room));
    let create = move |()| {
        spawn_local(async move {
            match create_invite(room, hours.get_untracked()).await {
                Ok(invite) => {
                    made.set(invite.token.map(|token| address(&token)));
                    links.again();
                }
                Err(error) => toasts.fault(&error),
            }
        });
    };
    let revoke = move |invite: InviteId| {
        spawn_local(async move {
            match revoke_invite(room, invite).await {
                Ok(()) => links.again(),
                Err(error) => toasts.fault(&error),
            }
        });
    };
    let lives = vec![
        (1, t.groups().one_hour),
        (24, t.groups().one_day),
        (168, t.groups().seven_days),
        (720, t.groups().thirty_days),
    ];
    view! {
        <Choice
            legend=t.groups().lives
            name="invite-hours"
            options=lives
            chosen=hours
            on_choose=Callback::new(move |chosen| hours.set(chosen))
        />
        <Button variant=Variant::Main glyph=Glyph::Link on_press=create>
            {t.groups().make_link}
        </Button>
        {move || {
            made.get()
                .map(|link| {
                    view! { <Told words=t.groups().link_made label=t.groups().links copy=t.groups().copy_link value=link /> }
                })
        }}
        <ul class="invites">
            {move || {
                let links = links.answer.get().and_then(Result::ok);
                links.map(|links| {
                    links.into_iter().map(|invite| view! { <Row invite revoke=Callback::new(revoke) /> }).collect_view()
                })
            }}
        </ul>
    }
}

#[component]
fn Row(invite: Invite, revoke: Callback<InviteId>) -> impl IntoView {
    let t = use_t();
    let id = invite.id;
    let facts = vec![invite.created_by.nickname, (t.groups().uses)(invite.uses.into())];
    view! {
        <li>
            <span>
                {t.groups().until} " " <Time at=Signal::stored(invite.expires_at) style=TimeStyle::Full />
                <small>
                    <Dotted facts=Signal::stored(facts) />
                </small>
            </span>
            <Button variant=Variant::Plain on_press=move |()| revoke.run(id)>
                {t.groups().revoke}
            </Button>
        </li>
    }
}

/// The link that carries a token, on the address that this page came from.
fn address(token: &str) -> String {
    let origin = window().location().origin().unwrap_or_default();
    format!("{origin}/join/{token}")
}
