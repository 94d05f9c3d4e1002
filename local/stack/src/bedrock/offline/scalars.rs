//! Texts and numbers within a schema's bounds.

use serde_json::{Number, Value};

use super::schema::Shape;

/// Makes `text` fit `minLength` and `maxLength` (Unicode code points): cut with an ellipsis, or dots added.
pub(super) fn text(shape: &Shape, text: &str) -> String {
    let least = shape.size("minLength").unwrap_or(0);
    let most = shape.size("maxLength").unwrap_or(usize::MAX);
    let length = text.chars().count();
    if length > most {
        let kept: String = text.chars().take(most.saturating_sub(1)).collect();
        return if most == 0 { kept } else { format!("{kept}…") };
    }
    format!("{text}{}", "·".repeat(least.saturating_sub(length)))
}

/// Whether a text is within `minLength` and `maxLength` as it stands.
pub(super) fn text_fits(shape: &Shape, text: &str) -> bool {
    let length = text.chars().count();
    shape.size("minLength").is_none_or(|least| length >= least)
        && shape.size("maxLength").is_none_or(|most| length <= most)
}

/// The whole number nearest 0 within the bounds; `None` if there is none.
pub(super) fn integer(shape: &Shape) -> Option<Value> {
    let above = |keyword| Some(whole(shape, keyword, f64::floor)?.saturating_add(1));
    let below = |keyword| Some(whole(shape, keyword, f64::ceil)?.saturating_sub(1));
    let lower = whole(shape, "minimum", f64::ceil).max(above("exclusiveMinimum")).unwrap_or(i64::MIN);
    let upper = [whole(shape, "maximum", f64::floor), below("exclusiveMaximum")];
    let upper = upper.into_iter().flatten().min().unwrap_or(i64::MAX);
    let step = whole(shape, "multipleOf", f64::round).filter(|step| *step > 0).unwrap_or(1);
    let nearest = 0.clamp(lower, upper.max(lower));
    let distance = nearest.unsigned_abs().next_multiple_of(step.unsigned_abs());
    let value = i64::try_from(distance).ok()?.checked_mul(if nearest < 0 { -1 } else { 1 })?;
    (lower..=upper).contains(&value).then(|| value.into())
}

fn whole(shape: &Shape, keyword: &str, round: fn(f64) -> f64) -> Option<i64> {
    let bound = shape.get(keyword)?;
    // Only a bound that is itself no integer needs rounding; the cast then saturates, which is as good as none.
    bound.as_i64().or_else(|| bound.as_f64().map(|bound| round(bound) as i64))
}

/// A number within the bounds: 0 if allowed, else the middle of them or a bound.
pub(super) fn number(shape: &Shape) -> Option<Value> {
    let bound = |keyword: &str| shape.get(keyword).and_then(Value::as_f64);
    let (least, above) = (bound("minimum"), bound("exclusiveMinimum"));
    let (most, below) = (bound("maximum"), bound("exclusiveMaximum"));
    let inside = |value: &f64| {
        least.is_none_or(|least| *value >= least)
            && above.is_none_or(|above| *value > above)
            && most.is_none_or(|most| *value <= most)
            && below.is_none_or(|below| *value < below)
    };
    let lower = least.or(above);
    let upper = most.or(below);
    let middle = lower.zip(upper).map(|(lower, upper)| f64::midpoint(lower, upper));
    let beyond = [lower.map(|lower| lower + 1.0), upper.map(|upper| upper - 1.0)];
    let candidates = [Some(0.0), middle, lower, upper].into_iter().chain(beyond).flatten();
    candidates.into_iter().find(inside).and_then(Number::from_f64).map(Value::Number)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shape(schema: &Value) -> Shape {
        Shape::resolve(schema, schema, &[]).unwrap()
    }

    #[test]
    fn texts_are_cut_and_filled_by_characters() {
        assert_eq!(text(&shape(&json!({ "maxLength": 3 })), "가나다라"), "가나…");
        assert_eq!(text(&shape(&json!({ "maxLength": 0 })), "가"), "");
        assert_eq!(text(&shape(&json!({ "minLength": 3 })), "가"), "가··");
        assert_eq!(text(&shape(&json!({})), "가"), "가");
    }

    #[test]
    fn integers_keep_every_kind_of_bound() {
        let of = |schema: Value| integer(&shape(&schema));
        assert_eq!(of(json!({})), Some(json!(0)));
        assert_eq!(of(json!({ "minimum": 3, "multipleOf": 5 })), Some(json!(5)));
        assert_eq!(of(json!({ "maximum": -3 })), Some(json!(-3)));
        assert_eq!(of(json!({ "exclusiveMinimum": 0, "maximum": 9 })), Some(json!(1)));
        assert_eq!(of(json!({ "exclusiveMaximum": 0.5, "minimum": -2 })), Some(json!(0)));
        assert_eq!(of(json!({ "minimum": 2, "maximum": 1 })), None);
    }

    #[test]
    fn numbers_keep_every_kind_of_bound() {
        let of = |schema: Value| number(&shape(&schema)).and_then(|value| value.as_f64());
        assert_eq!(of(json!({})), Some(0.0));
        assert_eq!(of(json!({ "minimum": 0.5, "maximum": 1.5 })), Some(1.0));
        assert_eq!(of(json!({ "exclusiveMinimum": 1 })), Some(2.0));
        assert_eq!(of(json!({ "exclusiveMaximum": 0 })), Some(-1.0));
        assert_eq!(of(json!({ "minimum": 2, "maximum": 1 })), None);
    }
}
