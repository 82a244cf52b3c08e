//! What the messenger starts from: the server writes it into the page, the browser reads it there.

use sapa_model::account::Me;
use sapa_model::message::MessagePage;
use sapa_model::room::{DialogPage, RoomView};
use sapa_model::{MessageId, StoryReel};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::place::Place;
#[cfg(feature = "ssr")]
use sapa_model::RoomId;
#[cfg(feature = "ssr")]
use sapa_model::message::HistoryFrom;

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
    /// The largest picture that the server takes, in bytes.
    pub picture_max: u64,
    /// The largest file of any other kind.
    pub file_max: u64,
    /// The chat at whose address the page was asked for.
    pub visit: Option<Visit>,
}

/// A chat as it is opened.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Visit {
    /// The room with its members.
    pub room: RoomView,
    /// The message that the address names, if it can be seen there.
    pub message: Option<MessageId>,
    /// The messages around it; without one those where the unread begin.
    pub page: MessagePage,
}

/// Id of the element that holds it, as JSON.
pub const ELEMENT: &str = "bootstrap";

impl Bootstrap {
    /// Loads it for a page at this place.
    ///
    /// # Errors
    /// The domain's.
    #[cfg(feature = "ssr")]
    pub async fn load(
        chat: &sapa_domain::Chat,
        scope: &sapa_domain::Scope,
        place: Option<&Place>,
    ) -> sapa_model::AppResult<Self> {
        use sapa_domain::{accounts, calls, rooms, stories};
        use sapa_model::room::DialogFilter::{All, Requests};
        let visit = match place {
            Some(Place::Chat(room, message)) => match Visit::load(chat, scope, *room, *message).await {
                Ok(visit) => Some(visit),
                Err(error) if error.is_fault() => return Err(error),
                // Where it is none of theirs the page says so.
                Err(_) => None,
            },
            _ => None,
        };
        let files = chat.file_limits();
        Ok(Self {
            picture_max: files.picture,
            file_max: files.file,
            me: accounts::me(chat, scope).await?,
            dialogs: rooms::dialogs(chat, scope, All, "", None).await?,
            requests: rooms::dialogs(chat, scope, Requests, "", None).await?,
            stories: stories::reels(chat, scope).await?,
            calls: calls::are_for_browsers(chat),
            visit,
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

#[cfg(feature = "ssr")]
impl Visit {
    async fn load(
        chat: &sapa_domain::Chat,
        scope: &sapa_domain::Scope,
        room: RoomId,
        message: Option<MessageId>,
    ) -> sapa_model::AppResult<Self> {
        use sapa_domain::{messages, rooms};
        let found = match message {
            Some(id) => messages::find(chat, scope, room, id).await.ok(),
            None => None,
        };
        let from = found.as_ref().map_or(HistoryFrom::Unread, |found| HistoryFrom::Around(found.position));
        Ok(Self {
            page: messages::history(chat, scope, room, from).await?,
            message: found.map(|found| found.id),
            room: rooms::room(chat, scope, room).await?,
        })
    }
}
