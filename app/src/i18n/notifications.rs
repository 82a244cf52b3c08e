//! Being told of what happens while one looks elsewhere.

use super::{Text, messages};

messages! {
    /// What is said of notifications.
    NotificationWords {
        title: Text = ["Notifications", "Notifikasi", "Сповіщення"];
        on: Text = [
            "Notify me on this device",
            "Beri tahu saya di perangkat ini",
            "Сповіщати на цьому пристрої",
        ];
        on_hint: Text = [
            "While Sapa is open in a window or tab that you are not looking at.",
            "Selama Sapa terbuka di jendela atau tab yang tidak sedang Anda lihat.",
            "Поки Sapa відкрита у вікні чи вкладці, на яку ви не дивитеся.",
        ];
        blocked: Text = [
            "This browser does not allow it here. You can change that in its settings for this site.",
            "Peramban ini tidak mengizinkannya di sini. Anda bisa mengubahnya di setelan peramban untuk situs ini.",
            "Браузер цього тут не дозволяє. Це можна змінити в його налаштуваннях для цього сайту.",
        ];
        messages: Text = ["Messages", "Pesan", "Повідомлення"];
        calls: Text = ["Calls", "Panggilan", "Дзвінки"];
        requests: Text = ["Requests", "Permintaan", "Запити"];
        sessions: Text = ["Sessions that begin soon", "Sesi yang segera dimulai", "Зустрічі, що скоро почнуться"];
        sound: Text = ["With a sound", "Dengan bunyi", "Зі звуком"];
        ask: Text = [
            "Somebody wrote while you were away. Be told next time?",
            "Ada yang menulis saat Anda pergi. Ingin diberi tahu lain kali?",
            "Вам написали, поки вас не було. Сповіщати наступного разу?",
        ];
        ask_yes: Text = ["Turn on notifications", "Nyalakan notifikasi", "Увімкнути сповіщення"];
        ask_no: Text = ["Not now", "Nanti saja", "Не зараз"];
        first_words: Text = ["Wants to write to you", "Ingin menulis kepada Anda", "Хоче вам написати"];
        asks: Text = ["Wants to be your friend", "Ingin berteman dengan Anda", "Хоче з вами дружити"];
        rings: Text = ["Is calling you", "Menelepon Anda", "Телефонує вам"];
    }
}
