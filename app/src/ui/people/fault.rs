//! What stands where a list could not be loaded.

use leptos::{ev, prelude::*};
use sapa_model::AppError;

use crate::i18n::use_t;
use crate::ui::kit::{Art, Button, Empty, Variant};

/// Says why, and offers to try again.
#[component]
pub fn LoadFault(error: AppError, retry: impl Fn() + Send + 'static) -> impl IntoView {
    let t = use_t();
    view! {
        <Empty art=Art::Lost title=Signal::derive(move || t().error(&error))>
            <Button variant=Variant::Soft on:click=move |_: ev::MouseEvent| retry()>
                {move || t().common.retry}
            </Button>
        </Empty>
    }
}
