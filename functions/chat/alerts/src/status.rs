//! The service's other word on what is in force: the text of its state (`getPwnStatus`, `t6`).
//!
//! It is one line for each kind and level, such as `o 강풍주의보 : 부산서부`, or says that there is none: `o 없음`. It is
//! written for people, and nothing is opened by it. But where the log says nothing of a warning any more, it tells
//! whether the warning is over or a part of the log is missing.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::alert::Alert;
use crate::kind::{Kind, Level};

/// What a line may begin with.
const BULLETS: [char; 6] = ['o', 'O', 'ㅇ', '○', '-', '*'];

/// What the text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The moment of which it speaks.
    at: Timestamp,
    named: BTreeSet<(Kind, Level)>,
    unclear: usize,
}

/// What only one of the two words names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differences {
    /// What the text names and the log does not.
    pub only_text: Vec<String>,
    /// What the log says is in force and the text does not name.
    pub only_log: Vec<String>,
}

impl Status {
    /// What a text says of the moment `at`; none of a text without a word, which confirms nothing: on the quietest of
    /// days it is `o 없음`.
    #[must_use]
    pub fn read(text: &str, at: Timestamp) -> Option<Self> {
        let mut status = Self { at, named: BTreeSet::new(), unclear: 0 };
        let mut is_first = true;
        for line in text.lines() {
            let line: String = line.chars().filter(|character| !character.is_whitespace()).collect();
            let said = line.trim_start_matches(BULLETS);
            if said.is_empty() {
                continue;
            }
            let begins = said.len() < line.len() || said.contains(':') || is_first;
            is_first = false;
            match warning(said.split(':').next().unwrap_or_default()) {
                Some(warning) => status.named.extend([warning]),
                None if said.starts_with("없음") => {}
                // The zones of the line before go on.
                None if !begins => {}
                None => status.unclear += 1,
            }
        }
        (!is_first).then_some(status)
    }

    /// Whether it names any warning.
    #[must_use]
    pub fn names_warnings(&self) -> bool {
        self.unclear > 0 || !self.named.is_empty()
    }

    /// How many lines name something that is not known.
    #[must_use]
    pub const fn unclear(&self) -> usize {
        self.unclear
    }

    /// Whether it says that an alert is over. A text with a line that is not understood says that of none, and neither
    /// does one that is older than the alert.
    #[must_use]
    pub fn denies(&self, alert: &Alert) -> bool {
        let is_newer = self.at >= alert.since.max(alert.issued_at);
        self.unclear == 0 && is_newer && !self.named.contains(&(alert.kind, alert.level))
    }

    /// What it and the log do not both name, if there is anything. Of kinds and levels that are not known it is not known
    /// either what the text calls them.
    #[must_use]
    pub fn differences(&self, log: &BTreeSet<(Kind, Level)>) -> Option<Differences> {
        let is_known =
            |(kind, level): &&(Kind, Level)| Kind::KNOWN.contains(kind) && Level::KNOWN.contains(level);
        let names = |warnings: Vec<&(Kind, Level)>| -> Vec<String> {
            warnings.into_iter().map(|(kind, level)| format!("{}{}", kind.name(), level.name())).collect()
        };
        let only_text = names(self.named.difference(log).collect());
        let only_log = names(log.difference(&self.named).filter(is_known).collect());
        (!only_text.is_empty() || !only_log.is_empty()).then_some(Differences { only_text, only_log })
    }
}

/// The kind and the level that a name such as `강풍주의보` is of.
fn warning(name: &str) -> Option<(Kind, Level)> {
    Kind::KNOWN.into_iter().find_map(|kind| {
        let level = name.strip_prefix(&*kind.name())?;
        Level::KNOWN.into_iter().find(|known| known.name() == level).map(|level| (kind, level))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIND: (Kind, Level) = (Kind::Wind, Level(0));
    const SNOW: (Kind, Level) = (Kind::Snow, Level(2));

    fn at(hour: i8) -> Timestamp {
        format!("2026-11-21T{hour:02}:00:00Z").parse().unwrap()
    }

    fn read(text: &str) -> Status {
        Status::read(text, at(12)).unwrap()
    }

    fn alert((kind, level): (Kind, Level), hour: i8) -> Alert {
        let (id, zone, zone_name) = ("alt_1".to_owned(), "L1082700".to_owned(), "부산서부".to_owned());
        Alert { id, zone, zone_name, kind, level, since: at(hour), issued_at: at(hour), ended_at: None }
    }

    #[test]
    fn a_line_with_a_warning_is_told_from_one_that_says_none() {
        for some in ["o 강풍주의보 : 부산서부\r\n", "o 없음\r\no 건조경보 : 강릉평지", "풍랑주의보"]
        {
            assert!(read(some).names_warnings(), "{some}");
        }
        for none in ["o 없음", "o 없 음\r\n\r\n", " o  없음 ", "없음"] {
            assert!(!read(none).names_warnings(), "{none}");
        }
        for nothing in ["", "\r\n", " o ", "o\r\n-"] {
            assert_eq!(Status::read(nothing, at(12)), None, "{nothing}");
        }
    }

    #[test]
    fn each_line_names_a_kind_and_a_level_and_its_zones_may_go_on_below() {
        let text =
            "o 강풍주의보 : 부산서부, 울릉도.독도,\r\n 흑산도.홍도\r\n\r\no 대설중대경보 : 강릉평지\r\n";
        let status = read(text);
        assert_eq!((&status.named, status.unclear), (&BTreeSet::from([WIND, SNOW]), 0));
        for strange in ["o 안개주의보 : 부산서부", "o 강풍예비특보 : 부산서부", "부산서부", "- ?"]
        {
            assert_eq!(read(strange).unclear(), 1, "{strange}");
        }
    }

    #[test]
    fn it_denies_what_it_does_not_name_unless_it_is_older_or_not_understood() {
        let status = read("o 강풍주의보 : 부산서부");
        assert!(!status.denies(&alert(WIND, 9)));
        assert!(status.denies(&alert(SNOW, 9)));
        assert!(status.denies(&alert((Kind::Wind, Level(1)), 12)));
        assert!(!status.denies(&alert(SNOW, 13)));
        assert!(!read("o 강풍주의보 : 부산서부\no 안개주의보 : 부산서부").denies(&alert(SNOW, 9)));
        assert!(read("o 없음").denies(&alert(WIND, 9)));
    }

    #[test]
    fn what_only_one_of_them_names_is_told_and_what_has_no_known_name_is_not_compared() {
        let log = BTreeSet::from([WIND, (Kind::Other(14), Level(0)), (Kind::Rain, Level(7))]);
        assert_eq!(read("o 강풍주의보 : 부산서부").differences(&log), None);
        let expected = Differences {
            only_text: vec!["대설중대경보".to_owned()],
            only_log: vec!["강풍주의보".to_owned()],
        };
        assert_eq!(read("o 대설중대경보 : 강릉평지").differences(&log), Some(expected));
    }
}
