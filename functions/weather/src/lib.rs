//! Weather: what the sky does over a cell of five kilometres, with a line of advice.
//!
//! Owns what is known of the cells, members' surveys, and the lines of advice; writes where members are
//! (`maru_whereabouts`). Asks the Korean weather service and a model. The rules, without I/O, are the crate
//! `weather_rules`.

mod advice;
mod calls;
mod cells;
mod circuit;
mod editions;
mod erasure;
mod error;
mod fetch;
mod functions;
mod known;
mod sights;
mod skies;
mod store;
mod surveys;

use functions::*;
use maru_lambda::Function;

/// The Lambdas of this domain.
pub static FUNCTIONS: &[Function] = &[
    Function::new("get_weather", |start| start.http(get_weather::handle)),
    Function::new("get_survey", |start| start.http(get_survey::handle)),
    Function::new("replace_survey", |start| start.http(replace_survey::handle)),
    Function::new("on_advice_requested", |start| start.queue(on_advice_requested::handle)),
    Function::new("on_member_deleted_for_weather", |start| {
        start.event(on_member_deleted_for_weather::handle)
    }),
];
