//! What both protocols do.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::time::Duration;

use bytes::Bytes;
use futures::stream;
use sapa_domain::attachments::{self, Blob};
use sapa_domain::inbox::{self, Fetched, Received};
use sapa_domain::rates::Caller;
use sapa_domain::sessions::{self, Device, SignedIn};
use sapa_domain::{Chat, Scope, accounts, groups, messages, people, rooms};
use sapa_model::message::Content;
use sapa_model::text::{MessageText, Password};
use sapa_model::{AppResult, Attachment, ClientId, ErrorCode, NewUpload, RoomId, limits};
use sapa_text::reply::Data;
use sapa_text::{Note, Reply};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::budget::Share;
use super::door::Answer;

/// Waits until a caller may ask for something more, and counts it: a line says nothing of how to come again.
pub async fn take_turn(chat: &Chat, caller: Option<Caller>) {
    let Some(caller) = caller else { return };
    while let Err((error, _)) = chat.rates().take(caller) {
        tokio::time::sleep(Duration::from_secs(error.retry_after.unwrap_or(1).into())).await;
    }
}

/// Signs in. Many clients put a blank before the line's end, with which a password may end too: it is tried as it
/// stands, then without the blank.
pub async fn sign_in(chat: &Chat, login: &str, password: &str, device: &Device) -> AppResult<SignedIn> {
    let begin = async |password: &str| {
        sessions::begin_terminal(chat, login, &Password::unchecked(password), device.clone()).await
    };
    match (begin(password).await, password.strip_suffix(' ')) {
        (Err(error), Some(shorter)) if error.code == ErrorCode::WrongCredentials => begin(shorter).await,
        (answer, _) => answer,
    }
}

/// Who is written to.
#[derive(Clone, Copy)]
pub enum To<'a> {
    /// A person, by username.
    Person(&'a str),
    /// A group of the sender's, by its name.
    Group(&'a str),
}

/// Sends a text.
pub async fn say(chat: &Chat, scope: &Scope, to: To<'_>, text: &str) -> AppResult<()> {
    // No room is opened for what cannot be sent.
    MessageText::parse(text)?;
    let room_id = room(chat, scope, to).await?;
    messages::send(chat, scope, room_id, client_id(), text.into()).await?;
    Ok(())
}

/// Sends a file.
pub async fn send_file(
    chat: &Chat,
    scope: &Scope,
    to: To<'_>,
    name: &str,
    content: sapa_text::Content<'_>,
) -> AppResult<()> {
    let room_id = room(chat, scope, to).await?;
    let new = NewUpload { name: name.to_owned(), size: content.size() as u64, voice: None };
    let id = attachments::announce(chat, scope, new).await?;
    let pieces = content.pieces().map(|piece| Ok::<_, Infallible>(Bytes::from(piece)));
    let file = attachments::receive(chat, scope, id, stream::iter(pieces)).await?;
    hand_over(chat, scope, room_id, file).await
}

/// Sends the newest file of this name that the sender has sent or received before.
pub async fn send_again(chat: &Chat, scope: &Scope, to: To<'_>, name: &str) -> AppResult<()> {
    let room_id = room(chat, scope, to).await?;
    let file = attachments::copy_named(chat, scope, name).await?;
    hand_over(chat, scope, room_id, file).await
}

async fn hand_over(chat: &Chat, scope: &Scope, room_id: RoomId, file: Attachment) -> AppResult<()> {
    let content = Content { text: String::new(), attachments: vec![file.id] };
    if let Err(error) = messages::send(chat, scope, room_id, client_id(), content).await {
        attachments::discard(chat, scope, vec![file.id]).await?;
        return Err(error);
    }
    Ok(())
}

async fn room(chat: &Chat, scope: &Scope, to: To<'_>) -> AppResult<RoomId> {
    match to {
        To::Group(name) => groups::named(chat, scope, name).await,
        To::Person(username) => {
            let user_id = people::named(chat, scope, username).await?;
            Ok(rooms::open_direct(chat, scope, user_id).await?.room.id)
        }
    }
}

fn client_id() -> ClientId {
    ClientId::from_random_bytes(rand::random())
}

/// The messages that were not yet fetched, or the last ones.
pub async fn inbox(chat: &Chat, scope: &Scope, mut share: Share, all: bool) -> AppResult<Answer> {
    // The texts, and the reply that is made of them.
    share.grow(scope.user_id, 2 * limits::INBOX_BYTES).await?;
    let Fetched { messages, marks } = if all {
        Fetched { messages: inbox::recent(chat, scope).await?, ..Fetched::default() }
    } else {
        inbox::fetch(chat, scope).await?
    };
    let me = accounts::me(chat, scope).await?.user.username;
    let mut by_sender: BTreeMap<String, Vec<Note>> = BTreeMap::new();
    for received in messages {
        by_sender.entry(received.sender.clone()).or_default().push(note(received, &me));
    }
    let bytes = Reply::with(Data::Inbox(by_sender)).to_bytes();
    share.shrink(bytes.len());
    let marks = (!all).then(|| (*scope, Fetched { messages: Vec::new(), marks }));
    Ok(Answer::Inbox { bytes, marks, share })
}

fn note(received: Received, me: &str) -> Note {
    let Received { sender, group, text, files, at } = received;
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(at.0) * 1_000_000);
    Note {
        pengirim: sender,
        penerima: me.to_owned(),
        pesan: text,
        waktu: at.ok().and_then(|at| at.format(&Rfc3339).ok()).unwrap_or_default(),
        grup: group,
        berkas: files,
    }
}

/// The names of files sent and received, by who sent them.
pub async fn files(chat: &Chat, scope: &Scope) -> AppResult<Answer> {
    let mut by_sender: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (sender, name) in attachments::names(chat, scope).await? {
        by_sender.entry(sender).or_default().push(name.into());
    }
    Ok(Answer::Reply(Reply::with(Data::Files(by_sender))))
}

/// The newest file of this name that somebody has sent.
pub async fn download(chat: &Chat, scope: &Scope, username: &str, name: &str) -> AppResult<Answer> {
    let sender = people::named(chat, scope, username).await?;
    let blob: Blob = attachments::open_named(chat, scope, sender, name).await?;
    Ok(Answer::File(blob))
}
