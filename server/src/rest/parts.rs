//! Forms with files: `multipart/form-data`.

use axum::body::Bytes;
use axum::extract::multipart::{Field, MultipartError};
use futures::{Stream, StreamExt as _, stream};
use sapa_domain::{Chat, Scope, attachments};
use sapa_model::message::Content;
use sapa_model::{AppError, AppResult, AttachmentId, ClientId, ErrorCode, limits};

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};

use super::form::{Form, unreadable};
use super::input::BODY_MAX;

/// A picture: JPEG, PNG, GIF or WebP.
pub enum AvatarForm {}

impl PartialSchema for AvatarForm {
    fn schema() -> RefOr<Schema> {
        let about = "JPEG, PNG, GIF or WebP; a square is cut out of its middle.";
        ObjectBuilder::new().property("avatar", binary(about)).required("avatar").into()
    }
}

impl ToSchema for AvatarForm {}

/// A message with its files.
pub enum MessageForm {}

impl PartialSchema for MessageForm {
    fn schema() -> RefOr<Schema> {
        let content =
            ObjectBuilder::new().schema_type(Type::String).description(Some("At most 4,000 characters."));
        ObjectBuilder::new()
            .property("content", content)
            .property("attachment", binary("A file; up to 10 fields of this name."))
            .property("clientId", ClientId::schema())
            .into()
    }
}

impl ToSchema for MessageForm {}

/// The bytes of a file.
pub fn binary(about: &str) -> ObjectBuilder {
    let format = SchemaFormat::KnownFormat(KnownFormat::Binary);
    ObjectBuilder::new().schema_type(Type::String).format(Some(format)).description(Some(about))
}

/// The file of a form that has no other field.
pub async fn only_file<'a>(
    form: &'a mut Form,
    name: &'static str,
) -> AppResult<impl Stream<Item = Result<Bytes, MultipartError>> + use<'a>> {
    let field = form.next_field().await?;
    field.filter(|field| field.name() == Some(name)).ok_or_else(|| AppError::required(name))
}

/// A message from a form: its files are taken in as they come, and taken away again if it cannot be read to
/// its end.
pub async fn message(chat: &Chat, scope: &Scope, mut form: Form) -> AppResult<(Content, Option<ClientId>)> {
    let mut read = Reading::default();
    match read.all(chat, scope, &mut form).await {
        Ok(()) => Ok((read.content, read.client_id)),
        Err(error) => {
            attachments::discard(chat, scope, read.content.attachments).await?;
            Err(error)
        }
    }
}

#[derive(Default)]
struct Reading {
    content: Content,
    client_id: Option<ClientId>,
}

impl Reading {
    async fn all(&mut self, chat: &Chat, scope: &Scope, form: &mut Form) -> AppResult<()> {
        while let Some(field) = form.next_field().await? {
            match field.name() {
                Some("content") => self.content.text = text(field).await?,
                Some("clientId") => self.client_id = Some(ClientId::parse(&text(field).await?)?),
                Some("attachment") => {
                    let id = file(chat, scope, field, self.content.attachments.len()).await?;
                    self.content.attachments.extend(id);
                }
                _ => {
                    let message = "A message has the fields content, attachment and clientId.";
                    return Err(AppError::new(ErrorCode::Invalid, message));
                }
            }
        }
        Ok(())
    }
}

/// Takes a file in; none where the field is empty, as browsers send it when no file was chosen.
async fn file(
    chat: &Chat,
    scope: &Scope,
    mut field: Field<'_>,
    before: usize,
) -> AppResult<Option<AttachmentId>> {
    const FIELD: &str = "attachment";
    let name = field.file_name().unwrap_or_default().to_owned();
    let mut begun = None;
    while name.is_empty() && begun.is_none() {
        match field.chunk().await.map_err(|error| unreadable(&error))? {
            Some(piece) => begun = Some(piece).filter(|piece| !piece.is_empty()),
            None => return Ok(None),
        }
    }
    if before >= limits::ATTACHMENTS_MAX {
        return Err(AppError::limit_reached("files in a message", limits::ATTACHMENTS_MAX).on(FIELD));
    }
    let bytes = stream::iter(begun.map(Ok)).chain(field);
    let taken = attachments::take_in(chat, scope, &name, bytes).await;
    taken.map(|attachment| Some(attachment.id)).map_err(|error| error.renamed("file", FIELD))
}

async fn text(mut field: Field<'_>) -> AppResult<String> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|error| unreadable(&error))? {
        if bytes.len() + piece.len() > BODY_MAX {
            return Err(AppError::new(ErrorCode::TooLarge, "The request is too large.").limited(BODY_MAX));
        }
        bytes.extend_from_slice(&piece);
    }
    String::from_utf8(bytes).map_err(|_| AppError::new(ErrorCode::Invalid, "The form must be UTF-8."))
}
