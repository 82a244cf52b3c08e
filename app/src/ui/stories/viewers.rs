//! Who has seen an own story.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sapa_model::StoryId;
use sapa_model::story::StoryViewer;

use crate::api::stories::story_viewers;
use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::{derive, memo};
use crate::ui::kit::{Avatar, Button, Face, FaultLine, If, Rows, Skeleton, SkeletonShape, Variant, use_ago};

/// The list, page by page, the latest first. It is asked for anew when somebody else has seen the story.
#[component]
pub fn Viewers(
    story: StoryId,
    /// How many there are.
    count: Memo<u32>,
) -> impl IntoView {
    let t = use_t();
    let viewers = RwSignal::new(None::<Vec<StoryViewer>>);
    let more = RwSignal::new(false);
    let fault = RwSignal::new(None::<String>);
    let load = move |further: bool| {
        let last = viewers.with_untracked(|held| Some(held.as_ref()?.last()?.user.id));
        let before = last.filter(|_| further);
        spawn_local(async move {
            match story_viewers(story, before).await {
                Ok(page) => {
                    viewers.try_update(|held| {
                        let kept = held.take().filter(|_| further).unwrap_or_default();
                        *held = Some(kept.into_iter().chain(page.viewers).collect());
                    });
                    more.try_set(page.more);
                    fault.try_set(None);
                }
                Err(error) => {
                    fault.try_set(Some(t.error(&error)));
                }
            }
        });
    };
    Effect::new(move |_| {
        count.get();
        load(false);
    });
    let none = memo(move || viewers.with(|viewers| viewers.as_ref().is_some_and(Vec::is_empty)));
    let waits = memo(move || viewers.with(Option::is_none) && fault.with(Option::is_none));
    view! {
        <If when=move || waits.get()>
            <Skeleton rows=3 shape=SkeletonShape::Row />
        </If>
        <If when=move || none.get()>
            <p>{t.stories.no_viewers}</p>
        </If>
        <ul class="story-viewers">
            <Rows each=move || viewers.get().unwrap_or_default() key=|viewer| viewer.user.id let:viewer>
                <Viewer viewer />
            </Rows>
        </ul>
        <FaultLine fault=fault />
        <If when=move || more.get()>
            <Button variant=Variant::Soft on_press=move |()| load(true)>
                {t.stories.more}
            </Button>
        </If>
    }
    .into_any()
}

#[component]
fn Viewer(viewer: StoryViewer) -> impl IntoView {
    let live = live();
    let ago = use_ago();
    let StoryViewer { user, seen_at } = viewer;
    let user = memo(move || live.newest(&user));
    view! {
        <li>
            <Avatar face=derive(move || Face::from(&*user.read())) />
            <bdi class="cut">{move || user.read().nickname.clone()}</bdi>
            <small>{move || ago(seen_at)}</small>
        </li>
    }
}
