//! The processes, seen from outside: given orders, killed, and started again.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use maru_measure::Outcome;

use crate::orders::{Configuration, Done, Order, What};

/// How fast orders come.
#[derive(Clone, Copy, Debug)]
pub enum Pace {
    /// So many are under way; with each that is done comes another.
    AtOnce(usize),
    /// So many come in a second, however many are under way.
    PerSecond(u32),
}

/// How often a process is killed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kills {
    /// So often, evenly over
    pub times: usize,
    /// the first so many that are made.
    pub made: usize,
}

/// What came of an order.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The answer that was not a failure.
    pub done: Done,
    /// From the moment at which it came, or should have come, to its answer.
    pub took: Duration,
    /// How often it was sent.
    pub sent: usize,
    /// How often it failed, and was sent again for that.
    pub failed: usize,
}

/// Several processes.
pub struct Crew {
    configuration: Configuration,
    workers: Vec<Worker>,
    said: Receiver<Said>,
    sayers: Sender<Said>,
    started: usize,
}

struct Worker {
    id: usize,
    child: Child,
    orders: ChildStdin,
}

/// What came from a process.
enum Said {
    Done(Done),
    /// The process of this id says nothing any more.
    Gone(usize),
}

/// An order that is under way.
struct Underway {
    order: Order,
    came: Instant,
    worker: usize,
    sent: usize,
    failed: usize,
}

impl Crew {
    /// Starts so many.
    pub fn start(configuration: Configuration, count: usize) -> Outcome<Self> {
        let (sayers, said) = channel();
        let mut crew = Self { configuration, workers: Vec::new(), said, sayers, started: 0 };
        for _ in 0..count {
            let worker = crew.another()?;
            crew.workers.push(worker);
        }
        Ok(crew)
    }

    /// Has all of `all` done at a pace, killing processes. What a process leaves undone is sent to another, as is what
    /// fails.
    pub fn run(&mut self, all: Vec<What>, pace: Pace, kills: Kills) -> Outcome<Vec<Answered>> {
        let (count, began) = (all.len(), Instant::now());
        let mut waiting = (0..).zip(all).map(|(number, what)| Order { number, what }).peekable();
        let mut underway: HashMap<usize, Underway> = HashMap::new();
        let mut answered: Vec<Option<Answered>> = vec![None; count];
        let (mut done, mut made, mut killed) = (0, 0, 0);
        while done < count {
            let mut patience = Duration::from_secs(60);
            while let Some(order) = waiting.peek() {
                let due = match pace {
                    Pace::AtOnce(most) if underway.len() < most => Instant::now(),
                    Pace::AtOnce(_) => break,
                    Pace::PerSecond(rate) => {
                        began + Duration::from_secs(1) * u32::try_from(order.number)? / rate
                    }
                };
                if due > Instant::now() {
                    patience = due.duration_since(Instant::now());
                    break;
                }
                let Some(order) = waiting.next() else { break };
                let number = order.number;
                underway.insert(number, Underway { order, came: due, worker: 0, sent: 0, failed: 0 });
                self.send(&mut underway, number)?;
            }
            match self.said.recv_timeout(patience) {
                Ok(Said::Done(found)) if found.status >= 500 => {
                    if let Some(order) = underway.get_mut(&found.number) {
                        order.failed += 1;
                    }
                    self.send(&mut underway, found.number)?;
                }
                Ok(Said::Done(found)) => {
                    // An answer that was on its way when its process was killed comes beside that of another one.
                    let Some(order) = underway.remove(&found.number) else { continue };
                    let (number, Underway { came, sent, failed, .. }) = (found.number, order);
                    made += usize::from(found.status == 201);
                    answered[number] = Some(Answered { done: found, took: came.elapsed(), sent, failed });
                    done += 1;
                    if killed < kills.times && made > killed * kills.made / kills.times {
                        killed += 1;
                        self.replace(killed % self.workers.len())?;
                    }
                }
                Ok(Said::Gone(worker)) => {
                    let lost = underway.values().filter(|order| order.worker == worker && order.sent > 0);
                    for number in lost.map(|order| order.order.number).collect::<Vec<_>>() {
                        self.send(&mut underway, number)?;
                    }
                }
                Err(RecvTimeoutError::Timeout) if waiting.peek().is_some() => {}
                Err(error) => return Err(format!("{} are not answered: {error}", underway.len()).into()),
            }
        }
        Ok(answered.into_iter().flatten().collect())
    }

    fn send(&mut self, underway: &mut HashMap<usize, Underway>, number: usize) -> Outcome<()> {
        let Some(order) = underway.get_mut(&number) else { return Ok(()) };
        order.sent += 1;
        if order.sent > 50 {
            return Err(format!("order {number} fails each time").into());
        }
        // Another one each time.
        let place = (number + order.sent) % self.workers.len();
        let worker = &mut self.workers[place];
        order.worker = worker.id;
        let line = serde_json::to_string(&order.order)?;
        // Written to a process that has just died it is lost, and sent again when that is known.
        let _ = writeln!(worker.orders, "{line}");
        Ok(())
    }

    fn replace(&mut self, place: usize) -> Outcome<()> {
        let new = self.another()?;
        let mut old = std::mem::replace(&mut self.workers[place], new);
        old.child.kill()?;
        old.child.wait()?;
        Ok(())
    }

    fn another(&mut self) -> Outcome<Worker> {
        let mut command = Command::new(std::env::current_exe()?);
        let mut child = command.arg("work").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut orders = child.stdin.take().ok_or("no stdin")?;
        let answers = BufReader::new(child.stdout.take().ok_or("no stdout")?);
        writeln!(orders, "{}", serde_json::to_string(&self.configuration)?)?;
        let (id, sayer) = (self.started, self.sayers.clone());
        self.started += 1;
        std::thread::spawn(move || {
            for line in answers.lines().map_while(Result::ok) {
                // Killed, it leaves half a line.
                let Ok(done) = serde_json::from_str(&line) else { continue };
                if sayer.send(Said::Done(done)).is_err() {
                    return;
                }
            }
            let _ = sayer.send(Said::Gone(id));
        });
        Ok(Worker { id, child, orders })
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        for worker in &mut self.workers {
            // It may have ended by itself.
            let _ = worker.child.kill();
            let _ = worker.child.wait();
        }
    }
}
