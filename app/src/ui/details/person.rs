//! The details of a direct room: the other person.

use leptos::prelude::*;
use sapa_model::Dialog;

use super::MuteButton;
use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::{derive, memo};
use crate::ui::dialogs::{hue, title};
use crate::ui::kit::{Avatar, AvatarSize, use_ago, use_country};
use crate::ui::people::PersonActs;

/// Who it is, whether they are there, and how the user stands to them.
#[component]
pub fn PersonDetails(dialog: Signal<Option<Dialog>>) -> impl IntoView {
    let t = use_t();
    let ago = use_ago();
    let country = use_country();
    let peer = memo(move || dialog.with(|dialog| dialog.as_ref().and_then(|dialog| dialog.peer.clone())));
    let name = derive(move || dialog.with(|d| d.as_ref().map(title).unwrap_or_default()));
    let colour =
        derive(move || dialog.with(|d| d.as_ref().map_or_else(|| crate::ui::kit::Hue::degrees(0), hue)));
    let presence = peer.get_untracked().map(|peer| live().presence(peer.user.id));
    let presence = derive(move || presence.as_ref().and_then(|presence| presence.get()));
    let online = derive(move || presence.get().is_some_and(|presence| presence.online));
    let status = move || match presence.get() {
        Some(presence) if presence.online => t.common.online.to_owned(),
        Some(presence) => presence.last_seen.map(|at| (t.common.last_seen)(&ago(at))).unwrap_or_default(),
        None => String::new(),
    };
    let about = move || {
        peer.get().map(|peer| {
            let country = peer.country.as_deref().map(|code| format!(" · {}", country(code)));
            format!("@{}{}", peer.user.username, country.unwrap_or_default())
        })
    };
    view! {
        <Avatar name=name hue=colour size=AvatarSize::Xl online=online />
        <h2 id="details-name">
            <bdi>{name}</bdi>
        </h2>
        <p>{move || about()}</p>
        <p>{move || status()}</p>
        <div class="acts">
            <MuteButton dialog />
        </div>
        {move || peer.get().map(|person| view! { <PersonActs person name_id="details-name".to_owned() /> })}
    }
}
