//! The missions that can be drawn.
//!
//! There are at most [`MOST_MISSIONS`], because a draw looks at all of them; the transaction that makes one counts.

use aws_sdk_dynamodb::types::TransactWriteItem;
use community_rules::missions::kind::Kind;
use jiff::Timestamp;
use maru_lambda::Problem;
use maru_store::{Key, ListQuery, Outcome, Page, Scope, StoreError, integer, text};

use super::{Content, MOST_MISSIONS, Mission};
use crate::error::Error;
use crate::store::{MISSIONS, Store, mission_key};

/// What a change of a mission gives anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Another name.
    pub name: Option<String>,
    /// Another description.
    pub description: Option<String>,
    /// Another question.
    pub question: Option<String>,
    /// Another kind of weather.
    pub kind: Option<Kind>,
    /// Another worth.
    pub points: Option<u32>,
}

impl Store {
    /// The missions, the newest first. `caller` is whom the cursor is for.
    ///
    /// # Errors
    /// 400 `invalid_cursor`, or the database's as a problem.
    pub async fn missions(&self, list: &ListQuery, caller: &str) -> Result<Page<Mission>, Problem> {
        let scope = Scope::new("list_missions", "", caller, MISSIONS);
        let query = self.table().query(MISSIONS).scan_index_forward(false).consistent_read(true);
        self.table().page(query, list, &scope).await
    }

    /// All missions.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn all_missions(&self) -> Result<Vec<Mission>, StoreError> {
        self.table().query_all(self.table().query(MISSIONS)).await
    }

    /// Keeps a new mission. One of its id that is there already was made by a request before this one: it is given as
    /// it stands.
    ///
    /// # Errors
    /// [`Error::TooManyMissions`], [`Error::NotFound`] when it was made before and is deleted by now,
    /// [`Error::Store`].
    pub async fn create_mission(&self, mission: Mission) -> Result<Mission, Error> {
        let table = self.table();
        let put = table.transact_put(&mission_key(&mission.id), &mission)?;
        let put = put.condition_expression("attribute_not_exists(pk)").build();
        let Err(cancelled) = table.transact(vec![table.part(put)?, self.one_more_mission()?]).await? else {
            return Ok(mission);
        };
        if cancelled.failed_at(0) {
            return table.get(&mission_key(&mission.id), true).await?.ok_or(Error::NotFound);
        }
        Err(Error::TooManyMissions)
    }

    /// Changes a mission; gives it as it is then. What was drawn before stays as it was drawn.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub async fn update_mission(&self, id: &str, change: Change, at: Timestamp) -> Result<Mission, Error> {
        let table = self.table();
        let kind = change.kind.map(|kind| table.attribute(&kind)).transpose()?;
        let given = [
            ("name", change.name.map(text)),
            ("description", change.description.map(text)),
            ("question", change.question.map(text)),
            ("kind", kind),
            ("points", change.points.map(integer)),
            ("updatedAt", Some(table.attribute(&at)?)),
        ];
        let mut update = table.update(&mission_key(id)).condition_expression("attribute_exists(pk)");
        let mut set = Vec::new();
        for (name, value) in given {
            let Some(value) = value else { continue };
            set.push(format!("#{name} = :{name}"));
            update = update.expression_attribute_names(format!("#{name}"), name);
            update = update.expression_attribute_values(format!(":{name}"), value);
        }
        match table.update_if(update.update_expression(format!("SET {}", set.join(", ")))).await? {
            Outcome::Done(item) => Ok(table.decode(item)?),
            Outcome::Refused(_) => Err(Error::NotFound),
        }
    }

    /// Deletes a mission. Who drew it before keeps it: an assignment has a copy.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Store`].
    pub async fn delete_mission(&self, id: &str) -> Result<(), Error> {
        let table = self.table();
        let delete = table.transact_delete(&mission_key(id)).condition_expression("attribute_exists(pk)");
        let less = table
            .transact_update(&count_key())
            .update_expression("ADD missions :less")
            .expression_attribute_values(":less", integer(-1));
        let writes = vec![table.part(delete.build())?, table.part(less.build())?];
        table.transact(writes).await?.map_err(|_| Error::NotFound)
    }

    fn one_more_mission(&self) -> Result<TransactWriteItem, StoreError> {
        let more = self
            .table()
            .transact_update(&count_key())
            .update_expression("ADD missions :one")
            .condition_expression("attribute_not_exists(missions) OR missions < :most")
            .expression_attribute_values(":one", integer(1))
            .expression_attribute_values(":most", integer(MOST_MISSIONS));
        self.table().part(more.build())
    }
}

impl Mission {
    /// A new mission.
    #[must_use]
    pub fn new(id: String, content: Content, created_at: Timestamp) -> Self {
        Self { id, content, created_at, updated_at: None }
    }
}

/// The key of how many missions there are.
fn count_key() -> Key {
    Key::new("MISSION_COUNT", "COUNT")
}
