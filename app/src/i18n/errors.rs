//! What went wrong, in words.

use sapa_model::{AppError, ErrorCode};

use super::plural::{plural, two};
use super::{Messages, Text, messages};

messages! {
    /// One sentence for each error, said so that people know what to do next.
    Errors {
        required: Text = ["Please fill this in.", "Mohon diisi.", "Заповніть, будь ласка."];
        too_short: fn(u64) -> String = [
            |n| format!("At least {}, please.", two(n, "character", "characters")),
            |n| format!("Minimal {n} karakter, ya."),
            |n| format!("Щонайменше {}.", plural(n, "символ", "символи", "символів")),
        ];
        too_long: fn(u64) -> String = [
            |n| format!("At most {}, please.", two(n, "character", "characters")),
            |n| format!("Maksimal {n} karakter, ya."),
            |n| format!("Щонайбільше {}.", plural(n, "символ", "символи", "символів")),
        ];
        invalid: Text = ["This does not look right.", "Sepertinya ada yang keliru.", "Схоже, тут помилка."];
        invalid_email: Text = [
            "This does not look like an e-mail address.",
            "Ini tidak tampak seperti alamat surel.",
            "Це не схоже на адресу е-пошти.",
        ];
        invalid_birthday: Text = [
            "Please choose a day in the past.",
            "Pilih tanggal yang sudah lewat.",
            "Виберіть дату в минулому.",
        ];
        invalid_phone: Text = [
            "This does not look like a telephone number.",
            "Ini tidak tampak seperti nomor telepon.",
            "Це не схоже на номер телефону.",
        ];
        language_twice: Text = [
            "Each language can be there only once.",
            "Setiap bahasa hanya boleh ada satu kali.",
            "Кожна мова може бути лише один раз.",
        ];
        easily_guessed: Text = [
            "This password is too easy to guess. Several unrelated words make a better one.",
            "Kata sandi ini terlalu mudah ditebak. Lebih baik gabungkan beberapa kata acak.",
            "Цей пароль надто легко вгадати. Краще поєднайте кілька випадкових слів.",
        ];
        bad_username: Text = [
            "Letters a to z, digits, dots, hyphens and underscores; a letter or digit first and last.",
            "Huruf a–z, angka, titik, tanda hubung, dan garis bawah; diawali dan diakhiri huruf atau angka.",
            "Латинські літери, цифри, крапки, дефіси та підкреслення; на початку й у кінці — літера або цифра.",
        ];
        bad_characters: Text = [
            "There are characters in it that cannot be shown.",
            "Ada karakter yang tidak dapat ditampilkan.",
            "Тут є символи, які неможливо показати.",
        ];
        username_taken: Text = [
            "Somebody already has this username.",
            "Nama pengguna ini sudah dipakai.",
            "Це ім’я користувача вже зайняте.",
        ];
        handle_taken: Text = [
            "Another channel has this handle.",
            "Saluran lain sudah memakai nama alamat ini.",
            "Цю адресу вже має інший канал.",
        ];
        bad_url: Text = [
            "Enter an address that begins with https:// or http://.",
            "Masukkan alamat yang diawali https:// atau http://.",
            "Введіть адресу, що починається з https:// або http://.",
        ];
        bad_handle: Text = [
            "Letters a to z, digits, hyphens and underscores; a letter or digit first and last.",
            "Huruf a–z, angka, tanda hubung, dan garis bawah; diawali dan diakhiri huruf atau angka.",
            "Латинські літери, цифри, дефіси та підкреслення; на початку й у кінці — літера або цифра.",
        ];
        email_taken: Text = [
            "There is already an account with this e-mail address.",
            "Sudah ada akun dengan alamat surel ini.",
            "Обліковий запис із цією адресою вже є.",
        ];
        wrong_credentials: Text = [
            "That name and password do not match.",
            "Nama dan kata sandi itu tidak cocok.",
            "Неправильне ім’я або пароль.",
        ];
        wrong_password: Text = ["This is not your password.", "Ini bukan kata sandi Anda.", "Це не ваш пароль."];
        signed_out: Text = ["Please sign in again.", "Silakan masuk lagi.", "Увійдіть, будь ласка, ще раз."];
        forbidden: Text = [
            "You may not do this here.",
            "Anda tidak bisa melakukan ini di sini.",
            "Тут ви не можете цього зробити.",
        ];
        not_found: Text = ["This is no longer here.", "Ini sudah tidak ada.", "Цього тут уже немає."];
        conflict: Text = [
            "Something has changed meanwhile. Please look again.",
            "Ada yang berubah barusan. Silakan periksa lagi.",
            "Тим часом щось змінилося. Погляньте ще раз.",
        ];
        friends_only: Text = [
            "This person takes messages from friends only.",
            "Orang ini hanya menerima pesan dari teman.",
            "Ця людина отримує повідомлення лише від друзів.",
        ];
        blocked: Text = [
            "You have blocked this person. Unblock first.",
            "Anda memblokir orang ini. Buka blokirnya dulu.",
            "Ви заблокували цю людину. Спершу розблокуйте.",
        ];
        cannot_add: Text = [
            "This person cannot be added. Send an invite link instead.",
            "Orang ini tidak bisa ditambahkan. Kirim tautan undangan saja.",
            "Цю людину не можна додати. Надішліть їй посилання-запрошення.",
        ];
        owner_must_hand_over: Text = [
            "Hand the group over to somebody before you leave.",
            "Serahkan grup kepada seseorang sebelum Anda keluar.",
            "Перш ніж вийти, передайте групу комусь іншому.",
        ];
        invite_gone: Text = [
            "This invite link has expired or was taken back.",
            "Tautan undangan ini sudah kedaluwarsa atau ditarik.",
            "Термін дії запрошення минув або його відкликали.",
        ];
        invite_used: Text = [
            "This invitation has been used already. Ask for another.",
            "Undangan ini sudah dipakai. Mintalah yang baru.",
            "Це запрошення вже використане. Попросіть нове.",
        ];
        limit_reached: fn(u64) -> String = [
            |n| format!("No more than {n}: the limit is reached."),
            |n| format!("Tidak bisa lebih dari {n}: batasnya sudah tercapai."),
            |n| format!("Не більше {n}: межу досягнуто."),
        ];
        too_many: fn(&str) -> String = [
            |wait| format!("Too many requests at once. Try again {wait}."),
            |wait| format!("Terlalu banyak permintaan sekaligus. Coba lagi {wait}."),
            |wait| format!("Забагато запитів одразу. Спробуйте ще раз {wait}."),
        ];
        too_many_tries: fn(&str) -> String = [
            |wait| format!("Too many wrong passwords. Try again {wait}."),
            |wait| format!("Terlalu banyak kata sandi yang salah. Coba lagi {wait}."),
            |wait| format!("Забагато неправильних паролів. Спробуйте ще раз {wait}."),
        ];
        too_many_tries_here: fn(&str) -> String = [
            |wait| format!("Too many wrong passwords. Try again {wait}, or ask for a link by e-mail."),
            |wait| format!("Terlalu banyak kata sandi yang salah. Coba lagi {wait}, atau minta tautan lewat surel."),
            |wait| format!("Забагато неправильних паролів. Спробуйте ще раз {wait} або попросіть посилання на е-пошту."),
        ];
        too_many_accounts: fn(&str) -> String = [
            |wait| format!("Too many accounts have been made from your network. Try again {wait}."),
            |wait| format!("Terlalu banyak akun dibuat dari jaringan Anda. Coba lagi {wait}."),
            |wait| format!("З вашої мережі створено забагато облікових записів. Спробуйте ще раз {wait}."),
        ];
        too_many_letters: fn(&str) -> String = [
            |wait| format!("A letter was sent not long ago: look into spam too. You can ask for another {wait}."),
            |wait| format!("Belum lama ini surat sudah dikirim: periksa juga folder spam. Anda bisa minta lagi {wait}."),
            |wait| format!("Лист нещодавно надіслано: перевірте й спам. Попросити новий можна {wait}."),
        ];
        too_large: Text = ["This is too large.", "Ini terlalu besar.", "Це завелике."];
        too_large_file: fn(u64) -> String = [
            |mib| format!("This file is too large: {mib} MB at the most."),
            |mib| format!("Berkas ini terlalu besar: paling besar {mib} MB."),
            |mib| format!("Файл завеликий: щонайбільше {mib} МБ."),
        ];
        empty_file: Text = ["This file is empty.", "Berkas ini kosong.", "Цей файл порожній."];
        cut_off: Text = [
            "The file did not arrive whole. Please try again.",
            "Berkas tidak sampai utuh. Silakan coba lagi.",
            "Файл надійшов не повністю. Спробуйте ще раз.",
        ];
        too_many_pixels: Text = [
            "This picture has too many pixels. Please make it smaller.",
            "Piksel gambar ini terlalu banyak. Perkecil dulu, ya.",
            "У цього зображення забагато пікселів. Зменште його.",
        ];
        not_a_picture: Text = [
            "This is not a picture. Use JPEG, PNG, GIF or WebP.",
            "Ini bukan gambar. Gunakan JPEG, PNG, GIF, atau WebP.",
            "Це не зображення. Підійдуть JPEG, PNG, GIF та WebP.",
        ];
        link_gone: Text = [
            "This link has expired or was used already.",
            "Tautan ini sudah kedaluwarsa atau sudah dipakai.",
            "Це посилання застаріло або вже використане.",
        ];
        banned: Text = [
            "The host has closed this account.",
            "Pengelola telah menutup akun ini.",
            "Господар сервера закрив цей обліковий запис.",
        ];
        registration_closed: Text = [
            "New accounts cannot be made here.",
            "Akun baru tidak dapat dibuat di sini.",
            "Тут не можна створити новий обліковий запис.",
        ];
        invitation_required: Text = [
            "An account can be made by invitation only.",
            "Akun hanya bisa dibuat dengan undangan.",
            "Обліковий запис можна створити лише на запрошення.",
        ];
        email_unverified: Text = [
            "Please confirm your e-mail address first: there is a letter in your mailbox.",
            "Konfirmasi dulu alamat surel Anda: ada surat di kotak masuk Anda.",
            "Спершу підтвердьте адресу е-пошти: лист у вашій скриньці.",
        ];
        damaged_picture: Text = [
            "This picture is damaged.",
            "Gambar ini rusak.",
            "Це зображення пошкоджене.",
        ];
        quota_reached: Text = [
            "You have used all your room for files. Delete some first.",
            "Ruang untuk berkas Anda sudah penuh. Hapus beberapa dulu.",
            "Для ваших файлів більше немає місця. Спершу видаліть якісь.",
        ];
        storage_full: Text = [
            "The server has no room left for files.",
            "Server sudah tidak punya ruang untuk berkas.",
            "На сервері не лишилося місця для файлів.",
        ];
        disk_full: Text = [
            "The server's disk is full. Please try again later.",
            "Disk server penuh. Silakan coba lagi nanti.",
            "На диску сервера немає місця. Спробуйте пізніше.",
        ];
        unavailable: Text = [
            "The server does not answer. Please try again.",
            "Server tidak menjawab. Silakan coba lagi.",
            "Сервер не відповідає. Спробуйте ще раз.",
        ];
        busy: fn(&str) -> String = [
            |wait| format!("The server is busy. Try again {wait}."),
            |wait| format!("Server sedang sibuk. Coba lagi {wait}."),
            |wait| format!("Сервер зайнятий. Спробуйте ще раз {wait}."),
        ];
        internal: Text = [
            "Something went wrong on the server. Please try again.",
            "Ada gangguan di server. Silakan coba lagi.",
            "На сервері щось пішло не так. Спробуйте ще раз.",
        ];
    }
}

/// How long to wait where an error does not say it, in seconds.
const A_WHILE: u32 = 60;

impl Messages {
    /// An error as a sentence in this language.
    pub fn error(&self, error: &AppError) -> String {
        let words = &self.errors;
        let limit = error.limit.map_or(0, u64::from);
        let wait = || self.wait(error.retry_after.unwrap_or(A_WHILE));
        let sentence = match error.code {
            ErrorCode::TooShort => return (words.too_short)(limit),
            ErrorCode::TooLong => return (words.too_long)(limit),
            ErrorCode::LimitReached => return (words.limit_reached)(limit),
            ErrorCode::Invalid => match error.field.as_deref() {
                Some("email") => words.invalid_email,
                Some("birthday") => words.invalid_birthday,
                Some("startsAt") => self.schedule.invalid_start,
                Some("attachmentId") => self.stories.not_shown,
                Some("phoneNumber") => words.invalid_phone,
                Some("languages") => words.language_twice,
                Some("handle") => words.bad_handle,
                Some("url") => words.bad_url,
                Some("file") => words.cut_off,
                _ => words.invalid,
            },
            ErrorCode::Required if error.field.as_deref() == Some("file") => words.empty_file,
            ErrorCode::Required => words.required,
            ErrorCode::EasilyGuessed => words.easily_guessed,
            ErrorCode::BadUsername => words.bad_username,
            ErrorCode::BadCharacters => words.bad_characters,
            ErrorCode::UsernameTaken => words.username_taken,
            ErrorCode::HandleTaken => words.handle_taken,
            ErrorCode::EmailTaken => words.email_taken,
            ErrorCode::WrongPassword => words.wrong_password,
            ErrorCode::WrongCredentials => words.wrong_credentials,
            ErrorCode::SignedOut => words.signed_out,
            ErrorCode::Forbidden => words.forbidden,
            ErrorCode::NotFound | ErrorCode::MethodNotAllowed => words.not_found,
            ErrorCode::UnsupportedMediaType => words.invalid,
            ErrorCode::Conflict => words.conflict,
            ErrorCode::FriendsOnly => words.friends_only,
            ErrorCode::Blocked => words.blocked,
            ErrorCode::CannotAdd => words.cannot_add,
            ErrorCode::OwnerMustHandOver => words.owner_must_hand_over,
            ErrorCode::InviteGone => words.invite_gone,
            ErrorCode::InviteUsed => words.invite_used,
            ErrorCode::TooMany => return (words.too_many)(&wait()),
            // Of somebody who is in, the field says so: they need no link.
            ErrorCode::TooManyTries if error.field.is_some() => return (words.too_many_tries)(&wait()),
            ErrorCode::TooManyTries => return (words.too_many_tries_here)(&wait()),
            ErrorCode::TooManyAccounts => return (words.too_many_accounts)(&wait()),
            ErrorCode::TooManyLetters => return (words.too_many_letters)(&wait()),
            ErrorCode::TooLarge if error.limit.is_some() => return (words.too_large_file)(limit >> 20),
            ErrorCode::TooLarge => words.too_large,
            ErrorCode::TooManyPixels => words.too_many_pixels,
            ErrorCode::NotAPicture => words.not_a_picture,
            ErrorCode::LinkGone => words.link_gone,
            ErrorCode::Banned => words.banned,
            ErrorCode::RegistrationClosed => words.registration_closed,
            ErrorCode::InvitationRequired => words.invitation_required,
            ErrorCode::EmailUnverified => words.email_unverified,
            ErrorCode::DamagedPicture => words.damaged_picture,
            ErrorCode::QuotaReached => words.quota_reached,
            ErrorCode::StorageFull => words.storage_full,
            ErrorCode::DiskFull => words.disk_full,
            ErrorCode::Unavailable if error.retry_after.is_some() => return (words.busy)(&wait()),
            ErrorCode::Unavailable => words.unavailable,
            ErrorCode::Internal => words.internal,
        };
        sentence.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::i18n::Language;

    #[test]
    fn who_must_wait_is_told_for_what_and_how_long() {
        let refused = |code| AppError::too_many("", Duration::from_mins(10)).coded(code);
        let told = |error: &AppError| Language::ALL.map(|language| language.messages().error(error));
        for code in [
            ErrorCode::TooMany,
            ErrorCode::TooManyTries,
            ErrorCode::TooManyAccounts,
            ErrorCode::TooManyLetters,
        ] {
            for (words, wait) in told(&refused(code)).iter().zip(["10 minutes", "10 menit", "10 хвилин"])
            {
                assert!(words.contains(wait), "{code:?}: {words}");
            }
        }
        let [here, ..] = told(&refused(ErrorCode::TooManyTries));
        assert!(here.ends_with("or ask for a link by e-mail."), "{here}");
        let [settings, ..] = told(&refused(ErrorCode::TooManyTries).on("password"));
        assert_eq!(settings, "Too many wrong passwords. Try again in about 10 minutes.");
        let busy = AppError::new(ErrorCode::Unavailable, "");
        assert_eq!(told(&busy)[0], "The server does not answer. Please try again.");
        assert_eq!(
            told(&busy.after(Duration::from_secs(5)))[0],
            "The server is busy. Try again in 5 seconds."
        );
    }
}
