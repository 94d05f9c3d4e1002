//! What can happen next.

use chat_rules::catch_up;
use chat_rules::posting::Next;

use crate::client::{Frame, Join};
use crate::room::{Range, Room, World};
use crate::sender::Sender;

/// One step of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A sender reads the room's last sequence; one who was late lays the message down before.
    Look(usize),
    /// The sender reads the message's record and what lies beside the room, and decides.
    Decide(usize),
    /// The sender's transaction.
    Commit(usize),
    /// What is in the outbox is sent to the queue. It is still there.
    Send(Range),
    /// What was sent is deleted from the outbox.
    Forget(Range),
    /// Who is in the room is read, and each is dealt a chunk; the message may come again.
    Plan(Range, bool),
    /// A chunk is sent; it may come again.
    FanOut((Range, usize, u8), bool),
    /// A step of the function that answers a client's join.
    Join(usize),
    /// A frame arrives at a client.
    Hear(usize, Frame),
    /// A client connects again.
    Reconnect(usize),
    /// A sender dies; the client sends it again, or does not.
    Die(usize, bool),
    /// A client's connection is cut.
    Cut(usize),
}

impl Action {
    /// What happens when nothing goes wrong.
    pub fn that_go_on(world: &World) -> Vec<Self> {
        let mut actions = Vec::new();
        for (number, sender) in world.senders.iter().enumerate() {
            match sender {
                Sender::Begins | Sender::Late => actions.push(Self::Look(number)),
                Sender::Looked { .. } => actions.push(Self::Decide(number)),
                Sender::Tries(_) => actions.push(Self::Commit(number)),
                Sender::Stored(_) | Sender::Gone => {}
            }
        }
        for range in &world.outbox {
            // Sent once at least: it is deleted by whoever has sent it.
            actions.extend([Self::Send(*range), Self::Forget(*range)]);
        }
        actions.extend(world.queue.iter().map(|range| Self::Plan(*range, false)));
        actions.extend(world.chunks.iter().map(|chunk| Self::FanOut(*chunk, false)));
        for (number, client) in world.clients.iter().enumerate() {
            if client.join != Join::None {
                actions.push(Self::Join(number));
            }
            actions.extend(client.frames.iter().map(|frame| Self::Hear(number, frame.clone())));
            if !client.online {
                actions.push(Self::Reconnect(number));
            }
        }
        actions
    }

    /// What happens when something does.
    pub fn that_go_wrong(world: &World) -> Vec<Self> {
        let mut actions = Vec::new();
        for (number, sender) in world.senders.iter().enumerate() {
            if !sender.is_done() {
                actions.extend([Self::Die(number, true), Self::Die(number, false)]);
            }
        }
        actions.extend(world.queue.iter().map(|range| Self::Plan(*range, true)));
        actions.extend(world.chunks.iter().map(|chunk| Self::FanOut(*chunk, true)));
        let online = world.clients.iter().enumerate().filter(|(_, client)| client.online);
        actions.extend(online.map(|(number, _)| Self::Cut(number)));
        actions
    }

    /// It happens.
    pub fn happen(self, world: &mut World, room: &Room) {
        match self {
            Self::Look(number) => look(world, room, number),
            Self::Decide(number) => decide(world, room, number),
            Self::Commit(number) => commit(world, room, number),
            Self::Send(range) => {
                world.queue.insert(range);
            }
            Self::Forget(range) => {
                // Whoever deletes it has sent it before; the queue may have had it handled since.
                world.outbox.remove(&range);
                world.queue.insert(range);
            }
            Self::Plan(range, again) => {
                world
                    .chunks
                    .extend(world.entered.iter().map(|(client, connection)| (range, *client, *connection)));
                done(world, again, |world| world.queue.remove(&range));
            }
            Self::FanOut(chunk, again) => fan_out(world, chunk, again),
            Self::Join(number) => join(world, room, number),
            Self::Hear(number, frame) => {
                if let Some(client) = world.clients.get_mut(number) {
                    client.hear(&frame);
                }
            }
            Self::Reconnect(number) => {
                if let Some(client) = world.clients.get_mut(number) {
                    client.reconnect();
                }
            }
            Self::Die(number, again) => {
                world.faults -= 1;
                set(world, number, if again { Sender::Begins } else { Sender::Gone });
            }
            Self::Cut(number) => {
                world.faults -= 1;
                if let Some(client) = world.clients.get_mut(number) {
                    client.cut();
                }
            }
        }
    }
}

fn set(world: &mut World, number: usize, sender: Sender) {
    if let Some(place) = world.senders.get_mut(number) {
        *place = sender;
    }
}

/// Handled, unless it comes again.
fn done(world: &mut World, again: bool, remove: impl FnOnce(&mut World) -> bool) {
    if again {
        world.faults -= 1;
    } else {
        remove(world);
    }
}

fn look(world: &mut World, room: &Room, number: usize) {
    let late = world.senders.get(number) == Some(&Sender::Late);
    if late {
        world.beside.insert(room.letter(number));
    }
    let sequence = world.sequence;
    set(world, number, Sender::Looked { sequence, laid_down: late });
}

fn decide(world: &mut World, room: &Room, number: usize) {
    let Some(Sender::Looked { sequence, laid_down }) = world.senders.get(number).cloned() else { return };
    let own = room.letter(number);
    let others = if laid_down { world.beside.iter().copied().collect() } else { Vec::new() };
    let head = chat_rules::posting::Head { sequence, ..world.head() };
    let next = match (room.rules().next)(head, world.records.get(&own).copied(), own, others) {
        Next::Stored(sequence) => {
            world.beside.remove(&own);
            Sender::Stored(sequence)
        }
        Next::Try(commit) => Sender::Tries(commit),
        Next::Closed => Sender::Gone,
    };
    set(world, number, next);
}

fn commit(world: &mut World, room: &Room, number: usize) {
    let Some(Sender::Tries(commit)) = world.senders.get(number).cloned() else { return };
    if room.rules().conditional && !commit.fits(world.head()) {
        return set(world, number, Sender::Late);
    }
    let is_recorded = |letter: &u8| room.rules().records && world.records.contains_key(letter);
    let recorded: Vec<u8> = commit.messages.iter().map(|(_, letter)| *letter).filter(is_recorded).collect();
    if !recorded.is_empty() {
        // What is stored already lies there no more for the next.
        recorded.iter().for_each(|letter| {
            world.beside.remove(letter);
        });
        return set(world, number, Sender::Late);
    }
    for (sequence, letter) in &commit.messages {
        world.overwritten |= world.messages.insert(*sequence, *letter).is_some();
        world.records.insert(*letter, *sequence);
        world.beside.remove(letter);
    }
    world.sequence = commit.last();
    if room.rules().outbox {
        world.outbox.insert((commit.first(), commit.last()));
        // Dead before the answer, it looks again and finds the record.
        set(world, number, Sender::Begins);
    } else {
        set(world, number, Sender::Stored(commit.first()));
        if world.faults == 0 {
            world.queue.insert((commit.first(), commit.last()));
        } else {
            world.faults -= 1;
        }
    }
}

fn fan_out(world: &mut World, chunk: (Range, usize, u8), again: bool) {
    let ((first, last), number, connection) = chunk;
    let said = Frame::Said(world.range(first, last));
    if let Some(client) = world.clients.get_mut(number) {
        if client.online && client.connection == connection {
            client.frames.insert(said);
        } else {
            world.entered.remove(&(number, connection));
        }
    }
    done(world, again, |world| world.chunks.remove(&chunk));
}

fn join(world: &mut World, room: &Room, number: usize) {
    let Some(client) = world.clients.get(number) else { return };
    let (connection, enters_first) = (client.connection, room.rules().enters_first);
    let next = match client.join {
        Join::None => return,
        Join::Asked(after) => {
            if enters_first {
                world.entered.insert((number, connection));
            }
            Join::Entered(after)
        }
        Join::Entered(after) => Join::Read(after, world.sequence),
        Join::Read(after, last) => {
            let wanted = catch_up::wanted(after, last);
            let messages = world.range(*wanted.start(), *wanted.end());
            let page = catch_up::page(messages, last, |(sequence, _)| (*sequence, 1));
            if !enters_first {
                world.entered.insert((number, connection));
            }
            if let Some(client) = world.clients.get_mut(number) {
                client.frames.insert(Frame::Joined(last, page.messages));
            }
            Join::None
        }
    };
    if let Some(client) = world.clients.get_mut(number) {
        client.join = next;
    }
}
