//! Tokens that let somebody into a room at a provider: JSON Web Tokens (RFC 7519), HS256.

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use sapa_model::{AppError, AppResult};
use serde::Serialize;

use super::Secret;

/// Signs what a token claims; `content_type` where the provider wants one in its head.
pub fn sign(claims: &impl Serialize, content_type: Option<&str>, secret: &Secret) -> AppResult<String> {
    let mut header = Header::new(Algorithm::HS256);
    header.cty = content_type.map(str::to_owned);
    encode(&header, claims, &EncodingKey::from_secret(secret.as_str().as_bytes())).map_err(|error| {
        tracing::error!(%error, "a token for a call cannot be signed");
        AppError::internal()
    })
}
