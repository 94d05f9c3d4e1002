//! Missions: when one is drawn, which fits the weather, and what it is worth.

pub mod draw;
pub mod kind;
pub mod points;
pub mod slot;
