//! Who follows a channel, for its admins.

use leptos::{prelude::*, task::spawn_local};
use sapa_model::channel::{Follower, FollowerPage};
use sapa_model::{Role, RoomId, RoomKind, UserId};

use crate::api::channels::followers;
use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::derive;
use crate::ui::details::MemberRow;
use crate::ui::kit::{
    Button, Fetched, If, Rows, SearchBox, Skeleton, SkeletonShape, Variant, debounced, use_toasts,
};

const REST_MS: u64 = 200;

/// The body of the modal that lists followers; `role` is the reader's own.
#[component]
pub fn FollowersList(room: RoomId, role: Memo<Role>) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let typed = RwSignal::new(String::new());
    let query = debounced::<String>(typed.into(), REST_MS);
    // Who became an admin, or ceased to be one, is another one from there on.
    let admins = live().log(room).members;
    let first = Fetched::new(move || {
        admins.track();
        followers(room, query.get(), None)
    });
    let further = RwSignal::new(Vec::<Follower>::new());
    let next = RwSignal::new(None::<UserId>);
    let page = derive(move || {
        first.answer.with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().ok().cloned()))
    });
    Effect::new(move |_| {
        next.set(page.with(|page| page.as_ref().and_then(FollowerPage::next)));
        further.set(Vec::new());
    });
    let busy = RwSignal::new(false);
    let more = move |()| {
        busy.set(true);
        let asked = query.get_untracked();
        spawn_local(async move {
            match followers(room, asked, next.get_untracked()).await {
                Ok(page) => {
                    next.try_set(page.next());
                    further.try_update(|further| further.extend(page.followers));
                }
                Err(error) => toasts.fault(&error),
            }
            busy.try_set(false);
        });
    };
    let shown = derive(move || {
        let mut shown = page.get().map(|page| page.followers).unwrap_or_default();
        shown.extend(further.get());
        shown
    });
    view! {
        <SearchBox label=t.channels().search_followers value=typed />
        <If when=move || page.with(Option::is_none)>
            <Skeleton rows=3 shape=SkeletonShape::Row />
        </If>
        <ul class="members">
            <Rows each=move || shown.get() key=|follower| (follower.user.id, follower.role) let:follower>
                <MemberRow
                    room
                    kind=RoomKind::Channel
                    role
                    user=follower.user
                    theirs=follower.role
                    on_done=Callback::new(move |()| first.again())
                />
            </Rows>
        </ul>
        <If when=move || next.get().is_some()>
            <Button variant=Variant::Plain busy=busy on_press=more>
                {t.channels().show_more}
            </Button>
        </If>
    }
    .into_any()
}
