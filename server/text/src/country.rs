//! Countries by their names.

/// A line each: code, English name, the Indonesian and the Ukrainian one where they are others (CLDR), and what it is
/// called every day in one of these languages.
const NAMES: &str = include_str!("countries.txt");

/// The code of ISO 3166-1 for a country's English, Indonesian or Ukrainian name, official or not, in any case; anything
/// else stays as it is, for the domain to judge.
pub fn code(country: &str) -> &str {
    let typed = folded(country);
    let named = |line: &&str| line.split('|').skip(1).any(|name| folded(name) == typed);
    NAMES.lines().find(named).and_then(|line| line.split('|').next()).unwrap_or(country)
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase().replace(['’', 'ʼ', '`'], "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_known_by_code_and_by_name() {
        for (typed, code) in [
            ("ID", "ID"),
            ("Indonesia", "ID"),
            ("ukraine", "UA"),
            ("Ukraina", "UA"),
            ("South Korea", "KR"),
            ("côte d'ivoire", "CI"),
            ("Cote d`Ivoire", "CI"),
            ("Inggris", "GB"),
            ("UK", "GB"),
            ("Велика Британія", "GB"),
            ("Amerika", "US"),
            ("USA", "US"),
            ("сша", "US"),
            ("Korea", "KR"),
            ("Корея", "KR"),
            ("Korea Utara", "KP"),
            ("Turkey", "TR"),
            ("Країна", "Країна"),
            // Two are called so.
            ("Congo", "Congo"),
            ("Atlantis", "Atlantis"),
        ] {
            assert_eq!(super::code(typed), code);
        }
    }

    #[test]
    fn every_country_is_there_once() {
        let codes = NAMES.lines().map(|line| line.split('|').next().unwrap());
        assert!(codes.eq(sapa_model::country::codes()));
        let mut names: Vec<_> = NAMES.lines().flat_map(|line| line.split('|').skip(1)).map(folded).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
