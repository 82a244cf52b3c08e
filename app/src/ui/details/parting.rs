//! Ways out of a room for good: leaving it, following no longer, ending it.

use std::future::Future;

use leptos::{prelude::*, task::spawn_local};
use sapa_model::AppResult;

use crate::place::Place;
use crate::ui::kit::use_toasts;
use crate::way::use_way;

/// Does it, and goes back to the list; says so where it could not be done.
pub fn parting<F>(deed: impl Fn() -> F + Send + Sync + 'static) -> Callback<()>
where
    F: Future<Output = AppResult<()>> + 'static,
{
    let (toasts, way) = (use_toasts(), use_way());
    Callback::new(move |()| {
        let deed = deed();
        spawn_local(async move {
            match deed.await {
                Ok(()) => way.go(&Place::Chats),
                Err(error) => toasts.fault(&error),
            }
        });
    })
}
