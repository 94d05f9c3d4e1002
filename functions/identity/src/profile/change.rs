//! Changes of a profile, with the meaning of JSON Merge Patch (RFC 7396): what is absent stays, null takes
//! away, a list is replaced as a whole.

use garde::Validate;
use maru_document::Position;
use serde::{Deserialize, Deserializer};

use super::career::Lasting;
use super::{AtMost, Certificate, Education, Email, Line, Link, NAME, Phone, Profile, WorkExperience};
use crate::image::ImageId;
use crate::nickname::Nickname;

/// What is to become of one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// It stays: the patch does not name it.
    #[default]
    Keep,
    /// It is taken away: null.
    Clear,
    /// It becomes this.
    Set(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Change<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Clear, Self::Set))
    }
}

impl<T> Change<T> {
    fn apply(self, field: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Clear => *field = None,
            Self::Set(value) => *field = Some(value),
        }
    }
}

impl<T, const MOST: usize> Change<AtMost<T, MOST>> {
    fn apply_list(self, field: &mut AtMost<T, MOST>) {
        match self {
            Self::Keep => {}
            Self::Clear => *field = AtMost::default(),
            Self::Set(value) => *field = value,
        }
    }
}

/// A patch of what a member says of themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Validate)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[garde(allow_unvalidated)]
pub struct ProfileChange {
    /// The nickname, which can be changed but not taken away.
    #[garde(custom(not_taken_away))]
    pub nickname: Change<Nickname>,
    /// An uploaded picture; null takes the picture away.
    #[garde(skip)]
    pub image_id: Change<ImageId>,
    /// See [`Profile::name`].
    pub name: Change<Line<NAME>>,
    /// See [`Profile::email`].
    pub email: Change<Email>,
    /// See [`Profile::phone`].
    pub phone: Change<Phone>,
    /// See [`Profile::position`].
    pub position: Change<Position>,
    /// See [`Profile::work_experiences`].
    #[garde(rename("workExperiences"), custom(ends_after_it_begins))]
    pub work_experiences: Change<AtMost<WorkExperience, 20>>,
    /// See [`Profile::educations`].
    #[garde(custom(ends_after_it_begins))]
    pub educations: Change<AtMost<Education, 10>>,
    /// See [`Profile::certificates`].
    pub certificates: Change<AtMost<Certificate, 20>>,
    /// See [`Profile::links`].
    pub links: Change<AtMost<Link, 10>>,
}

impl ProfileChange {
    /// Carries it out on `profile`; nickname and picture are not in there.
    pub fn apply(self, profile: &mut Profile) {
        let Self { nickname: _, image_id: _, name, email, phone, position, .. } = self;
        let Self { work_experiences, educations, certificates, links, .. } = self;
        name.apply(&mut profile.name);
        email.apply(&mut profile.email);
        phone.apply(&mut profile.phone);
        position.apply(&mut profile.position);
        work_experiences.apply_list(&mut profile.work_experiences);
        educations.apply_list(&mut profile.educations);
        certificates.apply_list(&mut profile.certificates);
        links.apply_list(&mut profile.links);
    }
}

fn not_taken_away<T>(change: &Change<T>, (): &()) -> garde::Result {
    if matches!(change, Change::Clear) { Err(garde::Error::new("cannot be taken away")) } else { Ok(()) }
}

fn ends_after_it_begins<T: Lasting, const MOST: usize>(
    change: &Change<AtMost<T, MOST>>,
    (): &(),
) -> garde::Result {
    let Change::Set(list) = change else { return Ok(()) };
    let backwards = list.iter().position(|each| {
        let (begin, end) = each.months();
        end.is_some_and(|end| end < begin)
    });
    backwards
        .map_or(Ok(()), |index| Err(garde::Error::new(format!("entry {} ends before it begins", index + 1))))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn change(patch: serde_json::Value) -> ProfileChange {
        serde_json::from_value(patch).unwrap()
    }

    fn education(begin: &str, end: &str) -> serde_json::Value {
        json!({ "schoolType": "UNIVERSITY", "schoolName": "마루대", "major": "컴퓨터", "graduationStatus": "GRADUATED",
            "startedAt": begin, "endedAt": end })
    }

    #[test]
    fn what_is_absent_stays_and_null_takes_away() {
        let mut profile = Profile::default();
        change(json!({ "name": "홍길동", "phone": "010-1234-5678", "links": [{ "title": "블로그", "url": "https://a.kr" }] }))
            .apply(&mut profile);
        assert_eq!(profile.links.len(), 1);
        change(json!({ "phone": null, "position": "BACKEND" })).apply(&mut profile);
        assert_eq!(profile.name.as_ref().unwrap().as_str(), "홍길동");
        assert_eq!((profile.phone.clone(), profile.position), (None, Some(Position::Backend)));
        change(json!({ "links": null })).apply(&mut profile);
        assert!(profile.links.is_empty());
        let before = profile.clone();
        change(json!({})).apply(&mut profile);
        assert_eq!(profile, before);
    }

    #[test]
    fn a_list_is_replaced_as_a_whole_and_bounded() {
        let mut profile = Profile::default();
        let two = json!([education("2020-03", "2024-02"), education("2024-03", "2026-02")]);
        change(json!({ "educations": two })).apply(&mut profile);
        change(json!({ "educations": [education("2010-03", "2013-02")] })).apply(&mut profile);
        assert_eq!(profile.educations.len(), 1);
        let eleven = vec![education("2020-03", "2024-02"); 11];
        assert!(serde_json::from_value::<ProfileChange>(json!({ "educations": eleven })).is_err());
    }

    #[test]
    fn an_end_before_its_beginning_is_refused() {
        let backwards = change(
            json!({ "educations": [education("2020-03", "2020-03"), education("2024-03", "2024-02")] }),
        );
        let report = backwards.validate().unwrap_err().to_string();
        assert_eq!(report.trim(), "educations: entry 2 ends before it begins");
    }
}
