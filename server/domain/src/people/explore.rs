//! The explorer.

use sapa_model::people::{PeopleFilter, PeoplePage};
use sapa_model::{AppError, AppResult, LanguageCode, TokenScope, UserId, UserLanguage, limits};
use sea_orm::sea_query::{CaseStatement, Expr, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::lists::{blocked_ids, blockers_of, friends_of};
use crate::accounts::country;
use crate::cards;
use crate::chat::Chat;
use crate::entity::words::Circle;
use crate::entity::{user, user_language};
use crate::fault::OrFault;
use crate::fold;
use crate::scope::Scope;

/// How many of those who are online are looked at: what one statement can name.
const ONLINE_MAX: usize = 10_000;

/// A page of people whom the asker may want to meet, from page 0.
///
/// Left out are the asker, closed accounts, those whom they have blocked, those who do not want to be found, and
/// friends; a search by name finds friends too. First come those who speak natively what the asker
/// learns and learn what the asker speaks, then those for whom half of that holds, then by nickname.
pub async fn explore(chat: &Chat, scope: &Scope, filter: &PeopleFilter, page: u32) -> AppResult<PeoplePage> {
    if filter.query.chars().count() > limits::SEARCH_MAX {
        return Err(AppError::too_long("query", limits::SEARCH_MAX));
    }
    let me = scope.may(TokenScope::Read)?;
    let _turn = chat.searches().take(scope.counted(), 1).await?;
    let found = user::Entity::find().filter(matching(chat, me, filter)?);
    let total = found.clone().count(chat.db()).await.or_fault()?;
    let (speak, learn) = own_languages(chat, me).await?;
    let ids: Vec<i64> = found
        .select_only()
        .column(user::Column::Id)
        .order_by(rank(&learn, &speak), Order::Desc)
        .order_by_asc(user::Column::Search)
        .order_by_asc(user::Column::Id)
        .offset(u64::from(page) * limits::PEOPLE_PAGE as u64)
        .limit(limits::PEOPLE_PAGE as u64)
        .into_tuple()
        .all(chat.db())
        .await
        .or_fault()?;
    let ids: Vec<UserId> = ids.into_iter().map(UserId).collect();
    let mut persons = cards::persons(chat.db(), me, &ids).await?;
    Ok(PeoplePage {
        people: ids.iter().filter_map(|id| persons.remove(id)).collect(),
        page,
        total: u32::try_from(total).unwrap_or(u32::MAX),
    })
}

fn matching(chat: &Chat, me: UserId, filter: &PeopleFilter) -> AppResult<Condition> {
    let mut such = Condition::all()
        .add(user::Column::Id.ne(me.0))
        .add(user::Column::BannedAt.is_null())
        .add(user::Column::Id.not_in_subquery(blocked_ids(me)));
    if filter.query.trim().is_empty() {
        such =
            such.add(user::Column::Findable.eq(true)).add(user::Column::Id.not_in_subquery(friends_of(me)));
    } else {
        such = such.add(user::Column::Search.like(fold::containing(&filter.query))).add(
            Condition::any()
                .add(user::Column::Findable.eq(true))
                .add(user::Column::Id.in_subquery(friends_of(me))),
        );
    }
    if let Some(native) = filter.native {
        such = such.add(Expr::exists(speaks(&[native], true)));
    }
    if let Some(learning) = filter.learning {
        such = such.add(Expr::exists(speaks(&[learning], false)));
    }
    if let Some(code) = &filter.country {
        such = such.add(user::Column::Country.eq(country::parse(code)?));
    }
    if filter.online {
        let online = chat.hub().online(ONLINE_MAX);
        let shown = Condition::any().add(user::Column::WhoSeesPresence.eq(Circle::Everyone)).add(
            Condition::all()
                .add(user::Column::WhoSeesPresence.eq(Circle::Friends))
                .add(user::Column::Id.in_subquery(friends_of(me))),
        );
        such = such
            .add(user::Column::Id.is_in(online.into_iter().map(|id| id.0)))
            .add(user::Column::Id.not_in_subquery(blockers_of(me)))
            .add(shown);
    }
    Ok(such)
}

/// What the asker speaks natively, and what they learn.
async fn own_languages(chat: &Chat, me: UserId) -> AppResult<(Vec<LanguageCode>, Vec<LanguageCode>)> {
    let person = cards::person(chat.db(), me, me).await?;
    let (learn, speak): (Vec<_>, Vec<_>) =
        person.languages.into_iter().partition(|language| language.level().is_some());
    let codes = |languages: Vec<UserLanguage>| languages.into_iter().map(UserLanguage::code).collect();
    Ok((codes(speak), codes(learn)))
}

/// How well somebody fits: 3 where both can help each other, 2 where they can help the asker, 1 where
/// the asker can help them.
fn rank(learn: &[LanguageCode], speak: &[LanguageCode]) -> Expr {
    let worth = |languages: &[LanguageCode], native: bool, points: i32| {
        let fits = CaseStatement::new().case(Expr::exists(speaks(languages, native)), points).finally(0);
        Expr::Case(Box::new(fits))
    };
    worth(learn, true, 2).add(worth(speak, false, 1))
}

/// Within a select over `users`: whether they have one of these as a native language, or learn it.
fn speaks(languages: &[LanguageCode], native: bool) -> SelectStatement {
    use user_language::Column::{Code, Level, UserId};
    Query::select()
        .expr(Expr::val(1))
        .from(user_language::Entity)
        .and_where(UserId.into_expr().equals((user::Entity, user::Column::Id)))
        .and_where(Code.is_in(languages.iter().map(|code| code.as_str())))
        .and_where(if native { Level.is_null() } else { Level.is_not_null() })
        .to_owned()
}
