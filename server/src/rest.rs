//! REST: `/api/v1`, for programs.
//!
//! Each operation reads its request, calls the domain and writes the answer in the form that the API
//! promises; none decides. Their description, from which the docs are made, stands with them.
//! Paths say `groups` for rooms: that mapping happens here and nowhere else.

#![allow(unused_qualifications, reason = "`utoipa::path` writes some")]

mod accounts;
mod calls;
mod channels;
mod comments;
mod document;
mod files;
mod form;
mod frames;
mod friendships;
mod groups;
mod input;
mod invites;
mod links;
mod me;
mod members;
mod messages;
mod pages;
mod parts;
mod reactions;
mod schedules;
mod stories;
mod users;
mod webhooks;
mod wire;

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::response::Response;
use sapa_model::{AppError, ErrorCode};
use tower::{ServiceExt as _, service_fn};
use tower_http::timeout::TimeoutLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};
use utoipa_axum::routes;

pub use frames::schema as frames;
pub(crate) use input::is;

use crate::log;
use crate::problem::Problem;
use crate::state::AppState;

/// Where the operations are.
pub const ROOT: &str = "/api/v1";
/// How long an operation may take that brings no file.
const TIME_MAX: Duration = Duration::from_secs(30);

/// Everything under `/api`: the operations, their description and its pages.
pub fn router(state: &AppState) -> Router<AppState> {
    let (operations, description) = operations().split_for_parts();
    let description = document::complete(description);
    let not_allowed = || AppError::new(ErrorCode::MethodNotAllowed, "This address takes no such method.");
    let operations = operations
        .merge(pages::description(&description))
        .method_not_allowed_fallback(async move || Problem(not_allowed()))
        .fallback(async || Problem(AppError::not_found("address")))
        .layer(from_fn(log::name_route))
        .with_state(state.clone());
    Router::new()
        .merge(pages::docs(state, description))
        .nest_service(ROOT, service_fn(move |request| answer(operations.clone(), request)))
}

/// The description of all operations.
pub fn description() -> OpenApi {
    document::complete(operations().into_openapi())
}

/// Seed 001 writes some paths with a slash at their end: it makes no difference.
async fn answer(operations: Router, mut request: Request) -> Result<Response, Infallible> {
    let uri = request.uri();
    if let Some(shorter) = uri.path().strip_suffix('/').filter(|path| !path.is_empty()) {
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        if let Ok(uri) = format!("{shorter}{query}").parse() {
            *request.uri_mut() = uri;
        }
    }
    operations.oneshot(request).await
}

fn operations() -> OpenApiRouter<AppState> {
    let time_limit = TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIME_MAX);
    let all = |operations: Vec<_>| operations.into_iter().fold(OpenApiRouter::new(), OpenApiRouter::routes);
    let ordinary = all(ordinary()).layer(time_limit);
    // A large file takes its time; what bounds it is how long its next bytes may take.
    ordinary.merge(all(with_files()).layer(DefaultBodyLimit::disable()))
}

/// The operations that bring no file.
fn ordinary() -> Vec<UtoipaMethodRouter<AppState>> {
    vec![
        routes!(accounts::register),
        routes!(accounts::login),
        routes!(accounts::refresh_tokens),
        routes!(accounts::logout),
        routes!(accounts::verify),
        routes!(accounts::send_verification_to),
        routes!(accounts::request_reset, accounts::reset_password),
        routes!(me::me),
        routes!(me::settings, me::update_settings),
        routes!(me::change_email),
        routes!(me::send_verification),
        routes!(me::devices, me::revoke_other_devices),
        routes!(me::revoke_device),
        routes!(me::tokens, me::make_token),
        routes!(me::revoke_token),
        routes!(users::languages),
        routes!(users::explore, users::update_profile),
        routes!(users::user),
        routes!(friendships::friendships, friendships::ask),
        routes!(friendships::with),
        routes!(friendships::answer, friendships::end),
        routes!(friendships::blocks, friendships::block),
        routes!(friendships::unblock),
        routes!(friendships::report),
        routes!(groups::list, groups::create),
        routes!(groups::direct),
        routes!(groups::show, groups::rename, groups::delete),
        routes!(groups::set_muted),
        routes!(groups::answer_request),
        routes!(groups::read),
        routes!(groups::delivered),
        routes!(groups::typing),
        routes!(channels::explore, channels::create),
        routes!(channels::find),
        routes!(channels::change, channels::delete),
        routes!(channels::follow, channels::unfollow),
        routes!(channels::followers),
        routes!(members::list, members::add),
        routes!(members::remove, members::change_role),
        routes!(invites::list, invites::create),
        routes!(invites::revoke),
        routes!(invites::preview, invites::join),
        routes!(messages::changes),
        routes!(messages::show, messages::edit, messages::delete),
        routes!(messages::restore),
        routes!(messages::versions),
        routes!(messages::correct, messages::take_back_correction),
        routes!(messages::accept_correction),
        routes!(messages::gallery),
        routes!(reactions::reactors, reactions::react, reactions::take_back_reaction),
        routes!(comments::list, comments::add),
        routes!(comments::delete),
        routes!(schedules::propose),
        routes!(schedules::show, schedules::cancel),
        routes!(schedules::answer),
        routes!(calls::start),
        routes!(calls::list),
        routes!(calls::join),
        routes!(calls::decline),
        routes!(calls::leave),
        routes!(stories::list, stories::post),
        routes!(stories::show, stories::delete),
        routes!(stories::view, stories::viewers),
        routes!(stories::reply),
        routes!(stories::mute, stories::unmute),
        routes!(stories::settings, stories::set_audience),
        routes!(webhooks::list, webhooks::create),
        routes!(webhooks::delete),
        routes!(webhooks::post),
        routes!(files::announce),
    ]
}

/// The operations that may bring files.
fn with_files() -> Vec<UtoipaMethodRouter<AppState>> {
    vec![
        routes!(users::set_avatar, users::remove_avatar),
        routes!(groups::set_avatar, groups::remove_avatar),
        routes!(messages::list, messages::send),
        routes!(files::receive),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn a_name_in_the_description_is_of_one_schema() {
        let mut known = HashMap::new();
        let schemas = ordinary().into_iter().chain(with_files()).flat_map(|(schemas, ..)| schemas);
        let mut of_two = Vec::new();
        for (name, schema) in schemas {
            let schema = serde_json::to_value(schema).unwrap();
            if *known.entry(name.clone()).or_insert_with(|| schema.clone()) != schema {
                of_two.push(name);
            }
        }
        assert!(known.len() > 50 && of_two.is_empty(), "{of_two:?} of {}", known.len());
    }
}
