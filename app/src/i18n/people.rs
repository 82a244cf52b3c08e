//! Finding people, requests, blocks.

use super::plural::{plural, two};
use super::{Text, messages};

messages! {
    /// What the pages about people say.
    People {
        sub: Text = [
            "Those who speak what you learn, and learn what you speak, come first.",
            "Yang menguasai bahasa yang Anda pelajari, dan mempelajari bahasa Anda, tampil lebih dulu.",
            "Першими — ті, хто знає мову, яку ви вивчаєте, і вивчає вашу.",
        ];
        search: Text = ["Search by name", "Cari menurut nama", "Пошук за ім’ям"];
        range: fn(u32, u32, u32) -> String = [
            |from, to, all| format!("{from} – {to} of {all}"),
            |from, to, all| format!("{from} – {to} dari {all}"),
            |from, to, all| format!("{from} – {to} із {all}"),
        ];
        pages: Text = ["Pages", "Halaman", "Сторінки"];
        found: fn(u64) -> String = [
            |n| two(n, "person", "people"),
            |n| format!("{n} orang"),
            |n| plural(n, "людина", "людини", "людей"),
        ];
        nobody_title: Text = ["Nobody here yet", "Belum ada siapa-siapa", "Тут ще нікого немає"];
        nobody_text: Text = [
            "You are the first. Tell your friends the address of this page.",
            "Anda yang pertama. Beri tahu teman-teman alamat halaman ini.",
            "Ви перші. Розкажіть друзям адресу цієї сторінки.",
        ];
        no_match_title: fn(&str) -> String = [
            |what| format!("Nobody called “{what}”"),
            |what| format!("Tidak ada yang bernama “{what}”"),
            |what| format!("Нікого на ім’я «{what}»"),
        ];
        no_match_text: Text = [
            "Try fewer letters, or the username.",
            "Coba lebih sedikit huruf, atau nama penggunanya.",
            "Спробуйте менше літер або ім’я користувача.",
        ];
        show_everyone: Text = ["Show everyone", "Tampilkan semua", "Показати всіх"];

        filters: Text = ["Filters", "Saringan", "Фільтри"];
        any_native: Text = ["Any native language", "Semua bahasa ibu", "Будь-яка рідна мова"];
        any_learning: Text = ["Learning anything", "Mempelajari apa saja", "Вивчає будь-що"];
        any_country: Text = ["Any country", "Semua negara", "Будь-яка країна"];
        native_language: Text = ["Native language", "Bahasa ibu", "Рідна мова"];
        learning_language: Text = ["Language they learn", "Bahasa yang dipelajari", "Мова, яку вивчає"];
        online_now: Text = ["Online now", "Sedang daring", "Зараз у мережі"];
        no_such_title: Text = ["Nobody like that yet", "Belum ada yang cocok", "Поки нікого такого немає"];
        no_such_text: Text = [
            "Loosen a filter, or come back later.",
            "Longgarkan saringan, atau kembali lagi nanti.",
            "Послабте фільтри або завітайте згодом.",
        ];

        take_back: Text = ["Take back", "Batalkan", "Відкликати"];
        decline: Text = ["Decline", "Tolak", "Відхилити"];
        friends: Text = ["Friends", "Teman", "Друзі"];
        chat: Text = ["Chat", "Obrolan", "Чат"];
        say_hello: Text = ["Say hello", "Sapa", "Привітатися"];
        blocked: Text = ["Blocked", "Diblokir", "Заблоковано"];
        block: Text = ["Block", "Blokir", "Заблокувати"];
        unblock: Text = ["Unblock", "Buka blokir", "Розблокувати"];
        unfriend: Text = ["Remove from friends", "Hapus dari teman", "Видалити з друзів"];
        more_about: fn(&str) -> String = [
            |name| format!("More about {name}"),
            |name| format!("Lainnya tentang {name}"),
            |name| format!("Більше: {name}"),
        ];
        block_title: fn(&str) -> String = [
            |name| format!("Block {name}?"),
            |name| format!("Blokir {name}?"),
            |name| format!("Заблокувати {name}?"),
        ];
        block_text: Text = [
            "You will hear nothing more from each other. They are not told, and you can unblock at any time.",
            "Kalian tidak akan saling menerima kabar lagi. Dia tidak diberi tahu, dan Anda bisa membuka blokir kapan saja.",
            "Ви більше не отримуватимете нічого одне від одного. Людина про це не дізнається, а розблокувати можна будь-коли.",
        ];
        unfriend_title: fn(&str) -> String = [
            |name| format!("Remove {name} from your friends?"),
            |name| format!("Hapus {name} dari teman Anda?"),
            |name| format!("Видалити {name} з друзів?"),
        ];
        unfriend_text: Text = [
            "Your chat stays. You can ask again later.",
            "Obrolan kalian tetap ada. Anda bisa meminta lagi nanti.",
            "Ваш чат залишиться. Згодом можна знову надіслати запит.",
        ];

        accepted_done: fn(&str) -> String = [
            |name| format!("You and {name} are friends now"),
            |name| format!("Anda dan {name} kini berteman"),
            |name| format!("Ви з {name} тепер друзі"),
        ];
        declined_done: fn(&str) -> String = [
            |name| format!("Request of {name} declined"),
            |name| format!("Permintaan {name} ditolak"),
            |name| format!("Запит від {name} відхилено"),
        ];
        blocked_done: fn(&str) -> String = [
            |name| format!("{name} is blocked"),
            |name| format!("{name} diblokir"),
            |name| format!("{name}: заблоковано"),
        ];
        unblocked_done: fn(&str) -> String = [
            |name| format!("{name} is unblocked"),
            |name| format!("Blokir {name} dibuka"),
            |name| format!("{name}: розблоковано"),
        ];
        unfriended_done: fn(&str) -> String = [
            |name| format!("{name} is no longer a friend"),
            |name| format!("{name} bukan teman lagi"),
            |name| format!("{name} більше не у друзях"),
        ];

        requests_sub: Text = [
            "Who writes to you for the first time, who would like to be your friend, and whom you have asked.",
            "Siapa yang baru pertama kali menulis, siapa yang ingin berteman, dan siapa yang Anda ajak berteman.",
            "Хто пише вам уперше, хто хоче з вами дружити і кого запитали ви.",
        ];
        first_messages: Text = ["First messages", "Pesan pertama", "Перші повідомлення"];
        received: Text = ["Friend requests", "Permintaan pertemanan", "Запити в друзі"];
        sent: Text = ["Your requests", "Ajakan Anda", "Ваші запити"];
        none_received_title: Text = ["No one is waiting", "Tidak ada yang menunggu", "Ніхто не чекає"];
        none_received_text: Text = [
            "When somebody new writes to you, or asks to be your friend, you will see it here at once.",
            "Bila ada orang baru yang menulis atau ingin berteman, Anda langsung melihatnya di sini.",
            "Щойно хтось новий напише вам або захоче додати вас у друзі, ви побачите це тут.",
        ];

        blocked_sub: Text = [
            "You and they do not reach each other. They are not told.",
            "Anda dan mereka tidak saling terhubung. Mereka tidak diberi tahu.",
            "Ви і ці люди не можете зв’язатися. Вони про це не знають.",
        ];
        none_blocked_title: Text = ["Nobody is blocked", "Tidak ada yang diblokir", "Нікого не заблоковано"];
        none_blocked_text: Text = [
            "If somebody bothers you, block them from their card or their chat.",
            "Bila ada yang mengganggu, blokir dari kartu atau obrolannya.",
            "Якщо хтось вам докучає, заблокуйте цю людину з її картки або чату.",
        ];
    }
}
