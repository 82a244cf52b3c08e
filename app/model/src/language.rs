//! Languages: the two-letter codes of ISO 639-1, each with its own name for itself, and how well
//! somebody speaks one.
//!
//! Codes as the registration authority lists them
//! (<https://www.loc.gov/standards/iso639-2/php/code_list.php>), without the withdrawn `sh`. Names in
//! the reader's language are for the browser's `Intl` to say.

use serde::{Deserialize, Serialize};

use crate::error::{AppError, AppResult};

/// Code and own name, by code.
const LANGUAGES: [(&str, &str); 183] = [
    ("aa", "Afaraf"),
    ("ab", "Аԥсшәа"),
    ("ae", "Avesta"),
    ("af", "Afrikaans"),
    ("ak", "Akan"),
    ("am", "አማርኛ"),
    ("an", "Aragonés"),
    ("ar", "العربية"),
    ("as", "অসমীয়া"),
    ("av", "Авар мацӀ"),
    ("ay", "Aymar aru"),
    ("az", "Azərbaycan dili"),
    ("ba", "Башҡорт теле"),
    ("be", "Беларуская"),
    ("bg", "Български"),
    ("bi", "Bislama"),
    ("bm", "Bamanankan"),
    ("bn", "বাংলা"),
    ("bo", "བོད་ཡིག"),
    ("br", "Brezhoneg"),
    ("bs", "Bosanski"),
    ("ca", "Català"),
    ("ce", "Нохчийн мотт"),
    ("ch", "Chamoru"),
    ("co", "Corsu"),
    ("cr", "ᓀᐦᐃᔭᐍᐏᐣ"),
    ("cs", "Čeština"),
    ("cu", "Словѣньскъ"),
    ("cv", "Чӑваш чӗлхи"),
    ("cy", "Cymraeg"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("dv", "ދިވެހި"),
    ("dz", "རྫོང་ཁ"),
    ("ee", "Eʋegbe"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("eo", "Esperanto"),
    ("es", "Español"),
    ("et", "Eesti"),
    ("eu", "Euskara"),
    ("fa", "فارسی"),
    ("ff", "Fulfulde"),
    ("fi", "Suomi"),
    ("fj", "Vosa Vakaviti"),
    ("fo", "Føroyskt"),
    ("fr", "Français"),
    ("fy", "Frysk"),
    ("ga", "Gaeilge"),
    ("gd", "Gàidhlig"),
    ("gl", "Galego"),
    ("gn", "Avañe'ẽ"),
    ("gu", "ગુજરાતી"),
    ("gv", "Gaelg"),
    ("ha", "Hausa"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("ho", "Hiri Motu"),
    ("hr", "Hrvatski"),
    ("ht", "Kreyòl ayisyen"),
    ("hu", "Magyar"),
    ("hy", "Հայերեն"),
    ("hz", "Otjiherero"),
    ("ia", "Interlingua"),
    ("id", "Bahasa Indonesia"),
    ("ie", "Interlingue"),
    ("ig", "Igbo"),
    ("ii", "ꆈꌠꉙ"),
    ("ik", "Iñupiaq"),
    ("io", "Ido"),
    ("is", "Íslenska"),
    ("it", "Italiano"),
    ("iu", "ᐃᓄᒃᑎᑐᑦ"),
    ("ja", "日本語"),
    ("jv", "Basa Jawa"),
    ("ka", "ქართული"),
    ("kg", "Kikongo"),
    ("ki", "Gĩkũyũ"),
    ("kj", "Kuanyama"),
    ("kk", "Қазақ тілі"),
    ("kl", "Kalaallisut"),
    ("km", "ខ្មែរ"),
    ("kn", "ಕನ್ನಡ"),
    ("ko", "한국어"),
    ("kr", "Kanuri"),
    ("ks", "कश्मीरी"),
    ("ku", "Kurdî"),
    ("kv", "Коми кыв"),
    ("kw", "Kernewek"),
    ("ky", "Кыргызча"),
    ("la", "Latina"),
    ("lb", "Lëtzebuergesch"),
    ("lg", "Luganda"),
    ("li", "Limburgs"),
    ("ln", "Lingála"),
    ("lo", "ລາວ"),
    ("lt", "Lietuvių"),
    ("lu", "Tshiluba"),
    ("lv", "Latviešu"),
    ("mg", "Malagasy"),
    ("mh", "Kajin M̧ajeļ"),
    ("mi", "Te reo Māori"),
    ("mk", "Македонски"),
    ("ml", "മലയാളം"),
    ("mn", "Монгол"),
    ("mr", "मराठी"),
    ("ms", "Bahasa Melayu"),
    ("mt", "Malti"),
    ("my", "မြန်မာစာ"),
    ("na", "Dorerin Naoero"),
    ("nb", "Norsk bokmål"),
    ("nd", "isiNdebele"),
    ("ne", "नेपाली"),
    ("ng", "Owambo"),
    ("nl", "Nederlands"),
    ("nn", "Norsk nynorsk"),
    ("no", "Norsk"),
    ("nr", "isiNdebele seSewula"),
    ("nv", "Diné bizaad"),
    ("ny", "chiCheŵa"),
    ("oc", "Occitan"),
    ("oj", "ᐊᓂᔑᓈᐯᒧᐎᓐ"),
    ("om", "Afaan Oromoo"),
    ("or", "ଓଡ଼ିଆ"),
    ("os", "Ирон æвзаг"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("pi", "पालि"),
    ("pl", "Polski"),
    ("ps", "پښتو"),
    ("pt", "Português"),
    ("qu", "Runa Simi"),
    ("rm", "Rumantsch"),
    ("rn", "Ikirundi"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("rw", "Ikinyarwanda"),
    ("sa", "संस्कृतम्"),
    ("sc", "Sardu"),
    ("sd", "سنڌي"),
    ("se", "Davvisámegiella"),
    ("sg", "Sängö"),
    ("si", "සිංහල"),
    ("sk", "Slovenčina"),
    ("sl", "Slovenščina"),
    ("sm", "Gagana Sāmoa"),
    ("sn", "chiShona"),
    ("so", "Soomaaliga"),
    ("sq", "Shqip"),
    ("sr", "Српски"),
    ("ss", "siSwati"),
    ("st", "Sesotho"),
    ("su", "Basa Sunda"),
    ("sv", "Svenska"),
    ("sw", "Kiswahili"),
    ("ta", "தமிழ்"),
    ("te", "తెలుగు"),
    ("tg", "Тоҷикӣ"),
    ("th", "ไทย"),
    ("ti", "ትግርኛ"),
    ("tk", "Türkmençe"),
    ("tl", "Tagalog"),
    ("tn", "Setswana"),
    ("to", "Lea faka-Tonga"),
    ("tr", "Türkçe"),
    ("ts", "Xitsonga"),
    ("tt", "Татарча"),
    ("tw", "Twi"),
    ("ty", "Reo Tahiti"),
    ("ug", "ئۇيغۇرچە"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("uz", "Oʻzbekcha"),
    ("ve", "Tshivenḓa"),
    ("vi", "Tiếng Việt"),
    ("vo", "Volapük"),
    ("wa", "Walon"),
    ("wo", "Wolof"),
    ("xh", "isiXhosa"),
    ("yi", "ייִדיש"),
    ("yo", "Yorùbá"),
    ("za", "Saɯ cueŋƅ"),
    ("zh", "中文"),
    ("zu", "isiZulu"),
];

/// All languages as code and own name, by code.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    LANGUAGES.into_iter()
}

/// A language of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, min_length = 2, max_length = 2, example = "id"))]
#[serde(try_from = "String", into = "String")]
pub struct LanguageCode(u8);

impl LanguageCode {
    /// Reads a code, in either case.
    ///
    /// # Errors
    /// `invalid`, field `languages`.
    pub fn parse(s: &str) -> AppResult<Self> {
        let code = s.trim().to_ascii_lowercase();
        let at = LANGUAGES.binary_search_by_key(&code.as_str(), |(code, _)| code).ok();
        at.and_then(|at| u8::try_from(at).ok())
            .map(Self)
            .ok_or_else(|| AppError::invalid("languages", "A language is a two-letter code of ISO 639-1."))
    }

    /// The code itself.
    pub fn as_str(self) -> &'static str {
        LANGUAGES[usize::from(self.0)].0
    }

    /// Its own name for itself.
    pub fn own_name(self) -> &'static str {
        LANGUAGES[usize::from(self.0)].1
    }
}

impl TryFrom<String> for LanguageCode {
    type Error = AppError;

    fn try_from(s: String) -> AppResult<Self> {
        Self::parse(&s)
    }
}

impl From<LanguageCode> for String {
    fn from(code: LanguageCode) -> Self {
        code.as_str().to_owned()
    }
}

/// How well somebody speaks a language that they learn: the scale of the Common European Framework of
/// Reference for Languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Level {
    /// Breakthrough.
    A1,
    /// Waystage.
    A2,
    /// Threshold.
    B1,
    /// Vantage.
    B2,
    /// Advanced.
    C1,
    /// Mastery.
    C2,
}

impl Level {
    /// All of them, the lowest first.
    pub const ALL: [Self; 6] = [Self::A1, Self::A2, Self::B1, Self::B2, Self::C1, Self::C2];

    /// As people write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A1 => "A1",
            Self::A2 => "A2",
            Self::B1 => "B1",
            Self::B2 => "B2",
            Self::C1 => "C1",
            Self::C2 => "C2",
        }
    }
}

/// A language that somebody speaks or learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum UserLanguage {
    /// Theirs.
    Native {
        /// Which.
        code: LanguageCode,
    },
    /// One that they learn.
    Learning {
        /// Which.
        code: LanguageCode,
        /// How well they speak it.
        level: Level,
    },
}

impl UserLanguage {
    /// Which language.
    pub fn code(self) -> LanguageCode {
        match self {
            Self::Native { code } | Self::Learning { code, .. } => code,
        }
    }

    /// How well they speak it, where they learn it.
    pub fn level(self) -> Option<Level> {
        match self {
            Self::Native { .. } => None,
            Self::Learning { level, .. } => Some(level),
        }
    }

    /// Of a code and, where it is learned, a level.
    pub fn new(code: LanguageCode, level: Option<Level>) -> Self {
        match level {
            None => Self::Native { code },
            Some(level) => Self::Learning { code, level },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_in_order_each_with_a_name() {
        assert!(all().is_sorted_by_key(|(code, _)| code));
        assert!(all().all(|(code, name)| code.len() == 2 && !name.is_empty()));
        assert_eq!(LanguageCode::parse(" UK ").unwrap().own_name(), "Українська");
        for bad in ["", "xx", "eng", "u", "sh"] {
            assert!(LanguageCode::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn languages_have_the_documented_spelling() {
        let code = |code| LanguageCode::parse(code).unwrap();
        for (language, json) in [
            (UserLanguage::new(code("id"), None), r#"{"kind":"native","code":"id"}"#),
            (
                UserLanguage::new(code("uk"), Some(Level::B1)),
                r#"{"kind":"learning","code":"uk","level":"B1"}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&language).unwrap(), json);
            assert_eq!(serde_json::from_str::<UserLanguage>(json).unwrap(), language);
        }
        assert!(serde_json::from_str::<UserLanguage>(r#"{"kind":"native","code":"zz"}"#).is_err());
    }
}
