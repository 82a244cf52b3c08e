//! What the messenger starts from: the server writes it into the page, the browser reads it there.

use sapa_model::StoryReel;
use sapa_model::account::Me;
use sapa_model::room::DialogPage;
use serde::{Deserialize, Serialize};

/// The first data of the signed-in user's messenger.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bootstrap {
    /// The signed-in user.
    pub me: Me,
    /// The first page of the dialog list.
    pub dialogs: DialogPage,
    /// The first page of message requests.
    pub requests: DialogPage,
    /// Stories of the user and of friends.
    pub stories: Vec<StoryReel>,
    /// Whether calls can be made and answered here.
    pub calls: bool,
}

/// Id of the element that holds it, as JSON.
pub const ELEMENT: &str = "bootstrap";

impl Bootstrap {
    /// Loads it.
    ///
    /// # Errors
    /// The domain's.
    #[cfg(feature = "ssr")]
    pub async fn load(chat: &sapa_domain::Chat, scope: &sapa_domain::Scope) -> sapa_model::AppResult<Self> {
        use sapa_domain::{accounts, calls, rooms, stories};
        use sapa_model::room::DialogFilter::{All, Requests};
        Ok(Self {
            me: accounts::me(chat, scope).await?,
            dialogs: rooms::dialogs(chat, scope, All, "", None).await?,
            requests: rooms::dialogs(chat, scope, Requests, "", None).await?,
            stories: stories::reels(chat, scope).await?,
            calls: calls::are_for_browsers(chat),
        })
    }

    /// What this page came with; none on a page for strangers.
    #[cfg(feature = "ssr")]
    pub fn given() -> Option<Self> {
        leptos::prelude::use_context()
    }

    /// What this page came with; none on a page for strangers. It is taken out of the page: what is
    /// deleted later must not stay there.
    #[cfg(not(feature = "ssr"))]
    pub fn given() -> Option<Self> {
        let element = leptos::prelude::document().get_element_by_id(ELEMENT)?;
        let text = element.text_content()?;
        element.remove();
        serde_json::from_slice(text.as_bytes()).ok()
    }

    /// As JSON that cannot end the script element that it stands in.
    #[cfg(feature = "ssr")]
    pub fn to_script(&self) -> String {
        serde_json::to_string(self).unwrap_or_default().replace('<', "\\u003c")
    }
}
