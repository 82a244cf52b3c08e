//! Pages and server functions: Leptos, with what they need from us.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, HeaderMap, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use sapa_app::api::context::{Asker, Home, SessionCookie, status};
use sapa_app::house::House;
use sapa_app::live::Bootstrap;
use sapa_app::place::{self, Guests, Place};
use sapa_app::refused::Refused;
use sapa_app::shell::shell;
use sapa_app::ui::kit::Preferences;
use sapa_domain::{Scope, accounts};
use sapa_model::account::Registration;
use sapa_model::{AppError, AppResult, ErrorCode};

use crate::headers::page_policy;
use crate::problem::Problem;
use crate::rest::is;
use crate::state::AppState;
use crate::{session, site};

/// Largest body of a server function, in bytes.
const BODY_MAX: usize = 64 * 1024;
/// Largest page, in bytes.
const PAGE_MAX: usize = 16 * 1024 * 1024;
/// What an address in a header cannot have, besides all that is not ASCII.
pub const NO_HEADER: &AsciiSet = &CONTROLS.add(b' ');
/// Set by Leptos on the error of a server function.
const IS_ERROR: &str = "serverfnerror";

/// Where the server functions are, all of them.
pub fn server_functions() -> Vec<&'static str> {
    let mut paths: Vec<_> = server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    paths.sort_unstable();
    paths
}

/// Answers a server function.
pub async fn server_function(State(app): State<AppState>, request: Request) -> Response {
    // A form of another site can send texts, and cannot call them JSON.
    if !is(request.headers(), "application/json") {
        let message = "The body must be JSON, and Content-Type must say so.";
        return Problem(AppError::new(ErrorCode::UnsupportedMediaType, message)).into_response();
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_MAX).await else {
        let error = AppError::new(ErrorCode::TooLarge, "The request is too large.").limited(BODY_MAX);
        return Problem(error).into_response();
    };
    let request = Request::from_parts(parts, Body::from(body));
    let context = contexts(&app, &request);
    with_status(leptos_axum::handle_server_fns_with_context(context, request).await.into_response()).await
}

/// Gives an error its HTTP status: Leptos knows only 500.
async fn with_status(response: Response) -> Response {
    if !response.headers().contains_key(IS_ERROR) {
        // It answers a name that it does not know with advice to its programmer.
        let unknown = response.status() == StatusCode::BAD_REQUEST;
        return if unknown { Problem(AppError::not_found("function")).into_response() } else { response };
    }
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, BODY_MAX).await.unwrap_or_default();
    if let Ok(error) = serde_json::from_slice::<AppError>(&body) {
        parts.status = status(error.code);
        if let Some(seconds) = error.retry_after {
            parts.headers.insert(RETRY_AFTER, seconds.into());
        }
    }
    Response::from_parts(parts, Body::from(body))
}

/// Answers everything that no other route takes: a file of the site, else a page.
pub async fn page(State(app): State<AppState>, uri: Uri, headers: HeaderMap, request: Request) -> Response {
    if let Some(file) = site::serve(uri.path(), &headers).await {
        return file;
    }
    if uri.path().starts_with("/pkg/") {
        return Problem(AppError::not_found("file")).into_response();
    }
    draw(app, &uri, &headers, request, None).await
}

/// Draws the page of an address, perhaps with what became of its form.
pub async fn draw(
    app: AppState,
    uri: &Uri,
    headers: &HeaderMap,
    request: Request,
    refused: Option<Refused>,
) -> Response {
    let scope = request.extensions().get::<Asker>().and_then(|asker| asker.scope);
    let place = Place::parse(uri.path());
    let registration = accounts::registration(&app.chat);
    if let Some(elsewhere) = elsewhere(place.as_ref(), scope.is_some(), registration, uri) {
        return elsewhere.into_response();
    }
    // Held until all of it is drawn, which does not wait for whoever reads it.
    let _turn = match app.drawing.turn(request.extensions()).await {
        Ok(turn) => turn,
        Err(error) => return Problem(error).into_response(),
    };
    let start = match (&place, scope) {
        (Some(place), Some(scope)) if place.guests() == Guests::SignedIn => {
            match start(&app, &scope, place, headers).await {
                Ok(start) => Some(start),
                Err(error) => return Problem(error).into_response(),
            }
        }
        _ => None,
    };
    let mut response = render(&app, start, refused, request).await;
    if place.is_none() {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// What the messenger starts from. The language that it is shown in is that of letters too.
async fn start(app: &AppState, scope: &Scope, place: &Place, headers: &HeaderMap) -> AppResult<Bootstrap> {
    if let Some((language, is_chosen)) = Preferences::language_of(headers) {
        let heard = accounts::hear_language(&app.chat, scope, language.code(), is_chosen).await;
        if let Err(error) = heard {
            tracing::warn!(%error, "the language of somebody's letters could not be noted");
        }
    }
    Bootstrap::load(&app.chat, scope, Some(place)).await
}

/// Where those are led on to for whom a page is not.
fn elsewhere(
    place: Option<&Place>,
    is_signed_in: bool,
    registration: Registration,
    uri: &Uri,
) -> Option<Redirect> {
    let place = place?;
    match place.guests() {
        Guests::SignedIn if !is_signed_in => {
            // Who is invited is new here, more often than not.
            let comes_anew = matches!(place, Place::Join(_)) && registration != Registration::Closed;
            let page = if comes_anew { Place::Register } else { Place::SignIn };
            Some(Redirect::to(&place::with_wish(&page, uri.path())))
        }
        Guests::Strangers if is_signed_in => {
            let wanted = place::wanted(uri.query().unwrap_or_default());
            let wanted = utf8_percent_encode(&wanted, NO_HEADER).to_string();
            Some(Redirect::to(&wanted))
        }
        _ if *place == Place::Chats && is_signed_in && uri.path() == "/" => {
            Some(Redirect::to(&Place::Chats.to_string()))
        }
        _ => None,
    }
}

async fn render(
    app: &AppState,
    start: Option<Bootstrap>,
    refused: Option<Refused>,
    request: Request,
) -> Response {
    let context = contexts(app, &request);
    let with_start = move || {
        context();
        if let Some(start) = &start {
            provide_context(start.clone());
        }
        if let Some(refused) = &refused {
            provide_context(refused.clone());
        }
        if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
            && let Ok(policy) = HeaderValue::from_str(&page_policy(&nonce))
        {
            response.insert_header(CONTENT_SECURITY_POLICY, policy);
        }
    };
    let assets = app.assets;
    let render = leptos_axum::render_app_to_stream_with_context(with_start, move || shell(assets));
    let (parts, body) = render(request).await.map(Body::new).into_parts();
    match to_bytes(body, PAGE_MAX).await {
        Ok(bytes) => Response::from_parts(parts, Body::from(bytes)),
        Err(error) => {
            tracing::error!(%error, "a page could not be drawn to its end");
            Problem(AppError::internal()).into_response()
        }
    }
}

/// What pages and server functions find in their context.
fn contexts(app: &AppState, request: &Request) -> impl Fn() + Clone + Send + Sync + 'static {
    let chat = app.chat.clone();
    let asker = request.extensions().get::<Asker>().cloned();
    let house = House(app.config.name.clone());
    let home = app.config.public_url.as_ref().map(|url| Home(url.origin().to_owned()));
    let cookie = SessionCookie(session::set_cookie, app.config.is_secure());
    move || {
        provide_context(chat.clone());
        provide_context(house.clone());
        provide_context(cookie.clone());
        if let Some(home) = &home {
            provide_context(home.clone());
        }
        if let Some(asker) = &asker {
            provide_context(asker.clone());
        }
    }
}
