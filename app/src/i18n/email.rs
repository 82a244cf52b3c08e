//! E-mail addresses, their letters, and forgotten passwords.

use super::{Text, messages};

messages! {
    /// What is said about addresses and letters.
    EmailWords {
        title: Text = ["E-mail address", "Alamat surel", "Адреса е-пошти"];
        none: Text = [
            "None yet. With one you can sign in by it, and get back in if you forget your password.",
            "Belum ada. Dengan alamat surel Anda bisa masuk dan memulihkan kata sandi yang terlupa.",
            "Ще немає. З нею можна входити й відновити доступ, якщо забудете пароль.",
        ];
        confirmed: Text = ["Confirmed", "Terkonfirmasi", "Підтверджено"];
        waiting: Text = ["Waits to be confirmed", "Menunggu konfirmasi", "Очікує підтвердження"];
        letter_sent: fn(&str) -> String = [
            |address| format!("There is a letter for you at {address}. Open the link in it."),
            |address| format!("Ada surat untuk Anda di {address}. Buka tautan di dalamnya."),
            |address| format!("На {address} надіслано лист. Відкрийте посилання з нього."),
        ];
        send_again: Text = ["Send the letter again", "Kirim suratnya lagi", "Надіслати лист ще раз"];
        sent_again: Text = [
            "A new letter is on its way.",
            "Surat baru sedang dikirim.",
            "Новий лист уже в дорозі.",
        ];
        new_address: Text = ["New address", "Alamat baru", "Нова адреса"];
        new_address_hint: Text = [
            "Leave empty for none.",
            "Kosongkan bila tidak ingin punya.",
            "Залиште порожнім, якщо адреса не потрібна.",
        ];
        change: Text = ["Change the address", "Ubah alamat", "Змінити адресу"];
        verified: fn(&str) -> String = [
            |address| format!("{address} is confirmed. Thank you!"),
            |address| format!("{address} sudah terkonfirmasi. Terima kasih!"),
            |address| format!("{address} підтверджено. Дякуємо!"),
        ];
        expired: Text = [
            "This link has expired or was used already. If you still need it, have another letter sent.",
            "Tautan ini sudah kedaluwarsa atau sudah dipakai. Bila masih perlu, minta surat baru.",
            "Це посилання застаріло або вже використане. Якщо воно ще потрібне, попросіть новий лист.",
        ];
        taken: Text = [
            "This address is confirmed for another account of yours.",
            "Alamat ini sudah terkonfirmasi untuk akun Anda yang lain.",
            "Цю адресу підтверджено для іншого вашого облікового запису.",
        ];
        nothing_waits: Text = [
            "There is nothing left to confirm.",
            "Tidak ada lagi yang perlu dikonfirmasi.",
            "Більше нічого підтверджувати.",
        ];
        mailbox_title: Text = ["Look into your mailbox", "Periksa kotak masuk Anda", "Перевірте пошту"];
        forgot: Text = ["Forgot your password?", "Lupa kata sandi?", "Забули пароль?"];
        forgot_sub: Text = [
            "We send a link to the address of your account.",
            "Kami mengirim tautan ke alamat akun Anda.",
            "Ми надішлемо посилання на адресу вашого облікового запису.",
        ];
        send_link: Text = ["Send the link", "Kirim tautan", "Надіслати посилання"];
        link_sent: Text = [
            "If an account has this address, a letter with a link is on its way to it.",
            "Bila ada akun dengan alamat ini, surat berisi tautan sedang dikirim ke sana.",
            "Якщо є обліковий запис із цією адресою, лист із посиланням уже в дорозі.",
        ];
        // As `domain::mail` has it.
        link_sent_more: Text = [
            "It may take a few minutes: look into spam too. If you ask again within a minute, no second one is sent; after several in one day, within an hour.",
            "Mungkin perlu beberapa menit: periksa juga folder spam. Bila diminta lagi dalam satu menit, tidak ada surat kedua yang dikirim; setelah beberapa kali dalam sehari, dalam satu jam.",
            "Це може тривати кілька хвилин: перевірте й спам. Якщо попросити ще раз протягом хвилини, другого листа не буде; після кількох за день — протягом години.",
        ];
        another_link: Text = ["Ask for another link", "Minta tautan lain", "Попросити нове посилання"];
        reset_sub: Text = [
            "All devices will be signed out.",
            "Semua perangkat akan dikeluarkan.",
            "Усі пристрої буде відключено.",
        ];
        set_password: Text = ["Set the password", "Pasang kata sandi", "Задати пароль"];
        password_set: Text = [
            "Your new password is set. Sign in with it.",
            "Kata sandi baru sudah terpasang. Silakan masuk dengannya.",
            "Новий пароль задано. Увійдіть із ним.",
        ];
    }
}
