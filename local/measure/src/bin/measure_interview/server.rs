//! A process of its own that serves a job at work, so that what its streams take is not mixed with what their watchers
//! take. It is told what to do by lines, and answers each by a line.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use maru_jobs::{Acquired, EventKind, Joins, Lease, NewEvent, NewJob, Progress, Started, Status};
use maru_lambda::new_id;
use maru_measure::{Outcome, say};
use maru_testing::{Maru, Setup};
use serde_json::{Value, json};

use crate::process::{Busy, Taken};
use crate::texts::sections;
use crate::world::{calls, jobs_of};

/// Another event comes into the log; answered by its number.
pub const APPEND: &str = "append";
/// How often the streams read the database since this was asked before; answered by `reads`.
pub const READS: &str = "reads";
/// The job ends, and with it its streams; answered by nothing but `{}`.
pub const END: &str = "end";

/// Serves until nobody gives orders any more.
pub async fn serve() -> Outcome<()> {
    let maru = Setup::new(vec![jobs::FUNCTIONS]).start().await;
    let mut lease = Some(job_at_work(&maru).await?);
    let job = lease.as_ref().map(|lease| lease.job().clone()).ok_or("no job")?;
    let url = maru.stack.url();
    let stream = format!("{url}/jobs/{}/events?token={}", job.id, job.stream_token);
    say(&json!({ "url": url, "streamUrl": stream }));
    let mut number = 0_u64;
    while let Some(order) = tokio::task::spawn_blocking(|| std::io::stdin().lines().next()).await? {
        let answer = match (order?.as_str(), &lease) {
            (APPEND, Some(at_work)) => {
                number += 1;
                at_work.append(&[question(number)]).await?;
                json!({ "number": number })
            }
            (READS, _) => {
                let (reads, _) = calls(&maru);
                maru.stack.parts().counts.clear();
                json!({ "reads": reads })
            }
            (END, Some(_)) => {
                let at_work = lease.take().ok_or("ended already")?;
                at_work.succeed(Status::Succeeded, &json!({}), Vec::new()).await?;
                json!({})
            }
            (order, _) => return Err(format!("what is {order}?").into()),
        };
        say(&answer);
    }
    Ok(())
}

async fn job_at_work(maru: &Maru) -> Outcome<Lease> {
    let jobs = jobs_of(maru)?;
    let new = NewJob {
        id: new_id("job", maru.stack.clock().now()),
        kind: "interview.generate",
        account: None,
        key: "measured".to_owned(),
        joins: Joins::WhileActive,
        input: "{}".to_owned(),
        result_url: String::new(),
        progress: Progress::default(),
    };
    let (Started::New(job) | Started::Joined(job)) = jobs.start(new).await?;
    match jobs.acquire(&job.id).await? {
        Acquired::Lease(lease) => Ok(*lease),
        other => Err(format!("the job could not be taken: {other:?}").into()),
    }
}

/// As large as a question of an interview.
fn question(number: u64) -> NewEvent {
    let text: String = sections(0).concat();
    let about: String = text.chars().take(60).collect();
    let answer: String = text.chars().take(250).collect();
    let question =
        json!({ "id": format!("q_{number}"), "question": about, "answer": answer, "about": about });
    let data = json!({ "section": 0, "category": "PROJECT", "question": question, "number": number });
    NewEvent::new(EventKind::Item, data)
}

/// That process, seen from outside; ended when this is dropped.
pub struct Server {
    /// Where its API is.
    pub url: String,
    /// Where its job is watched.
    pub stream_url: String,
    child: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Server {
    /// Starts it.
    pub fn start() -> Outcome<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        let mut child = command.arg("serve").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let orders = child.stdin.take().ok_or("no stdin")?;
        let answers = BufReader::new(child.stdout.take().ok_or("no stdout")?);
        let mut server = Self { url: String::new(), stream_url: String::new(), child, orders, answers };
        let ready = server.answer()?;
        let text = |name: &str| ready[name].as_str().map(str::to_owned).ok_or("not ready");
        (server.url, server.stream_url) = (text("url")?, text("streamUrl")?);
        Ok(server)
    }

    /// Gives it an order and waits for the answer.
    pub fn order(&mut self, order: &str) -> Outcome<Value> {
        // Others read their streams meanwhile.
        tokio::task::block_in_place(|| {
            writeln!(self.orders, "{order}")?;
            self.answer()
        })
    }

    /// What it takes now.
    pub fn taken(&self) -> Outcome<Taken> {
        Taken::by(self.child.id())
    }

    /// How busy it is from now on.
    pub fn busy(&self) -> Outcome<Busy> {
        Busy::of(self.child.id())
    }

    fn answer(&mut self) -> Outcome<Value> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        Ok(serde_json::from_str(&line)?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
