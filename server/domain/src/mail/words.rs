//! What letters say, in the language of whoever asked for them; English for all that is not known.

use crate::entity::words::LetterKind;

/// To confirm an address: subject and text.
pub fn confirm(language: &str, username: &str, link: &str) -> (String, String) {
    let (subject, text) = match language {
        "id" => (
            "Konfirmasi alamat surel Anda",
            format!(
                "Halo @{username},\n\nbuka tautan ini untuk mengonfirmasi bahwa alamat surel ini milik Anda:\n\n\
                 {link}\n\nTautan ini berlaku tiga hari dan hanya sekali. Jika bukan Anda yang memintanya, \
                 abaikan saja surat ini.\n"
            ),
        ),
        "uk" => (
            "Підтвердьте свою адресу е-пошти",
            format!(
                "Вітаємо, @{username}!\n\nВідкрийте це посилання, щоб підтвердити, що ця адреса ваша:\n\n{link}\n\n\
                 Воно діє три дні й лише один раз. Якщо ви цього не просили, просто не зважайте на цей лист.\n"
            ),
        ),
        _ => (
            "Confirm your e-mail address",
            format!(
                "Hello @{username},\n\nopen this link to confirm that this address is yours:\n\n{link}\n\n\
                 It holds for three days, and once. If you have not asked for it, let this letter be.\n"
            ),
        ),
    };
    (subject.to_owned(), text)
}

/// To set a new password: subject and text.
pub fn reset(language: &str, username: &str, link: &str) -> (String, String) {
    let (subject, text) = match language {
        "id" => (
            "Kata sandi baru",
            format!(
                "Halo @{username},\n\nbuka tautan ini untuk membuat kata sandi baru:\n\n{link}\n\n\
                 Tautan ini berlaku satu jam dan hanya sekali. Jika bukan Anda yang memintanya, abaikan saja surat \
                 ini: kata sandi Anda tetap sama.\n"
            ),
        ),
        "uk" => (
            "Новий пароль",
            format!(
                "Вітаємо, @{username}!\n\nВідкрийте це посилання, щоб задати новий пароль:\n\n{link}\n\nВоно діє \
                 годину й лише один раз. Якщо ви цього не просили, не зважайте на лист: пароль лишається той самий.\n"
            ),
        ),
        _ => (
            "A new password",
            format!(
                "Hello @{username},\n\nopen this link to set a new password:\n\n{link}\n\nIt holds for an hour, and \
                 once. If you have not asked for it, let this letter be: your password stays as it is.\n"
            ),
        ),
    };
    (subject.to_owned(), text)
}

/// To the owner of an address that somebody has given for another account: subject and text.
pub fn known(language: &str, username: &str, origin: &str) -> (String, String) {
    let (subject, text) = match language {
        "id" => (
            "Anda sudah punya akun",
            format!(
                "Halo @{username},\n\nseseorang memberikan alamat ini untuk akun lain di {origin}. Alamat ini tetap \
                 milik akun Anda, @{username}. Jika itu Anda dan lupa kata sandinya, minta yang baru di sini:\n\n\
                 {origin}/forgot\n"
            ),
        ),
        "uk" => (
            "У вас уже є обліковий запис",
            format!(
                "Вітаємо, @{username}!\n\nХтось указав цю адресу для іншого облікового запису на {origin}. Вона й \
                 надалі належить вашому, @{username}. Якщо це були ви й забули пароль, задайте новий:\n\n\
                 {origin}/forgot\n"
            ),
        ),
        _ => (
            "You already have an account",
            format!(
                "Hello @{username},\n\nsomebody has given this address for another account at {origin}. It stays \
                 with yours, @{username}. If that was you and the password is forgotten, ask for a new one here:\n\n\
                 {origin}/forgot\n"
            ),
        ),
    };
    (subject.to_owned(), text)
}

/// To an owner, of what was done to the account: subject and text; none for a letter of another kind.
pub fn news(kind: LetterKind, language: &str, username: &str, origin: &str) -> Option<(String, String)> {
    let (subject, what) = what_happened(kind, language)?;
    let text = match language {
        "id" => format!(
            "Halo @{username},\n\n{what} Jika itu Anda, tidak ada yang perlu dilakukan. Jika bukan, buat kata \
             sandi baru sekarang juga:\n\n{origin}/forgot\n\nPerangkat yang masuk ada di sini: \
             {origin}/settings\n"
        ),
        "uk" => format!(
            "Вітаємо, @{username}!\n\n{what} Якщо це були ви, нічого робити не треба. Якщо ні, одразу задайте \
             новий пароль:\n\n{origin}/forgot\n\nВаші пристрої: {origin}/settings\n"
        ),
        _ => format!(
            "Hello @{username},\n\n{what} If it was you, there is nothing to do. If not, set a new password at \
             once:\n\n{origin}/forgot\n\nThe devices that are signed in: {origin}/settings\n"
        ),
    };
    Some((subject.to_owned(), text))
}

fn what_happened(kind: LetterKind, language: &str) -> Option<(&'static str, &'static str)> {
    Some(match (kind, language) {
        (LetterKind::Confirm | LetterKind::Reset, _) => return None,
        (LetterKind::NewDevice, "id") => ("Perangkat baru", "perangkat baru telah masuk ke akun Anda."),
        (LetterKind::NewDevice, "uk") => {
            ("Новий пристрій", "До вашого облікового запису ввійшли з нового пристрою.")
        }
        (LetterKind::NewDevice, _) => {
            ("A new device", "somebody has signed in to your account from a new device.")
        }
        (LetterKind::PasswordChanged, "id") => {
            ("Kata sandi Anda diubah", "kata sandi akun Anda telah diubah.")
        }
        (LetterKind::PasswordChanged, "uk") => {
            ("Ваш пароль змінено", "Пароль вашого облікового запису змінено.")
        }
        (LetterKind::PasswordChanged, _) => {
            ("Your password was changed", "the password of your account was changed.")
        }
        (LetterKind::AddressChanged, "id") => {
            ("Alamat surel Anda diubah", "alamat surel akun Anda sedang diubah atau dihapus.")
        }
        (LetterKind::AddressChanged, "uk") => (
            "Вашу адресу е-пошти змінюють",
            "Адресу е-пошти вашого облікового запису змінюють або вилучають.",
        ),
        (LetterKind::AddressChanged, _) => (
            "Your e-mail address is being changed",
            "the e-mail address of your account is being changed or taken away.",
        ),
    })
}
