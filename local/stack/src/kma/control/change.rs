//! A warning issued, raised or lifted by hand.

use jiff::civil::DateTime;
use serde::Deserialize;

use super::super::Kma;
use super::super::names::{LEVELS, ZONES};
use super::super::time::in_korea;
use super::super::warnings::{InForce, Row, in_force};

/// What shall be done to a warning.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    /// A zone's code.
    zone: Option<String>,
    /// A province's code, for its zone among those of the page.
    province: Option<String>,
    kind: u16,
    /// The level; without it the lowest for an issue, one more for a raise.
    level: Option<u8>,
    command: Command,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Command {
    Issue,
    Raise,
    Lift,
}

impl Change {
    /// Adds the row that this makes to the log.
    ///
    /// # Errors
    /// A text for whoever asked: there is no such zone, nothing to raise or lift, nothing above.
    pub(super) fn carry_out(&self, kma: &Kma) -> Result<(), String> {
        if kma.answers.directory().is_some() {
            return Err("기록된 응답을 재생하고 있어서 특보를 바꿀 수 없습니다.".to_owned());
        }
        let now = in_korea(kma.clock.now());
        kma.answers.add(|log| {
            let standing = in_force(log, now);
            let row = self.row(&standing, now)?;
            Ok(row.numbered(next_number(log, now)))
        })
    }

    fn row(&self, standing: &[InForce], now: DateTime) -> Result<Row, String> {
        let (code, name) = self.zone(standing)?;
        let of_zone = || standing.iter().filter(|warning| warning.area_code == code);
        let current = of_zone().find(|warning| warning.kind == self.kind);
        let highest = LEVELS.len() as u8 - 1;
        if self.level.is_some_and(|level| level > highest) {
            return Err(format!("단계는 0부터 {highest}까지입니다."));
        }
        match (self.command, current) {
            (Command::Issue, None) => {
                Ok(Row::issued(now, &code, &name, self.kind, self.level.unwrap_or_default()))
            }
            (Command::Issue, Some(_)) => Err("이미 발표된 특보입니다.".to_owned()),
            (Command::Raise, Some(warning)) => {
                let level = self.level.unwrap_or(warning.level + 1);
                if level > highest {
                    return Err("더 높은 단계가 없습니다.".to_owned());
                }
                Ok(Row::changed(now, &code, &name, self.kind, level))
            }
            (Command::Lift, Some(_)) => {
                let row = Row::released(now, &code, &name, self.kind);
                Ok(if of_zone().count() == 1 { row.of_all() } else { row })
            }
            (Command::Raise | Command::Lift, None) => Err("발효 중인 특보가 아닙니다.".to_owned()),
        }
    }

    /// The code and the name of the zone: one of the page's, or one that has a warning.
    fn zone(&self, standing: &[InForce]) -> Result<(String, String), String> {
        let zone = ZONES.iter().find(|zone| {
            self.zone.as_deref() == Some(zone.code) || self.province.as_deref() == Some(zone.province)
        });
        let listed = zone.map(|zone| (zone.code.to_owned(), zone.name.to_owned()));
        let other = || {
            let warning = standing.iter().find(|warning| self.zone.as_ref() == Some(&warning.area_code))?;
            Some((warning.area_code.clone(), warning.area_name.clone()))
        };
        listed.or_else(other).ok_or_else(|| "그런 특보구역이 없습니다.".to_owned())
    }
}

/// The number of the next report of the month.
fn next_number(log: &[Row], now: DateTime) -> u32 {
    let of_month = |row: &&Row| row.issued_at.date().first_of_month() == now.date().first_of_month();
    log.iter().filter(of_month).map(|row| row.sequence).max().unwrap_or_default() + 1
}
