//! Pictures and files.

use super::plural::{plural, two};
use super::{Text, messages};

messages! {
    /// Choosing, sending and looking at files.
    Files {
        attach: Text = ["Attach files", "Lampirkan berkas", "Додати файли"];
        chosen: Text = ["Files to send", "Berkas yang akan dikirim", "Файли до надсилання"];
        drop_here: Text = ["Drop to send here", "Lepas untuk mengirim di sini", "Відпустіть, щоб надіслати сюди"];
        remove: fn(&str) -> String = [
            |name| format!("Remove {name}"),
            |name| format!("Buang {name}"),
            |name| format!("Прибрати {name}"),
        ];
        cancel: fn(&str) -> String = [
            |name| format!("Cancel {name}"),
            |name| format!("Batalkan {name}"),
            |name| format!("Скасувати {name}"),
        ];
        picture: Text = ["Picture", "Gambar", "Зображення"];
        pictures: fn(u64) -> String = [
            |n| two(n, "picture", "pictures"),
            |n| format!("{n} gambar"),
            |n| plural(n, "зображення", "зображення", "зображень"),
        ];
        files: fn(u64) -> String = [
            |n| two(n, "file", "files"),
            |n| format!("{n} berkas"),
            |n| plural(n, "файл", "файли", "файлів"),
        ];
        video: Text = ["Video", "Video", "Відео"];
        audio: Text = ["Audio", "Audio", "Аудіо"];
        voice: Text = ["Voice message", "Pesan suara", "Голосове повідомлення"];
        download: Text = ["Download", "Unduh", "Завантажити"];
        open_picture: fn(&str) -> String = [
            |name| format!("Open the picture {name}"),
            |name| format!("Buka gambar {name}"),
            |name| format!("Відкрити зображення {name}"),
        ];
        lightbox: Text = ["Pictures of this chat", "Gambar di obrolan ini", "Зображення цього чату"];
        previous: Text = ["Previous picture", "Gambar sebelumnya", "Попереднє зображення"];
        next: Text = ["Next picture", "Gambar berikutnya", "Наступне зображення"];
        zoom: Text = ["Zoom", "Perbesar", "Масштаб"];
    }
}
