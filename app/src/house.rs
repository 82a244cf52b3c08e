//! What the host has called the house.

use leptos::prelude::use_context;
use sapa_model::text::HouseName;

use crate::browser;

/// The house's name, which the server gives to a page that it draws.
#[derive(Clone)]
pub struct House(pub HouseName);

/// The house's name: as the server has given it, to the browser with the page.
pub fn use_house() -> String {
    use_context::<House>().map_or_else(browser::house, |house| house.0.into())
}
