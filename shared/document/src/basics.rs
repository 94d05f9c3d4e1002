//! Who the person is, and how to reach them.

use garde::Validate;
use serde::{Deserialize, Serialize};

use crate::bounds::{ADDRESS, NAME, TEXT, email_address, web_address};
use crate::rules::{filled, line, paragraph};

/// Who the person is. Nothing of it is generated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Basics {
    /// The person's name, at most 50 characters.
    #[garde(length(chars, max = 50), custom(line), custom(filled))]
    pub name: String,
    /// What they call themselves, such as `Backend developer`.
    #[garde(length(chars, max = NAME), inner(custom(line)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Contact: the e-mail address.
    #[garde(length(chars, max = 254), inner(custom(email_address)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Contact: the telephone number.
    #[garde(length(chars, max = 30), inner(custom(line)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The address of a picture.
    #[garde(length(chars, max = ADDRESS), inner(custom(web_address)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// A few sentences of their own.
    #[garde(length(chars, max = TEXT), inner(custom(paragraph)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
}
