//! Signing in and joining by a plain form: before the page's program is there, and without it. The form is put to
//! the same function that the program calls; the page comes back with what was wrong.

use axum::body::{Body, to_bytes};
use axum::extract::{Form, FromRequest, Request, State};
use axum::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::utf8_percent_encode;
use sapa_app::place;
use sapa_app::refused::Refused;
use sapa_model::AppError;
use serde_json::{Map, Value, json};

use crate::page;
use crate::state::AppState;

/// Largest answer of a function that is read, in bytes.
const ANSWER_MAX: usize = 64 * 1024;
/// The fields of an account that a form may give; others say nothing.
const OF_ACCOUNT: [&str; 10] = [
    "username",
    "password",
    "nickname",
    "email",
    "firstName",
    "lastName",
    "birthday",
    "phoneNumber",
    "country",
    "timeZone",
];

type Fields = Vec<(String, String)>;

/// `POST /sign-in`
pub async fn sign_in(State(app): State<AppState>, request: Request) -> Response {
    let arguments = |fields: &Fields, _: &str| json!({ "login": field(fields, "login"), "password": field(fields, "password") });
    put(app, request, "sign_in", arguments, place::wanted).await
}

/// `POST /register`
pub async fn register(State(app): State<AppState>, request: Request) -> Response {
    let arguments = |fields: &Fields, query: &str| {
        let given = OF_ACCOUNT.iter().map(|name| ((*name).to_owned(), field(fields, name)));
        let mut account: Map<_, _> =
            given.filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.into())).collect();
        // Named also where it is empty: that it is missing is told as of any other.
        for required in ["username", "password", "nickname"] {
            account.entry(required).or_insert_with(|| "".into());
        }
        account.insert("invitation".to_owned(), place::invitation(query).into());
        json!({ "account": account })
    };
    put(app, request, "register", arguments, place::wanted_at_first).await
}

fn field(fields: &Fields, name: &str) -> String {
    fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

async fn put(
    app: AppState,
    request: Request,
    function: &str,
    arguments: impl Fn(&Fields, &str) -> Value,
    wanted: fn(&str) -> String,
) -> Response {
    let (parts, body) = request.into_parts();
    let (uri, headers, extensions) = (parts.uri.clone(), parts.headers.clone(), parts.extensions.clone());
    let Form(fields) = match Form::<Fields>::from_request(Request::from_parts(parts, body), &()).await {
        Ok(form) => form,
        Err(error) => return error.into_response(),
    };
    let query = uri.query().unwrap_or_default();
    let asked = arguments(&fields, query).to_string();
    let mut call = Request::new(Body::from(asked));
    *call.method_mut() = Method::POST;
    *call.uri_mut() = format!("/rpc/{function}").parse().unwrap_or_default();
    *call.extensions_mut() = extensions.clone();
    *call.headers_mut() = HeaderMap::clone(&headers);
    // Whoever takes pages would be led on by the function itself.
    for header in [CONTENT_TYPE, ACCEPT] {
        call.headers_mut().insert(header, HeaderValue::from_static("application/json"));
    }
    call.headers_mut().remove(CONTENT_LENGTH);
    let answer = page::server_function(State(app.clone()), call).await;
    if answer.status().is_success() {
        return arrived(&answer, &wanted(query));
    }
    let (status, wait) = (answer.status(), answer.headers().get(RETRY_AFTER).cloned());
    let body = to_bytes(answer.into_body(), ANSWER_MAX).await.unwrap_or_default();
    let error = serde_json::from_slice(&body).unwrap_or_else(|_| AppError::internal());
    let fields = fields.into_iter().filter(|(name, _)| name != "password").collect();
    let refused = Refused { error, fields };
    let mut again = Request::new(Body::empty());
    *again.uri_mut() = uri;
    *again.headers_mut() = headers;
    *again.extensions_mut() = extensions;
    let mut response = again_with(app, again, refused, status).await;
    if let Some(wait) = wait {
        response.headers_mut().insert(RETRY_AFTER, wait);
    }
    response
}

/// To where somebody wanted to go, with the cookies of the answer.
fn arrived(answer: &Response, wanted: &str) -> Response {
    let wanted = utf8_percent_encode(wanted, page::NO_HEADER).to_string();
    let mut response = Redirect::to(&wanted).into_response();
    for cookie in answer.headers().get_all(SET_COOKIE) {
        response.headers_mut().append(SET_COOKIE, cookie.clone());
    }
    response
}

async fn again_with(app: AppState, request: Request, refused: Refused, status: StatusCode) -> Response {
    let uri: Uri = request.uri().clone();
    let headers = request.headers().clone();
    let mut response = page::draw(app, &uri, &headers, request, Some(refused)).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}
