//! Words that stand in many places.

use super::plural::{plural, two};
use super::{Text, messages};

messages! {
    /// Navigation, buttons and times.
    Common {
        chats: Text = ["Chats", "Obrolan", "Чати"];
        find_people: Text = ["Find people", "Cari teman", "Знайти людей"];
        people: Text = ["People", "Teman", "Люди"];
        requests: Text = ["Requests", "Permintaan", "Запити"];
        settings: Text = ["Settings", "Pengaturan", "Налаштування"];
        main_navigation: Text = ["Main", "Utama", "Головне"];
        skip_to_content: Text = ["Skip to content", "Langsung ke isi", "Перейти до вмісту"];
        waiting: fn(u64) -> String = [
            |n| format!("{n} waiting"),
            |n| format!("{n} menunggu"),
            |n| format!("{n} в очікуванні"),
        ];

        close: Text = ["Close", "Tutup", "Закрити"];
        cancel: Text = ["Cancel", "Batal", "Скасувати"];
        save: Text = ["Save", "Simpan", "Зберегти"];
        undo: Text = ["Undo", "Urungkan", "Повернути"];
        retry: Text = ["Try again", "Coba lagi", "Спробувати ще раз"];
        clear_search: Text = ["Clear the search", "Hapus pencarian", "Очистити пошук"];
        copied: Text = ["Copied", "Tersalin", "Скопійовано"];
        back: Text = ["Back", "Kembali", "Назад"];
        previous: Text = ["Previous", "Sebelumnya", "Назад"];
        next: Text = ["Next", "Berikutnya", "Далі"];
        loading: Text = ["Loading…", "Memuat…", "Завантаження…"];
        not_loaded: Text = ["This could not be loaded.", "Ini gagal dimuat.", "Це не завантажилося."];
        not_loaded_text: Text = [
            "Try again, or load the page anew.",
            "Coba lagi, atau muat ulang halamannya.",
            "Спробуйте ще раз або оновіть сторінку.",
        ];
        sign_out: Text = ["Sign out", "Keluar", "Вийти"];

        online: Text = ["online", "daring", "у мережі"];
        today: Text = ["Today", "Hari ini", "Сьогодні"];
        yesterday: Text = ["Yesterday", "Kemarin", "Учора"];
        just_now: Text = ["just now", "baru saja", "щойно"];
        last_seen: fn(&str) -> String = [
            |when| format!("last seen {when}"),
            |when| format!("terakhir terlihat {when}"),
            |when| format!("у мережі: {when}"),
        ];
        minutes_ago: fn(u64) -> String = [
            |n| format!("{} ago", two(n, "minute", "minutes")),
            |n| format!("{n} menit lalu"),
            |n| format!("{} тому", plural(n, "хвилину", "хвилини", "хвилин")),
        ];
        hours_ago: fn(u64) -> String = [
            |n| format!("{} ago", two(n, "hour", "hours")),
            |n| format!("{n} jam lalu"),
            |n| format!("{} тому", plural(n, "годину", "години", "годин")),
        ];

        not_found_title: Text = ["There is nothing here", "Tidak ada apa-apa di sini", "Тут нічого немає"];
        not_found_text: Text = [
            "The page may have moved, or the address has a slip in it.",
            "Halaman ini mungkin sudah pindah, atau alamatnya keliru.",
            "Можливо, сторінку перенесли або в адресі помилка.",
        ];
        to_chats: Text = ["To the chats", "Ke obrolan", "До чатів"];
        you_are_offline: Text = [
            "You are offline. What you send will leave when you are back.",
            "Anda sedang luring. Pesan akan terkirim begitu tersambung lagi.",
            "Ви не в мережі. Надіслане піде, щойно з’явиться зв’язок.",
        ];
        disk_is_full: Text = [
            "The server's disk is full. What you write is kept here and goes as soon as there is room.",
            "Disk server penuh. Tulisan Anda disimpan di sini dan terkirim begitu ada ruang.",
            "На диску сервера немає місця. Написане збережено тут і піде, щойно місце з’явиться.",
        ];
        too_fast: Text = [
            "You are sending faster than this server takes. The rest goes by itself.",
            "Anda mengirim lebih cepat daripada yang bisa diterima server ini. Sisanya terkirim sendiri.",
            "Ви надсилаєте швидше, ніж приймає цей сервер. Решта піде сама.",
        ];
        elsewhere: Text = [
            "Nothing works at this address: the server is set up for another one. Please go to",
            "Tidak ada yang berfungsi di alamat ini: server diatur untuk alamat lain. Silakan buka",
            "За цією адресою нічого не працює: сервер налаштовано на іншу. Перейдіть на",
        ];
        reconnecting: Text = ["Connecting again…", "Menyambung lagi…", "Відновлюємо зв’язок…"];
        report: Text = ["Report", "Laporkan", "Поскаржитися"];
        report_who: fn(&str) -> String = [
            |name| format!("Report {name} to the host"),
            |name| format!("Laporkan {name} kepada pengelola"),
            |name| format!("Поскаржитися на {name}"),
        ];
        keyboard: Text = ["Keyboard shortcuts", "Pintasan papan ketik", "Комбінації клавіш"];
        switch_to: Text = ["Go to a chat", "Buka obrolan", "Перейти до чату"];
    }
}
