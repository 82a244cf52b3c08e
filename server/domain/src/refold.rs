//! Names are found by what [`fold`](crate::fold::fold) makes of them, so what another version of the program has
//! folded is folded anew.

use std::time::Duration;

use sapa_model::AppResult;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use tokio::time::sleep;

use crate::chat::{Chat, WeakChat};
use crate::entity::words::RoomKind;
use crate::entity::{channel, room, user};
use crate::fault::OrFault;
use crate::fold::fold;
use crate::writer::Work;
use crate::{accounts, channels};

/// Names that are looked at in one go: what others write waits so long at the most.
const PAGE: u64 = 200;
/// How long to wait after a fault.
const AGAIN: Duration = Duration::from_mins(1);

/// What is found by a folded name.
#[derive(Clone, Copy)]
enum Named {
    People,
    Rooms,
    Channels,
}

/// A row with what it is found by, and what it should be found by.
struct Found {
    id: i64,
    search: String,
    folded: String,
}

/// Looks once through all names, for as long as that takes.
pub async fn run(chat: WeakChat) {
    for named in [Named::People, Named::Rooms, Named::Channels] {
        let mut after = Some(0);
        while let Some(last) = after {
            let Some(own) = chat.upgrade() else { return };
            match page(&own, named, last).await {
                Ok(next) => after = next,
                Err(error) => {
                    drop(own);
                    tracing::warn!(%error, "names could not be looked through yet");
                    sleep(AGAIN).await;
                }
            }
        }
    }
}

/// Folds the next names after this id; gives the last one's id, `None` after the end.
async fn page(chat: &Chat, named: Named, after: i64) -> AppResult<Option<i64>> {
    let found = match named {
        Named::People => people(chat, after).await?,
        Named::Rooms => rooms(chat, after).await?,
        Named::Channels => channels(chat, after).await?,
    };
    let last = found.last().map(|found| found.id);
    let stale: Vec<Found> = found.into_iter().filter(|found| found.search != found.folded).collect();
    if !stale.is_empty() {
        chat.write(async move |w| {
            for found in &stale {
                write(w, named, found).await?;
            }
            Ok(())
        })
        .await?;
    }
    Ok(last)
}

async fn people(chat: &Chat, after: i64) -> AppResult<Vec<Found>> {
    use user::Column::{Id, Nickname, Search, Username};
    let rows: Vec<(i64, String, String, String)> = user::Entity::find()
        .select_only()
        .columns([Id, Nickname, Username, Search])
        .filter(Id.gt(after))
        .order_by_asc(Id)
        .limit(PAGE)
        .into_tuple()
        .all(chat.db())
        .await
        .or_fault()?;
    let found = |(id, nickname, username, search): (i64, String, String, String)| Found {
        id,
        search,
        folded: accounts::search_text(&nickname, &username),
    };
    Ok(rows.into_iter().map(found).collect())
}

async fn rooms(chat: &Chat, after: i64) -> AppResult<Vec<Found>> {
    use room::Column::{Id, Kind, Name, Search};
    let rows: Vec<(i64, String, String)> = room::Entity::find()
        .select_only()
        .columns([Id, Name, Search])
        .filter(Id.gt(after))
        .filter(Kind.ne(RoomKind::Direct))
        .order_by_asc(Id)
        .limit(PAGE)
        .into_tuple()
        .all(chat.db())
        .await
        .or_fault()?;
    Ok(rows.into_iter().map(|(id, name, search)| Found { id, search, folded: fold(&name) }).collect())
}

async fn channels(chat: &Chat, after: i64) -> AppResult<Vec<Found>> {
    let rows = channel::Entity::find()
        .find_also_related(room::Entity)
        .filter(channel::Column::RoomId.gt(after))
        .order_by_asc(channel::Column::RoomId)
        .limit(PAGE)
        .all(chat.db())
        .await
        .or_fault()?;
    let found = |(channel, room): (channel::Model, Option<room::Model>)| {
        let name = room.map(|room| room.name).unwrap_or_default();
        let folded = channels::search_text(&name, channel.handle.as_deref(), &channel.description);
        Found { id: channel.room_id, search: channel.search, folded }
    };
    Ok(rows.into_iter().map(found).collect())
}

/// Writes what something is found by, unless it has another name by now.
async fn write(w: &Work, named: Named, found: &Found) -> AppResult<()> {
    let Found { id, search, folded } = found;
    let folded = Set(folded.clone());
    let done = match named {
        Named::People => {
            let row = user::ActiveModel { search: folded, ..Default::default() };
            let stale = user::Column::Id.eq(*id).and(user::Column::Search.eq(search));
            user::Entity::update_many().set(row).filter(stale).exec(w.db()).await
        }
        Named::Rooms => {
            let row = room::ActiveModel { search: folded, ..Default::default() };
            let stale = room::Column::Id.eq(*id).and(room::Column::Search.eq(search));
            room::Entity::update_many().set(row).filter(stale).exec(w.db()).await
        }
        Named::Channels => {
            let row = channel::ActiveModel { search: folded, ..Default::default() };
            let stale = channel::Column::RoomId.eq(*id).and(channel::Column::Search.eq(search));
            channel::Entity::update_many().set(row).filter(stale).exec(w.db()).await
        }
    };
    done.map(drop).or_fault()
}
