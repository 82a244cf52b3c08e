//! Being told of what happens while one looks elsewhere.

mod notifier;
mod settings;
mod wishes;

use leptos::prelude::*;

use crate::lazy::LazyOver;
use crate::live::live;
use crate::parts::PanePiece;
use crate::reactive::memo;

pub use notifier::Notifier;
pub use settings::NotificationSettings;

/// Tells of what happens, from the first that does.
#[component]
pub fn Notifications() -> impl IntoView {
    let live = live();
    let any = memo(move || {
        live.news.with(Option::is_some) || live.calls().going_on.with(|calls| !calls.is_empty())
    });
    view! { <LazyOver piece=PanePiece::Notifier when=any on_fail=Callback::new(|()| ()) /> }
}
