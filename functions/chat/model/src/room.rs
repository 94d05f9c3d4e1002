//! The world: the table, the queues, senders and clients; and the properties.

use std::collections::{BTreeMap, BTreeSet};

use chat_rules::posting::{self, Head, Next};
use stateright::{Model, Property};

use crate::actions::Action;
use crate::client::Client;
use crate::properties::{GAPLESS, IN_ORDER, KEPT, ONCE, SETTLES, WHOLE};
use crate::sender::{Letter, Sender};

/// The first and the last sequence of what one transaction stored.
pub type Range = (u64, u64);

/// What is tried: the rules as they are, or with something wrong.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// What one who sends does next: [`posting::next`].
    pub next: fn(Head, Option<u64>, Letter, Vec<Letter>) -> Next<Letter>,
    /// Whether the transaction asks that the last sequence is still the last.
    pub conditional: bool,
    /// Whether it asks that none of its messages has a record.
    pub records: bool,
    /// Whether the word to those who pass messages on is part of it, or sent after it.
    pub outbox: bool,
    /// Whether a join is entered first and answered then.
    pub enters_first: bool,
}

/// A room with some who send and some clients.
#[derive(Clone, Debug)]
pub struct Room {
    rules: Rules,
    /// What each sends; two can send the same by two connections.
    letters: Vec<Letter>,
    clients: usize,
    faults: u8,
}

/// Everything that can differ between two moments.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct World {
    pub sequence: u64,
    pub messages: BTreeMap<u64, Letter>,
    pub overwritten: bool,
    pub records: BTreeMap<Letter, u64>,
    pub beside: BTreeSet<Letter>,
    pub outbox: BTreeSet<Range>,
    pub queue: BTreeSet<Range>,
    /// Chunks of the fan-out, of one connection each: what, and to whom by which connection.
    pub chunks: BTreeSet<(Range, usize, u8)>,
    /// The connections that are entered in the room.
    pub entered: BTreeSet<(usize, u8)>,
    pub senders: Vec<Sender>,
    pub clients: Vec<Client>,
    /// How many faults may still happen.
    pub faults: u8,
}

impl Rules {
    /// Those that the Lambdas follow.
    pub const RIGHT: Self = Self {
        next: posting::next::<Letter>,
        conditional: true,
        records: true,
        outbox: true,
        enters_first: true,
    };
}

impl Room {
    /// A room in which `letters` are sent, a sender each, with so many clients, while at most `faults` things go wrong.
    #[must_use]
    pub fn new(rules: Rules, letters: &[u8], clients: usize, faults: u8) -> Self {
        Self { rules, letters: letters.to_vec(), clients, faults }
    }

    /// What must be found in some world of the room: a model in which nothing happens proves nothing.
    fn examples(&self) -> Vec<Property<Self>> {
        let different: BTreeSet<_> = self.letters.iter().collect();
        let mut examples =
            vec![Property::sometimes("everything is said and heard", |room: &Room, world: &World| {
                let all: BTreeSet<_> = room.letters.iter().collect();
                world.is_at_rest() && world.messages.values().collect::<BTreeSet<_>>() == all
            })];
        if different.len() > 2 {
            examples.push(Property::sometimes("several are stored at once", |_, world: &World| {
                world.outbox.iter().any(|(first, last)| first < last)
            }));
        }
        if different.len() > 1 && self.clients > 0 {
            examples.push(Property::sometimes("a client waits for what comes before", |_, world: &World| {
                world.clients.iter().any(|client| !client.view.is_whole() && client.joined)
            }));
        }
        examples
    }

    pub(crate) fn rules(&self) -> &Rules {
        &self.rules
    }

    pub(crate) fn letter(&self, sender: usize) -> Letter {
        self.letters.get(sender).copied().unwrap_or_default()
    }
}

impl World {
    /// What the next message depends on.
    pub fn head(&self) -> Head {
        Head { sequence: self.sequence, open: true }
    }

    /// The messages of a range.
    pub fn range(&self, first: u64, last: u64) -> Vec<(u64, Letter)> {
        let there = |sequence| self.messages.get(&sequence).map(|letter| (sequence, *letter));
        (first..=last).filter_map(there).collect()
    }

    fn is_at_rest(&self) -> bool {
        self.outbox.is_empty()
            && self.queue.is_empty()
            && self.chunks.is_empty()
            && self.senders.iter().all(Sender::is_done)
            && self.clients.iter().all(Client::is_at_rest)
    }

    fn shows_in_order(&self, client: &Client) -> bool {
        let first = client.shown.first().map_or(1, |(sequence, _)| *sequence);
        first == 1 && client.shown == self.range(1, client.shown.len() as u64)
    }
}

impl Model for Room {
    type State = World;
    type Action = Action;

    fn init_states(&self) -> Vec<World> {
        vec![World {
            sequence: 0,
            messages: BTreeMap::new(),
            overwritten: false,
            records: BTreeMap::new(),
            beside: BTreeSet::new(),
            outbox: BTreeSet::new(),
            queue: BTreeSet::new(),
            chunks: BTreeSet::new(),
            entered: BTreeSet::new(),
            senders: vec![Sender::Begins; self.letters.len()],
            clients: vec![Client::new(); self.clients],
            faults: self.faults,
        }]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Action>) {
        actions.extend(Action::that_go_on(world));
        if world.faults > 0 {
            actions.extend(Action::that_go_wrong(world));
        }
    }

    fn next_state(&self, world: &World, action: Action) -> Option<World> {
        let mut world = world.clone();
        action.happen(&mut world, self);
        Some(world)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let always = vec![
            Property::always(GAPLESS, |_, world: &World| {
                world.messages.keys().copied().eq(1..=world.sequence) && !world.overwritten
            }),
            Property::always(ONCE, |_, world: &World| {
                let different: BTreeSet<_> = world.messages.values().collect();
                different.len() == world.messages.len()
            }),
            Property::always(KEPT, |room: &Room, world: &World| {
                let kept = |(number, sender): (usize, &Sender)| match sender {
                    Sender::Stored(sequence) => world.messages.get(sequence) == Some(&room.letter(number)),
                    _ => true,
                };
                world.senders.iter().enumerate().all(kept)
            }),
            Property::always(IN_ORDER, |_, world: &World| {
                world.clients.iter().all(|client| world.shows_in_order(client))
            }),
            Property::always(WHOLE, |_, world: &World| {
                let whole = |client: &Client| client.view.last() == Some(world.sequence);
                !world.is_at_rest() || world.clients.iter().all(whole)
            }),
            Property::always(SETTLES, |_, world: &World| {
                world.is_at_rest() || !Action::that_go_on(world).is_empty()
            }),
        ];
        always.into_iter().chain(self.examples()).collect()
    }
}
