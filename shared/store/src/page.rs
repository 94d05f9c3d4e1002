//! Lists: a query of one partition in the order of its sort key, page by page.

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use garde::Validate;
use maru_lambda::Problem;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::cursor::Scope;
use crate::table::{Item, Table};
use crate::{StoreError, text};

/// How many items a list gives when the client does not say.
const DEFAULT_LIMIT: u32 = 20;

/// The query parameters of every list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ListQuery {
    /// How many items, 1 to 100; 20 if not given.
    #[garde(range(min = 1, max = 100))]
    #[serde(default)]
    pub limit: Option<u32>,
    /// Where to go on: the `nextCursor` of the page before.
    #[garde(length(bytes, max = 2048))]
    #[serde(default)]
    pub cursor: Option<String>,
}

impl ListQuery {
    /// How many items are wanted.
    #[must_use]
    pub fn wanted(&self) -> usize {
        self.limit.unwrap_or(DEFAULT_LIMIT) as usize
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Give it back as `cursor` for the next page; null on the last one.
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// The same page with each item turned into what the client sees.
    pub fn map<U>(self, view: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(view).collect(), next_cursor: self.next_cursor }
    }
}

impl Table {
    /// A query of the partition `pk` (of the table, or of the index that is named on the builder).
    #[must_use]
    pub fn query(&self, pk: &str) -> QueryFluentBuilder {
        self.client()
            .query()
            .table_name(self.name())
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(pk))
    }

    /// What one call of `query` finds, which its limit bounds.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn query_page<T: DeserializeOwned>(
        &self,
        query: QueryFluentBuilder,
    ) -> Result<Vec<T>, StoreError> {
        let answer = query.send().await.map_err(|error| self.error("Query", error))?;
        answer.items.unwrap_or_default().into_iter().map(|item| self.decode(item)).collect()
    }

    /// What one call of `query` finds, which its limit bounds, and where the next call has to begin (its
    /// `exclusive_start_key`); none when this was the last.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn query_batch<T: DeserializeOwned>(
        &self,
        query: QueryFluentBuilder,
    ) -> Result<(Vec<T>, Option<Item>), StoreError> {
        let answer = query.send().await.map_err(|error| self.error("Query", error))?;
        let items = answer.items.unwrap_or_default().into_iter().map(|item| self.decode(item));
        let next = answer.last_evaluated_key.filter(|key| !key.is_empty());
        Ok((items.collect::<Result<_, _>>()?, next))
    }

    /// All items that `query` finds. Only for partitions of a bounded size.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn query_all<T: DeserializeOwned>(
        &self,
        query: QueryFluentBuilder,
    ) -> Result<Vec<T>, StoreError> {
        let mut pages = query.into_paginator().items().send();
        let mut items = Vec::new();
        while let Some(item) = pages.next().await {
            items.push(self.decode(item.map_err(|error| self.error("Query", error))?)?);
        }
        Ok(items)
    }

    /// One page of what `query` finds in the table, or in the index that it names and `scope` is over: as many items
    /// as were asked for, unless the list ends. A projection is given the keys, of which cursors are made.
    ///
    /// # Errors
    /// 400 `invalid_cursor` for a cursor of another list, filter or caller; [`StoreError`] as a problem.
    pub async fn page<T: DeserializeOwned>(
        &self,
        query: QueryFluentBuilder,
        list: &ListQuery,
        scope: &Scope,
    ) -> Result<Page<T>, Problem> {
        let wanted = list.wanted();
        let mut from = list.cursor.as_deref().map(|cursor| scope.open(cursor)).transpose()?;
        let fields = query
            .get_projection_expression()
            .as_ref()
            .map(|fields| format!("{}, {fields}", scope.keys().join(", ")));
        let query = query.set_projection_expression(fields);
        let mut found: Vec<Item> = Vec::with_capacity(wanted + 1);
        // One more than wanted, because only that tells whether this page is the last one.
        while found.len() <= wanted {
            let limit = i32::try_from(wanted + 1 - found.len()).unwrap_or(i32::MAX);
            let answer = query.clone().limit(limit).set_exclusive_start_key(from).send().await;
            let answer = answer.map_err(|error| self.error("Query", error))?;
            found.extend(answer.items.unwrap_or_default());
            from = answer.last_evaluated_key.filter(|key: &Item| !key.is_empty());
            if from.is_none() {
                break;
            }
        }
        let more = found.len() > wanted;
        found.truncate(wanted);
        let last = found.last().filter(|_| more).map(|last| scope.seal(last));
        let items = found.into_iter().map(|item| self.decode(item)).collect::<Result<_, _>>()?;
        Ok(Page { items, next_cursor: last })
    }
}
