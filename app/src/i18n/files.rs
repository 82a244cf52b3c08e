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
        only_first: fn(u64, u64, u64) -> String = [
            |kept, chosen, most| match kept {
                0 => format!("A message takes {most} files, and they are here already."),
                1 => format!("Only the first of {chosen} files is here: a message takes {most}."),
                _ => format!("Only the first {kept} of {chosen} files are here: a message takes {most}."),
            },
            |kept, chosen, most| match kept {
                0 => format!("Satu pesan memuat paling banyak {most} berkas, dan itu sudah tercapai."),
                _ => format!(
                    "Hanya {kept} berkas pertama dari {chosen} yang dilampirkan: satu pesan memuat paling banyak {most}."
                ),
            },
            |kept, chosen, most| match kept {
                0 => format!("Більше не додати: в одному повідомленні — до {}.", plural(most, "файлу", "файлів", "файлів")),
                1 => format!("Додано лише перший файл із {chosen}: в одному повідомленні їх до {most}."),
                _ => format!(
                    "Додано лише перші {} із {chosen}: в одному повідомленні їх до {most}.",
                    plural(kept, "файл", "файли", "файлів")
                ),
            },
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
        record: Text = ["Record a voice message", "Rekam pesan suara", "Записати голосове"];
        recording: Text = ["Recording", "Merekam", "Запис"];
        play: Text = ["Play", "Putar", "Відтворити"];
        pause: Text = ["Pause", "Jeda", "Пауза"];
        not_played: Text = ["This could not be played.", "Ini gagal diputar.", "Це не вдалося відтворити."];
        place_in_it: Text = ["Place in the recording", "Posisi rekaman", "Місце в записі"];
        no_microphone: Text = [
            "The microphone cannot be used. Allow it in the browser; it needs https.",
            "Mikrofon tidak bisa dipakai. Izinkan di peramban; perlu https.",
            "Мікрофон недоступний. Дозвольте його в браузері; потрібен https.",
        ];
        gallery: Text = ["Media, files and links", "Media, berkas, dan tautan", "Медіа, файли й посилання"];
        gallery_media: Text = ["Media", "Media", "Медіа"];
        gallery_files: Text = ["Files", "Berkas", "Файли"];
        gallery_links: Text = ["Links", "Tautan", "Посилання"];
        gallery_none: Text = ["Nothing yet", "Belum ada apa-apa", "Поки нічого"];
        show_more: Text = ["Show more", "Tampilkan lagi", "Показати ще"];
        zoom: Text = ["Zoom", "Perbesar", "Масштаб"];
    }
}
