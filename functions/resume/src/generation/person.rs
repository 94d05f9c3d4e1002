//! The parts of a document that the person's profile gives. Nothing of them is generated.
//!
//! Profiles were checked by identity under its own rules. Where those of a document are narrower, a text is
//! shortened rather than the resume refused, and what cannot be said at all is left out.

use maru_document::{
    Basics, Certificate, Education, Language, Link, Position, Work, has_visible_character,
    is_direction_control, is_https_address, is_web_address,
};

use crate::facts::beginning;
use crate::profile::{Profile, ProfileCertificate, ProfileEducation, ProfileLink, WorkExperience};

/// The most characters of a person's name.
const NAME: usize = 50;

/// The most characters of any other name in a document.
const LINE: usize = 100;

/// Who the person is; `called` is what to call them if the profile does not say.
pub(super) fn basics(profile: &Profile, called: &str, position: Position, language: Language) -> Basics {
    let name = profile.name.as_deref().and_then(|name| line(name, NAME)).or_else(|| line(called, NAME));
    Basics {
        name: name.unwrap_or_else(|| "-".to_owned()),
        label: Some(label(position, language).to_owned()),
        email: profile
            .email
            .as_deref()
            .and_then(|email| line(email, 254))
            .filter(|email| email.contains('@')),
        phone: profile.phone.as_deref().and_then(|phone| line(phone, 30)),
        image: profile.image_url.clone().filter(|url| url.len() <= 2_000 && is_web_address(url)),
        summary: None,
    }
}

/// Employments, the newest first.
pub(super) fn work(profile: &Profile) -> Vec<Work> {
    let mut work: Vec<Work> = profile.work_experiences.iter().filter_map(employment).collect();
    work.sort_by_key(|work| std::cmp::Reverse(work.start_date));
    work.truncate(30);
    work
}

/// Schools, the newest first.
pub(super) fn education(profile: &Profile) -> Vec<Education> {
    let mut education: Vec<Education> = profile.educations.iter().filter_map(school).collect();
    education.sort_by_key(|school| std::cmp::Reverse(school.start_date));
    education.truncate(20);
    education
}

/// Certificates, the newest first.
pub(super) fn certificates(profile: &Profile) -> Vec<Certificate> {
    let mut certificates: Vec<Certificate> = profile.certificates.iter().filter_map(certificate).collect();
    certificates.sort_by_key(|certificate| std::cmp::Reverse(certificate.date));
    certificates.truncate(50);
    certificates
}

/// Links.
pub(super) fn links(profile: &Profile) -> Vec<Link> {
    profile.links.iter().filter_map(link).take(20).collect()
}

fn employment(experience: &WorkExperience) -> Option<Work> {
    Some(Work {
        name: line(&experience.company_name, LINE)?,
        department: experience.department_name.as_deref().and_then(|name| line(name, LINE)),
        position: line(&experience.role, LINE)?,
        work_type: experience.work_type,
        employment_status: experience.employment_status,
        start_date: experience.started_at,
        end_date: experience.ended_at,
        summary: None,
    })
}

fn school(education: &ProfileEducation) -> Option<Education> {
    Some(Education {
        institution: line(&education.school_name, LINE)?,
        area: education.major.as_deref().and_then(|major| line(major, LINE)),
        school_type: education.school_type,
        graduation_status: education.graduation_status,
        start_date: education.started_at,
        end_date: education.ended_at,
    })
}

fn certificate(certificate: &ProfileCertificate) -> Option<Certificate> {
    Some(Certificate {
        name: line(&certificate.name, LINE)?,
        grade: certificate.grade.as_deref().and_then(|grade| line(grade, LINE)),
        date: certificate.date,
        issuer: line(&certificate.organization, LINE)?,
    })
}

fn link(link: &ProfileLink) -> Option<Link> {
    let url = Some(link.url.clone()).filter(|url| url.len() <= 2_000 && is_https_address(url))?;
    Some(Link { title: line(&link.title, LINE)?, url })
}

/// One line of at most `most` characters; none if nothing of it can be seen.
fn line(text: &str, most: usize) -> Option<String> {
    let kept = text.chars().filter(|character| !is_direction_control(*character));
    let text: String = kept.map(|character| if character.is_control() { ' ' } else { character }).collect();
    let line = beginning(text.trim(), most).trim_end();
    has_visible_character(line).then(|| line.to_owned())
}

fn label(position: Position, language: Language) -> &'static str {
    match (language, position) {
        (Language::Ko, Position::Backend) => "백엔드 개발자",
        (Language::Ko, Position::Frontend) => "프론트엔드 개발자",
        (Language::Ko, Position::Infra) => "인프라 엔지니어",
        (Language::Ko, Position::Ai) => "AI 엔지니어",
        (Language::Ko, Position::Game) => "게임 개발자",
        (Language::En, Position::Backend) => "Backend developer",
        (Language::En, Position::Frontend) => "Frontend developer",
        (Language::En, Position::Infra) => "Infrastructure engineer",
        (Language::En, Position::Ai) => "AI engineer",
        (Language::En, Position::Game) => "Game developer",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn profile() -> Profile {
        serde_json::from_value(json!({
            "name": "\u{202e}김\n마루", "email": "maru@example.com", "phone": "01012345678",
            "workExperiences": [
                { "companyName": "옛 회사", "role": "개발", "workType": "INTERN", "employmentStatus": "LEFT", "startedAt": "2020-01" },
                { "companyName": "새 회사", "role": "x".repeat(300), "workType": "PERMANENT", "employmentStatus": "EMPLOYED", "startedAt": "2023-01" },
                { "companyName": "\u{3164}", "role": "개발", "workType": "INTERN", "employmentStatus": "LEFT", "startedAt": "2024-01" },
            ],
            "links": [{ "title": "blog", "url": "javascript:alert(1)" }, { "title": "blog", "url": "https://example.com" }],
        }))
        .unwrap()
    }

    #[test]
    fn a_profile_becomes_the_persons_part_of_a_document() {
        let basics = basics(&profile(), "octo", Position::Backend, Language::Ko);
        assert_eq!((basics.name.as_str(), basics.label.as_deref()), ("김 마루", Some("백엔드 개발자")));
        let work = work(&profile());
        let names: Vec<&str> = work.iter().map(|work| work.name.as_str()).collect();
        assert_eq!((names, work[0].position.len()), (vec!["새 회사", "옛 회사"], LINE));
        assert_eq!(links(&profile()).len(), 1);
    }

    #[test]
    fn whoever_says_nothing_is_called_by_their_account() {
        let nobody = Profile::default();
        assert_eq!(basics(&nobody, "octo", Position::Ai, Language::En).name, "octo");
        assert_eq!(basics(&nobody, " ", Position::Ai, Language::En).name, "-");
    }
}
