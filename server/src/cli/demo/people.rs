//! Who lives in the demo house, and which groups they have.

use anyhow::Context as _;
use sapa_model::{LanguageCode, Level, NewProfile, UserLanguage};

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

/// What people are at home with, by country: a language and a time zone.
const HOMES: &[(&str, &str, &str)] = &[
    ("ID", "id", "Asia/Jakarta"),
    ("UA", "uk", "Europe/Kyiv"),
    ("GB", "en", "Europe/London"),
    ("JP", "ja", "Asia/Tokyo"),
    ("ES", "es", "Europe/Madrid"),
    ("EG", "ar", "Africa/Cairo"),
    ("PT", "pt", "Europe/Lisbon"),
    ("GH", "en", "Africa/Accra"),
    ("VN", "vi", "Asia/Ho_Chi_Minh"),
    ("DE", "de", "Europe/Berlin"),
    ("FR", "fr", "Europe/Paris"),
    ("KR", "ko", "Asia/Seoul"),
    ("IN", "hi", "Asia/Kolkata"),
    ("SE", "sv", "Europe/Stockholm"),
    ("CZ", "cs", "Europe/Prague"),
    ("AU", "en", "Australia/Sydney"),
    ("BR", "pt", "America/Sao_Paulo"),
    ("DK", "da", "Europe/Copenhagen"),
    ("SG", "zh", "Asia/Singapore"),
    ("IT", "it", "Europe/Rome"),
];

/// What they learn, in turn.
const LEARNED: &[&str] = &["uk", "id", "en", "ja", "es", "de"];

const BIOS: &[&str] = &[
    "Coffee first, then verbs.",
    "Вчу мову, бо люблю пісні. Виправляйте мене!",
    "Suka mendaki, memasak, dan bertukar bahasa.",
    "Evenings are best for a call. Ask me about my bicycle.",
];

/// What somebody tells of themselves.
pub fn profile(i: usize, nickname: &str, country: &str) -> anyhow::Result<NewProfile> {
    let (_, native, time_zone) =
        HOMES.iter().find(|(home, ..)| *home == country).context("a country without a language")?;
    let code = |code| LanguageCode::parse(code).map_err(anyhow::Error::from);
    let learned = LEARNED.iter().cycle().skip(i).filter(|learned| *learned != native);
    let mut languages = vec![UserLanguage::new(code(native)?, None)];
    for (learned, level) in learned.take(1 + i % 2).zip(Level::ALL.iter().cycle().skip(i)) {
        languages.push(UserLanguage::new(code(learned)?, Some(*level)));
    }
    let bio = BIOS.get(i % (BIOS.len() + 2)).copied().unwrap_or_default();
    Ok(NewProfile {
        nickname: nickname.to_owned(),
        country: country.to_owned(),
        time_zone: (*time_zone).to_owned(),
        bio: bio.to_owned(),
        languages,
        ..NewProfile::default()
    })
}

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
