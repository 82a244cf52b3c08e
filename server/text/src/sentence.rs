//! What went wrong, in the language of the protocol.

use sapa_model::{AppError, ErrorCode};

/// A sentence for an error, with the parameter to blame where there is one.
pub fn of(error: &AppError) -> String {
    let limit = error.limit.map(|limit| format!(" ({limit})")).unwrap_or_default();
    let parameter = error.field.as_deref().map(|field| format!(": {}", parameter(field))).unwrap_or_default();
    format!("{}{limit}{parameter}", words(error.code))
}

/// For a request that is known, and how it is written.
pub fn malformed(usage: &str) -> String {
    format!("bentuk request: {usage}")
}

/// For something in the place of a file that is not base64.
pub fn bad_content() -> String {
    "base64 tidak benar".to_owned()
}

/// For a token that is unknown, has expired or was revoked.
pub fn dead_token() -> String {
    "token tidak berlaku, silakan AUTH".to_owned()
}

/// For a house where an account needs an e-mail address, which no request can give.
pub fn needs_address() -> String {
    "akun di sini membutuhkan alamat email, silakan daftar lewat browser".to_owned()
}

/// For a line that is not UTF-8.
pub fn not_text() -> String {
    "request bukan teks UTF-8".to_owned()
}

/// For a line that is too long.
pub fn too_long() -> String {
    "request terlalu panjang".to_owned()
}

/// For a line that the end of the connection cuts off.
pub fn cut_off() -> String {
    "request terpotong, akhiri dengan CR LF".to_owned()
}

/// For a line that does not come to its end.
pub fn too_slow() -> String {
    "request terlalu lambat".to_owned()
}

/// For what there is no room for now.
pub fn busy() -> String {
    words(ErrorCode::Unavailable).to_owned()
}

/// What the protocol calls a field of the API.
fn parameter(field: &str) -> &str {
    match field {
        "text" => "pesan",
        "group" => "grup",
        "attachments" => "file",
        "userId" => "username",
        "country" => "negara",
        "nickname" | "name" => "nama",
        other => other,
    }
}

fn words(code: ErrorCode) -> &'static str {
    match code {
        ErrorCode::Required => "tidak boleh kosong",
        ErrorCode::TooShort => "terlalu pendek",
        ErrorCode::TooLong => "terlalu panjang",
        ErrorCode::Invalid | ErrorCode::UnsupportedMediaType => "tidak benar",
        ErrorCode::EasilyGuessed => "terlalu mudah ditebak",
        ErrorCode::BadUsername => {
            "username hanya boleh berisi huruf, angka, titik, tanda hubung dan garis bawah"
        }
        ErrorCode::BadCharacters => "berisi karakter yang tidak dapat ditampilkan",
        ErrorCode::UsernameTaken => "username sudah dipakai",
        ErrorCode::HandleTaken => "nama alamat saluran sudah dipakai",
        ErrorCode::EmailTaken => "alamat email sudah dipakai",
        ErrorCode::WrongCredentials | ErrorCode::WrongPassword => "username atau password salah",
        ErrorCode::SignedOut => "silakan AUTH terlebih dahulu",
        ErrorCode::Forbidden => "tidak diizinkan",
        ErrorCode::NotFound | ErrorCode::MethodNotAllowed => "tidak ditemukan",
        // Where plain text can meet it: a name that several have.
        ErrorCode::Conflict => "ada lebih dari satu yang bernama sama",
        ErrorCode::FriendsOnly => "orang ini hanya menerima pesan dari teman",
        ErrorCode::Blocked => "Anda memblokir orang ini",
        ErrorCode::CannotAdd => "orang ini tidak dapat ditambahkan",
        ErrorCode::OwnerMustHandOver => "pemilik harus menyerahkan grup terlebih dahulu",
        ErrorCode::InviteGone | ErrorCode::InviteUsed => "undangan sudah tidak berlaku",
        ErrorCode::LinkGone => "tautan sudah tidak berlaku",
        ErrorCode::EmailUnverified => "alamat email belum dikonfirmasi",
        ErrorCode::Banned => "akun ini ditutup",
        ErrorCode::RegistrationClosed => "pendaftaran ditutup",
        ErrorCode::InvitationRequired => "pendaftaran hanya dengan undangan",
        ErrorCode::LimitReached => "batas jumlah sudah tercapai",
        ErrorCode::TooMany
        | ErrorCode::TooManyTries
        | ErrorCode::TooManyAccounts
        | ErrorCode::TooManyLetters => "terlalu banyak percobaan, silakan tunggu",
        ErrorCode::TooLarge => "terlalu besar",
        ErrorCode::TooManyPixels => "gambar memiliki terlalu banyak piksel",
        ErrorCode::NotAPicture => "ini bukan gambar",
        ErrorCode::DamagedPicture => "gambar rusak",
        ErrorCode::QuotaReached => "kuota file sudah penuh",
        ErrorCode::StorageFull => "ruang server untuk file sudah penuh",
        ErrorCode::DiskFull => "disk server penuh, silakan coba lagi nanti",
        ErrorCode::Unavailable => "server sedang sibuk, silakan coba lagi",
        ErrorCode::Internal => "terjadi kesalahan di server",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_its_parameter_and_its_limit() {
        assert_eq!(of(&AppError::too_long("text", 4_000)), "terlalu panjang (4000): pesan");
        assert_eq!(of(&AppError::not_found("group").on("group")), "tidak ditemukan: grup");
        assert_eq!(of(&AppError::signed_out()), "silakan AUTH terlebih dahulu");
    }
}
