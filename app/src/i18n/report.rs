//! Telling the host of somebody.

use super::{Text, messages};

messages! {
    /// What is said when something is reported.
    ReportWords {
        about_message: Text = [
            "The message and a few around it go with the report. The person is not told.",
            "Pesan itu dan beberapa di sekitarnya ikut dilaporkan. Orangnya tidak diberi tahu.",
            "Разом зі скаргою піде повідомлення й кілька сусідніх. Людина про це не дізнається.",
        ];
        about_copy: Text = [
            "A copy of it goes with the report. The person is not told.",
            "Salinannya ikut dilaporkan. Orangnya tidak diberi tahu.",
            "Разом зі скаргою піде копія. Людина про це не дізнається.",
        ];
        about_person: Text = [
            "The person is not told.",
            "Orangnya tidak diberi tahu.",
            "Людина про це не дізнається.",
        ];
        what: Text = ["What is wrong?", "Apa masalahnya?", "Що сталося?"];
        spam: Text = ["Spam", "Spam", "Спам"];
        abuse: Text = ["Insults or threats", "Hinaan atau ancaman", "Образи чи погрози"];
        harassment: Text = ["Harassment", "Pelecehan", "Домагання"];
        impersonation: Text = ["Pretends to be somebody else", "Menyamar sebagai orang lain", "Видає себе за іншого"];
        other: Text = ["Something else", "Lainnya", "Інше"];
        note: Text = ["In your words (optional)", "Dengan kata-kata Anda (opsional)", "Своїми словами (за бажанням)"];
        block_too: Text = ["Block this person too", "Blokir juga orang ini", "Також заблокувати цю людину"];
        block_hint: Text = [
            "You will hear nothing more from each other.",
            "Kalian tidak akan saling menerima kabar lagi.",
            "Ви більше не отримуватимете нічого одне від одного.",
        ];
        send: Text = ["Send the report", "Kirim laporan", "Надіслати скаргу"];
        sent: Text = [
            "Thank you. The host can read it now.",
            "Terima kasih. Pengelola sekarang dapat membacanya.",
            "Дякуємо. Тепер це може прочитати господар сервера.",
        ];
    }
}
