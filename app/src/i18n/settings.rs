//! Settings.

use super::{Text, messages};

messages! {
    /// What the settings page says.
    SettingsWords {
        privacy: Text = ["Privacy", "Privasi", "Приватність"];
        who_may_write: Text = ["Who may write to you", "Siapa yang boleh menulis kepada Anda", "Хто може вам писати"];
        everyone: Text = ["Everyone", "Semua orang", "Усі"];
        friends_only: Text = ["Friends only", "Hanya teman", "Лише друзі"];
        who_hint: Text = [
            "First messages of strangers wait under message requests until you answer.",
            "Pesan pertama dari orang asing menunggu di permintaan pesan sampai Anda menjawab.",
            "Перші повідомлення незнайомців чекають у запитах, доки ви не відповісте.",
        ];
        blocked_people: Text = ["Blocked people", "Orang yang diblokir", "Заблоковані"];
        appearance: Text = ["Appearance", "Tampilan", "Вигляд"];
        theme: Text = ["Theme", "Tema", "Тема"];
        system: Text = ["As the device", "Ikuti perangkat", "Як на пристрої"];
        light: Text = ["Light", "Terang", "Світла"];
        dark: Text = ["Dark", "Gelap", "Темна"];
        language: Text = ["Language", "Bahasa", "Мова"];
        writing: Text = ["Writing", "Menulis", "Введення"];
        enter_sends: Text = ["Enter sends the message", "Enter mengirim pesan", "Enter надсилає повідомлення"];
        enter_hint: Text = [
            "With a keyboard: Shift + Enter breaks the line. When off, it is Ctrl + Enter that sends.",
            "Dengan papan ketik: Shift + Enter membuat baris baru. Jika dinonaktifkan, Ctrl + Enter yang mengirim.",
            "З клавіатурою: Shift + Enter починає новий рядок. Якщо вимкнено, надсилає Ctrl + Enter.",
        ];
        keys: Text = [
            "Press Ctrl + / anywhere to see all keyboard shortcuts.",
            "Tekan Ctrl + / di mana saja untuk melihat semua pintasan papan ketik.",
            "Натисніть Ctrl + / будь-де, щоб побачити всі комбінації клавіш.",
        ];
        account: Text = ["Account", "Akun", "Обліковий запис"];
        sign_out_hint: Text = [
            "On this device only.",
            "Hanya di perangkat ini.",
            "Лише на цьому пристрої.",
        ];
        credentials: Text = ["Username and password", "Nama pengguna dan kata sandi", "Ім’я користувача та пароль"];
        new_password: Text = ["New password", "Kata sandi baru", "Новий пароль"];
        new_password_hint: Text = [
            "At least 8 characters. Leave empty to keep the old one.",
            "Minimal 8 karakter. Kosongkan bila tetap sama.",
            "Щонайменше 8 символів. Залиште порожнім, якщо пароль не змінюється.",
        ];
        old_password: Text = ["Current password", "Kata sandi Anda sekarang", "Ваш поточний пароль"];
        credentials_hint: Text = [
            "All your other devices will be signed out.",
            "Semua perangkat Anda yang lain akan dikeluarkan.",
            "Усі інші ваші пристрої буде відключено.",
        ];
        change: Text = ["Change", "Ubah", "Змінити"];
        devices: Text = ["Signed-in devices", "Perangkat yang masuk", "Пристрої, де ви ввійшли"];
        this_device: Text = ["This device", "Perangkat ini", "Цей пристрій"];
        unknown_device: Text = ["Unknown device", "Perangkat tidak dikenal", "Невідомий пристрій"];
        sign_out_others: Text = ["Sign out all others", "Keluarkan semua yang lain", "Вийти на всіх інших"];
        signed_out: Text = ["Signed out", "Sudah dikeluarkan", "Вихід виконано"];
        saved: Text = ["Saved", "Tersimpan", "Збережено"];
    }
}
