//! Channels, comments and reactions.

use super::plural::{plural, two};
use super::{Text, messages};

messages! {
    /// What channels, the comments on their posts, reactions and the public page say.
    ChannelWords {
        sub: Text = [
            "Few write, many read. Follow what you care about.",
            "Sedikit yang menulis, banyak yang membaca. Ikuti yang Anda sukai.",
            "Небагато хто пише, багато хто читає. Стежте за тим, що вам цікаво.",
        ];
        search: Text = ["Search channels", "Cari saluran", "Пошук каналів"];
        none_title: Text = ["No public channels yet", "Belum ada saluran publik", "Публічних каналів ще немає"];
        none_text: Text = [
            "Make the first one: news, recipes, a word a day.",
            "Buat yang pertama: kabar, resep, satu kata sehari.",
            "Створіть перший: новини, рецепти, слово щодня.",
        ];
        no_match_title: fn(&str) -> String = [
            |what| format!("No channel for “{what}”"),
            |what| format!("Tidak ada saluran untuk “{what}”"),
            |what| format!("Немає каналу за запитом «{what}»"),
        ];
        no_match_text: Text = [
            "Try another word, or a part of its name.",
            "Coba kata lain, atau sebagian namanya.",
            "Спробуйте інше слово або частину назви.",
        ];
        found: fn(u64) -> String = [
            |n| two(n, "channel found", "channels found"),
            |n| format!("{n} saluran ditemukan"),
            |n| plural(n, "канал знайдено", "канали знайдено", "каналів знайдено"),
        ];
        followers_title: Text = ["Followers", "Pengikut", "Підписники"];
        search_followers: Text = ["Search followers", "Cari pengikut", "Пошук серед підписників"];
        admins: Text = ["Admins", "Admin", "Адміни"];
        follow: Text = ["Follow", "Ikuti", "Стежити"];
        unfollow: Text = ["Unfollow", "Berhenti mengikuti", "Не стежити"];
        unfollow_text: Text = [
            "Its posts will no longer come to you. You can follow it again at any time while it is public.",
            "Kirimannya tidak akan sampai lagi. Selama publik, Anda bisa mengikutinya lagi kapan saja.",
            "Дописи більше не надходитимуть. Доки канал публічний, можна знову стежити за ним.",
        ];
        open: Text = ["Open", "Buka", "Відкрити"];
        read_first: Text = ["Read it without following", "Baca tanpa mengikuti", "Читати без підписки"];
        gone_title: Text = ["There is no such channel", "Saluran ini tidak ada", "Такого каналу немає"];
        gone_text: Text = [
            "It may have been made private, or it goes by another name now.",
            "Mungkin sudah dijadikan privat, atau kini bernama lain.",
            "Можливо, він тепер приватний або має іншу назву.",
        ];
        join_title: Text = [
            "You are invited to a channel",
            "Anda diundang ke sebuah saluran",
            "Вас запрошують до каналу",
        ];

        new_sub: Text = [
            "You post, everyone else follows.",
            "Anda menulis, yang lain mengikuti.",
            "Ви пишете, інші стежать.",
        ];
        create: Text = ["Create the channel", "Buat saluran", "Створити канал"];
        name: Text = ["Name of the channel", "Nama saluran", "Назва каналу"];
        about: Text = ["What it is about", "Tentang apa", "Про що він"];
        who_finds: Text = ["Who can find it", "Siapa yang bisa menemukannya", "Хто може його знайти"];
        public: Text = ["Everyone", "Semua orang", "Усі"];
        private: Text = ["By invite link only", "Hanya lewat undangan", "Лише за запрошенням"];
        public_badge: Text = ["Public channel", "Saluran publik", "Публічний канал"];
        private_badge: Text = ["Private channel", "Saluran privat", "Приватний канал"];
        handle: Text = ["Handle", "Nama alamat", "Коротка адреса"];
        handle_hint: Text = [
            "Letters a to z, digits, hyphens, underscores. Everybody can read the channel at /c/ and this.",
            "Huruf a–z, angka, tanda hubung, garis bawah. Siapa pun bisa membaca saluran di /c/ dan ini.",
            "Латинські літери, цифри, дефіси, підкреслення. Кожен зможе читати канал за адресою /c/ і цим словом.",
        ];
        private_hint: Text = [
            "Nobody finds it or reads it without an invite link.",
            "Tanpa tautan undangan tidak ada yang menemukan atau membacanya.",
            "Без посилання-запрошення ніхто його не знайде й не прочитає.",
        ];
        let_comment: Text = ["Followers may comment", "Pengikut boleh berkomentar", "Підписники можуть коментувати"];
        let_comment_hint: Text = [
            "Turned off, comments are closed to all but admins, who can delete them.",
            "Jika dimatikan, komentar tertutup bagi semua kecuali admin, yang bisa menghapusnya.",
            "Якщо вимкнути, коментарі бачитимуть і видалятимуть лише адміни.",
        ];
        settings: Text = ["Set up", "Atur", "Налаштувати"];
        settings_title: Text = ["Set the channel up", "Atur saluran", "Налаштування каналу"];
        public_page: Text = ["Public page", "Halaman publik", "Публічна сторінка"];
        copy_page: Text = ["Copy the address", "Salin alamat", "Скопіювати адресу"];
        hand_over: Text = ["Hand the channel over", "Serahkan saluran", "Передати канал"];
        remove: Text = ["Remove from the channel", "Keluarkan dari saluran", "Вилучити з каналу"];
        end: Text = ["End the channel", "Akhiri saluran", "Закрити канал"];
        end_text: Text = [
            "It ends for everyone, and all that was posted in it is deleted. This cannot be undone.",
            "Saluran berakhir bagi semua, dan semua kirimannya dihapus. Ini tidak bisa dibatalkan.",
            "Канал зникне для всіх, а всі дописи буде видалено. Це не можна скасувати.",
        ];

        comment: Text = ["Comment", "Komentari", "Коментувати"];
        comments: Text = ["Comments", "Komentar", "Коментарі"];
        comments_of: fn(u64) -> String = [
            |n| two(n, "comment", "comments"),
            |n| format!("{n} komentar"),
            |n| plural(n, "коментар", "коментарі", "коментарів"),
        ];
        no_comments: Text = [
            "No comments yet. Say the first word.",
            "Belum ada komentar. Jadilah yang pertama.",
            "Коментарів ще немає. Скажіть перше слово.",
        ];
        comments_off: Text = [
            "Comments are off. Only admins see these.",
            "Komentar dimatikan. Hanya admin yang melihat ini.",
            "Коментарі вимкнено. Їх бачать лише адміни.",
        ];
        earlier: Text = ["Earlier comments", "Komentar sebelumnya", "Попередні коментарі"];
        your_comment: Text = ["Your comment", "Komentar Anda", "Ваш коментар"];
        delete_comment: Text = ["Delete the comment", "Hapus komentar", "Видалити коментар"];
        delete_comment_text: Text = [
            "It is gone for everyone. This cannot be undone.",
            "Komentar hilang bagi semua. Ini tidak bisa dibatalkan.",
            "Він зникне для всіх. Це не можна скасувати.",
        ];
        show_more: Text = ["Show more", "Tampilkan lagi", "Показати ще"];

        older: Text = ["Older posts", "Kiriman sebelumnya", "Давніші дописи"];
        newest: Text = ["Newest posts", "Kiriman terbaru", "Найновіші дописи"];
        posts: Text = ["Posts", "Kiriman", "Дописи"];
        feed: Text = ["Feed", "Umpan", "Стрічка"];
        follow_in: Text = ["Follow in Sapa", "Ikuti di Sapa", "Стежити в Sapa"];
        permalink: Text = ["Link to this post", "Tautan ke kiriman ini", "Посилання на цей допис"];
        date: fn(i64, usize, i64) -> String = [
            |year, month, day| format!("{day} {} {year}", EN_MONTHS[month % 12]),
            |year, month, day| format!("{day} {} {year}", ID_MONTHS[month % 12]),
            |year, month, day| format!("{day} {} {year}", UK_MONTHS[month % 12]),
        ];
    }
}

const EN_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const ID_MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];
const UK_MONTHS: [&str; 12] = [
    "січня",
    "лютого",
    "березня",
    "квітня",
    "травня",
    "червня",
    "липня",
    "серпня",
    "вересня",
    "жовтня",
    "листопада",
    "грудня",
];
