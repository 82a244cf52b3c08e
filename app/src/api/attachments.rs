//! Attachments: announcing them. Their bytes go to `PUT /files/{id}`.

#![allow(
    missing_docs,
    reason = "`#[server]` makes a struct of each function's arguments and gives its fields none"
)]

use leptos::prelude::*;
use sapa_model::{AppError, AttachmentId, NewUpload};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use super::context::signed_in;

/// Announces a file, so that its bytes may follow.
#[server(prefix = "/rpc", endpoint = "announce_upload", input = Json, output = Json)]
pub async fn announce_upload(upload: NewUpload) -> Result<AttachmentId, AppError> {
    let (chat, scope) = signed_in()?;
    sapa_domain::attachments::announce(&chat, &scope, upload).await
}
