//! What letters say, in the language of whoever asked for them; English for all that is not known.

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
