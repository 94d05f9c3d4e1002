//! The technologies that Maru knows: their names, how people write them, and what declares them.
//!
//! The table itself is `technologies.txt`; its first lines say how it is written.

use std::sync::LazyLock;

/// A technology of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Technology {
    /// The name as a resume writes it.
    pub name: &'static str,
    /// How people write it, the name included.
    spellings: Vec<Spelling>,
    /// What a repository declares it by.
    declarations: Vec<Declaration>,
    /// The technologies that it is a case of.
    cases_of: Vec<&'static str>,
}

/// One way to write a technology's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling {
    /// In small letters, unless `exact`.
    pub text: String,
    /// Whether only this very spelling counts, because the word means something else in other spellings.
    pub exact: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Declaration {
    ecosystem: &'static str,
    /// In small letters.
    pattern: String,
}

static TABLE: LazyLock<Vec<Technology>> =
    LazyLock::new(|| include_str!("technologies.txt").lines().filter_map(technology).collect());

/// All technologies of the table.
#[must_use]
pub fn all() -> &'static [Technology] {
    &TABLE
}

/// The technologies that the dependency `name` of `ecosystem` declares. A starter may declare several.
pub fn declared(ecosystem: &str, name: &str) -> impl Iterator<Item = &'static Technology> {
    let name = name.to_lowercase();
    TABLE.iter().filter(move |technology| {
        let mut declarations = technology.declarations.iter();
        declarations
            .any(|declaration| declaration.ecosystem == ecosystem && matches(&declaration.pattern, &name))
    })
}

/// The technology that is written so, such as a language of GitHub's.
#[must_use]
pub fn named(name: &str) -> Option<&'static Technology> {
    let lower = name.to_lowercase();
    TABLE.iter().find(|technology| technology.name.to_lowercase() == lower)
}

/// Whether to use `used` is to use `technology`: they are the same, or one is a case of the other.
#[must_use]
pub fn is_a(used: &str, technology: &str) -> bool {
    let same = |name: &str| name.eq_ignore_ascii_case(technology);
    same(used) || named(used).is_some_and(|used| used.cases_of.iter().any(|case| same(case)))
}

impl Technology {
    /// How people write it.
    #[must_use]
    pub fn spellings(&self) -> &[Spelling] {
        &self.spellings
    }
}

/// A line of the table; none for a remark or an empty one.
fn technology(line: &'static str) -> Option<Technology> {
    if line.starts_with('#') {
        return None;
    }
    let mut fields = line.split('|').map(str::trim);
    let items = |field: Option<&'static str>| {
        field.unwrap_or_default().split(',').map(str::trim).filter(|item| !item.is_empty())
    };
    let name = fields.next().filter(|name| !name.is_empty())?;
    let spellings = std::iter::once(name).chain(items(fields.next())).map(spelling).collect();
    let declarations = items(fields.next()).filter_map(|item| {
        let (ecosystem, pattern) = item.split_once(':')?;
        Some(Declaration { ecosystem, pattern: pattern.to_lowercase() })
    });
    Some(Technology {
        name: name.trim_start_matches('='),
        spellings,
        declarations: declarations.collect(),
        cases_of: items(fields.next()).collect(),
    })
}

fn spelling(written: &str) -> Spelling {
    match written.strip_prefix('=') {
        Some(exact) => Spelling { text: exact.to_owned(), exact: true },
        None => Spelling { text: written.to_lowercase(), exact: false },
    }
}

/// Whether `name`, in small letters, is what `pattern` means; `*` at either end stands for any rest.
fn matches(pattern: &str, name: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(rest), Some(_)) => name.contains(rest.trim_end_matches('*')),
        (Some(end), None) => name.ends_with(end),
        (None, Some(begin)) => name.starts_with(begin),
        (None, None) => name == pattern,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const ECOSYSTEMS: [&str; 11] =
        ["npm", "maven", "pypi", "go", "cargo", "gem", "composer", "pub", "nuget", "image", "file"];

    #[test]
    fn every_line_of_the_table_is_read_as_it_is_meant() {
        let lines = include_str!("technologies.txt").lines();
        let lines: Vec<&str> = lines.filter(|line| !line.is_empty() && !line.starts_with("# ")).collect();
        let meant = lines.iter().filter(|line| **line != "#").count();
        assert_eq!(all().len(), meant);
        let columns = |line: &&&str| (2..=3).contains(&line.matches('|').count());
        assert_eq!(lines.iter().filter(|line| **line != "#").filter(columns).count(), meant);
        for technology in all() {
            assert!(!technology.spellings.is_empty(), "{technology:?}");
            for declaration in &technology.declarations {
                assert!(ECOSYSTEMS.contains(&declaration.ecosystem), "{technology:?}");
                assert!(!declaration.pattern.trim_matches('*').is_empty(), "{technology:?}");
            }
            for case in &technology.cases_of {
                assert!(named(case).is_some(), "{technology:?}");
            }
        }
    }

    #[test]
    fn no_spelling_means_two_technologies() {
        let mut seen = BTreeSet::new();
        for technology in all() {
            for spelling in &technology.spellings {
                assert!(
                    seen.insert(spelling.text.to_lowercase()),
                    "{} of {}",
                    spelling.text,
                    technology.name
                );
            }
        }
    }

    #[test]
    fn dependencies_declare_technologies() {
        let names = |ecosystem, name| declared(ecosystem, name).map(|it| it.name).collect::<Vec<_>>();
        assert_eq!(names("npm", "react"), ["React"]);
        assert_eq!(names("npm", "react-native"), ["React Native"]);
        assert_eq!(names("npm", "reactor"), Vec::<&str>::new());
        assert_eq!(
            names("maven", "org.springframework.boot:spring-boot-starter-web"),
            ["Spring", "Spring Boot"]
        );
        assert!(names("maven", "org.springframework.boot:spring-boot-starter-data-jpa").contains(&"JPA"));
        assert_eq!(names("pypi", "Django"), ["Django"]);
        assert_eq!(names("cargo", "tokio"), ["Tokio"]);
        assert_eq!(names("image", "redis"), ["Redis"]);
        assert_eq!(names("file", "Dockerfile"), ["Docker"]);
    }

    #[test]
    fn a_case_of_a_technology_is_that_technology_and_not_the_other_way_round() {
        assert!(is_a("React Native", "React") && is_a("React", "React") && is_a("GitHub Actions", "CI"));
        assert!(!is_a("React", "React Native") && !is_a("Redis", "React"));
    }

    #[test]
    fn a_word_of_everyday_language_counts_only_in_its_own_spelling() {
        let exact = |name: &str| named(name).unwrap().spellings().iter().any(|spelling| spelling.exact);
        for word in ["Go", "Spring", "Express", "React"] {
            assert!(exact(word), "{word}");
        }
        assert!(!named("Redis").unwrap().spellings()[0].exact);
    }
}
