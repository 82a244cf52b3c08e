//! To what somebody is invited who is to sign in first.

use leptos::prelude::*;
use sapa_model::room::InviteOffer;
use sapa_model::{ErrorCode, RoomKind};

use crate::api::groups::{invite_offer, join_by_invite};
use crate::browser::leave_for;
use crate::i18n::use_t;
use crate::place::{self, Place};
use crate::reactive::memo;
use crate::ui::kit::{Avatar, AvatarSize, Dotted, Face, Fetched, Hue, Skeleton, SkeletonShape};
use crate::way::use_way;

/// Goes to where somebody wanted to go who has signed in: into the group to which they are invited, if to one.
/// With a full load, for everything that the page holds was a stranger's.
pub async fn arrive(wanted: &str) {
    let Some(Place::Join(token)) = Place::parse(wanted) else { return leave_for(wanted) };
    match join_by_invite(token).await {
        Ok(dialog) => leave_for(&Place::Chat(dialog.room.id, None).to_string()),
        // Its own page says why not.
        Err(_) => leave_for(wanted),
    }
}

/// The group to which the link leads by which somebody has come; nothing where there was none.
#[component]
pub fn Invited() -> impl IntoView {
    let t = use_t();
    let query = use_way().query();
    let token = memo(move || match Place::parse(&place::wanted(&query.read())) {
        Some(Place::Join(token)) => Some(token),
        _ => None,
    });
    let offer = Fetched::new(move || {
        let token = token.get();
        async move {
            match token {
                Some(token) => invite_offer(token).await.map(Some),
                None => Ok(None),
            }
        }
    });
    let shown = move || match offer.answer.get() {
        Some(Ok(Some(offer))) => view! { <Offer offer /> }.into_any(),
        Some(Err(error)) if error.code == ErrorCode::InviteGone => {
            view! { <p role="status">{t.groups().gone_title} ". " {t.groups().gone_text}</p> }.into_any()
        }
        None => view! { <Skeleton rows=1 shape=SkeletonShape::Row /> }.into_any(),
        Some(_) => ().into_any(),
    };
    move || token.get().is_some().then(|| view! { <div class="account-invited">{shown}</div> }.into_any())
}

#[component]
fn Offer(offer: InviteOffer) -> impl IntoView {
    let t = use_t();
    let (title, count) = match offer.kind {
        RoomKind::Channel => (t.channels().join_title, t.chat.followers),
        RoomKind::Direct | RoomKind::Group => (t.groups().join_title, t.groups().member_count),
    };
    let face = Face { name: offer.name.clone(), hue: Hue::degrees(offer.hue), avatar: None };
    let facts = vec![count(offer.member_count.into()), (t.groups().invited_by)(&offer.invited_by)];
    view! {
        <Avatar face=Signal::stored(face) size=AvatarSize::L />
        <div>
            <p>{title}</p>
            <b>
                <bdi>{offer.name}</bdi>
            </b>
            <p>
                <Dotted facts=Signal::stored(facts) />
            </p>
        </div>
    }
    .into_any()
}
