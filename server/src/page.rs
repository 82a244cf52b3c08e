//! Pages and server functions: Leptos, with what they need from us.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, HeaderMap};
use axum::http::{HeaderValue, Uri};
use axum::response::{IntoResponse, Response};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use sapa_app::api::context::{Asker, SessionCookie};
use sapa_app::shell::shell;
use sapa_model::AppError;

use crate::headers::page_policy;
use crate::problem::Problem;
use crate::state::AppState;
use crate::{session, site};

/// Answers a server function.
pub async fn server_function(State(app): State<AppState>, request: Request) -> Response {
    let context = contexts(&app, &request);
    leptos_axum::handle_server_fns_with_context(context, request).await.into_response()
}

/// Answers everything that no other route takes: a file of the site, else a page.
pub async fn page(State(app): State<AppState>, uri: Uri, headers: HeaderMap, request: Request) -> Response {
    if let Some(file) = site::serve(uri.path(), &headers).await {
        return file;
    }
    if uri.path().starts_with("/pkg/") {
        return Problem(AppError::not_found("file")).into_response();
    }
    let context = contexts(&app, &request);
    let with_policy = move || {
        context();
        if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
            && let Ok(policy) = HeaderValue::from_str(&page_policy(&nonce))
        {
            response.insert_header(CONTENT_SECURITY_POLICY, policy);
        }
    };
    let assets = app.assets.clone();
    let render = leptos_axum::render_app_to_stream_with_context(with_policy, move || shell(&assets));
    render(request).await.map(Body::new).into_response()
}

/// What pages and server functions find in their context.
fn contexts(app: &AppState, request: &Request) -> impl Fn() + Clone + Send + Sync + 'static {
    let chat = app.chat.clone();
    let asker = request.extensions().get::<Asker>().cloned();
    let cookie = SessionCookie(session::set_cookie, app.config.is_secure());
    move || {
        provide_context(chat.clone());
        provide_context(cookie.clone());
        if let Some(asker) = &asker {
            provide_context(asker.clone());
        }
    }
}
