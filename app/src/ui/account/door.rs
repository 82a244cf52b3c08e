//! Whether the house takes new people in.

use leptos::prelude::*;
use sapa_model::ErrorCode;

use crate::api::account::kept_out;
use crate::place;
use crate::reactive::memo;
use crate::ui::kit::Fetched;
use crate::way::use_way;

/// Why whoever has come to this page cannot make an account, with the invitation that its address carries.
/// Until the answer is there, they can: nearly everybody may. Call in a component's body.
pub fn use_kept_out() -> Memo<Option<ErrorCode>> {
    let query = use_way().query();
    let asked = Fetched::new(move || kept_out(place::invitation(&query.read())));
    memo(move || asked.answer.get()?.ok()?)
}
