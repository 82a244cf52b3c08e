//! The public pages of channels: `/c/{handle}`, for everybody, without script and without an account.
//!
//! They can be kept by caches, which ask by the entity tag each time: what was made private is gone at once.

mod feed;
mod kept;

use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    LOCATION, VARY,
};
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sapa_app::i18n::Language;
use sapa_app::public_page::{self, Part, Setting};
use sapa_domain::channels::{self, PublicPage};
use sapa_domain::turns::NetworkTurn;
use sapa_model::{AppError, AppResult, ChannelHandle, ErrorCode, MessageId, Variant};
use serde::Deserialize;

use self::kept::{Form, Which};
use crate::page;
use crate::problem::Problem;
use crate::state::AppState;
use crate::tagged::{CACHING, Document};

pub use self::kept::Kept;

/// Nothing may run here, and nothing is sent anywhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// Which posts.
#[derive(Deserialize)]
pub struct Window {
    /// Those before this position.
    before: Option<u64>,
}

/// `GET /c/{handle}`: the newest posts, or older ones.
pub async fn newest(
    State(app): State<AppState>,
    Path(handle): Path<String>,
    Query(window): Query<Window>,
    request: Request,
) -> Response {
    if let Some(elsewhere) = normal_form(&handle) {
        return elsewhere;
    }
    let language = language(request.headers());
    let extensions = request.extensions();
    let drawn = match window.before {
        None => as_kept(&app, &handle, Form::Page(language), extensions).await,
        before @ Some(_) => {
            drawn(&app, channels::page(&app.chat, &handle, before), Part::Older, language, extensions).await
        }
    };
    page_or_none(app, drawn, language, request).await
}

/// `GET /c/{handle}/{post}`: one post.
pub async fn post(
    State(app): State<AppState>,
    Path((handle, id)): Path<(String, String)>,
    request: Request,
) -> Response {
    // What is no number is no post's.
    let id = id.parse().unwrap_or(MessageId(0));
    let language = language(request.headers());
    let page = channels::post(&app.chat, &handle, id);
    let drawn = drawn(&app, page, Part::Post(id), language, request.extensions()).await;
    page_or_none(app, drawn, language, request).await
}

/// `GET /c/{handle}/feed.atom`: the newest posts for programs.
pub async fn feed(State(app): State<AppState>, Path(handle): Path<String>, request: Request) -> Response {
    match as_kept(&app, &handle, Form::Feed, request.extensions()).await {
        Ok(document) => document.answer("application/atom+xml; charset=utf-8", request.headers()),
        Err(error) => Problem(error).into_response(),
    }
}

/// `GET /c/{handle}/picture/{variant}`: the channel's picture.
pub async fn picture(
    State(app): State<AppState>,
    Path((handle, variant)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let variant: Variant = variant.parse().map_err(Problem)?;
    let picture = channels::picture(&app.chat, &handle, variant).await.map_err(Problem)?;
    let headers = [
        (CONTENT_TYPE, picture.media_type.to_owned()),
        (CONTENT_LENGTH, picture.size.to_string()),
        (CACHE_CONTROL, CACHING.to_owned()),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
    ];
    Ok((headers, Body::from_stream(picture.bytes)).into_response())
}

/// A handle has one form, and a channel one address.
fn normal_form(handle: &str) -> Option<Response> {
    let parsed = ChannelHandle::parse(handle).ok().filter(|parsed| parsed.as_str() != handle)?;
    Some((StatusCode::PERMANENT_REDIRECT, [(LOCATION, parsed.public_path())]).into_response())
}

fn language(headers: &HeaderMap) -> Language {
    let accepts = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    accepts.and_then(Language::from_accept).unwrap_or_default()
}

/// The newest posts as they were drawn since the channel's last change, or drawn now.
async fn as_kept(app: &AppState, handle: &str, form: Form, extensions: &Extensions) -> AppResult<Document> {
    let (room_id, seq) = channels::public_seq(&app.chat, handle).await?;
    let handle = ChannelHandle::parse(handle)?;
    let which = Which { room_id, handle, form };
    if let Some(document) = app.kept.get(&which, seq) {
        return Ok(document);
    }
    let turn = app.drawing.turn(extensions).await?;
    // Others who waited may have had it drawn.
    if let Some(document) = app.kept.get(&which, seq) {
        return Ok(document);
    }
    let page = channels::page(&app.chat, which.handle.as_str(), None).await?;
    let seq = page.room.seq;
    let document = match form {
        Form::Page(language) => draw(app, page, Part::Newest, language, turn).await?,
        Form::Feed => {
            let xml = feed::atom(&page, &app.origin);
            xml.ok_or_else(|| AppError::not_found("channel"))?.into()
        }
    };
    app.kept.put(which, seq, document.clone());
    Ok(document)
}

/// What is asked for too seldom to be kept.
async fn drawn(
    app: &AppState,
    page: impl Future<Output = AppResult<PublicPage>>,
    part: Part,
    language: Language,
    extensions: &Extensions,
) -> AppResult<Document> {
    let turn = app.drawing.turn(extensions).await?;
    draw(app, page.await?, part, language, turn).await
}

/// Draws a page, away from those who answer requests.
async fn draw(
    app: &AppState,
    page: PublicPage,
    part: Part,
    language: Language,
    turn: NetworkTurn,
) -> AppResult<Document> {
    let (origin, house, css) = (app.origin.clone(), app.config.name.clone(), app.assets.css());
    let drawing = tokio::task::spawn_blocking(move || {
        let setting = Setting { origin: &origin, house: house.as_str(), css: &css, language };
        let document = public_page::render(page, part, &setting).map(Document::from);
        // Held to the end also where nobody waits for the page any more.
        drop(turn);
        document
    });
    drawing.await.ok().flatten().ok_or_else(AppError::internal)
}

async fn page_or_none(
    app: AppState,
    drawn: AppResult<Document>,
    language: Language,
    request: Request,
) -> Response {
    let document = match drawn {
        Ok(document) => document,
        // The same for what is private, what has ended and what never was: there is no such page.
        Err(error) if error.code == ErrorCode::NotFound => {
            let (uri, headers) = (request.uri().clone(), request.headers().clone());
            return page::page(State(app), uri, headers, request).await;
        }
        Err(error) => return Problem(error).into_response(),
    };
    let mut response = document.answer("text/html; charset=utf-8", request.headers());
    let more = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (VARY, "accept-language"),
        (CONTENT_LANGUAGE, language.code()),
        (HeaderName::from_static("referrer-policy"), "no-referrer"),
    ];
    for (name, value) in more {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
