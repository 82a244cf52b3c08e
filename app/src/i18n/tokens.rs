//! API tokens.

use super::{Text, messages};

messages! {
    /// What the settings say of API tokens.
    TokenWords {
        title: Text = ["API tokens", "Token API", "Токени API"];
        hint: Text = [
            "For bots and scripts of your own. A token does in your name what you allow it here.",
            "Untuk bot dan skrip Anda sendiri. Token bertindak atas nama Anda sejauh yang Anda izinkan di sini.",
            "Для ваших ботів і скриптів. Токен діє від вашого імені лише так, як ви тут дозволите.",
        ];
        docs: Text = ["How to use the API", "Cara memakai API", "Як користуватися API"];
        token: Text = ["Token", "Token", "Токен"];
        name: Text = ["What it is for", "Untuk apa", "Для чого він"];
        name_hint: Text = ["So that you know it again in this list.", "Agar Anda mengenalinya di daftar ini.", "Щоб ви впізнали його в цьому списку."];
        may: Text = ["What it may do", "Apa yang boleh dilakukannya", "Що йому дозволено"];
        read: Text = ["Read", "Membaca", "Читати"];
        read_hint: Text = [
            "Your chats, people and profile, live too.",
            "Obrolan, orang, dan profil Anda, juga secara langsung.",
            "Ваші чати, людей і профіль, також наживо.",
        ];
        write: Text = ["Write", "Menulis", "Писати"];
        write_hint: Text = [
            "Messages, files, corrections and sessions; mark as read.",
            "Pesan, berkas, koreksi, dan sesi; menandai sudah dibaca.",
            "Повідомлення, файли, виправлення й заняття; позначати прочитаним.",
        ];
        rooms: Text = ["Manage groups", "Mengelola grup", "Керувати групами"];
        rooms_hint: Text = [
            "Make groups, their members, roles and links.",
            "Membuat grup, anggota, peran, dan tautannya.",
            "Створювати групи, їхніх учасників, ролі й посилання.",
        ];
        people: Text = ["Manage people", "Mengelola orang", "Керувати людьми"];
        people_hint: Text = [
            "Friend requests, blocks and reports.",
            "Permintaan pertemanan, blokir, dan laporan.",
            "Запити дружби, блокування й скарги.",
        ];
        account: Text = ["Change your profile", "Mengubah profil Anda", "Змінювати ваш профіль"];
        account_hint: Text = [
            "Profile, picture and settings; never your password.",
            "Profil, foto, dan pengaturan; tidak pernah kata sandi Anda.",
            "Профіль, фото й налаштування; ніколи не пароль.",
        ];
        lives: Text = ["It lasts for", "Berlaku selama", "Діятиме"];
        month: Text = ["30 days", "30 hari", "30 днів"];
        quarter: Text = ["90 days", "90 hari", "90 днів"];
        year: Text = ["1 year", "1 tahun", "1 рік"];
        until: Text = ["until", "sampai", "до"];
        make: Text = ["Make a token", "Buat token", "Створити токен"];
        made: Text = [
            "Here is your token. Copy it now: it is not shown again.",
            "Inilah token Anda. Salin sekarang: token tidak ditampilkan lagi.",
            "Ось ваш токен. Скопіюйте зараз: більше його не буде показано.",
        ];
        copy: Text = ["Copy token", "Salin token", "Скопіювати токен"];
        revoked: Text = ["Token revoked", "Token dicabut", "Токен відкликано"];
    }
}
