//! What the server hands to server functions and pages.

use std::collections::HashMap;
use std::net::IpAddr;

use axum::http::header::SET_COOKIE;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use sapa_domain::{Chat, Scope};
use sapa_model::{AppError, AppResult, ErrorCode};

use crate::parts::Part;

/// The built style sheet, script and modules.
#[derive(Clone, Copy, Debug)]
pub struct Assets {
    /// Address of the folder in which they are.
    pub folder: &'static str,
    /// The modules, without their extension, that each part of the interface is made of.
    pub parts: &'static HashMap<String, Vec<String>>,
}

impl Assets {
    /// Address of the style sheet.
    pub fn css(self) -> String {
        self.at("sapa.css")
    }

    /// Addresses of the modules of a part.
    pub fn of_part(self, part: Part) -> impl Iterator<Item = String> {
        let files = self.parts.get(part.name()).map(Vec::as_slice).unwrap_or_default();
        files.iter().map(move |file| self.at(&format!("{file}.wasm")))
    }

    /// Address of one of the files.
    pub fn at(self, file: &str) -> String {
        format!("{}/{file}", self.folder)
    }
}

/// Who asks, if anybody is signed in, and from where.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The signed-in user and session.
    pub scope: Option<Scope>,
    /// The address that the request came from.
    pub address: Option<IpAddr>,
    /// What the browser calls itself.
    pub user_agent: String,
}

/// How the server writes the session cookie: the token gives the `Set-Cookie` line, `None` ends it.
#[derive(Clone)]
pub struct SessionCookie(pub fn(Option<&str>, secure: bool) -> String, pub bool);

/// The one address from which the server takes what pages send, where the host has named it.
#[derive(Clone)]
pub struct Home(pub String);

/// The domain.
///
/// # Errors
/// `internal` where the server has not provided it.
pub fn chat() -> AppResult<Chat> {
    use_context().ok_or_else(AppError::internal)
}

/// The domain and the signed-in asker.
///
/// # Errors
/// `signed_out` where nobody is.
pub fn signed_in() -> AppResult<(Chat, Scope)> {
    let scope = use_context::<Asker>().and_then(|asker| asker.scope).ok_or_else(AppError::signed_out)?;
    Ok((chat()?, scope))
}

/// Who asks, signed in or not.
pub fn asker() -> Asker {
    use_context().unwrap_or(Asker { scope: None, address: None, user_agent: String::new() })
}

/// With the end of a session the browser forgets what it has kept of it: files that it was shown, drafts.
pub const FORGET: (HeaderName, HeaderValue) = (
    HeaderName::from_static("clear-site-data"),
    // Not the cookies: a browser would take those of the domain's other sites too.
    HeaderValue::from_static("\"cache\", \"storage\""),
);

/// Gives the browser its session, or takes it away with all that it holds.
pub fn set_session(token: Option<&str>) {
    let (Some(SessionCookie(write, secure)), Some(response)) =
        (use_context(), use_context::<ResponseOptions>())
    else {
        return;
    };
    if let Ok(cookie) = HeaderValue::from_str(&write(token, secure)) {
        response.append_header(SET_COOKIE, cookie);
    }
    if token.is_none() {
        response.insert_header(FORGET.0, FORGET.1);
    }
}

/// The one table from error codes to HTTP.
pub fn status(code: ErrorCode) -> StatusCode {
    use ErrorCode as Code;
    match code {
        Code::Required
        | Code::TooShort
        | Code::TooLong
        | Code::Invalid
        | Code::EasilyGuessed
        | Code::BadUsername
        | Code::BadCharacters
        | Code::DamagedPicture
        | Code::NotAPicture
        | Code::TooManyPixels => StatusCode::UNPROCESSABLE_ENTITY,
        Code::WrongCredentials | Code::SignedOut => StatusCode::UNAUTHORIZED,
        Code::Forbidden
        | Code::Banned
        | Code::RegistrationClosed
        | Code::InvitationRequired
        | Code::EmailUnverified
        | Code::FriendsOnly
        | Code::Blocked
        | Code::CannotAdd
        | Code::WrongPassword => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Code::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::InviteGone | Code::InviteUsed | Code::LinkGone => StatusCode::GONE,
        Code::UsernameTaken
        | Code::HandleTaken
        | Code::EmailTaken
        | Code::Conflict
        | Code::OwnerMustHandOver
        | Code::LimitReached
        | Code::QuotaReached => StatusCode::CONFLICT,
        Code::TooMany | Code::TooManyTries | Code::TooManyAccounts | Code::TooManyLetters => {
            StatusCode::TOO_MANY_REQUESTS
        }
        Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::StorageFull => StatusCode::INSUFFICIENT_STORAGE,
        Code::DiskFull | Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
