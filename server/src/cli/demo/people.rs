//! Who lives in the demo house, and which groups they have.

/// Username, nickname and country of somebody. The first is whom a newcomer signs in as.
pub const PEOPLE: &[(&str, &str, &str)] = &[
    ("sari", "Sari Dewi", "ID"),
    ("oleh", "Олег Коваленко", "UA"),
    ("maya", "Maya Brown", "GB"),
    ("rina", "Rina Wulandari", "ID"),
    ("nadia", "Надія Мельник", "UA"),
    ("taras", "Тарас Шевчук", "UA"),
    ("andi", "Andi Hidayat", "ID"),
    ("yuki", "ゆき", "JP"),
    ("lucia", "Lucía Fernández", "ES"),
    ("omar", "عمر الحسن", "EG"),
    ("marta", "Marta Bondarenko-Wijayakusuma Hartono", "ID"),
    ("bayu", "Bayu Pratama", "ID"),
    ("ines", "Inês Carvalho", "PT"),
    ("kofi", "Kofi Mensah", "GH"),
    ("linh", "Nguyễn Thuỳ Linh", "VN"),
    ("jonas", "Jonas Weber", "DE"),
    ("amelie", "Amélie Laurent", "FR"),
    ("min", "김민서", "KR"),
    ("dewi", "Dewi Lestari", "ID"),
    ("petro", "Петро Іваненко", "UA"),
    ("sofia", "Софія Бойко", "UA"),
    ("arjun", "अर्जुन शर्मा", "IN"),
    ("emma", "Emma Lindqvist", "SE"),
    ("wayan", "I Wayan Sudarma", "ID"),
    ("lena", "Lena Fischer", "DE"),
    ("tomas", "Tomáš Novák", "CZ"),
    ("aiko", "愛子", "JP"),
    ("zoe", "Zoe", "AU"),
    ("hana", "Hana Kusuma", "ID"),
    ("ivan", "Іван Гончар", "UA"),
    ("putri", "Putri Ayu", "ID"),
    ("leo", "Leo Martins", "BR"),
    ("nina", "Ніна Литвин", "UA"),
    ("agus", "Agus Salim", "ID"),
    ("freya", "Freya Nielsen", "DK"),
    ("rizky", "Rizky Maulana", "ID"),
    ("olena", "Олена Савчук", "UA"),
    ("chen", "陈晓", "SG"),
    ("maria", "Maria Rossi", "IT"),
    ("danylo", "Данило Кравець", "UA"),
];

/// A group: its name, the hue of its picture, its owner and members, and how much is said in it.
pub struct Group {
    /// Name.
    pub name: &'static str,
    /// Hue, 0 to 359 degrees.
    pub hue: u16,
    /// Owner first, then members.
    pub people: &'static [&'static str],
    /// Messages to fill it with.
    pub messages: usize,
}

/// The demo house's groups.
pub const GROUPS: &[Group] = &[
    Group {
        name: "Klub Bahasa Jepang",
        hue: 40,
        people: &["rina", "sari", "yuki", "aiko", "nadia", "bayu"],
        messages: 420,
    },
    Group {
        name: "Українська для друзів 🇺🇦",
        hue: 210,
        people: &["oleh", "sari", "nadia", "taras", "maya", "sofia", "petro"],
        messages: 360,
    },
    Group {
        name: "Tim Proyek Akhir",
        hue: 150,
        people: &["sari", "andi", "rina", "bayu", "putri"],
        messages: 260,
    },
    Group {
        name: "Sunday hikers",
        hue: 95,
        people: &["maya", "sari", "jonas", "amelie", "taras", "kofi", "emma"],
        messages: 180,
    },
    Group { name: "Keluarga Kusuma", hue: 330, people: &["hana", "sari", "dewi", "wayan"], messages: 120 },
    Group {
        name: "Everybody who has ever asked where the good coffee is, and why it is shut",
        hue: 20,
        people: &["leo", "sari", "maria", "zoe", "tomas", "lena"],
        messages: 60,
    },
];

/// Friends of the first person, with how many messages they have exchanged.
pub const FRIENDS: &[(&str, usize)] = &[
    ("oleh", 1_200),
    ("rina", 240),
    ("maya", 160),
    ("nadia", 90),
    ("andi", 60),
    ("yuki", 45),
    ("hana", 40),
    ("marta", 24),
    ("omar", 18),
    ("taras", 12),
    ("lucia", 8),
    ("kofi", 5),
    ("linh", 3),
    ("jonas", 0),
];

/// People who wait for the first person's answer to a friend request.
pub const ASKING: &[&str] = &["olena", "agus", "arjun"];

/// People whom the first person has asked.
pub const ASKED: &[&str] = &["min", "nina"];

/// A stranger's first words, under message requests.
pub const STRANGER: (&str, &str) =
    ("freya", "Hi! Maya told me that you teach Indonesian. Do you still take learners? 😊");
