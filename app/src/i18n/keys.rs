//! The keyboard: the list of keys, and the way straight to a chat.

use super::{Text, messages};

messages! {
    /// What keys do.
    KeyWords {
        switch: Text = ["Go to a chat", "Buka obrolan", "Перейти до чату"];
        chats: Text = ["Chat above or below", "Obrolan di atas atau di bawah", "Чат вище або нижче"];
        unread: Text = [
            "Next unread chat",
            "Obrolan belum dibaca berikutnya",
            "Наступний непрочитаний чат",
        ];
        send: Text = ["Send", "Kirim", "Надіслати"];
        line_break: Text = ["Break the line", "Baris baru", "Новий рядок"];
        end: Text = ["Close, or go to the newest message", "Tutup, atau ke pesan terbaru", "Закрити або перейти до найновішого"];
        region: Text = ["Next part of the page", "Bagian halaman berikutnya", "Наступна частина сторінки"];
        help: Text = ["This list", "Daftar ini", "Цей список"];
        switch_hint: Text = ["Name of a chat", "Nama obrolan", "Назва чату"];
        stories: Text = [
            "Stories: back, on, stand still, sound",
            "Cerita: mundur, maju, jeda, suara",
            "Історії: назад, далі, пауза, звук",
        ];
    }
}
