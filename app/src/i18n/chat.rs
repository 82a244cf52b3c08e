//! The dialog list, the chat and its composer.

use super::{Text, messages};

messages! {
    /// What the list of chats, a chat and its composer say.
    Chat {
        title: Text = ["Chats", "Obrolan", "Чати"];
    }
}
