//! Secrets that are handed out once and kept only as a hash: session tokens, invite links.

use std::fmt::Write as _;

use rand::TryRng as _;
use rand::rngs::SysRng;
use sapa_model::{AppError, AppResult};
use sha2::{Digest, Sha256};

/// 256 random bits in lower-case hexadecimal.
pub fn new() -> AppResult<String> {
    let mut bytes = [0; 32];
    SysRng.try_fill_bytes(&mut bytes).map_err(|_| AppError::internal())?;
    Ok(hex(&bytes))
}

/// Whether a text has the form of a token.
pub fn is_one(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// What is stored of a token. A plain hash is enough: nobody guesses 256 bits.
pub fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_long_and_never_the_same() {
        let (one, other) = (new().unwrap(), new().unwrap());
        assert!(is_one(&one) && !is_one("../etc") && !is_one(&one.to_uppercase()));
        assert_ne!(one, other);
        // FIPS 180-2, appendix B.1.
        assert_eq!(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
