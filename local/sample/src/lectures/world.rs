//! Who teaches what and who bought it: everything is a function of the seed and a number.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{
    LectureOptions,
    draw::{Draw, Purpose},
    texts,
};

const DAY_SECONDS: i64 = 86_400;
const SEOUL_SECONDS: i64 = 9 * 3_600;
/// How far back the purchases reach.
const HISTORY_DAYS: u64 = 400;
/// Before this many days a lecture cost less than today.
const PRICE_CHANGE_DAYS: i64 = 60;
/// The most lectures that a lecturer has.
const MOST_LECTURES: u64 = 6;

/// What all rows are computed from.
#[derive(Clone, Debug)]
pub(super) struct World {
    seed: u64,
    lecturers: u64,
    students: u64,
    /// The first second of the run's day in Korea.
    midnight: i64,
    /// The first second of the run's month in Korea.
    month: i64,
}

/// A lecture, known by its lecturer and its place among the lecturer's lectures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lecture {
    pub(super) lecturer: u64,
    pub(super) slot: u64,
}

/// One purchase of one lecture.
#[derive(Clone, Debug)]
pub(super) struct Purchase {
    pub(super) number: u64,
    pub(super) lecture: Lecture,
    pub(super) student_id: String,
    pub(super) paid_amount: i64,
    pub(super) enrolled_at: i64,
    pub(super) refund: Refund,
}

/// Whether and how the money went back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refund {
    No,
    /// The only row of the purchase already says so.
    Known,
    /// A row for the purchase, and after so many others one for the refund.
    Later(u64),
}

impl World {
    pub(super) fn new(options: &LectureOptions) -> Self {
        let lecturers = options.lecturers.unwrap_or((options.rows / 500).clamp(3, 100_000)).max(1);
        Self {
            seed: options.seed,
            lecturers,
            students: options.rows / 3 + 10,
            midnight: midnight(options.day),
            month: midnight(options.day.first_of_month()),
        }
    }

    pub(super) fn draw(&self, purpose: Purpose, row: u64) -> Draw {
        Draw::new(self.seed, purpose, row)
    }

    /// All lectures, lecturer by lecturer.
    pub(super) fn lectures(&self) -> impl Iterator<Item = Lecture> {
        let slots = |lecturer| (0..self.lectures_of(lecturer)).map(move |slot| Lecture { lecturer, slot });
        (0..self.lecturers).flat_map(slots)
    }

    fn lectures_of(&self, lecturer: u64) -> u64 {
        // The first is the one whose dashboard people look at.
        if lecturer == 0 { MOST_LECTURES } else { 1 + lecturer.wrapping_add(self.seed) % MOST_LECTURES }
    }

    /// A lecture as learners choose it: a fifth of all learn with the first lecturer.
    pub(super) fn any_lecture(&self, draw: &mut Draw) -> Lecture {
        let lecturer = if draw.percent(20) { 0 } else { draw.low_below(self.lecturers) };
        Lecture { lecturer, slot: draw.low_below(self.lectures_of(lecturer)) }
    }

    /// A student; three in five come back to the lecturers whom they know.
    pub(super) fn any_student(&self, lecture: Lecture, draw: &mut Draw) -> String {
        let circle = self.students / self.lecturers.min(50) + 1;
        let student = if draw.percent(60) {
            (lecture.lecturer.wrapping_mul(7_919) + draw.low_below(circle)) % self.students
        } else {
            draw.below(self.students)
        };
        format!("student-{}", student + 1)
    }

    /// What a lecture costs today, in KRW.
    pub(super) fn price(&self, lecture: Lecture) -> i64 {
        let number = lecture.lecturer * MOST_LECTURES + lecture.slot;
        11_000 * i64::try_from(2 + self.draw(Purpose::Lecture, number).below(14)).unwrap_or(2)
    }

    /// The purchase of this number, from 0.
    pub(super) fn purchase(&self, number: u64) -> Purchase {
        let mut draw = self.draw(Purpose::Purchase, number);
        let lecture = self.any_lecture(&mut draw);
        // The platform enrols lecturers in their own lectures.
        let own = number % 97 == 13;
        let student = self.any_student(lecture, &mut draw);
        let enrolled_at = match number {
            _ if number % 101 == 7 => self.month - i64::from(number.is_multiple_of(2)),
            _ if number % 53 == 11 => self.after_the_day(&mut draw),
            _ => self.moment(&mut draw),
        };
        Purchase {
            number,
            lecture,
            student_id: if own { lecture.lecturer_id() } else { student },
            paid_amount: self.paid(lecture, enrolled_at, &mut draw),
            enrolled_at,
            refund: match draw.below(100) {
                0..=1 => Refund::Known,
                2..=4 => Refund::Later(1 + draw.below(60)),
                _ => Refund::No,
            },
        }
    }

    fn paid(&self, lecture: Lecture, enrolled_at: i64, draw: &mut Draw) -> i64 {
        let price = self.price(lecture);
        let then =
            if enrolled_at < self.midnight - PRICE_CHANGE_DAYS * DAY_SECONDS { price * 4 / 5 } else { price };
        match draw.below(20) {
            0 => 0,
            1..=3 => then * 7 / 10,
            4..=5 => then * 9 / 10,
            _ => then,
        }
    }

    /// A moment of the past, mostly the near past, up to the end of the run's day.
    pub(super) fn moment(&self, draw: &mut Draw) -> i64 {
        let days = i64::try_from(draw.low_below(HISTORY_DAYS)).unwrap_or_default();
        self.midnight - days * DAY_SECONDS + second_of_day(draw)
    }

    fn after_the_day(&self, draw: &mut Draw) -> i64 {
        self.midnight + DAY_SECONDS + i64::try_from(draw.low_below(2 * 86_400)).unwrap_or_default()
    }
}

impl Lecture {
    pub(super) fn id(self) -> String {
        format!("lecture-{}-{}", self.lecturer + 1, self.slot + 1)
    }

    pub(super) fn lecturer_id(self) -> String {
        format!("lecturer-{}", self.lecturer + 1)
    }

    /// What it is about: the place of its category in [`texts::CATEGORIES`].
    pub(super) const fn category(self) -> usize {
        (self.lecturer * 3 + self.slot / 2) as usize % texts::CATEGORIES.len()
    }

    pub(super) fn title(self) -> String {
        texts::lecture_title(self.category(), self.lecturer, self.slot)
    }
}

/// A second of a Korean day: hardly anything at night, most in the evening.
fn second_of_day(draw: &mut Draw) -> i64 {
    let hour = if draw.percent(10) { draw.below(24) } else { 23 - draw.low_below(16) };
    i64::try_from(hour * 3_600 + draw.below(3_600)).unwrap_or_default()
}

fn midnight(day: Date) -> i64 {
    let utc = day.to_zoned(TimeZone::UTC).map_or(0, |midnight| midnight.timestamp().as_second());
    utc - SEOUL_SECONDS
}

/// A second since 1970 as RFC 3339.
pub(super) fn rfc_3339(second: i64) -> String {
    Timestamp::from_second(second).unwrap_or_default().to_string()
}
