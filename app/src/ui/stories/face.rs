//! A picture with a ring round it while its person shows stories.

use leptos::{ev, prelude::*};
use sapa_model::UserId;

use super::use_stage;
use crate::i18n::use_t;
use crate::live::{Ring, live};
use crate::reactive::{derive, memo};
use crate::ui::kit::{Avatar, AvatarSize, Face};

/// An avatar that opens the stories of its person, where there are any.
#[component]
pub fn StoryAvatar(
    /// Whose; none for a group.
    #[prop(into)]
    user: Signal<Option<UserId>>,
    #[prop(into)] face: Signal<Face>,
    #[prop(optional)] size: AvatarSize,
    #[prop(optional, into)] online: Signal<bool>,
) -> impl IntoView {
    let t = use_t();
    let live = live();
    let stage = use_stage();
    let ring = memo(move || user.get().and_then(|user| live.ring(user)));
    let label = derive(move || {
        let name = face.with(|face| face.name.clone());
        if ring.get() == Some(Ring::New) { (t.stories.new_of)(&name) } else { (t.stories.of)(&name) }
    });
    let open = move |_| {
        if let Some(user) = user.get_untracked() {
            stage.open(live, user);
        }
    };
    let any = memo(move || ring.get().is_some());
    move || {
        if any.get() {
            view! {
                <button
                    type="button"
                    class="ring"
                    class:is-new=move || ring.get() == Some(Ring::New)
                    on:click=open
                >
                    <Avatar face=face size=size online=online />
                    <span class="unseen">{label}</span>
                </button>
            }
            .into_any()
        } else {
            view! { <Avatar face=face size=size online=online /> }.into_any()
        }
    }
}

/// The same within a link, where no button may stand: for pointers. Whoever goes by keys has the row of
/// stories above the chats.
#[component]
pub fn RingInLink(#[prop(into)] user: Signal<Option<UserId>>, children: Children) -> impl IntoView {
    let t = use_t();
    let live = live();
    let stage = use_stage();
    let ring = memo(move || user.get().and_then(|user| live.ring(user)));
    let pressed = move |event: ev::MouseEvent| {
        if let Some(user) = user.get_untracked().filter(|_| ring.get_untracked().is_some()) {
            event.prevent_default();
            stage.open(live, user);
        }
    };
    view! {
        <span
            class:ring=move || ring.get().is_some()
            class:is-new=move || ring.get() == Some(Ring::New)
            on:click=pressed
        >
            {children()}
            {move || {
                (ring.get() == Some(Ring::New))
                    .then(|| view! { <span class="unseen">{t.stories.has_new}</span> })
            }}
        </span>
    }
    .into_any()
}
