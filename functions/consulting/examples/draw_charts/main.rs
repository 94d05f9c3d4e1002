//! Draws every chart in both languages and all themes into SVG files, to be looked at:
//! `cargo run -p consulting --example draw_charts -- OUT_DIR [NUMBERS.json [DAY]]`.
//!
//! `NUMBERS.json` is one `LecturerNumbers` or a list of them. Without it, built-in lecturers are drawn: a
//! realistic one, and those that are hard to draw.

mod lecturers;

use std::{env, error::Error, fs, path::Path};

use consulting::{
    dashboard::{
        Chart, Published, PublishedChart, Selection,
        svg::{Language, Style, Theme, draw},
    },
    generation::numbers::LecturerNumbers,
};
use jiff::{Timestamp, ToSpan, civil::Date};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let out = arguments.next().ok_or("usage: draw_charts OUT_DIR [NUMBERS.json [DAY]]")?;
    let file = arguments.next();
    let day = arguments.next().map_or(Ok(lecturers::DAY), |day| day.parse())?;
    fs::create_dir_all(&out)?;
    let lecturers = match file {
        Some(file) => read_lecturers(&file)?,
        None => lecturers::built_in(),
    };
    for lecturer in &lecturers {
        draw_lecturer(Path::new(&out), lecturer, day)?;
    }
    Ok(())
}

fn read_lecturers(file: &str) -> Result<Vec<LecturerNumbers>, Box<dyn Error>> {
    let text = fs::read_to_string(file)?;
    match serde_json::from_str(&text) {
        Ok(lecturers) => Ok(lecturers),
        Err(_) => Ok(vec![serde_json::from_str(&text)?]),
    }
}

fn draw_lecturer(out: &Path, numbers: &LecturerNumbers, day: Date) -> Result<(), Box<dyn Error>> {
    let one_lecture = numbers.lectures.first().map(|lecture| lecture.lecture_id.clone());
    let selections = [
        ("", Selection::default()),
        ("-year", Selection { from: Some(day.saturating_sub(365.days())), ..Selection::default() }),
        ("-day", Selection { from: Some(day), ..Selection::default() }),
        ("-ahead", Selection { to: Some(day.saturating_add(10.days())), ..Selection::default() }),
        ("-one", Selection { lecture_id: one_lecture, ..Selection::default() }),
    ];
    for (suffix, selection) in selections {
        for chart in Chart::ALL {
            let of_selection = matches!(chart, Chart::RevenueTrend)
                || matches!(chart, Chart::ProgressGroups) && selection.lecture_id.is_some();
            if suffix.is_empty() || of_selection {
                let name = format!("{}-{chart}{suffix}", numbers.lecturer_id);
                draw_chart(
                    out,
                    &name,
                    &PublishedChart::compute(chart, numbers, &selection, published(day))?,
                )?;
            }
        }
    }
    Ok(())
}

fn draw_chart(out: &Path, name: &str, chart: &PublishedChart) -> Result<(), Box<dyn Error>> {
    for (language, tag) in [(Language::Korean, "ko"), (Language::English, "en")] {
        for (theme, colours) in [(Theme::Light, "light"), (Theme::Dark, "dark"), (Theme::Auto, "auto")] {
            let picture = draw(chart, Style { language, theme });
            fs::write(out.join(format!("{name}-{tag}-{colours}.svg")), picture)?;
        }
    }
    Ok(())
}

fn published(day: Date) -> Published {
    Published { day, generation_id: "example".to_owned(), published_at: Timestamp::UNIX_EPOCH }
}
