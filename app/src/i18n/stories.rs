//! Stories: what people show their friends for a day.

use super::plural::{plural, two};
use super::{Text, messages};

messages! {
    /// Posting, watching and answering them.
    StoryWords {
        title: Text = ["Stories", "Cerita", "Історії"];
        yours: Text = ["Your story", "Cerita Anda", "Моя історія"];
        add: Text = ["New story", "Cerita baru", "Нова історія"];
        of: fn(&str) -> String = [
            |name| format!("Stories of {name}"),
            |name| format!("Cerita {name}"),
            |name| format!("Історії: {name}"),
        ];
        new_of: fn(&str) -> String = [
            |name| format!("New stories of {name}"),
            |name| format!("Cerita baru {name}"),
            |name| format!("Нові історії: {name}"),
        ];
        has_new: Text = ["new story", "ada cerita baru", "нова історія"];

        pause: Text = ["Pause", "Jeda", "Пауза"];
        sound_off: Text = ["Sound off", "Matikan suara", "Вимкнути звук"];
        sound_on: Text = ["Sound on", "Nyalakan suara", "Увімкнути звук"];
        menu: Text = ["More about this story", "Lainnya tentang cerita ini", "Більше про цю історію"];
        go_on: Text = ["Go on", "Lanjutkan", "Далі"];
        at: fn(usize, usize) -> String = [
            |at, of| format!("{at} of {of}"),
            |at, of| format!("{at} dari {of}"),
            |at, of| format!("{at} з {of}"),
        ];
        reply: Text = ["Reply…", "Balas…", "Відповісти…"];
        send: Text = ["Send the reply", "Kirim balasan", "Надіслати відповідь"];
        sent: Text = ["Sent to the chat", "Terkirim ke obrolan", "Надіслано в чат"];
        mute: Text = ["Mute these stories", "Bisukan cerita ini", "Приховати ці історії"];
        unmute: Text = ["Show these stories again", "Tampilkan lagi cerita ini", "Показувати ці історії знову"];
        muted_now: Text = [
            "Muted. They are not told.",
            "Dibisukan. Mereka tidak diberi tahu.",
            "Приховано. Їм про це не повідомлять.",
        ];
        unmuted_now: Text = ["Shown again", "Ditampilkan lagi", "Знову показуються"];
        delete: Text = ["Delete this story", "Hapus cerita ini", "Видалити цю історію"];
        delete_title: Text = ["Delete this story?", "Hapus cerita ini?", "Видалити цю історію?"];
        delete_text: Text = [
            "It is gone at once, for everyone, and cannot be brought back.",
            "Cerita langsung hilang untuk semua orang dan tidak dapat dikembalikan.",
            "Вона одразу зникне для всіх, і повернути її не можна.",
        ];
        delete_word: Text = ["Delete", "Hapus", "Видалити"];
        deleted: Text = ["Story deleted", "Cerita dihapus", "Історію видалено"];
        seen_by: fn(u64) -> String = [
            |n| format!("Seen by {n}"),
            |n| format!("Dilihat {n}"),
            |n| format!("Переглядів: {n}"),
        ];
        viewers: Text = ["Seen by", "Dilihat oleh", "Хто переглянув"];
        no_viewers: Text = [
            "Nobody has seen it yet.",
            "Belum ada yang melihatnya.",
            "Поки що ніхто не переглянув.",
        ];
        more: Text = ["Show more", "Tampilkan lagi", "Показати ще"];

        kinds: Text = ["Kind of story", "Jenis cerita", "Вид історії"];
        text: Text = ["Text", "Teks", "Текст"];
        media: Text = ["Picture or video", "Gambar atau video", "Фото чи відео"];
        placeholder: Text = ["What is on your mind?", "Apa yang Anda pikirkan?", "Про що думаєте?"];
        colour: Text = ["Colour", "Warna", "Колір"];
        choose: Text = ["Choose a picture or a video", "Pilih gambar atau video", "Виберіть фото чи відео"];
        choose_other: Text = ["Choose another one", "Pilih yang lain", "Вибрати інше"];
        not_shown: Text = [
            "A story shows a picture or a video: JPEG, PNG, GIF, WebP, MP4, MOV or WebM.",
            "Cerita menampilkan gambar atau video: JPEG, PNG, GIF, WebP, MP4, MOV, atau WebM.",
            "Історія показує фото чи відео: JPEG, PNG, GIF, WebP, MP4, MOV або WebM.",
        ];
        caption: Text = ["Caption", "Keterangan", "Підпис"];
        for_a_day: Text = [
            "It is shown for 24 hours, then it is really gone.",
            "Ditampilkan selama 24 jam, lalu benar-benar hilang.",
            "Показується 24 години, а потім справді зникає.",
        ];
        post: Text = ["Post", "Bagikan", "Опублікувати"];
        posted: Text = ["Story posted", "Cerita Anda sudah tayang", "Вашу історію опубліковано"];
        going: Text = ["Uploading", "Mengunggah", "Завантаження"];

        audience: Text = ["Who may see it", "Siapa yang boleh melihat", "Хто може бачити"];
        default_audience: Text = [
            "Who may see your next story",
            "Siapa yang boleh melihat cerita Anda berikutnya",
            "Хто може бачити вашу наступну історію",
        ];
        all_friends: Text = ["All friends", "Semua teman", "Усі друзі"];
        only_some: Text = ["Only some", "Hanya beberapa", "Лише деякі"];
        all_but: Text = ["All but some", "Semua kecuali", "Усі, крім деяких"];
        chosen: fn(u64) -> String = [
            |n| format!("{} chosen", two(n, "friend", "friends")),
            |n| format!("{n} teman dipilih"),
            |n| format!("Вибрано: {}", plural(n, "друг", "друзі", "друзів")),
        ];
        choose_somebody: Text = [
            "Choose at least one friend.",
            "Pilih setidaknya satu teman.",
            "Виберіть щонайменше одного друга.",
        ];
        muted: Text = ["Muted stories", "Cerita yang dibisukan", "Приховані історії"];
        unmute_word: Text = ["Show again", "Tampilkan lagi", "Показувати"];
        unmute_of: fn(&str) -> String = [
            |name| format!("Show stories of {name} again"),
            |name| format!("Tampilkan lagi cerita {name}"),
            |name| format!("Знову показувати історії: {name}"),
        ];

        answers_yours: Text = ["Replied to your story", "Membalas cerita Anda", "Відповідь на вашу історію"];
        you_answered: fn(&str) -> String = [
            |name| format!("You replied to a story of {name}"),
            |name| format!("Anda membalas cerita {name}"),
            |name| format!("Ваша відповідь на історію: {name}"),
        ];
        picture: Text = ["Picture", "Gambar", "Фото"];
        video: Text = ["Video", "Video", "Відео"];
        gone: Text = ["Story, no longer there", "Cerita, sudah tidak ada", "Історія, якої вже немає"];
    }
}
