//! What operations take: bodies, queries and paths, each refused with the field to blame.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;

use axum::body::{Bytes, to_bytes};
use axum::extract::path::ErrorKind;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, RawPathParams, Request};
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, HeaderMap};
use axum::http::request::Parts;
use sapa_app::api::context::Asker;
use sapa_app::i18n::Language;
use sapa_domain::sessions::Device;
use sapa_model::{AppError, AppResult, ErrorCode};
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::problem::Problem;

/// Largest JSON body, in bytes.
pub const BODY_MAX: usize = 64 * 1024;

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let bytes = take(request).await.map_err(Problem)?;
        read(&bytes).map(Self).map_err(Problem)
    }
}

/// A JSON body that says two things, and the names of all its fields. Flattened into one, what cannot be read
/// would have no name.
pub struct Both<A, B>(pub A, pub B, pub Vec<String>);

impl<A: DeserializeOwned, B: DeserializeOwned, S: Sync> FromRequest<S> for Both<A, B> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let bytes = take(request).await.map_err(Problem)?;
        let fields: BTreeMap<String, IgnoredAny> = read(&bytes).map_err(Problem)?;
        let names = fields.into_keys().collect();
        Ok(Self(read(&bytes).map_err(Problem)?, read(&bytes).map_err(Problem)?, names))
    }
}

/// A JSON body, or none.
pub struct Perhaps<T>(pub Option<T>);

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for Perhaps<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let checked = check_type(&request);
        let bytes = whole(request).await.map_err(Problem)?;
        if bytes.is_empty() {
            return Ok(Self(None));
        }
        checked.and_then(|()| read(&bytes)).map(|value| Self(Some(value))).map_err(Problem)
    }
}

async fn take(request: Request) -> AppResult<Bytes> {
    check_type(&request)?;
    whole(request).await
}

fn check_type(request: &Request) -> AppResult<()> {
    let message = "The body must be JSON, and Content-Type must say so.";
    let is_json = is(request.headers(), "application/json");
    if is_json { Ok(()) } else { Err(AppError::new(ErrorCode::Invalid, message)) }
}

async fn whole(request: Request) -> AppResult<Bytes> {
    to_bytes(request.into_body(), BODY_MAX)
        .await
        .map_err(|_| AppError::new(ErrorCode::TooLarge, "The request is too large.").limited(BODY_MAX))
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> AppResult<T> {
    // A list would do for an object where the order of its fields is known, which is nobody's business.
    if !bytes.trim_ascii_start().starts_with(b"{") {
        return Err(AppError::new(ErrorCode::Invalid, "The body must be a JSON object."));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| blame(&error))?;
    json.end().map_err(|_| AppError::new(ErrorCode::Invalid, "The body must be one JSON value."))?;
    Ok(value)
}

/// Whether a body is said to be of this type.
pub fn is(headers: &HeaderMap, media_type: &str) -> bool {
    let said = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    said.split(';').next().is_some_and(|said| said.trim().eq_ignore_ascii_case(media_type))
}

/// The query of an address.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = serde_urlencoded::Deserializer::new(form_urlencoded(query));
        serde_path_to_error::deserialize(pairs).map(Self).map_err(|error| Problem(blame(&error)))
    }
}

fn form_urlencoded(query: &str) -> form_urlencoded::Parse<'_> {
    form_urlencoded::parse(query.as_bytes())
}

/// The parameters in a path.
pub struct At<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for At<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path(parameters)) => Ok(Self(parameters)),
            Err(rejection) => {
                let names = RawPathParams::from_request_parts(parts, state).await.ok();
                let only = names.as_ref().and_then(|names| names.iter().next());
                Err(Problem(misplaced(&rejection, only.map(|(name, _)| name))))
            }
        }
    }
}

/// Which parameter is not of its form; where there is one only, its name is `only`.
fn misplaced(rejection: &PathRejection, only: Option<&str>) -> AppError {
    let PathRejection::FailedToDeserializePathParams(failed) = rejection else {
        return AppError::internal();
    };
    let name = match failed.kind() {
        ErrorKind::ParseErrorAtKey { key, .. } | ErrorKind::InvalidUtf8InPathParam { key } => {
            Some(key.as_str())
        }
        _ => only,
    };
    match name {
        Some(name) => {
            let error = AppError::new(ErrorCode::Invalid, format!("{name} is not of the right form."));
            on(error, name.to_owned())
        }
        None => AppError::not_found("address"),
    }
}

/// What could not be read, and where.
fn blame<E: Display>(error: &serde_path_to_error::Error<E>) -> AppError {
    let why = error.inner().to_string();
    let path = error.path().to_string();
    // A field that is not there is named by what is told of it alone.
    let missing = why.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    let field = match (path.as_str(), missing) {
        ("." | "?", Some(field)) => Some(field.to_owned()),
        (path, Some(field)) => Some(format!("{path}.{field}")),
        ("." | "?", None) => None,
        (path, None) => Some(path.to_owned()),
    };
    let code = if missing.is_some() { ErrorCode::Required } else { ErrorCode::Invalid };
    let error = AppError::new(code, format!("The request cannot be read: {why}."));
    match field {
        Some(field) => on(error, field),
        None => error,
    }
}

fn on(error: AppError, field: String) -> AppError {
    AppError { field: Some(Cow::Owned(field)), ..error }
}

/// Who calls, as the domain wants to know it of those who sign in.
pub struct Caller {
    /// The program or browser, and the language that it says to read.
    pub device: Device,
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let accepts = parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let language = accepts.and_then(Language::from_accept).map_or("", Language::code);
        let device = parts.extensions.get::<Asker>().map_or_else(Device::default, |asker| Device {
            address: asker.address,
            user_agent: asker.user_agent.clone(),
            ..Device::default()
        });
        Ok(Self { device: Device { language, ..device } })
    }
}
