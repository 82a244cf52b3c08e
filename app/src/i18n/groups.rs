//! Groups, details, the switcher and the list of keys.

use super::plural::{plural, two};
use super::{Text, messages};

messages! {
    /// What groups, their details, the switcher and the list of keys say.
    Groups {
        new_group_sub: Text = [
            "Name it, give it a colour, and bring your friends.",
            "Beri nama, pilih warna, dan ajak teman-teman Anda.",
            "Назвіть її, виберіть колір і запросіть друзів.",
        ];
        name: Text = ["Name of the group", "Nama grup", "Назва групи"];
        colour: Text = ["Colour", "Warna", "Колір"];
        colour_of: fn(u16) -> String = [
            |n| format!("Colour {n}"),
            |n| format!("Warna {n}"),
            |n| format!("Колір {n}"),
        ];
        create: Text = ["Create the group", "Buat grup", "Створити групу"];
        members: Text = ["Members", "Anggota", "Учасники"];
        member_count: fn(u64) -> String = [
            |n| two(n, "member", "members"),
            |n| format!("{n} anggota"),
            |n| plural(n, "учасник", "учасники", "учасників"),
        ];
        find_friend: Text = ["Search friends", "Cari teman", "Пошук серед друзів"];
        no_friends: Text = [
            "You have no friends to add yet.",
            "Belum ada teman untuk ditambahkan.",
            "Поки немає друзів, яких можна додати.",
        ];
        others_by_link: Text = [
            "Friends are added at once. Everyone else can join by an invite link, which you make in the group’s details.",
            "Teman langsung ditambahkan. Orang lain bisa bergabung lewat tautan undangan, yang Anda buat di rincian grup.",
            "Друзів буде додано одразу. Решта може приєднатися за посиланням-запрошенням: його створюють у подробицях групи.",
        ];
        nothing_found: Text = ["Nothing found.", "Tidak ditemukan.", "Нічого не знайдено."];
        add: Text = ["Add", "Tambahkan", "Додати"];
        add_people: Text = ["Add people", "Tambah orang", "Додати людей"];

        join_title: Text = [
            "You are invited to a group",
            "Anda diundang ke sebuah grup",
            "Вас запрошують до групи",
        ];
        invited_by: fn(&str) -> String = [
            |who| format!("{who} invites you"),
            |who| format!("{who} mengundang Anda"),
            |who| format!("Вас запрошує {who}"),
        ];
        join: Text = ["Join", "Gabung", "Приєднатися"];
        open: Text = ["Open the chat", "Buka obrolan", "Відкрити чат"];
        gone_title: Text = [
            "This link no longer works",
            "Tautan ini tidak berlaku lagi",
            "Це посилання більше не діє",
        ];
        gone_text: Text = [
            "It has expired or was taken back. Ask for a new one.",
            "Sudah kedaluwarsa atau ditarik. Mintalah yang baru.",
            "Його термін минув або його відкликали. Попросіть нове.",
        ];

        owner: Text = ["owner", "pemilik", "власник"];
        admin: Text = ["admin", "admin", "адмін"];
        you: Text = ["you", "Anda", "ви"];
        rename: Text = ["Rename", "Ganti nama", "Перейменувати"];
        actions_for: fn(&str) -> String = [
            |who| format!("More about {who}"),
            |who| format!("Lainnya tentang {who}"),
            |who| format!("Більше: {who}"),
        ];
        make_admin: Text = ["Make admin", "Jadikan admin", "Зробити адміном"];
        dismiss_admin: Text = ["Dismiss as admin", "Berhentikan sebagai admin", "Зняти права адміна"];
        hand_over: Text = ["Hand the group over", "Serahkan grup", "Передати групу"];
        hand_over_text: fn(&str) -> String = [
            |who| format!("{who} becomes the owner, you an admin. Only they can give it back."),
            |who| format!("{who} menjadi pemilik, Anda menjadi admin. Hanya dia yang bisa mengembalikannya."),
            |who| format!("Власником стане {who}, а ви — адміном. Повернути групу зможе лише ця людина."),
        ];
        remove: Text = ["Remove from the group", "Keluarkan dari grup", "Вилучити з групи"];
        remove_text: fn(&str) -> String = [
            |who| format!("{who} will not see what is written from now on."),
            |who| format!("{who} tidak akan melihat pesan-pesan berikutnya."),
            |who| format!("{who} більше не бачитиме нових повідомлень."),
        ];
        leave: Text = ["Leave the group", "Keluar dari grup", "Вийти з групи"];
        leave_text: Text = [
            "You will not see the group any more, unless somebody adds you again.",
            "Anda tidak akan melihat grup ini lagi, kecuali ada yang menambahkan Anda kembali.",
            "Ви більше не бачитимете групу, доки вас знову не додадуть.",
        ];

        end: Text = ["Delete the group", "Hapus grup", "Видалити групу"];
        end_text: Text = [
            "It is gone for all members at once, with everything written in it. This cannot be undone.",
            "Grup langsung hilang bagi semua anggota, beserta semua isinya. Ini tidak bisa dibatalkan.",
            "Група одразу зникне для всіх разом з усім написаним. Скасувати це не можна.",
        ];

        links: Text = ["Invite links", "Tautan undangan", "Посилання-запрошення"];
        lives: Text = ["A new link lasts for", "Tautan baru berlaku selama", "Нове посилання діятиме"];
        one_hour: Text = ["1 hour", "1 jam", "1 годину"];
        one_day: Text = ["1 day", "1 hari", "1 день"];
        seven_days: Text = ["7 days", "7 hari", "7 днів"];
        thirty_days: Text = ["30 days", "30 hari", "30 днів"];
        make_link: Text = ["Make a link", "Buat tautan", "Створити посилання"];
        link_made: Text = [
            "Copy it now: it is shown only this once.",
            "Salin sekarang: hanya ditampilkan sekali ini.",
            "Скопіюйте зараз: більше його не покажуть.",
        ];
        copy_link: Text = ["Copy the link", "Salin tautan", "Копіювати посилання"];
        until: Text = ["until", "sampai", "до"];
        uses: fn(u64) -> String = [
            |n| two(n, "person came", "people came"),
            |n| format!("{n} orang bergabung"),
            |n| format!("прийшло: {n}"),
        ];
        revoke: Text = ["Revoke", "Tarik", "Відкликати"];


    }
}
