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
mod live_page;
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
use utoipa_axum::router::OpenApiRouter;
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
    let not_allowed = || AppError::new(ErrorCode::MethodNotAllowed, "This address takes no such method.");
    let operations = operations
        .merge(pages::description(&document::complete(description)))
        .method_not_allowed_fallback(async move || Problem(not_allowed()))
        .fallback(async || Problem(AppError::not_found("address")))
        .layer(from_fn(log::name_route))
        .with_state(state.clone());
    Router::new()
        .merge(pages::docs())
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
    let ordinary = OpenApiRouter::new()
        .routes(routes!(accounts::register))
        .routes(routes!(accounts::login))
        .routes(routes!(accounts::refresh_tokens))
        .routes(routes!(accounts::logout))
        .routes(routes!(accounts::verify))
        .routes(routes!(accounts::send_verification_to))
        .routes(routes!(accounts::request_reset, accounts::reset_password))
        .routes(routes!(me::me))
        .routes(routes!(me::settings, me::update_settings))
        .routes(routes!(me::change_email))
        .routes(routes!(me::send_verification))
        .routes(routes!(me::devices, me::revoke_other_devices))
        .routes(routes!(me::revoke_device))
        .routes(routes!(me::tokens, me::make_token))
        .routes(routes!(me::revoke_token))
        .routes(routes!(users::languages))
        .routes(routes!(users::explore, users::update_profile))
        .routes(routes!(users::user))
        .routes(routes!(friendships::friendships, friendships::ask))
        .routes(routes!(friendships::answer, friendships::end))
        .routes(routes!(friendships::blocks, friendships::block))
        .routes(routes!(friendships::unblock))
        .routes(routes!(friendships::report))
        .routes(routes!(groups::list, groups::create))
        .routes(routes!(groups::direct))
        .routes(routes!(groups::show, groups::rename, groups::delete))
        .routes(routes!(groups::set_muted))
        .routes(routes!(groups::answer_request))
        .routes(routes!(groups::read))
        .routes(routes!(groups::delivered))
        .routes(routes!(groups::typing))
        .routes(routes!(channels::explore, channels::create))
        .routes(routes!(channels::find))
        .routes(routes!(channels::change, channels::delete))
        .routes(routes!(channels::follow, channels::unfollow))
        .routes(routes!(channels::followers))
        .routes(routes!(members::list, members::add))
        .routes(routes!(members::remove, members::change_role))
        .routes(routes!(invites::list, invites::create))
        .routes(routes!(invites::revoke))
        .routes(routes!(invites::preview, invites::join))
        .routes(routes!(messages::changes))
        .routes(routes!(messages::show, messages::edit, messages::delete))
        .routes(routes!(messages::restore))
        .routes(routes!(messages::versions))
        .routes(routes!(messages::correct, messages::take_back_correction))
        .routes(routes!(messages::accept_correction))
        .routes(routes!(messages::gallery))
        .routes(routes!(reactions::reactors, reactions::react, reactions::take_back_reaction))
        .routes(routes!(comments::list, comments::add))
        .routes(routes!(comments::delete))
        .routes(routes!(schedules::propose))
        .routes(routes!(schedules::show, schedules::cancel))
        .routes(routes!(schedules::answer))
        .routes(routes!(calls::start))
        .routes(routes!(calls::list))
        .routes(routes!(calls::join))
        .routes(routes!(calls::decline))
        .routes(routes!(calls::leave))
        .routes(routes!(stories::list, stories::post))
        .routes(routes!(stories::show, stories::delete))
        .routes(routes!(stories::view, stories::viewers))
        .routes(routes!(stories::reply))
        .routes(routes!(stories::mute, stories::unmute))
        .routes(routes!(stories::settings, stories::set_audience))
        .routes(routes!(webhooks::list, webhooks::create))
        .routes(routes!(webhooks::delete))
        .routes(routes!(webhooks::post))
        .routes(routes!(files::announce))
        .layer(time_limit);
    // A large file takes its time; what bounds it is how long its next bytes may take.
    let with_files = OpenApiRouter::new()
        .routes(routes!(users::set_avatar, users::remove_avatar))
        .routes(routes!(groups::set_avatar, groups::remove_avatar))
        .routes(routes!(messages::list, messages::send))
        .routes(routes!(files::receive))
        .layer(DefaultBodyLimit::disable());
    ordinary.merge(with_files)
}
