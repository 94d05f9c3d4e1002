//! The six results in a form that another engine can give too: one JSON array a line, whose order does not
//! matter. Sums and counts of 0 are left out.

use std::io::{self, Write};

use consulting::generation::numbers::{LectureNumbers, LecturerNumbers};
use jiff::{ToSpan, civil::Date};
use serde::Serialize;

/// Writes one lecturer's lines.
pub fn write(numbers: &LecturerNumbers, day: Date, out: &mut impl Write) -> io::Result<()> {
    for lecture in &numbers.lectures {
        write_lecture(lecture, day, out)?;
    }
    let trend_begin = day.saturating_sub(29.days());
    let mut trend: Vec<_> = numbers
        .lectures
        .iter()
        .flat_map(|lecture| &lecture.revenue)
        .filter(|paid| paid.day >= trend_begin)
        .collect();
    trend.sort_by_key(|paid| paid.day);
    for paid in trend.chunk_by(|one, next| one.day == next.day) {
        let amount: i64 = paid.iter().map(|paid| paid.amount).sum();
        line(out, &("revenue_trend", &numbers.lecturer_id, paid[0].day, amount))?;
    }
    for (lectures, students) in (1..).zip(numbers.lectures_per_student).filter(|(_, students)| *students > 0)
    {
        line(out, &("lectures_per_student", &numbers.lecturer_id, lectures, students))?;
    }
    Ok(())
}

fn write_lecture(lecture: &LectureNumbers, day: Date, out: &mut impl Write) -> io::Result<()> {
    let (month, week) = (day.first_of_month(), day.saturating_sub(6.days()));
    let id = &lecture.lecture_id;
    let monthly: i64 = lecture.revenue.iter().filter(|paid| paid.day >= month).map(|paid| paid.amount).sum();
    if monthly > 0 {
        line(out, &("monthly_revenue", id, monthly))?;
    }
    for paid in lecture.revenue.iter().filter(|paid| paid.day >= week) {
        line(out, &("revenue_share", id, paid.day, paid.amount))?;
    }
    if lecture.learners > 0 {
        line(out, &("completion", id, lecture.finished, lecture.learners))?;
    }
    for (decile, learners) in (0..).zip(lecture.deciles).filter(|(_, learners)| *learners > 0) {
        line(out, &("progress_groups", id, decile, learners))?;
    }
    Ok(())
}

fn line(out: &mut impl Write, values: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, values)?;
    out.write_all(b"\n")
}
