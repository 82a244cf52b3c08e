//! Invite links: whoever holds one may join its group until it ends, or whoever made it may no longer invite.

use std::collections::HashSet;

use sapa_model::ids::InviteId;
use sapa_model::room::{Invite, InviteOffer, InvitePreview};
use sapa_model::{
    AppError, AppResult, Dialog, ErrorCode, Role, RoomId, SystemLine, Timestamp, TokenScope, UserCard,
    UserId, limits,
};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::prelude::Expr;
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, Select,
};

use crate::chat::Chat;
use crate::entity::{invite, membership};
use crate::fault::{OrFault, Refused};
use crate::rooms::{access, view};
use crate::scope::Scope;
use crate::writer::Work;
use crate::{cards, channels, clock, groups, standing, token};

const HOUR_MS: i64 = 3_600_000;

/// Makes a link that lives for so many hours; admins only. Its token is told only here.
pub async fn create(chat: &Chat, scope: &Scope, room_id: RoomId, hours: u32) -> AppResult<Invite> {
    let me = scope.may(TokenScope::Rooms)?;
    if !(limits::INVITE_HOURS_MIN..=limits::INVITE_HOURS_MAX).contains(&hours) {
        return Err(AppError::invalid("hours", "hours must be from 1 to 720."));
    }
    let token = token::new()?;
    chat.write(async move |w| {
        check_admin(w.db(), room_id, me).await?;
        if open(w.now().0).filter(invite::Column::RoomId.eq(room_id.0)).count(w.db()).await.or_fault()?
            >= limits::INVITES_MAX as u64
        {
            return Err(AppError::limit_reached("open links", limits::INVITES_MAX));
        }
        let row = invite::ActiveModel {
            id: NotSet,
            room_id: Set(room_id.0),
            created_by: Set(me.0),
            token_hash: Set(token::hash(&token)),
            created_at: Set(w.now().0),
            expires_at: Set(w.now().0 + i64::from(hours) * HOUR_MS),
            revoked_at: Set(None),
            uses: Set(0),
        };
        let row = invite::Entity::insert(row).exec_with_returning(w.db()).await.or_fault()?;
        let author = cards::one(w.db(), me).await?;
        Ok(Invite { token: Some(token), ..to_wire(&row, author) })
    })
    .await
}

/// A group's open links, the newest first; admins only.
pub async fn list(chat: &Chat, scope: &Scope, room_id: RoomId) -> AppResult<Vec<Invite>> {
    scope.may(TokenScope::Rooms)?;
    let db = chat.db();
    check_admin(db, room_id, scope.user_id).await?;
    let of_room = invite::Column::RoomId.eq(room_id.0);
    let newest = open(clock::now().0).filter(of_room).order_by_desc(invite::Column::Id);
    let rows = newest.all(db).await.or_fault()?;
    let makers: Vec<_> = rows.iter().map(|row| UserId(row.created_by)).collect();
    let cards = cards::load(db, &makers).await?;
    let invite = |row: &invite::Model| Some(to_wire(row, cards.get(&UserId(row.created_by))?.clone()));
    Ok(rows.iter().filter_map(invite).collect())
}

/// Ends a link; admins only. One that has ended stays so; `not_found` for one that is not of this group.
pub async fn revoke(chat: &Chat, scope: &Scope, room_id: RoomId, invite_id: InviteId) -> AppResult<()> {
    let me = scope.may(TokenScope::Rooms)?;
    chat.write(async move |w| {
        check_admin(w.db(), room_id, me).await?;
        let such = invite::Column::Id.eq(invite_id.0).and(invite::Column::RoomId.eq(room_id.0));
        let row = invite::Entity::find().filter(such).one(w.db()).await.or_fault()?;
        let row = row.ok_or_else(|| AppError::not_found("invite"))?;
        let revoked_at = row.revoked_at.or(Some(w.now().0));
        invite::Entity::update_many()
            .set(invite::ActiveModel { revoked_at: Set(revoked_at), ..Default::default() })
            .filter(invite::Column::Id.eq(row.id))
            .exec(w.db())
            .await
            .or_fault()?;
        Ok(())
    })
    .await
}

/// What a link leads to; `invite_gone` for one that is unknown or leads nowhere any more, and for whoever was
/// removed after it was made.
pub async fn preview(chat: &Chat, scope: &Scope, token: &str) -> AppResult<InvitePreview> {
    scope.may(TokenScope::Rooms)?;
    let db = chat.db();
    let row = find(db, token, clock::now().0, scope.user_id).await?;
    let room_id = RoomId(row.room_id);
    Ok(InvitePreview {
        room: view::room(db, room_id).await?,
        invited_by: cards::one(db, UserId(row.created_by)).await?,
        joined: access::place(db, room_id, scope.user_id)
            .await
            .if_allowed()?
            .is_some_and(|own| !own.me.hidden),
    })
}

/// The same for strangers, who see no more of the group than what moves them to come in.
pub async fn offer(chat: &Chat, token: &str) -> AppResult<InviteOffer> {
    let db = chat.db();
    let row = by_token(db, token, clock::now().0).await?;
    let room = view::room(db, RoomId(row.room_id)).await?;
    let inviter = cards::one(db, UserId(row.created_by)).await?;
    Ok(InviteOffer {
        kind: room.kind,
        name: room.name,
        hue: room.hue,
        member_count: room.member_count,
        invited_by: inviter.nickname,
    })
}

/// Joins by a link. Whoever is a member already stays as they are.
pub async fn join(chat: &Chat, scope: &Scope, token: &str) -> AppResult<Dialog> {
    let me = scope.may(TokenScope::Rooms)?;
    let token = token.to_owned();
    chat.write(async move |w| {
        let row = find(w.db(), &token, w.now().0, me).await?;
        let room_id = RoomId(row.room_id);
        let place = access::place(w.db(), room_id, me).await.if_allowed()?;
        if place.as_ref().is_some_and(|place| place.me.hidden) {
            groups::reveal(w, room_id, me).await?;
        }
        if place.is_none() {
            if !channels::enter(w, room_id, me).await? {
                let author = cards::one(w.db(), me).await?;
                groups::admit(w, room_id, &author, &[me], &HashSet::new(), |_| SystemLine::MemberJoined)
                    .await?;
            }
            invite::Entity::update_many()
                .col_expr(invite::Column::Uses, Expr::col(invite::Column::Uses).add(1))
                .filter(invite::Column::Id.eq(row.id))
                .exec(w.db())
                .await
                .or_fault()?;
        }
        view::dialog(w.db(), me, room_id).await
    })
    .await
}

/// Whether a link is open now to whoever has not been here; `invite_gone` for one that is not.
pub(crate) async fn check<C: ConnectionTrait>(db: &C, token: &str, now: Timestamp) -> AppResult<()> {
    by_token(db, token, now.0).await.map(drop)
}

/// Ends every link of a group.
pub(crate) async fn end_all(w: &Work, room_id: RoomId) -> AppResult<()> {
    invite::Entity::update_many()
        .set(invite::ActiveModel { revoked_at: Set(Some(w.now().0)), ..Default::default() })
        .filter(invite::Column::RoomId.eq(room_id.0))
        .filter(invite::Column::RevokedAt.is_null())
        .exec(w.db())
        .await
        .or_fault()?;
    Ok(())
}

/// No link that there is lets somebody in again whom an admin has just removed. Told by the links' own numbers: no
/// clock says which was first.
pub(crate) async fn bar(w: &Work, room_id: RoomId, user_id: UserId) -> AppResult<()> {
    let newest = invite::Entity::find()
        .filter(invite::Column::RoomId.eq(room_id.0))
        .order_by_desc(invite::Column::Id)
        .one(w.db())
        .await
        .or_fault()?;
    let removed = Set(Some(newest.map_or(0, |row| row.id)));
    let row = membership::ActiveModel { removed_invite: removed, ..Default::default() };
    groups::update(w, room_id, user_id, row).await
}

/// The link that leads `me` in by this token now.
async fn find<C: ConnectionTrait>(db: &C, token: &str, now: i64, me: UserId) -> AppResult<invite::Model> {
    let row = by_token(db, token, now).await?;
    let place = membership::Entity::find_by_id((row.room_id, me.0)).one(db).await.or_fault()?;
    match place.and_then(|place| place.removed_invite) {
        Some(newest) if row.id <= newest => Err(gone()),
        _ => Ok(row),
    }
}

/// The link that leads in by this token now, for those who were not removed since.
async fn by_token<C: ConnectionTrait>(db: &C, token: &str, now: i64) -> AppResult<invite::Model> {
    let such = open(now).filter(invite::Column::TokenHash.eq(token::hash(token)));
    such.one(db).await.or_fault()?.ok_or_else(gone)
}

/// A link that leads nowhere any more.
pub(crate) fn gone() -> AppError {
    AppError::new(ErrorCode::InviteGone, "This invite link has ended. Ask for a new one.")
}

/// Links that lead in now: they have not ended, and whoever made them still may invite.
fn open(now: i64) -> Select<invite::Entity> {
    let of_invite =
        |own: membership::Column, theirs: invite::Column| own.into_expr().equals((invite::Entity, theirs));
    let maker = Query::select()
        .expr(Expr::val(1))
        .from(membership::Entity)
        .and_where(of_invite(membership::Column::RoomId, invite::Column::RoomId))
        .and_where(of_invite(membership::Column::UserId, invite::Column::CreatedBy))
        .and_where(membership::Column::Active.eq(true))
        .and_where(view::is_admin())
        .to_owned();
    invite::Entity::find()
        .filter(invite::Column::RevokedAt.is_null())
        .filter(invite::Column::ExpiresAt.gt(now))
        .filter(Expr::exists(maker))
        .filter(standing::may_act((invite::Entity, invite::Column::CreatedBy)))
}

async fn check_admin<C: ConnectionTrait>(db: &C, room_id: RoomId, user_id: UserId) -> AppResult<()> {
    let place = groups::group(db, room_id, user_id).await?;
    groups::allow(Role::from(place.me.role).may_invite())
}

fn to_wire(row: &invite::Model, created_by: UserCard) -> Invite {
    Invite {
        id: InviteId(row.id),
        token: None,
        created_by,
        created_at: Timestamp(row.created_at),
        expires_at: Timestamp(row.expires_at),
        uses: u32::try_from(row.uses).unwrap_or(0),
    }
}
