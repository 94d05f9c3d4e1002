//! From the log of warnings to what is in force.
//!
//! For each zone and kind:
//! 1. a row that was withdrawn never was; a row that comes twice counts once;
//! 2. rows are taken in the order in which they were issued, and of one report releases first: a change that is logged
//!    as a release and an issue is a change;
//! 3. what is issued holds from its start on, and until then what was there holds; whatever was announced for that time
//!    or a later one is void, because a later report knows more (the guide does not say so; it is how the log reads);
//! 4. a release holds from its end on, in the same way;
//! 5. a correction takes the place of what was issued last, and one of a release that of the release;
//! 6. `allEndTime` releases every kind of the zone that was issued before; what is announced of other kinds than the
//!    row's for a later time stays announced.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::alert::Alert;
use crate::kind::{Kind, Level};
use crate::report::{Act, Report};
use crate::status::Status;

/// A warning that is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// The zone's code.
    pub zone: String,
    /// What the zone is called.
    pub zone_name: String,
    /// What is warned of.
    pub kind: Kind,
    /// How grave.
    pub level: Level,
    /// Since when it is as grave as that.
    pub since: Timestamp,
    /// When the row that says so was issued.
    pub issued_at: Timestamp,
}

/// What the service says of a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Where the log begins: of what was issued before it knows nothing, except that it ended.
    pub from: Timestamp,
    /// What is in force by the log, by zone and kind.
    pub in_force: Vec<InForce>,
    /// How many rows have a command that is not known.
    pub unknown_commands: usize,
    /// The service's other word; none if it could not be read.
    pub status: Option<Status>,
    /// When the last of what has begun by now was issued.
    told: BTreeMap<(String, Kind), Timestamp>,
    withdrawn: BTreeSet<(String, Kind, Timestamp)>,
    ended: BTreeMap<String, Timestamp>,
}

impl Reading {
    /// Whether the log says what became of an alert: it has the row that the alert is of, be it withdrawn, or a later one
    /// that holds by now. Else it is silent: the alert may be older than the log goes back, because dry weather lasts for
    /// months, or a part of the log is missing. What is only announced tells nothing yet.
    #[must_use]
    pub fn tells_of(&self, alert: &Alert) -> bool {
        let key = (alert.zone.clone(), alert.kind);
        let is_later = |told: Option<&Timestamp>| told.is_some_and(|issued_at| *issued_at >= alert.issued_at);
        is_later(self.told.get(&key))
            || is_later(self.ended.get(&alert.zone))
            || self.withdrawn.contains(&(key.0, key.1, alert.issued_at))
    }
}

/// What one row makes of one kind of warning in one zone.
#[derive(Clone, Debug)]
struct Effect {
    from: Timestamp,
    until: Option<Timestamp>,
    /// None of a release.
    level: Option<Level>,
    issued_at: Timestamp,
    zone_name: String,
    /// Whether what was announced for that time or a later one is void. Not by the end of another kind's warning.
    voids: bool,
}

/// The log of a zone, kind by kind.
#[derive(Debug, Default)]
struct Effects(BTreeMap<Kind, Vec<Effect>>);

/// What the log, which begins at `from`, says of the moment `now`. Neither the order of the rows nor how often each of
/// them comes matters.
#[must_use]
pub fn fold(reports: impl IntoIterator<Item = Report>, from: Timestamp, now: Timestamp) -> Reading {
    let (withdrawn, rows): (Vec<Report>, Vec<Report>) =
        in_order(reports).into_iter().partition(|report| report.withdrawn);
    let withdrawn = withdrawn.into_iter().map(|report| (report.zone, report.kind, report.issued_at));
    let withdrawn = withdrawn.collect();
    let (mut told, mut ended, mut unknown_commands) = (BTreeMap::new(), BTreeMap::new(), 0);
    let mut zones: BTreeMap<String, Effects> = BTreeMap::new();
    for report in rows {
        unknown_commands += usize::from(report.act() == Act::Unknown);
        if report.all_end.is_some_and(|end| end <= now) {
            ended.insert(report.zone.clone(), report.issued_at);
        }
        zones.entry(report.zone.clone()).or_default().take(&report);
    }
    let mut in_force = Vec::new();
    for (zone, effects) in zones {
        for (kind, effects) in effects.0 {
            let begun = effects.iter().filter(|effect| effect.from <= now);
            let last = begun.map(|effect| effect.issued_at).max();
            told.extend(last.map(|last| ((zone.clone(), kind), last)));
            in_force.extend(at(&effects, now).map(|found| InForce { zone: zone.clone(), kind, ..found }));
        }
    }
    Reading { from, in_force, unknown_commands, status: None, told, withdrawn, ended }
}

/// The rows, each once, in the order in which they take effect.
fn in_order(reports: impl IntoIterator<Item = Report>) -> Vec<Report> {
    let mut rows: BTreeMap<_, Report> = BTreeMap::new();
    for report in reports {
        let order = u8::from(report.act() != Act::Release);
        let name =
            (report.issued_at, report.sequence, order, report.zone.clone(), report.kind, report.command);
        let kept = rows.entry(name).or_insert_with(|| report.clone());
        // What was withdrawn while its pages were read comes in both forms.
        if (report.withdrawn, &report) > (kept.withdrawn, &*kept) {
            *kept = report;
        }
    }
    rows.into_values().collect()
}

impl Effects {
    fn take(&mut self, report: &Report) {
        let effects = self.0.entry(report.kind).or_default();
        let effect = |from: Option<Timestamp>, level: Option<Level>| Effect {
            from: from.unwrap_or(report.issued_at),
            until: report.end.filter(|_| level.is_some()),
            level,
            issued_at: report.issued_at,
            zone_name: report.zone_name.clone(),
            voids: true,
        };
        match report.act() {
            Act::Release if report.command == 6 => {
                let release = effect(report.end.or(report.start), None);
                self.take_back_release(report.kind);
                self.0.entry(report.kind).or_default().push(release);
            }
            Act::Release => effects.push(effect(report.end.or(report.start), None)),
            Act::Issue => effects.push(effect(report.start, Some(report.level))),
            Act::Correct => {
                effects.pop_if(|last| last.level.is_some());
                effects.push(effect(report.start, Some(report.level)));
            }
            Act::Unknown if effects.is_empty() => {
                self.0.remove(&report.kind);
            }
            Act::Unknown => {}
        }
        if report.all_end.is_some() {
            let is_release = report.act() == Act::Release;
            for (kind, effects) in &mut self.0 {
                let is_own = *kind == report.kind;
                // Its own is released as the row says.
                if !(is_own && is_release) {
                    effects.push(Effect { voids: is_own, ..effect(report.all_end, None) });
                }
            }
        }
    }

    /// Takes the last release of a kind back, if that was the last that was said of it, with what it ended besides.
    fn take_back_release(&mut self, kind: Kind) {
        let Some(effects) = self.0.get_mut(&kind) else { return };
        let Some(last) = effects.iter().rposition(|effect| effect.voids) else { return };
        if effects.get(last).is_none_or(|effect| effect.level.is_some()) {
            return;
        }
        let wrong = effects.remove(last);
        for (_, effects) in self.0.iter_mut().filter(|(other, _)| **other != kind) {
            effects.pop_if(|last| !last.voids && last.issued_at == wrong.issued_at);
        }
    }
}

/// What is in force at `now`; its zone and kind are the caller's to say.
fn at(effects: &[Effect], now: Timestamp) -> Option<InForce> {
    let mut steps: Vec<(Timestamp, Option<Level>, &Effect)> = Vec::new();
    for effect in effects {
        if effect.voids {
            steps.retain(|(from, ..)| *from < effect.from);
            steps.push((effect.from, effect.level, effect));
        } else {
            let place = steps.partition_point(|(from, ..)| *from <= effect.from);
            steps.insert(place, (effect.from, effect.level, effect));
        }
        if let Some(until) = effect.until.filter(|until| *until > effect.from) {
            steps.push((until, None, effect));
        }
    }
    steps.retain(|(from, ..)| *from <= now);
    let (_, level, last) = steps.last()?;
    let level = (*level)?;
    // An extension does not begin anew.
    let same = steps.iter().rev().take_while(|(_, earlier, _)| *earlier == Some(level));
    let since = same.last().map_or(last.from, |(from, ..)| *from);
    let (zone_name, issued_at) = (last.zone_name.clone(), last.issued_at);
    Some(InForce { zone: String::new(), zone_name, kind: Kind::Other(0), level, since, issued_at })
}

#[cfg(test)]
mod tests;
