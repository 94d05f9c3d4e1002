//! The words of the document: `local/pages/api`, what holds everywhere and one file a domain.

use serde_json::{Map, Value};

use super::ApiError;

/// What holds everywhere.
const MARU: &str = include_str!("../../../pages/api/maru.json");

/// One file a domain, in the order in which they are shown; a new domain is one more line.
const DOMAINS: [&str; 11] = [
    include_str!("../../../pages/api/identity.json"),
    include_str!("../../../pages/api/resume.json"),
    include_str!("../../../pages/api/hub.json"),
    include_str!("../../../pages/api/interview.json"),
    include_str!("../../../pages/api/notification.json"),
    include_str!("../../../pages/api/billing.json"),
    include_str!("../../../pages/api/consulting.json"),
    include_str!("../../../pages/api/weather.json"),
    include_str!("../../../pages/api/community.json"),
    include_str!("../../../pages/api/chat.json"),
    include_str!("../../../pages/api/jobs.json"),
];

/// All descriptions, put together.
#[derive(Debug)]
pub(super) struct Descriptions {
    /// What the whole document says of itself.
    pub(super) maru: Value,
    /// `{name, korean, description}` of each domain.
    pub(super) domains: Vec<Value>,
    /// What is said of each function, by its name, with its `domain`.
    pub(super) functions: Map<String, Value>,
    /// What each problem code means.
    pub(super) problems: Map<String, Value>,
    /// The schemas that are referred to by name.
    pub(super) schemas: Map<String, Value>,
}

impl Descriptions {
    /// Reads them.
    ///
    /// # Errors
    /// [`ApiError`] when one of the files is not JSON, or two of them describe the same.
    pub(super) fn read() -> Result<Self, ApiError> {
        let mut maru: Value = serde_json::from_str(MARU)?;
        let (problems, schemas) = (taken(&mut maru, "problems"), taken(&mut maru, "schemas"));
        let mut all = Self { maru, domains: Vec::new(), functions: Map::new(), problems, schemas };
        for domain in DOMAINS {
            all.add(serde_json::from_str(domain)?)?;
        }
        Ok(all)
    }

    fn add(&mut self, mut domain: Value) -> Result<(), ApiError> {
        let mut functions = taken(&mut domain, "functions");
        for description in functions.values_mut() {
            description["domain"] = domain["name"].clone();
        }
        let (problems, schemas) = (taken(&mut domain, "problems"), taken(&mut domain, "schemas"));
        for (known, more) in
            [(&mut self.functions, functions), (&mut self.problems, problems), (&mut self.schemas, schemas)]
        {
            if let Some(name) = more.keys().find(|name| known.contains_key(*name)) {
                return Err(ApiError::Repeated(name.clone()));
            }
            known.extend(more);
        }
        self.domains.push(domain);
        Ok(())
    }
}

fn taken(value: &mut Value, key: &str) -> Map<String, Value> {
    match value.get_mut(key).map(Value::take) {
        Some(Value::Object(entries)) => entries,
        _ => Map::new(),
    }
}
