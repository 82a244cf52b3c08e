//! Those whom the user has blocked.

use leptos::prelude::*;

use super::fault::LoadFault;
use super::heard::use_reconnected;
use super::list::PersonCards;
use crate::api::people::blocked;
use crate::i18n::use_t;
use crate::ui::kit::{Art, Empty, PaneHead, Skeleton, SkeletonShape, words};

/// The page of blocked people. Who is unblocked here stays until the page is left, to be sure of.
#[component]
pub fn BlockedPage() -> impl IntoView {
    let t = use_t();
    let reconnected = use_reconnected();
    let people = Resource::new(move || reconnected.get(), |_| blocked());
    let shown = move || {
        Suspend::new(async move {
            match people.await {
                Ok(people) if people.is_empty() => view! {
                    <Empty
                        art=Art::Blocked
                        title=words(move || t().people.none_blocked_title)
                        text=words(move || t().people.none_blocked_text)
                    />
                }
                .into_any(),
                Ok(people) => view! {
                    <PersonCards
                        people=Signal::stored(people)
                        label=words(move || t().people.blocked_title)
                        dated=true
                    />
                }
                .into_any(),
                Err(error) => view! { <LoadFault error=error retry=move || people.refetch() /> }.into_any(),
            }
        })
    };
    view! {
        <section class="page" aria-label=move || t().people.blocked_title>
            <PaneHead
                title=words(move || t().people.blocked_title)
                sub=words(move || t().people.blocked_sub)
            />
            <div class="pane-body">
                <Transition fallback=|| view! { <Skeleton rows=3 shape=SkeletonShape::Card /> }>{shown}</Transition>
            </div>
        </section>
    }
}
