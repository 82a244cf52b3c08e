//! Profiles, languages and pictures of people.

use super::{Text, messages};

messages! {
    /// What people tell of themselves.
    ProfileWords {
        profile: Text = ["Profile", "Profil", "Профіль"];
        edit: Text = ["Edit profile", "Ubah profil", "Змінити профіль"];
        own_sub: Text = [
            "What others see of you. Birthday and phone only as your privacy settings say.",
            "Yang dilihat orang lain tentang Anda. Tanggal lahir dan telepon sesuai pengaturan privasi.",
            "Що бачать про вас інші. День народження й телефон — лише за налаштуваннями приватності.",
        ];
        bio: Text = ["About you", "Tentang Anda", "Про вас"];
        phone: Text = ["Phone", "Telepon", "Телефон"];
        time_zone: Text = ["Time zone", "Zona waktu", "Часовий пояс"];
        no_time_zone: Text = ["Not said", "Tidak disebutkan", "Не вказано"];
        local_time: Text = ["Local time", "Waktu setempat", "Місцевий час"];
        full_name: Text = ["Name", "Nama", "Ім’я"];
        time_there: fn(&str) -> String = [
            |time| format!("{time} there"),
            |time| format!("{time} di sana"),
            |time| format!("там {time}"),
        ];

        languages: Text = ["Languages", "Bahasa", "Мови"];
        native: Text = ["Native", "Bahasa ibu", "Рідна"];
        learning: Text = ["Learning", "Dipelajari", "Вивчає"];
        language: Text = ["Language", "Bahasa", "Мова"];
        choose_language: Text = ["Choose…", "Pilih…", "Виберіть…"];
        level: Text = ["How well", "Seberapa lancar", "Рівень"];
        level_words: [Text; 6] = [
            ["A1 · first words", "A2 · simple talk", "B1 · everyday", "B2 · fluent enough", "C1 · advanced", "C2 · like a native"],
            ["A1 · kata pertama", "A2 · percakapan sederhana", "B1 · sehari-hari", "B2 · cukup lancar", "C1 · mahir", "C2 · seperti penutur asli"],
            ["A1 · перші слова", "A2 · прості розмови", "B1 · щоденне", "B2 · досить вільно", "C1 · просунутий", "C2 · як рідною"],
        ];
        add_language: Text = ["Add a language", "Tambah bahasa", "Додати мову"];
        remove_language: fn(&str) -> String = [
            |name| format!("Remove {name}"),
            |name| format!("Hapus {name}"),
            |name| format!("Прибрати: {name}"),
        ];
        languages_hint: Text = [
            "People who speak what you learn, and learn what you speak, come first when you look for people.",
            "Orang yang menguasai bahasa yang Anda pelajari, dan mempelajari bahasa Anda, tampil lebih dulu.",
            "Під час пошуку першими будуть ті, хто знає мову, яку ви вивчаєте, і вивчає вашу.",
        ];

        picture: Text = ["Picture", "Foto", "Фото"];
        change_picture: Text = ["Change picture", "Ganti foto", "Змінити фото"];
        choose_picture: Text = ["Choose a picture", "Pilih foto", "Вибрати фото"];
        another_picture: Text = ["Another picture", "Foto lain", "Інше фото"];
        remove_picture: Text = ["Remove", "Hapus", "Видалити"];
        picture_hint: Text = [
            "It changes at once, for everyone.",
            "Langsung berubah untuk semua orang.",
            "Змінюється одразу й для всіх.",
        ];
        crop_hint: Text = [
            "Drag it, or use the arrow keys. What is in the circle is shown.",
            "Geser, atau pakai tombol panah. Yang di dalam lingkaran akan tampil.",
            "Перетягніть або скористайтеся стрілками. Видно буде те, що в колі.",
        ];
        crop: Text = ["Part to show", "Bagian yang tampil", "Видима частина"];
        zoom: Text = ["Zoom", "Perbesar", "Масштаб"];
        uploading: Text = ["Changing…", "Mengganti…", "Змінюємо…"];
        changed: Text = ["Changed", "Sudah diganti", "Змінено"];

        who_sees_presence: Text = [
            "Who sees whether you are here",
            "Siapa yang melihat Anda sedang daring",
            "Хто бачить, чи ви в мережі",
        ];
        who_sees_birthday: Text = ["Who sees your birthday", "Siapa yang melihat tanggal lahir Anda", "Хто бачить ваш день народження"];
        who_sees_phone: Text = ["Who sees your phone number", "Siapa yang melihat nomor telepon Anda", "Хто бачить ваш номер телефону"];
        nobody: Text = ["Nobody", "Tidak ada", "Ніхто"];
        findable: Text = ["People can find you", "Orang lain dapat menemukan Anda", "Вас можна знайти"];
        findable_hint: Text = [
            "When off, only friends find you, and people with an invite link of yours.",
            "Jika dinonaktifkan, hanya teman yang dapat menemukan Anda, dan pemegang tautan undangan Anda.",
            "Якщо вимкнено, вас знайдуть лише друзі та люди з вашим запрошенням.",
        ];
    }
}
