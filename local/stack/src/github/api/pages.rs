//! The query, and lists in pages.

use reqwest::Url;
use serde_json::Value;

use super::answer::Found;

/// Items of a page whose caller names no number.
const DEFAULT_PER_PAGE: usize = 30;

/// Most items of a page.
const MOST_PER_PAGE: usize = 100;

/// The fields of a query, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    /// Reads the text behind the question mark.
    pub(super) fn read(text: &str) -> Option<Self> {
        serde_html_form::from_str(text).ok().map(Self)
    }

    /// A field's value, unless it is empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(field, value)| field == name && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }

    fn number(&self, name: &str, default: usize) -> usize {
        self.get(name).and_then(|value| value.parse().ok()).filter(|number| *number > 0).unwrap_or(default)
    }

    /// `url` with these fields behind it.
    pub(super) fn append_to(&self, url: &str) -> String {
        let Ok(mut url) = Url::parse(url) else { return url.to_owned() };
        if !self.0.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.0);
        }
        url.into()
    }

    /// The page of `items` that is asked for, as the answer, with links to the others under `url`.
    pub(super) fn page<T>(&self, items: &[T], url: &str, write: impl Fn(&T) -> Value) -> Found {
        let (page, per_page, last) = self.place(items.len());
        let shown = items.iter().skip((page - 1).saturating_mul(per_page)).take(per_page);
        Found::json(shown.map(write).collect()).with_link(self.links(url, page, last))
    }

    /// The page's number, how many items it has at most, and the last page's number.
    pub(super) fn place(&self, items: usize) -> (usize, usize, usize) {
        let per_page = self.number("per_page", DEFAULT_PER_PAGE).min(MOST_PER_PAGE);
        (self.number("page", 1), per_page, items.div_ceil(per_page).max(1))
    }

    /// The `Link` header of this page; none if it is the only one.
    pub(super) fn links(&self, url: &str, page: usize, last: usize) -> Option<String> {
        let to = |relation: &str, page: usize| {
            let others = self.0.iter().filter(|(field, _)| field != "page").cloned();
            let query = Self(others.chain([("page".to_owned(), page.to_string())]).collect());
            format!("<{}>; rel=\"{relation}\"", query.append_to(url))
        };
        let mut links = Vec::new();
        if page > 1 {
            links.extend([to("prev", (page - 1).min(last)), to("first", 1)]);
        }
        if page < last {
            links.extend([to("next", page + 1), to("last", last)]);
        }
        (!links.is_empty()).then(|| links.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(query: &str, items: usize) -> (String, Option<String>) {
        let items: Vec<usize> = (1..=items).collect();
        let found = Query::read(query)
            .unwrap()
            .page(&items, "http://x/repositories/1/commits", |item| (*item).into());
        (String::from_utf8(found.body).unwrap(), found.link)
    }

    #[test]
    fn links_lead_through_the_pages_and_keep_the_other_fields() {
        let (body, link) = page("author=a%26b&per_page=2&page=2", 5);
        assert_eq!(body, "[3,4]");
        let link = link.unwrap();
        let next = "<http://x/repositories/1/commits?author=a%26b&per_page=2&page=3>; rel=\"next\"";
        assert!(link.contains(next), "{link}");
        for relation in ["prev", "first", "last"] {
            assert!(link.contains(&format!("rel=\"{relation}\"")), "{link}");
        }
    }

    #[test]
    fn a_single_page_has_no_links_and_one_beyond_the_end_is_empty() {
        assert_eq!(
            page("", 30),
            (format!("[{}]", (1..=30).map(|n| n.to_string()).collect::<Vec<_>>().join(",")), None)
        );
        assert_eq!(page("page=9", 31).0, "[]");
        assert!(page("page=9", 31).1.unwrap().contains("page=2>; rel=\"prev\""));
    }

    #[test]
    fn a_page_has_a_hundred_items_at_most() {
        assert_eq!(Query::read("per_page=1000").unwrap().place(250), (1, 100, 3));
        assert_eq!(Query::read("per_page=x&page=-1").unwrap().place(0), (1, 30, 1));
    }
}
