//! Webhooks of groups.
//!
//! An outgoing one follows the room's log by a cursor, like any client that was away: nothing is written
//! down twice, nothing is lost in between, and the order is the room's.

use sapa_model::live::Cursor;
use sapa_model::text::Nickname;
use sapa_model::webhook::{Direction, NewWebhook, Webhook, WebhookPost};
use sapa_model::{
    AppError, AppResult, ClientId, ErrorCode, Message, Role, RoomId, Timestamp, TokenScope, UserCard, UserId,
    WebhookId, limits,
};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::chat::Chat;
use crate::entity::{room, webhook};
use crate::fault::{OrFault, Refused};
use crate::scope::Scope;
use crate::writer::Work;
use crate::{cards, clock, groups, messages, standing, token};

/// Waits between tries, in milliseconds; after the last one the webhook is given up.
const WAITS_MS: [i64; 8] = [5_000, 30_000, 120_000, 600_000, 3_600_000, 14_400_000, 43_200_000, 86_400_000];
/// Longest address.
const URL_MAX: usize = 1_000;
/// Webhooks looked for together.
const BATCH: u64 = 50;

/// A group's webhooks, the newest first; admins only.
pub async fn list(chat: &Chat, scope: &Scope, room_id: RoomId) -> AppResult<Vec<Webhook>> {
    let me = scope.may(TokenScope::Rooms)?;
    check_admin(chat.db(), room_id, me).await?;
    let rows = webhook::Entity::find()
        .filter(webhook::Column::RoomId.eq(room_id.0))
        .order_by_desc(webhook::Column::Id)
        .all(chat.db())
        .await
        .or_fault()?;
    let makers: Vec<_> = rows.iter().map(|row| UserId(row.created_by)).collect();
    let cards = cards::load(chat.db(), &makers).await?;
    let to_wire = |row: webhook::Model| {
        let maker = cards.get(&UserId(row.created_by)).cloned().ok_or_else(AppError::internal)?;
        Ok(to_wire(row, maker))
    };
    rows.into_iter().map(to_wire).collect()
}

/// Makes a webhook; admins only. Its secret is told only here.
///
/// Errors: the form of the name; `required` or `invalid`, field `url`; `limit_reached`.
pub async fn create(chat: &Chat, scope: &Scope, room_id: RoomId, new: NewWebhook) -> AppResult<Webhook> {
    let me = scope.may(TokenScope::Rooms)?;
    let name = String::from(Nickname::parse_as("name", &new.name)?);
    let secret = token::new()?;
    let (token_hash, url, signing) = match new.direction {
        Direction::Incoming => (Some(token::hash(&secret)), None, None),
        Direction::Outgoing => (None, Some(parse_url(new.url.as_deref())?), Some(secret.clone())),
    };
    chat.write(async move |w| {
        check_admin(w.db(), room_id, me).await?;
        let of_room = webhook::Entity::find().filter(webhook::Column::RoomId.eq(room_id.0));
        if of_room.count(w.db()).await.or_fault()? >= limits::WEBHOOKS_MAX as u64 {
            return Err(AppError::limit_reached("webhooks", limits::WEBHOOKS_MAX));
        }
        let found = room::Entity::find_by_id(room_id.0).one(w.db()).await.or_fault()?;
        let row = webhook::ActiveModel {
            room_id: Set(room_id.0),
            created_by: Set(me.0),
            name: Set(name),
            created_at: Set(w.now().0),
            token_hash: Set(token_hash),
            url: Set(url),
            secret: Set(signing),
            // It hears what comes from here on.
            seq: Set(found.ok_or_else(AppError::internal)?.last_seq),
            ..Default::default()
        };
        let row = webhook::Entity::insert(row).exec_with_returning(w.db()).await.or_fault()?;
        let maker = cards::one(w.db(), me).await?;
        Ok(Webhook { secret: Some(secret), ..to_wire(row, maker) })
    })
    .await
}

/// Deletes a webhook; admins only.
pub async fn delete(chat: &Chat, scope: &Scope, room_id: RoomId, id: WebhookId) -> AppResult<()> {
    let me = scope.may(TokenScope::Rooms)?;
    chat.write(async move |w| {
        check_admin(w.db(), room_id, me).await?;
        let such = webhook::Column::RoomId.eq(room_id.0).and(webhook::Column::Id.eq(id.0));
        let gone = webhook::Entity::delete_many().filter(such).exec(w.db()).await.or_fault()?;
        if gone.rows_affected == 0 { Err(AppError::not_found("webhook")) } else { Ok(()) }
    })
    .await
}

/// Writes into a group what was posted to an incoming webhook, in the name of whoever made it.
///
/// `not_found` for an unknown secret; `link_gone` once its maker is no admin of the group any more, or may not
/// act; else as for [`messages::send`].
pub async fn post(chat: &Chat, secret: &str, client_id: ClientId, text: &str) -> AppResult<Message> {
    let found = webhook::Entity::find()
        .filter(webhook::Column::TokenHash.eq(token::hash(secret)))
        .one(chat.db())
        .await
        .or_fault()?;
    let row = found.ok_or_else(|| AppError::not_found("webhook"))?;
    let (room_id, maker) = (RoomId(row.room_id), UserId(row.created_by));
    check_maker(chat.db(), room_id, maker).await.told_as(|| {
        AppError::new(ErrorCode::LinkGone, "Whoever made this webhook is no longer an admin of the group.")
    })?;
    let scope = Scope::on_behalf_of(maker, TokenScope::Write);
    messages::send(chat, &scope, room_id, client_id, text.into()).await
}

/// Something to be posted to an outgoing webhook.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// To settle it by.
    pub id: WebhookId,
    /// Where to.
    pub url: String,
    /// What to sign it with.
    pub secret: String,
    /// Up to which change of the room it tells.
    pub seq: u64,
    /// What to tell.
    pub post: WebhookPost,
}

/// A webhook that something is to be posted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Which.
    pub id: WebhookId,
    /// Whose it is, and who answers for how long its posts take.
    pub maker: UserId,
}

/// Which webhooks have something to be told, some of them; without those that are `under_way`, and without those of
/// `makers` that have enough under way.
pub async fn due(chat: &Chat, under_way: &[WebhookId], makers: &[UserId]) -> AppResult<Vec<Due>> {
    let behind = Condition::all()
        .add(webhook::Column::Url.is_not_null())
        .add(webhook::Column::FailedAt.is_null())
        .add(webhook::Column::DueAt.lte(clock::now().0))
        .add(webhook::Column::Id.is_not_in(under_way.iter().map(|id| id.0)))
        .add(webhook::Column::CreatedBy.is_not_in(makers.iter().map(|maker| maker.0)))
        // Those of whom the host has sent away wait: they may come back.
        .add(standing::may_act((webhook::Entity, webhook::Column::CreatedBy)))
        .add(room::Column::LastSeq.into_expr().gt(webhook::Column::Seq.into_expr()));
    let rows = webhook::Entity::find()
        .find_also_related(room::Entity)
        .filter(behind)
        .order_by_asc(webhook::Column::DueAt)
        .limit(BATCH)
        .all(chat.db())
        .await
        .or_fault()?;
    let due = |row: webhook::Model| Due { id: WebhookId(row.id), maker: UserId(row.created_by) };
    Ok(rows.into_iter().map(|(row, _)| due(row)).collect())
}

/// What is to be told to a webhook now; nothing where it is gone, or its maker may not act. It is given up where its
/// maker is no admin any more.
pub async fn delivery(chat: &Chat, id: WebhookId) -> AppResult<Option<Delivery>> {
    let found = webhook::Entity::find_by_id(id.0).one(chat.db()).await.or_fault()?;
    let Some(row) = found else { return Ok(None) };
    let (room_id, maker) = (RoomId(row.room_id), UserId(row.created_by));
    if standing::check(chat.db(), maker).await.if_allowed()?.is_none() {
        return Ok(None);
    }
    if check_admin(chat.db(), room_id, maker).await.if_allowed()?.is_none() {
        give_up(chat, id, "Whoever made it is no longer an admin.").await?;
        return Ok(None);
    }
    let scope = Scope::on_behalf_of(maker, TokenScope::Read);
    let cursor = Cursor { room_id, seq: row.seq.cast_unsigned() };
    let Some(changes) = messages::changes(chat, &scope, &[cursor]).await?.pop() else { return Ok(None) };
    let seq = changes.room.seq;
    let post = WebhookPost {
        webhook_id: id,
        messages: changes.messages,
        reload: changes.reload,
        room: changes.room,
    };
    let (url, secret) = (row.url.unwrap_or_default(), row.secret.unwrap_or_default());
    Ok(Some(Delivery { id, url, secret, seq, post }))
}

/// Notes how a delivery went: it has arrived, or why not and when to try again.
pub async fn settle(chat: &Chat, id: WebhookId, seq: u64, outcome: Result<(), String>) -> AppResult<()> {
    chat.write(async move |w| {
        let found = webhook::Entity::find_by_id(id.0).one(w.db()).await.or_fault()?;
        // It may have been deleted meanwhile.
        let Some(row) = found else { return Ok(()) };
        let wait = usize::try_from(row.attempts).ok().and_then(|tries| WAITS_MS.get(tries));
        let change = match (outcome, wait) {
            (Ok(()), _) => webhook::ActiveModel {
                seq: Set(i64::try_from(seq).unwrap_or(i64::MAX)),
                attempts: Set(0),
                due_at: Set(0),
                last_error: Set(None),
                ..Default::default()
            },
            (Err(why), Some(wait)) => webhook::ActiveModel {
                attempts: Set(row.attempts + 1),
                due_at: Set(w.now().0 + wait),
                last_error: Set(Some(why)),
                ..Default::default()
            },
            (Err(why), None) => webhook::ActiveModel {
                failed_at: Set(Some(w.now().0)),
                last_error: Set(Some(why)),
                ..Default::default()
            },
        };
        update(w, id, change).await
    })
    .await
}

async fn give_up(chat: &Chat, id: WebhookId, why: &'static str) -> AppResult<()> {
    chat.write(async move |w| {
        let change = webhook::ActiveModel {
            failed_at: Set(Some(w.now().0)),
            last_error: Set(Some(why.to_owned())),
            ..Default::default()
        };
        update(w, id, change).await
    })
    .await
}

async fn update(w: &Work, id: WebhookId, change: webhook::ActiveModel) -> AppResult<()> {
    let update = webhook::Entity::update_many().set(change).filter(webhook::Column::Id.eq(id.0));
    update.exec(w.db()).await.or_fault()?;
    Ok(())
}

/// Ends all webhooks of a group, within the change that ends the group.
pub(crate) async fn end_all(w: &Work, room_id: RoomId) -> AppResult<()> {
    let all = webhook::Entity::delete_many().filter(webhook::Column::RoomId.eq(room_id.0));
    all.exec(w.db()).await.or_fault()?;
    Ok(())
}

/// The same for who made a webhook, in whose name it goes on.
async fn check_maker<C: ConnectionTrait>(db: &C, room_id: RoomId, maker: UserId) -> AppResult<()> {
    standing::check(db, maker).await?;
    check_admin(db, room_id, maker).await
}

async fn check_admin<C: ConnectionTrait>(db: &C, room_id: RoomId, user_id: UserId) -> AppResult<()> {
    let place = groups::group(db, room_id, user_id).await?;
    groups::allow(Role::from(place.me.role).may_manage_webhooks())
}

/// The form of an address; where it leads is looked at when something is posted there.
fn parse_url(url: Option<&str>) -> AppResult<String> {
    const FIELD: &str = "url";
    let url = url.unwrap_or_default().trim();
    if url.is_empty() {
        return Err(AppError::required(FIELD));
    }
    if url.len() > URL_MAX {
        return Err(AppError::too_long(FIELD, URL_MAX));
    }
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    let is_plain = url.bytes().all(|byte| byte.is_ascii_graphic());
    if host.is_empty() || host.contains('@') || !is_plain {
        return Err(AppError::invalid(FIELD, "url must be an http or https address, without a password."));
    }
    Ok(url.to_owned())
}

fn to_wire(row: webhook::Model, created_by: UserCard) -> Webhook {
    let direction = if row.token_hash.is_some() { Direction::Incoming } else { Direction::Outgoing };
    Webhook {
        id: WebhookId(row.id),
        direction,
        name: row.name,
        created_by,
        created_at: Timestamp(row.created_at),
        url: row.url,
        secret: None,
        last_error: row.last_error,
        failed: row.failed_at.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_of_the_web_and_hold_no_password() {
        for good in ["https://example.org/hook?x=1", "http://127.0.0.1:8080", " https://example.org "] {
            assert!(parse_url(Some(good)).is_ok(), "{good}");
        }
        for bad in [
            "",
            "example.org",
            "ftp://example.org",
            "https://",
            "https://a@b/",
            "https://exa mple.org",
            "https://ex\u{e4}mple.org",
        ] {
            assert!(parse_url(Some(bad)).is_err(), "{bad}");
        }
        assert!(parse_url(None).is_err());
    }
}
