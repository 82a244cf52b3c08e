//! Avatars over HTTP: taken in whole, given out for ever unchanged.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use sapa_domain::{Chat, avatars};
use sapa_model::{Room, RoomId, UserCard, Variant};

use crate::problem::Problem;
use crate::session::SignedIn;

/// `PUT /avatar`: the asker's picture.
pub async fn set_own(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    body: Body,
) -> Result<Json<UserCard>, Problem> {
    avatars::set_own(&chat, &scope, body.into_data_stream()).await.map(Json).map_err(Problem)
}

/// `PUT /avatar/{room}`: a group's picture.
pub async fn set_of_group(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    Path(room): Path<i64>,
    body: Body,
) -> Result<Json<Room>, Problem> {
    let bytes = body.into_data_stream();
    avatars::set_of_group(&chat, &scope, RoomId(room), bytes).await.map(Json).map_err(Problem)
}

/// `GET /avatars/{variant}/{key}`: a picture, for whoever is signed in and has seen its key.
pub async fn serve(
    State(chat): State<Chat>,
    SignedIn(_): SignedIn,
    Path((variant, key)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let variant: Variant = variant.parse().map_err(Problem)?;
    let picture = avatars::open(&chat, &key, variant).await.map_err(Problem)?;
    let headers = [
        (CONTENT_TYPE, picture.media_type.to_owned()),
        (CONTENT_LENGTH, picture.size.to_string()),
        // The key is new for each picture.
        (CACHE_CONTROL, "private, max-age=31536000, immutable".to_owned()),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
    ];
    Ok((headers, Body::from_stream(picture.bytes)).into_response())
}
