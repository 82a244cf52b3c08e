//! The dialog list, the chat and its composer.

use super::plural::{plural, two};
use super::{Text, messages};

messages! {
    /// What the list of chats, a chat and its composer say.
    Chat {
        title: Text = ["Chats", "Obrolan", "Чати"];
        new: Text = ["New", "Baru", "Створити"];
        new_chat: Text = ["New chat or group", "Obrolan atau grup baru", "Новий чат або група"];
        filter: Text = ["Filter chats", "Cari obrolan", "Пошук чатів"];
        tabs: Text = ["Which chats", "Obrolan mana", "Які чати"];
        all: Text = ["All", "Semua", "Усі"];
        unread: Text = ["Unread", "Belum dibaca", "Нові"];
        groups: Text = ["Groups", "Grup", "Групи"];
        requests: Text = ["Requests", "Permintaan", "Запити"];
        first_messages: fn(u64) -> String = [
            |n| two(n, "message", "messages"),
            |n| format!("{n} pesan"),
            |n| plural(n, "повідомлення", "повідомлення", "повідомлень"),
        ];
        who_asks: fn(u64) -> String = [
            |n| two(n, "friend request", "friend requests"),
            |n| format!("{n} permintaan pertemanan"),
            |n| plural(n, "запит у друзі", "запити в друзі", "запитів у друзі"),
        ];
        unread_messages: fn(u64) -> String = [
            |n| two(n, "unread message", "unread messages"),
            |n| format!("{n} pesan belum dibaca"),
            |n| plural(n, "непрочитане повідомлення", "непрочитані повідомлення", "непрочитаних повідомлень"),
        ];
        muted: Text = ["Muted", "Dibisukan", "Без звуку"];
        add: Text = ["Add", "Tambahkan", "Додати"];
        draft: Text = ["Draft:", "Draf:", "Чернетка:"];
        you_wrote: Text = ["You:", "Anda:", "Ви:"];
        typing: Text = ["typing…", "sedang mengetik…", "друкує…"];
        typing_one: fn(&str) -> String = [
            |who| format!("{who} is typing…"),
            |who| format!("{who} sedang mengetik…"),
            |who| format!("{who} друкує…"),
        ];
        typing_two: fn(&str, &str) -> String = [
            |a, b| format!("{a} and {b} are typing…"),
            |a, b| format!("{a} dan {b} sedang mengetik…"),
            |a, b| format!("{a} і {b} друкують…"),
        ];
        typing_many: fn(u64) -> String = [
            |n| format!("{n} people are typing…"),
            |n| format!("{n} orang sedang mengetik…"),
            |n| format!("Друкують: {n}…"),
        ];
        no_chats_title: Text = ["Say hello to somebody", "Sapa seseorang, yuk", "Привітайтеся з кимось"];
        no_chats_text: Text = [
            "Your chats will stand here. Find a friend and write the first line.",
            "Obrolan Anda akan muncul di sini. Cari teman dan tulis kalimat pertama.",
            "Тут будуть ваші чати. Знайдіть друга й напишіть перший рядок.",
        ];
        no_unread_title: Text = ["All read", "Semua sudah dibaca", "Усе прочитано"];
        no_unread_text: Text = [
            "Nothing waits for you. Enjoy the quiet.",
            "Tidak ada yang menunggu. Nikmati tenangnya.",
            "Нічого не чекає на вас. Насолоджуйтеся тишею.",
        ];
        no_groups_title: Text = ["No groups yet", "Belum ada grup", "Груп ще немає"];
        no_groups_text: Text = [
            "Bring your friends together with the plus sign above.",
            "Kumpulkan teman-teman lewat tanda tambah di atas.",
            "Зберіть друзів разом: знак плюс угорі.",
        ];
        nothing_found_title: Text = ["Nothing found", "Tidak ditemukan", "Нічого не знайдено"];
        nothing_found_text: fn(&str) -> String = [
            |query| format!("No chat has “{query}” in its name."),
            |query| format!("Tidak ada obrolan bernama “{query}”."),
            |query| format!("Жоден чат не має «{query}» у назві."),
        ];

        became_friends: fn(&str) -> String = [
            |who| format!("You and {who} became friends"),
            |who| format!("Anda dan {who} kini berteman"),
            |who| format!("Ви і {who} тепер друзі"),
        ];
        you_started: Text = [
            "You started the conversation",
            "Anda memulai percakapan",
            "Ви почали розмову",
        ];
        they_started: fn(&str) -> String = [
            |who| format!("{who} started the conversation"),
            |who| format!("{who} memulai percakapan"),
            |who| format!("Розмову почато: {who}"),
        ];
        you_created: fn(&str) -> String = [
            |name| format!("You created the group “{name}”"),
            |name| format!("Anda membuat grup “{name}”"),
            |name| format!("Ви створили групу «{name}»"),
        ];
        they_created: fn(&str, &str) -> String = [
            |who, name| format!("{who} created the group “{name}”"),
            |who, name| format!("{who} membuat grup “{name}”"),
            |who, name| format!("{who} створює групу «{name}»"),
        ];
        you_added: fn(&str) -> String = [
            |whom| format!("You added {whom}"),
            |whom| format!("Anda menambahkan {whom}"),
            |whom| format!("Ви додали: {whom}"),
        ];
        they_added: fn(&str, &str) -> String = [
            |who, whom| format!("{who} added {whom}"),
            |who, whom| format!("{who} menambahkan {whom}"),
            |who, whom| format!("{who} додає: {whom}"),
        ];
        they_added_you: fn(&str) -> String = [
            |who| format!("{who} added you"),
            |who| format!("{who} menambahkan Anda"),
            |who| format!("{who} додає вас"),
        ];
        you_joined: Text = [
            "You joined by an invite link",
            "Anda bergabung lewat tautan undangan",
            "Ви приєдналися за запрошенням",
        ];
        they_joined: fn(&str) -> String = [
            |who| format!("{who} joined by an invite link"),
            |who| format!("{who} bergabung lewat tautan undangan"),
            |who| format!("{who} приєднується за запрошенням"),
        ];
        you_left: Text = ["You left", "Anda keluar", "Ви вийшли"];
        they_left: fn(&str) -> String = [
            |who| format!("{who} left"),
            |who| format!("{who} keluar"),
            |who| format!("{who} виходить із групи"),
        ];
        you_removed: fn(&str) -> String = [
            |whom| format!("You removed {whom}"),
            |whom| format!("Anda mengeluarkan {whom}"),
            |whom| format!("Ви вилучили: {whom}"),
        ];
        they_removed: fn(&str, &str) -> String = [
            |who, whom| format!("{who} removed {whom}"),
            |who, whom| format!("{who} mengeluarkan {whom}"),
            |who, whom| format!("{who} вилучає: {whom}"),
        ];
        they_removed_you: fn(&str) -> String = [
            |who| format!("{who} removed you"),
            |who| format!("{who} mengeluarkan Anda"),
            |who| format!("{who} вилучає вас"),
        ];
        now_admin: fn(&str) -> String = [
            |whom| format!("{whom} is now an admin"),
            |whom| format!("{whom} sekarang admin"),
            |whom| format!("{whom} тепер серед адміністраторів"),
        ];
        you_now_admin: Text = ["You are now an admin", "Anda sekarang admin", "Ви тепер серед адміністраторів"];
        no_longer_admin: fn(&str) -> String = [
            |whom| format!("{whom} is no longer an admin"),
            |whom| format!("{whom} bukan admin lagi"),
            |whom| format!("{whom} більше не серед адміністраторів"),
        ];
        you_no_longer_admin: Text = [
            "You are no longer an admin",
            "Anda bukan admin lagi",
            "Ви більше не серед адміністраторів",
        ];
        now_owner: fn(&str) -> String = [
            |whom| format!("The group now belongs to {whom}"),
            |whom| format!("Grup ini sekarang milik {whom}"),
            |whom| format!("Тепер групою володіє {whom}"),
        ];
        you_now_owner: Text = [
            "The group now belongs to you",
            "Grup ini sekarang milik Anda",
            "Тепер групою володієте ви",
        ];
        you_changed_picture: Text = [
            "You changed the picture",
            "Anda mengganti foto grup",
            "Ви змінили фото групи",
        ];
        they_changed_picture: fn(&str) -> String = [
            |who| format!("{who} changed the picture"),
            |who| format!("{who} mengganti foto grup"),
            |who| format!("{who}: змінено фото групи"),
        ];
        renamed: fn(&str) -> String = [
            |name| format!("The group is now called “{name}”"),
            |name| format!("Nama grup sekarang “{name}”"),
            |name| format!("Тепер група зветься «{name}»"),
        ];

        choose_title: Text = ["Choose a chat", "Pilih obrolan", "Виберіть чат"];
        choose_text: Text = [
            "Open one from the list, or greet somebody new.",
            "Buka satu dari daftar, atau sapa orang baru.",
            "Відкрийте чат зі списку або привітайтеся з кимось новим.",
        ];
        gone_title: Text = ["This chat is not here", "Obrolan ini tidak ada", "Цього чату немає"];
        gone_text: Text = [
            "It may have ended, or you are no longer in it.",
            "Mungkin sudah berakhir, atau Anda tidak lagi di dalamnya.",
            "Можливо, його завершено або ви вже не в ньому.",
        ];
        chat_with: fn(&str) -> String = [
            |name| format!("Chat with {name}"),
            |name| format!("Obrolan dengan {name}"),
            |name| format!("Чат: {name}"),
        ];
        back_to_chats: Text = ["Back to chats", "Kembali ke obrolan", "Назад до чатів"];
        details: Text = ["Details", "Rincian", "Подробиці"];
        chat_menu: Text = ["Chat menu", "Menu obrolan", "Меню чату"];
        mute: Text = ["Mute", "Bisukan", "Вимкнути звук"];
        unmute: Text = ["Unmute", "Bunyikan", "Увімкнути звук"];
        block: Text = ["Block", "Blokir", "Заблокувати"];
        unblock: Text = ["Unblock", "Buka blokir", "Розблокувати"];
        members: fn(u64) -> String = [
            |n| two(n, "member", "members"),
            |n| format!("{n} anggota"),
            |n| plural(n, "учасник", "учасники", "учасників"),
        ];
        messages: Text = ["Messages", "Pesan", "Повідомлення"];
        new_messages: fn(u64) -> String = [
            |n| two(n, "new message", "new messages"),
            |n| format!("{n} pesan baru"),
            |n| plural(n, "нове повідомлення", "нові повідомлення", "нових повідомлень"),
        ];
        jump: Text = ["Jump to the latest", "Lompat ke yang terbaru", "До найновіших"];
        empty_title: fn(&str) -> String = [
            |name| format!("Say hello to {name}"),
            |name| format!("Sapa {name}"),
            |name| format!("Привітайтеся: {name}"),
        ];
        empty_text: Text = [
            "This is the very beginning. One greeting is enough.",
            "Ini awal mulanya. Satu sapaan sudah cukup.",
            "Це лише початок. Вистачить одного привітання.",
        ];
        greetings: [Text; 3] = [
            ["Hello! 👋", "How are you?", "Nice to meet you!"],
            ["Halo! 👋", "Apa kabar?", "Salam kenal!"],
            ["Привіт! 👋", "Як справи?", "Приємно познайомитися!"],
        ];
        loading_failed: Text = [
            "The messages could not be loaded.",
            "Pesan tidak dapat dimuat.",
            "Не вдалося завантажити повідомлення.",
        ];
        message_menu: Text = ["Message menu", "Menu pesan", "Меню повідомлення"];
        copy_text: Text = ["Copy text", "Salin teks", "Копіювати текст"];
        copy_link: Text = ["Copy link", "Salin tautan", "Копіювати посилання"];
        read_by: Text = ["Read by", "Dibaca oleh", "Хто прочитав"];
        read_by_none: Text = ["Nobody yet.", "Belum ada.", "Поки що ніхто."];
        pending: Text = ["Sending", "Mengirim", "Надсилається"];
        sent: Text = ["Sent", "Terkirim", "Надіслано"];
        delivered: Text = ["Delivered", "Diterima", "Доставлено"];
        read: Text = ["Read", "Dibaca", "Прочитано"];
        not_sent: Text = ["Not sent.", "Tidak terkirim.", "Не надіслано."];
        not_sent_mark: Text = ["Not sent:", "Tidak terkirim:", "Не надіслано:"];
        discard: Text = ["Discard", "Buang", "Прибрати"];

        message: Text = ["Message", "Pesan", "Повідомлення"];
        write: Text = ["Write a message", "Tulis pesan", "Повідомлення"];
        send: Text = ["Send", "Kirim", "Надіслати"];
        emoji: Text = ["Emoji", "Emoji", "Емодзі"];
        characters_left: fn(u64) -> String = [
            |n| format!("{} left", two(n, "character", "characters")),
            |n| format!("Sisa {n} karakter"),
            |n| format!("Залишилося: {n}"),
        ];
        too_long_by: fn(u64) -> String = [
            |n| format!("Too long by {}. Please shorten it or send it in parts.", two(n, "character", "characters")),
            |n| format!("Kelebihan {n} karakter. Persingkat atau kirim terpisah, ya."),
            |n| format!(
                "Завелике на {}. Скоротіть або надішліть частинами.",
                plural(n, "символ", "символи", "символів")
            ),
        ];
        request_title: fn(&str) -> String = [
            |who| format!("{who} would like to write to you"),
            |who| format!("{who} ingin menulis kepada Anda"),
            |who| format!("{who} хоче вам написати"),
        ];
        request_text: Text = [
            "They will not learn that you have seen this until you accept.",
            "Orang ini tidak akan tahu pesannya sudah dilihat sebelum Anda terima.",
            "Поки ви не приймете, ніхто не дізнається, що ви це бачили.",
        ];
        accept: Text = ["Accept", "Terima", "Прийняти"];
        decline: Text = ["Decline", "Tolak", "Відхилити"];
        you_blocked: fn(&str) -> String = [
            |who| format!("You blocked {who}"),
            |who| format!("Anda memblokir {who}"),
            |who| format!("Ви заблокували: {who}"),
        ];
        unblocked: fn(&str) -> String = [
            |who| format!("{who} is unblocked"),
            |who| format!("Blokir {who} dibuka"),
            |who| format!("Розблоковано: {who}"),
        ];
        block_question: fn(&str) -> String = [
            |who| format!("Block {who}?"),
            |who| format!("Blokir {who}?"),
            |who| format!("Заблокувати: {who}?"),
        ];
        block_text: Text = [
            "Their messages will no longer reach you. They will not be told.",
            "Pesannya tidak akan sampai lagi kepada Anda. Orang ini tidak diberi tahu.",
            "Повідомлення від цієї людини більше не надходитимуть. Її про це не сповістять.",
        ];
        channel_empty: Text = [
            "Nothing has been posted yet.",
            "Belum ada kiriman.",
            "Дописів ще немає.",
        ];
        explore: Text = ["Find channels", "Cari saluran", "Знайти канали"];
        followers: fn(u64) -> String = [
            |n| two(n, "follower", "followers"),
            |n| format!("{n} pengikut"),
            |n| plural(n, "підписник", "підписники", "підписників"),
        ];
        following: Text = ["You follow it", "Anda mengikutinya", "Ви стежите"];
        no_channels_text: Text = [
            "Channels that you follow stand here.",
            "Saluran yang Anda ikuti ada di sini.",
            "Тут будуть канали, за якими ви стежите.",
        ];
        no_channels_title: Text = ["You follow no channel", "Anda belum mengikuti saluran", "Ви не стежите за каналами"];
        only_admins: Text = [
            "Only admins post here.",
            "Hanya admin yang menulis di sini.",
            "Тут пишуть лише адміни.",
        ];
        other_emoji: Text = ["Another emoji", "Emoji lain", "Інше емодзі"];
        channel_picture_changed: Text = [
            "The channel has another picture",
            "Gambar saluran berganti",
            "Канал має нове зображення",
        ];
        react: Text = ["React", "Beri reaksi", "Відреагувати"];
        reactions: Text = ["Reactions", "Reaksi", "Реакції"];
        channel_renamed: fn(&str) -> String = [
            |name| format!("The channel is now called “{name}”"),
            |name| format!("Saluran kini bernama “{name}”"),
            |name| format!("Канал тепер називається «{name}»"),
        ];
        they_created_channel: fn(&str) -> String = [
            |name| format!("The channel “{name}” was created"),
            |name| format!("Saluran “{name}” dibuat"),
            |name| format!("Створено канал «{name}»"),
        ];
        views: fn(u64) -> String = [
            |n| two(n, "view", "views"),
            |n| format!("dilihat {n} kali"),
            |n| plural(n, "перегляд", "перегляди", "переглядів"),
        ];
        you_created_channel: fn(&str) -> String = [
            |name| format!("You created the channel “{name}”"),
            |name| format!("Anda membuat saluran “{name}”"),
            |name| format!("Ви створили канал «{name}»"),
        ];
        mute_room: Text = ["Mute", "Bisukan", "Вимкнути звук"];
        unmute_room: Text = ["Unmute", "Bunyikan", "Увімкнути звук"];
        add_friend: Text = ["Add friend", "Tambah teman", "Додати в друзі"];
        requested: Text = ["Requested", "Sedang diminta", "Надіслано"];
        close_details: Text = ["Close the details", "Tutup rincian", "Закрити подробиці"];
    }
}
