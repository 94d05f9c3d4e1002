//! Two hundred clients who talk while their connections are cut at random.
//!
//! What each does is drawn from a seed, another one each time, which a failure shows; `CROWD_SEED=<seed>` draws the same
//! again. How their calls meet is the machine's.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chat_rules::posting::MOST_AT_ONCE;
use futures::future::join_all;
use maru_testing::{Maru, Setup, Socket};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::Value;
use tokio::sync::{Barrier, Semaphore};

use crate::chatting::{Page, ROOM, counted, items_of, open_room, saying, token};

const CLIENTS: usize = 200;

/// How many things every tenth says, one after the other; the others say one.
const SENDS: usize = 3;
const ALL: usize = CLIENTS + CLIENTS / 10 * (SENDS - 1);

/// After so long without a word a client sends again what was not answered, and joins again: an answer can be lost.
const SILENCE: Duration = Duration::from_secs(20);

/// How often one does that before something is wrong, on a machine that does other things as well.
const MOST_SILENCES: usize = 9;

/// How often a connection is cut at most, and after how many frames.
const MOST_CUTS: usize = 3;
const MOST_FRAMES: usize = 120;

/// How many connect and join at the same time: one machine has all of them, and the functions.
const JOINING: usize = 16;

struct Client {
    maru: Arc<Maru>,
    number: usize,
    page: Page,
    /// What is not known to be stored, in the order in which it is to be said: the first is under way.
    unsent: VecDeque<(String, String)>,
    /// After how many more frames the connection is cut; one entry a connection.
    cuts: Vec<usize>,
    chance: StdRng,
    door: Arc<Semaphore>,
}

impl Client {
    async fn talk(mut self, everybody: Arc<Barrier>) -> Self {
        let mut socket = self.enter().await;
        // Everybody is there before anybody speaks, so that all hear all.
        everybody.wait().await;
        loop {
            // What was sent is sent again: whether it was stored, the client does not know.
            self.say(&mut socket).await;
            let mut left = self.cuts.pop().unwrap_or(usize::MAX);
            while left > 0 && !self.is_done() {
                self.hear_until(&mut socket, |_| true).await;
                left -= 1;
            }
            if self.is_done() {
                return self;
            }
            self.page.view.disconnected();
            socket.cut();
            socket = self.enter().await;
        }
    }

    /// Connects and joins with what it has.
    async fn enter(&mut self) -> Socket {
        let door = Arc::clone(&self.door);
        let _turn = door.acquire().await.unwrap();
        let mut socket = self.connect().await;
        socket.send(&self.page.join()).await;
        if self.chance.random_ratio(1, 5) {
            // Cut before the answer comes.
            socket.cut();
            socket = self.connect().await;
            socket.send(&self.page.join()).await;
        }
        self.hear_until(&mut socket, |frame| frame["type"] == "joined").await;
        socket
    }

    fn is_done(&self) -> bool {
        self.page.view.last() == Some(ALL as u64) && self.unsent.is_empty()
    }

    async fn connect(&self) -> Socket {
        let token = token(&self.maru, &format!("usr_{}", self.number));
        self.maru.socket(&token).await
    }

    async fn hear_until(&mut self, socket: &mut Socket, is_wanted: impl Fn(&Value) -> bool) {
        let mut silences = 0;
        loop {
            let Some(frame) = socket.next_within(SILENCE).await else {
                silences += 1;
                assert!(silences < MOST_SILENCES, "{} hears nothing after {:?}", self.number, self.page.view);
                socket.send(&self.page.join()).await;
                self.say(socket).await;
                continue;
            };
            if frame["code"] == "busy" || frame["type"].is_null() {
                // Too many at once, or the gateway says that the function was too slow: sent again, it is stored once.
                self.say(socket).await;
                continue;
            }
            if frame["code"] == "too_many_requests" {
                // It was sent again too often; what was sent is answered all the same.
                tokio::time::sleep(Duration::from_secs(frame["retryAfter"].as_u64().unwrap())).await;
                self.say(socket).await;
                continue;
            }
            if frame["code"] == "not_joined" {
                // It has overtaken the join that was sent again; it is said when that is answered, or after a silence.
                continue;
            }
            assert_ne!(frame["type"], "error", "{frame}");
            if frame["type"] == "sent" && self.unsent.front().is_some_and(|(id, _)| frame["clientId"] == *id)
            {
                self.unsent.pop_front();
                self.say(socket).await;
            }
            if let Some(ask) = self.page.hear(&frame) {
                socket.send(&ask).await;
            }
            if is_wanted(&frame) {
                return;
            }
        }
    }

    /// Says what comes next, now and then twice; not before it has joined.
    async fn say(&mut self, socket: &mut Socket) {
        let Some((id, text)) = self.unsent.front().filter(|_| self.page.view.last().is_some()) else {
            return;
        };
        let frame = saying(id, text);
        for _ in 0..=u32::from(self.chance.random_ratio(1, 4)) {
            socket.send(&frame).await;
        }
    }
}

/// What a client says.
fn words(number: usize) -> Vec<String> {
    let sends = if number.is_multiple_of(10) { SENDS } else { 1 };
    (0..sends).map(|send| format!("{number} 번의 말 {send}")).collect()
}

/// Shows the seed when the test fails.
struct Seed(u64);

impl Seed {
    fn draw() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let given = std::env::var("CROWD_SEED").ok().map(|seed| seed.parse().unwrap());
        Self(given.unwrap_or(u64::from(now.subsec_nanos())))
    }
}

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("CROWD_SEED={}", self.0);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_clients_whose_connections_are_cut_end_with_the_same_gapless_sequence() {
    let maru = Setup::new(vec![chat::FUNCTIONS, jobs::FUNCTIONS]).start().await;
    let seed = Seed::draw();
    open_room(&maru, ROOM).await;
    let (maru, everybody) = (Arc::new(maru), Arc::new(Barrier::new(CLIENTS)));
    let door = Arc::new(Semaphore::new(JOINING));
    let clients = (0..CLIENTS).map(|number| {
        let unsent = words(number).into_iter().enumerate();
        let unsent = unsent.map(|(send, text)| (format!("c{send}"), text)).collect();
        let mut chance = StdRng::seed_from_u64(seed.0.wrapping_mul(CLIENTS as u64) + number as u64);
        // Some before they hear anything.
        let cuts = (0..chance.random_range(0..=MOST_CUTS)).map(|_| chance.random_range(0..MOST_FRAMES));
        let cuts = cuts.collect();
        let client = Client {
            maru: Arc::clone(&maru),
            number,
            page: Page::default(),
            unsent,
            cuts,
            chance,
            door: Arc::clone(&door),
        };
        tokio::spawn(client.talk(Arc::clone(&everybody)))
    });
    let clients: Vec<Client> = join_all(clients).await.into_iter().map(Result::unwrap).collect();

    let mut said: Vec<&String> = clients[0].page.shown.iter().map(|(_, text)| text).collect();
    for client in &clients {
        assert_eq!(client.page.shown, clients[0].page.shown, "{}", client.number);
    }
    let places: Vec<u64> = clients[0].page.shown.iter().map(|(sequence, _)| *sequence).collect();
    assert_eq!(places, (1..=ALL as u64).collect::<Vec<_>>());
    for number in 0..CLIENTS {
        let own = said.iter().filter(|text| text.starts_with(&format!("{number} 번의 말 ")));
        assert!(own.copied().eq(&words(number)), "{number} says one thing after the other");
    }
    said.sort_unstable();
    said.dedup();
    assert_eq!(said.len(), ALL, "each was stored once");

    drop(clients);
    maru.settle().await;
    assert!(items_of(&maru, "beside#").await.is_empty());
    let (count, members) = counted(&maru, ROOM).await;
    assert_eq!(count, i64::try_from(members).unwrap());
    let calls = maru.stack.parts().counts.calls();
    let stored = calls.iter().filter(|call| {
        call.function.as_deref() == Some("receive_chat_frame") && call.operation == "TransactWriteItems"
    });
    // Many are stored by others: far fewer transactions than if each had tried until it was first.
    let transactions: u64 = stored.map(|call| call.count).sum();
    assert!(MOST_AT_ONCE > 1 && transactions < (ALL * CLIENTS / 12) as u64, "{transactions} transactions");
}
