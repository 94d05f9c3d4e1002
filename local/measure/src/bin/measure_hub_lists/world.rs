//! Many public resumes, and what members did to them.

use std::time::Duration;

use futures::{StreamExt, TryStreamExt, stream};
use jiff::SignedDuration;
use maru_auth::Role;
use maru_measure::Outcome;
use maru_measure::publishing::{Publisher, Resume};
use maru_testing::Maru;
use reqwest::Method;
use serde_json::json;

use crate::naive::{POSITIONS, SCHOOLS};

/// The member who asks for the lists, and likes some of the resumes.
pub const READER: &str = "usr_reader";

/// How many resumes are worked on at a time.
const AT_ONCE: usize = 16;

/// A resume and what was done to it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The resume.
    pub resume: Resume,
    /// How many like it besides the reader.
    pub likes: usize,
    /// How many looked at it.
    pub views: usize,
    /// Whether the reader likes it.
    pub liked: bool,
}

/// Publishes so many resumes, has some of them liked and viewed, and waits until the lists have followed.
pub async fn fill(maru: &Maru, count: usize) -> Outcome<Vec<Row>> {
    let rows: Vec<Row> = (0..count).map(|number| row(maru, number)).collect();
    let publisher = Publisher::new(maru)?;
    stream::iter(&rows)
        .map(|row| live(maru, &publisher, row))
        .buffer_unordered(AT_ONCE)
        .try_collect::<()>()
        .await?;
    maru.stack.clock().advance(Duration::from_secs(2));
    maru.stack.settle(Duration::from_secs(3_600)).await.map_err(|error| format!("{error:?}"))?;
    Ok(rows)
}

/// The `number`-th resume. Few are liked or viewed, as it is; two in a row became public in the same second.
fn row(maru: &Maru, number: usize) -> Row {
    // Multiplied by a large prime, neighbours have nothing in common.
    let mixed = number.wrapping_mul(2_654_435_761) >> 7;
    let every = |step: usize| if mixed.is_multiple_of(step) { mixed / step } else { 0 };
    let begin = maru.stack.clock().now() - SignedDuration::from_hours(24 * 365);
    let second = i64::try_from(mixed % 10_000_000 / 2).unwrap_or_default();
    let schools = SCHOOLS.into_iter().enumerate().filter(|(bit, _)| mixed >> (2 * bit) & 7 == 0);
    Row {
        resume: Resume {
            id: format!("res_{number:06}"),
            owner: format!("usr_{number:06}"),
            position: POSITIONS[mixed % POSITIONS.len()],
            school_types: schools.map(|(_, school)| school).collect(),
            published_at: begin + SignedDuration::from_secs(second),
        },
        likes: every(31) % 4,
        views: every(37) % 3,
        liked: mixed.is_multiple_of(97),
    }
}

async fn live(maru: &Maru, publisher: &Publisher, row: &Row) -> Outcome<()> {
    publisher.publish(&row.resume).await?;
    hear(maru, row).await?;
    let likers = (0..row.likes).map(|number| format!("usr_liker{number}"));
    let path = format!("/hub/resumes/{}", row.resume.id);
    for liker in likers.chain(row.liked.then(|| READER.to_owned())) {
        let request = maru.request(Method::PUT, &format!("{path}/like"), &maru.token(&liker, Role::User));
        request.send().await?.error_for_status()?;
    }
    for viewer in 0..row.views {
        maru.get(&path, &maru.token(&format!("usr_viewer{viewer}"), Role::User)).await.expect(200);
    }
    Ok(())
}

/// Lets the hub hear that the resume is public.
async fn hear(maru: &Maru, row: &Row) -> Outcome<()> {
    let (id, now) = (format!("evt_{}", row.resume.id), maru.stack.clock().now());
    let data = json!({ "resumeId": row.resume.id, "ownerId": row.resume.owner, "version": 1 });
    let event = json!({
        "version": "0", "id": id, "detail-type": "resume.published", "source": "maru.resume",
        "account": "000000000000", "time": now, "region": "ap-northeast-2", "resources": [],
        "detail": { "id": id, "type": "resume.published", "version": 1, "occurredAt": now, "data": data },
    });
    maru.stack.invoke("on_resume_published", event).await?;
    Ok(())
}
