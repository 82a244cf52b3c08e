//! What letters say, in the language of the account or of whoever asked for them; English for all that is not
//! known. Each subject names the house and the server, so that people know who writes.

use sapa_model::Timestamp;
use time::OffsetDateTime;
use time::macros::format_description;

use crate::entity::words::LetterKind;

/// What a letter is about.
#[derive(Clone, Copy)]
pub struct About<'a> {
    /// Code of the language that it is written in.
    pub language: &'a str,
    /// What the house is called.
    pub house: &'a str,
    /// Whose account it is.
    pub username: &'a str,
    /// Scheme and host of the server.
    pub origin: &'a str,
}

/// What has happened to an account.
pub struct News {
    /// When.
    pub at: Timestamp,
    /// On which device and from where, if that is told.
    pub device: Option<(Option<String>, Option<String>)>,
}

/// To confirm an address: subject and text.
pub fn confirm(about: About<'_>, link: &str) -> (String, String) {
    let About { language, username, origin, .. } = about;
    let (subject, text) = match language {
        "id" => (
            "konfirmasi alamat surel Anda",
            format!(
                "Halo @{username},\n\nbuka tautan ini untuk mengonfirmasi bahwa alamat surel ini milik Anda:\n\n\
                 {link}\n\nTautan ini berlaku tiga hari dan hanya sekali. Jika bukan Anda yang memintanya di \
                 {origin}, abaikan saja surat ini.\n"
            ),
        ),
        "uk" => (
            "підтвердьте адресу е-пошти",
            format!(
                "Вітаємо, @{username}!\n\nВідкрийте це посилання, щоб підтвердити, що ця адреса ваша:\n\n{link}\n\n\
                 Воно діє три дні й лише один раз. Якщо ви не просили про це на {origin}, просто не зважайте на \
                 цей лист.\n"
            ),
        ),
        _ => (
            "confirm your e-mail address",
            format!(
                "Hello @{username},\n\nopen this link to confirm that this address is yours:\n\n{link}\n\n\
                 It is good for three days, and once. If you did not ask for it at {origin}, ignore this letter.\n"
            ),
        ),
    };
    (titled(about, subject), text)
}

/// To set a new password: subject and text.
pub fn reset(about: About<'_>, link: &str) -> (String, String) {
    let About { language, username, origin, .. } = about;
    let (subject, text) = match language {
        "id" => (
            "kata sandi baru",
            format!(
                "Halo @{username},\n\nbuka tautan ini untuk membuat kata sandi baru:\n\n{link}\n\n\
                 Tautan ini berlaku satu jam dan hanya sekali. Jika bukan Anda yang memintanya di {origin}, abaikan \
                 saja surat ini: kata sandi Anda tetap sama.\n"
            ),
        ),
        "uk" => (
            "новий пароль",
            format!(
                "Вітаємо, @{username}!\n\nВідкрийте це посилання, щоб задати новий пароль:\n\n{link}\n\nВоно діє \
                 годину й лише один раз. Якщо ви не просили про це на {origin}, не зважайте на цей лист: пароль \
                 лишається той самий.\n"
            ),
        ),
        _ => (
            "a new password",
            format!(
                "Hello @{username},\n\nopen this link to set a new password:\n\n{link}\n\nIt is good for an hour, \
                 and once. If you did not ask for it at {origin}, ignore this letter: your password stays as it is.\n"
            ),
        ),
    };
    (titled(about, subject), text)
}

/// To the owner of an address that somebody has given for another account: subject and text.
pub fn known(about: About<'_>) -> (String, String) {
    let About { language, username, origin, .. } = about;
    let (subject, text) = match language {
        "id" => (
            "Anda sudah punya akun",
            format!(
                "Halo @{username},\n\nseseorang memberikan alamat ini untuk akun lain di {origin}. Alamat ini tetap \
                 milik akun Anda, @{username}. Jika bukan Anda, abaikan saja surat ini. Jika itu Anda dan lupa kata \
                 sandinya, minta yang baru di sini:\n\n{origin}/forgot\n"
            ),
        ),
        "uk" => (
            "у вас уже є обліковий запис",
            format!(
                "Вітаємо, @{username}!\n\nХтось указав цю адресу для іншого облікового запису на {origin}. Вона й \
                 надалі належить вашому, @{username}. Якщо це були не ви, не зважайте на цей лист. Якщо ви й забули \
                 пароль, задайте новий:\n\n{origin}/forgot\n"
            ),
        ),
        _ => (
            "you already have an account",
            format!(
                "Hello @{username},\n\nsomebody has given this address for another account at {origin}. It stays \
                 with yours, @{username}. If it was not you, ignore this letter. If it was and you have forgotten \
                 the password, ask for a new one here:\n\n{origin}/forgot\n"
            ),
        ),
    };
    (titled(about, subject), text)
}

/// To an owner, of what was done to the account: subject and text; none for a letter of another kind.
pub fn news(kind: LetterKind, about: About<'_>, news: &News) -> Option<(String, String)> {
    let About { language, username, origin, .. } = about;
    let (subject, what) = what_happened(kind, language)?;
    let details = details(language, news);
    let text = match language {
        "id" => format!(
            "Halo @{username},\n\n{what}\n\n{details}\nJika itu Anda, abaikan saja surat ini. Jika bukan, buat kata \
             sandi baru sekarang juga:\n\n{origin}/forgot\n\nPerangkat yang masuk ada di sini: \
             {origin}/settings\n"
        ),
        "uk" => format!(
            "Вітаємо, @{username}!\n\n{what}\n\n{details}\nЯкщо це були ви, не зважайте на цей лист. Якщо ні, одразу \
             задайте новий пароль:\n\n{origin}/forgot\n\nВаші пристрої: {origin}/settings\n"
        ),
        _ => format!(
            "Hello @{username},\n\n{what}\n\n{details}\nIf it was you, ignore this letter. If not, set a new password \
             at once:\n\n{origin}/forgot\n\nThe devices that are signed in: {origin}/settings\n"
        ),
    };
    Some((titled(about, subject), text))
}

/// The subject's whole line.
fn titled(about: About<'_>, subject: &str) -> String {
    let host = about.origin.split_once("://").map_or(about.origin, |(_, host)| host);
    let house = about.house;
    match about.language {
        "id" => format!("{house} di {host}: {subject}"),
        "uk" => format!("{house} на {host}: {subject}"),
        _ => format!("{house} at {host}: {subject}"),
    }
}

/// When it was, on what, from where: a line each. The zone is the server's word, for readers are anywhere.
fn details(language: &str, news: &News) -> String {
    let [device, address, time, unknown] = match language {
        "id" => ["Perangkat", "Alamat jaringan", "Waktu", "tidak dikenal"],
        "uk" => ["Пристрій", "Адреса в мережі", "Час", "невідомо"],
        _ => ["Device", "Network address", "Time", "unknown"],
    };
    let or_unknown = |told: &Option<String>| told.clone().unwrap_or_else(|| unknown.to_owned());
    let on = news
        .device
        .as_ref()
        .map(|(name, place)| format!("{device}: {}\n{address}: {}\n", or_unknown(name), or_unknown(place)));
    let at = OffsetDateTime::from_unix_timestamp(news.at.0 / 1_000).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let at = at.format(format_description!("[year]-[month]-[day] [hour]:[minute]")).unwrap_or_default();
    format!("{}{time}: {at} UTC\n", on.unwrap_or_default())
}

fn what_happened(kind: LetterKind, language: &str) -> Option<(&'static str, &'static str)> {
    Some(match (kind, language) {
        (LetterKind::Confirm | LetterKind::Reset, _) => return None,
        (LetterKind::NewDevice, "id") => ("perangkat baru", "perangkat baru telah masuk ke akun Anda."),
        (LetterKind::NewDevice, "uk") => {
            ("новий пристрій", "До вашого облікового запису ввійшли з нового пристрою.")
        }
        (LetterKind::NewDevice, _) => {
            ("a new device", "somebody has signed in to your account from a new device.")
        }
        (LetterKind::PasswordChanged, "id") => {
            ("kata sandi Anda diubah", "kata sandi akun Anda telah diubah.")
        }
        (LetterKind::PasswordChanged, "uk") => {
            ("ваш пароль змінено", "Пароль вашого облікового запису змінено.")
        }
        (LetterKind::PasswordChanged, _) => {
            ("your password was changed", "the password of your account was changed.")
        }
        (LetterKind::AddressChanged, "id") => {
            ("alamat surel Anda diubah", "alamat surel akun Anda sedang diubah atau dihapus.")
        }
        (LetterKind::AddressChanged, "uk") => (
            "вашу адресу е-пошти змінюють",
            "Адресу е-пошти вашого облікового запису змінюють або вилучають.",
        ),
        (LetterKind::AddressChanged, _) => (
            "your e-mail address is being changed",
            "the e-mail address of your account is being changed or taken away.",
        ),
    })
}
