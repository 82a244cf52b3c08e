//! What became of a form that was sent without the page's program: before it was there, or in a browser that runs
//! none. The server draws the page anew, with what was wrong and what had been filled in.

use sapa_model::AppError;
use serde::{Deserialize, Serialize};

/// Why a form was refused, and what stood in it but for passwords.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Refused {
    /// Why.
    pub error: AppError,
    /// Names of fields and what they held.
    pub fields: Vec<(String, String)>,
}

impl Refused {
    /// What this page was answered; none for a page that was only asked for.
    #[cfg(feature = "ssr")]
    pub fn take() -> Option<Self> {
        leptos::prelude::use_context()
    }

    /// What this page was answered; none for a page that was only asked for. It is told once.
    #[cfg(not(feature = "ssr"))]
    pub fn take() -> Option<Self> {
        let root = leptos::prelude::document().document_element()?;
        let json = root.get_attribute(Self::ATTRIBUTE)?;
        root.remove_attribute(Self::ATTRIBUTE).ok()?;
        serde_json::from_slice(json.as_bytes()).ok()
    }

    /// The attribute of the page's root that has it as JSON.
    pub const ATTRIBUTE: &str = "data-refused";

    /// What a field held.
    pub fn field(&self, name: &str) -> String {
        self.fields
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.clone())
            .unwrap_or_default()
    }
}
