//! The details of a direct room: the other person.

use leptos::prelude::*;
use sapa_model::Dialog;

use super::MuteButton;
use crate::i18n::use_t;
use crate::live::live;
use crate::place::Place;
use crate::reactive::{derive, memo};
use crate::ui::dialogs::{face, title};
use crate::ui::kit::{AvatarSize, Face, use_ago};
use crate::ui::people::PersonActs;
use crate::ui::profile::ProfileFacts;
use crate::ui::stories::StoryAvatar;

/// Who it is, whether they are there, and how the user stands to them.
#[component]
pub fn PersonDetails(dialog: Signal<Option<Dialog>>) -> impl IntoView {
    let t = use_t();
    let ago = use_ago();
    let peer = memo(move || dialog.with(|dialog| dialog.as_ref().and_then(|dialog| dialog.peer.clone())));
    let name = derive(move || dialog.with(|d| d.as_ref().map(title).unwrap_or_default()));
    let picture = derive(move || dialog.with(|d| d.as_ref().map_or_else(Face::nobody, face)));
    let presence = peer.get_untracked().map(|peer| live().presence(peer.user.id));
    let presence = derive(move || presence.as_ref().and_then(|presence| presence.get()));
    let online = derive(move || presence.get().is_some_and(|presence| presence.online));
    let status = move || match presence.get() {
        Some(presence) if presence.online => t.common.online.to_owned(),
        Some(presence) => presence.last_seen.map(|at| (t.common.last_seen)(&ago(at))).unwrap_or_default(),
        None => String::new(),
    };
    let about = move || peer.get().map(|peer| format!("@{}", peer.user.username));
    let user = memo(move || peer.with(|peer| peer.as_ref().map(|peer| peer.user.id)));
    view! {
        <StoryAvatar user=user face=picture size=AvatarSize::Xl online=online />
        <h2 id="details-name">
            <a href=move || user.get().map(|user| Place::Person(user).to_string())>
                <bdi>{name}</bdi>
            </a>
        </h2>
        <p>{move || about()}</p>
        <p>{move || status()}</p>
        <div class="acts">
            <MuteButton dialog />
        </div>
        {move || peer.get().map(|person| view! { <PersonActs person name_id="details-name".to_owned() /> })}
        {move || user.get().map(|user| view! { <ProfileFacts user /> })}
    }
}
