//! Files that are to be sent with a message: announced first, then brought.
//!
//! The way for large ones and for recordings; small ones come with the message itself.

use axum::Json;
use axum::body::Body as Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use sapa_domain::{Chat, attachments};
use sapa_model::{AttachmentId, NewUpload};
use serde::Serialize;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

use super::input::{At, Body};
use super::parts::binary;
use super::wire::MediaFile;
use crate::problem::Problem;
use crate::session::SignedIn;

/// An upload that may begin.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Upload {
    /// To bring the bytes to, and then to send it by.
    file_id: AttachmentId,
}

/// Announce a file
#[utoipa::path(post, path = "/files", tag = "Files",
    request_body(content = NewUpload, example = json!({"name": "kopi.txt", "size": 4})),
    responses((status = 201, body = Upload), (status = 409), (status = 413)))]
pub async fn announce(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    Body(new): Body<NewUpload>,
) -> Result<(StatusCode, Json<Upload>), Problem> {
    let file_id = attachments::announce(&chat, &scope, new).await.map_err(Problem)?;
    Ok((StatusCode::CREATED, Json(Upload { file_id })))
}

/// The bytes of an announced file.
pub enum FileBytes {}

impl PartialSchema for FileBytes {
    fn schema() -> RefOr<Schema> {
        binary("As many bytes as were announced.").into()
    }
}

impl ToSchema for FileBytes {}

/// Bring an announced file
///
/// As many bytes as were announced.
#[utoipa::path(put, path = "/files/{fileId}", tag = "Files",
    params(("fileId" = AttachmentId, Path, description = "Which", example = 2)),
    request_body(content = inline(FileBytes), content_type = "application/octet-stream", example = json!("kopi")),
    responses((status = 200, body = MediaFile), (status = 413), (status = 507)))]
pub async fn receive(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(file): At<AttachmentId>,
    body: Bytes,
) -> Result<Json<MediaFile>, Problem> {
    let received = attachments::receive(&chat, &scope, file, body.into_data_stream()).await;
    received.map(|attachment| Json(attachment.into())).map_err(Problem)
}
