//! Sending a text, files, or both.

use sapa_model::message::Content;
use sapa_model::text::MessageText;
use sapa_model::{AppResult, ClientId, Event, Message, RoomId, TokenScope, UserId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{About, Draft, append, views, wire};
use crate::chat::Chat;
use crate::entity::message;
use crate::fault::OrFault;
use crate::hub::Audience;
use crate::rooms::access::{self, Place};
use crate::rooms::ties::{self, Ties};
use crate::rooms::{requests, view, you_blocked_them};
use crate::scope::Scope;
use crate::writer::Work;
use crate::{attachments, cards, markers};

/// Sends a text, as typed, and files into a room of the asker's.
///
/// Answers once it is durable. Sent again under the same `client_id`, it answers with the message
/// that the first send made. Errors: those of [`MessageText::parse`], `not_found`, also for files that
/// are not the asker's to send, `forbidden` for a follower of a channel, `blocked` where the asker has blocked the
/// other of a direct room, and `limit_reached` where the first text would be in a room too many.
pub async fn send(
    chat: &Chat,
    scope: &Scope,
    room_id: RoomId,
    client_id: ClientId,
    content: Content,
) -> AppResult<Message> {
    scope.may(TokenScope::Write)?;
    send_with(chat, scope, room_id, client_id, content, None).await
}

/// The same, perhaps about a session or a story.
pub(crate) async fn send_with(
    chat: &Chat,
    scope: &Scope,
    room_id: RoomId,
    client_id: ClientId,
    content: Content,
    about: Option<About>,
) -> AppResult<Message> {
    let text = String::from(if content.attachments.is_empty() {
        MessageText::parse(&content.text)?
    } else {
        MessageText::parse_caption(&content.text)?
    });
    let me = scope.user_id;
    chat.write(async move |w| {
        let place = access::place(w.db(), room_id, me).await?;
        if let Some(first) = sent_before(w, room_id, me, &client_id).await? {
            return wire::for_sender(w.db(), first).await;
        }
        access::check_post(&place)?;
        if matches!(about, Some(About::Session(_))) {
            access::check_members_meet(&place)?;
        }
        let author = cards::one(w.db(), me).await?;
        let ties = ties::ties(w.db(), &place).await?;
        if ties.as_ref().is_some_and(|ties| ties.i_block) {
            return Err(you_blocked_them());
        }
        let attachments = attachments::to_send(w, me, &content.attachments).await?;
        let shadowed = ties.as_ref().is_some_and(|ties| ties.blocks_me);
        check_allowance(w, &place, ties.as_ref()).await?;
        let draft = Draft::Text { client_id, text, attachments, about, shadowed };
        let message = append(w, room_id, &author, draft).await?;
        write_back(w, place, &message, ties).await?;
        Ok(message)
    })
    .await
}

/// A room begins to count with the sender's first text: their answer to a stranger, or their first word to one.
async fn check_allowance(w: &Work, place: &Place, ties: Option<&Ties>) -> AppResult<()> {
    let begins = place.room.last_number == 0 && ties.is_some_and(|ties| ties.peer.request);
    if begins || place.me.request {
        access::check_rooms(w.db(), &[UserId(place.me.user_id)]).await?;
    }
    Ok(())
}

/// What goes with a text: the sender's markers, the answer to a request, and who hears of it.
async fn write_back(w: &mut Work, mut place: Place, message: &Message, ties: Option<Ties>) -> AppResult<()> {
    let (room_id, me) = (message.room_id, message.author.id);
    let number = message.number.cast_signed();
    views::count(w, &place.room, place.me.read_number, number - 1).await?;
    markers::wrote(w, &mut place.me, number).await?;
    let answers = place.me.request || place.me.hidden;
    if answers {
        requests::set(w, room_id, me, false, false).await?;
        (place.me.request, place.me.hidden) = (false, false);
        w.join(room_id, me);
        let dialog = view::dialog(w.db(), me, room_id).await?;
        w.emit(Audience::User(me), Event::Dialog(dialog));
    }

    let mut hearers = Audience::Room(room_id);
    if let Some(ties) = &ties {
        let peer = UserId(ties.peer.user_id);
        if ties.blocks_me {
            hearers = Audience::User(me);
            markers::pass_over(w, room_id, peer, number).await?;
        } else if ties.peer.request && !ties.peer.hidden {
            // A request appears with its first text.
            let dialog = view::dialog(w.db(), peer, room_id).await?;
            w.emit(Audience::User(peer), Event::Dialog(dialog));
        }
    }
    w.emit(hearers, Event::Message(message.clone()));
    markers::tell(w, ties::marker_audience(&place, ties.as_ref()), &place.me);
    Ok(())
}

async fn sent_before(
    w: &Work,
    room_id: RoomId,
    sender: UserId,
    client_id: &ClientId,
) -> AppResult<Option<message::Model>> {
    message::Entity::find()
        .filter(message::Column::RoomId.eq(room_id.0))
        .filter(message::Column::SenderId.eq(sender.0))
        .filter(message::Column::ClientId.eq(client_id.as_str()))
        .one(w.db())
        .await
        .or_fault()
}
