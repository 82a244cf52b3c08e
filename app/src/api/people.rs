//! People, and how the user stands to them.

#![allow(
    missing_docs,
    reason = "`#[server]` makes a struct of each function's arguments and gives its fields none"
)]

use leptos::prelude::*;
use sapa_model::people::{FriendRequests, PeopleFilter, PeoplePage, Person};
use sapa_model::report::NewReport;
use sapa_model::{AppError, Profile, UserId};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use super::context::signed_in;

/// A page of the explorer, from page 0.
#[server(prefix = "/rpc", endpoint = "explore", input = Json, output = Json)]
pub async fn explore(filter: PeopleFilter, page: u32) -> Result<PeoplePage, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::people::explore(&chat, &scope, &filter, page).await
}

/// Somebody's profile, as far as the user may see it.
#[server(name = FetchProfile, prefix = "/rpc", endpoint = "profile", input = Json, output = Json)]
pub async fn profile(user: UserId) -> Result<Profile, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::accounts::profile(&chat, &scope, user).await
}

/// One person.
#[server(name = FetchPerson, prefix = "/rpc", endpoint = "person", input = Json, output = Json)]
pub async fn person(user: UserId) -> Result<Person, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::people::person(&chat, &scope, user).await
}

/// The user's friends, by nickname.
#[server(prefix = "/rpc", endpoint = "friends", input = Json, output = Json)]
pub async fn friends() -> Result<Vec<Person>, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::people::friends(&chat, &scope).await
}

/// Those whom the user has blocked.
#[server(prefix = "/rpc", endpoint = "blocked", input = Json, output = Json)]
pub async fn blocked() -> Result<Vec<Person>, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::people::blocked(&chat, &scope).await
}

/// Open friend requests, received and sent.
#[server(name = ListFriendRequests, prefix = "/rpc", endpoint = "friend_requests", input = Json, output = Json)]
pub async fn friend_requests() -> Result<FriendRequests, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::people::requests(&chat, &scope).await
}

/// Asks somebody to be a friend; somebody who has asked already becomes one.
#[server(prefix = "/rpc", endpoint = "ask", input = Json, output = Json)]
pub async fn ask(user: UserId) -> Result<Person, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::people::ask(&chat, &scope, user).await
}

/// Takes an own request back.
#[server(prefix = "/rpc", endpoint = "take_back", input = Json, output = Json)]
pub async fn take_back(user: UserId) -> Result<Person, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::people::take_back(&chat, &scope, user).await
}

/// Accepts a request.
#[server(prefix = "/rpc", endpoint = "accept", input = Json, output = Json)]
pub async fn accept(user: UserId) -> Result<Person, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::people::accept(&chat, &scope, user).await
}

/// Declines a request; the other is not told.
#[server(prefix = "/rpc", endpoint = "decline", input = Json, output = Json)]
pub async fn decline(user: UserId) -> Result<Person, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::people::decline(&chat, &scope, user).await
}

/// Ends a friendship.
#[server(prefix = "/rpc", endpoint = "unfriend", input = Json, output = Json)]
pub async fn unfriend(user: UserId) -> Result<Person, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::people::unfriend(&chat, &scope, user).await
}

/// Blocks somebody; they are not told.
#[server(prefix = "/rpc", endpoint = "block", input = Json, output = Json)]
pub async fn block(user: UserId) -> Result<Person, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::people::block(&chat, &scope, user).await
}

/// Tells the host of somebody; they are not told.
#[server(name = SendReport, prefix = "/rpc", endpoint = "report", input = Json, output = Json)]
pub async fn report(report: NewReport) -> Result<(), AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::reports::report(&chat, &scope, report).await
}

/// Lifts a block.
#[server(prefix = "/rpc", endpoint = "unblock", input = Json, output = Json)]
pub async fn unblock(user: UserId) -> Result<Person, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::people::unblock(&chat, &scope, user).await
}
