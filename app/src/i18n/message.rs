//! What can be done with a message once it is there.

use super::{Text, messages};

messages! {
    /// Editing, deleting, and what stays of that.
    MessageWords {
        edit: Text = ["Edit", "Sunting", "Редагувати"];
        correct: Text = ["Correct", "Koreksi", "Виправити"];
        correcting: Text = ["Correcting", "Mengoreksi", "Виправлення"];
        correction_of: fn(&str) -> String = [
            |who| format!("{who} suggests"),
            |who| format!("Saran {who}"),
            |who| format!("Пропонує {who}"),
        ];
        your_correction: Text = ["You suggest", "Saran Anda", "Ви пропонуєте"];
        corrected_by: fn(&str) -> String = [
            |who| format!("Corrected by {who}"),
            |who| format!("Dikoreksi oleh {who}"),
            |who| format!("Виправлення: {who}"),
        ];
        accept_correction: Text = ["Accept", "Terima", "Прийняти"];
        take_back: Text = ["Take back", "Tarik", "Відкликати"];
        editing: Text = ["Editing the message", "Menyunting pesan", "Редагування повідомлення"];
        show_more: Text = ["Show more", "Lihat selengkapnya", "Показати більше"];
        show_less: Text = ["Show less", "Ciutkan", "Згорнути"];
        edited: Text = ["edited", "disunting", "змінено"];
        versions: Text = ["Earlier versions", "Versi sebelumnya", "Попередні версії"];
        save: Text = ["Save", "Simpan", "Зберегти"];
        delete: Text = ["Delete", "Hapus", "Видалити"];
        deleted: Text = ["Message deleted", "Pesan dihapus", "Повідомлення видалено"];
        was_deleted: Text = ["This message was deleted", "Pesan ini dihapus", "Це повідомлення видалено"];
        was_removed: Text = [
            "This message was deleted by an admin",
            "Pesan ini dihapus oleh admin",
            "Це повідомлення видалив адміністратор",
        ];
        delete_question: Text = ["Delete this message?", "Hapus pesan ini?", "Видалити це повідомлення?"];
        delete_text: Text = [
            "Deleted for everyone, it disappears from every device.",
            "Jika untuk semua, isinya hilang dari setiap perangkat.",
            "Якщо для всіх, його текст зникне з усіх пристроїв.",
        ];
        delete_for_me_text: Text = [
            "It goes for you alone; others still see it.",
            "Hanya hilang bagi Anda; yang lain tetap melihatnya.",
            "Повідомлення зникне лише у вас.",
        ];
        delete_for_me: Text = ["Delete for me", "Hapus untuk saya", "Видалити в мене"];
        delete_for_everyone: Text = ["Delete for everyone", "Hapus untuk semua", "Видалити для всіх"];
    }
}
