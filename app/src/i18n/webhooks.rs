//! Webhooks of groups.

use super::{Text, messages};

messages! {
    /// What a group's details say of webhooks.
    WebhookWords {
        title: Text = ["Webhooks", "Webhook", "Вебхуки"];
        hint: Text = [
            "How another service writes into this group, or hears what is written here.",
            "Cara layanan lain menulis di grup ini, atau mendengar apa yang ditulis di sini.",
            "Так інший сервіс пише в цю групу або дізнається, що тут пишуть.",
        ];
        direction: Text = ["Which way", "Ke arah mana", "У який бік"];
        incoming: Text = ["It writes here", "Menulis di sini", "Пише сюди"];
        outgoing: Text = ["It is told", "Diberi tahu", "Отримує звідси"];
        name: Text = ["What it is for", "Untuk apa", "Для чого він"];
        url: Text = ["Where to", "Ke mana", "Куди"];
        url_hint: Text = ["An address of that service, such as https://example.org/hook.", "Alamat layanan itu, misalnya https://example.org/hook.", "Адреса того сервісу, наприклад https://example.org/hook."];
        make: Text = ["Make a webhook", "Buat webhook", "Створити вебхук"];
        made_incoming: Text = [
            "Post to this address. Copy it now: it is shown only this once.",
            "Kirim ke alamat ini. Salin sekarang: hanya ditampilkan sekali ini.",
            "Надсилайте на цю адресу. Скопіюйте зараз: більше її не покажуть.",
        ];
        made_outgoing: Text = [
            "Posts are signed with this key. Copy it now: it is shown only this once.",
            "Kiriman ditandatangani dengan kunci ini. Salin sekarang: hanya ditampilkan sekali ini.",
            "Запити підписано цим ключем. Скопіюйте зараз: більше його не покажуть.",
        ];
        secret: Text = ["Secret", "Rahasia", "Секрет"];
        copy: Text = ["Copy", "Salin", "Копіювати"];
        failing: fn(&str) -> String = [
            |why| format!("Not arriving: {why}"),
            |why| format!("Tidak sampai: {why}"),
            |why| format!("Не доходить: {why}"),
        ];
        failed: fn(&str) -> String = [
            |why| format!("Given up: {why}"),
            |why| format!("Dihentikan: {why}"),
            |why| format!("Зупинено: {why}"),
        ];
        delete: Text = ["Delete", "Hapus", "Видалити"];
    }
}
