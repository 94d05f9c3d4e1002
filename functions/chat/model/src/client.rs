//! A client: its view, its connection, and the join that is under way.

use std::collections::BTreeSet;

use chat_rules::view::View;

use crate::sender::Letter;

/// How far the function is that answers a join.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Join {
    /// Nothing is asked for.
    None,
    /// Asked for what is after this.
    Asked(Option<u64>),
    /// The connection is entered among those of the room.
    Entered(Option<u64>),
    /// The room's last sequence is read.
    Read(Option<u64>, u64),
}

/// What is under way to a client.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Frame {
    /// Messages that were said.
    Said(Vec<(u64, Letter)>),
    /// The answer to a join: the room's last sequence, and messages.
    Joined(u64, Vec<(u64, Letter)>),
}

/// A client of the room.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Client {
    /// What it has.
    pub view: View<Letter>,
    /// What it has shown.
    pub shown: Vec<(u64, Letter)>,
    /// The number of its connection; it has another each time.
    pub connection: u8,
    /// Whether that connection is open.
    pub online: bool,
    /// Whether the connection's first join was answered.
    pub joined: bool,
    /// The join under way.
    pub join: Join,
    /// What is under way to it, in any order.
    pub frames: BTreeSet<Frame>,
}

impl Client {
    /// A client that is about to join for the first time.
    pub fn new() -> Self {
        let mut view = View::default();
        let after = view.joining();
        Self {
            view,
            shown: Vec::new(),
            connection: 0,
            online: true,
            joined: false,
            join: Join::Asked(after),
            frames: BTreeSet::new(),
        }
    }

    /// The connection is cut.
    pub fn cut(&mut self) {
        self.online = false;
        self.joined = false;
        self.join = Join::None;
        self.frames.clear();
        self.view.disconnected();
    }

    /// Connects again and joins with what it has.
    pub fn reconnect(&mut self) {
        self.online = true;
        self.connection += 1;
        self.join = Join::Asked(self.view.joining());
    }

    /// A frame arrives.
    pub fn hear(&mut self, frame: &Frame) {
        self.frames.remove(frame);
        let heard = match frame.clone() {
            Frame::Said(messages) => self.view.said(messages),
            Frame::Joined(sequence, messages) => {
                self.joined = true;
                self.view.joined(sequence, messages)
            }
        };
        self.shown.extend(heard.shown);
        if let Some(after) = heard.ask {
            self.join = Join::Asked(Some(after));
        }
    }

    /// Whether nothing is under way from or to it.
    pub fn is_at_rest(&self) -> bool {
        self.online && self.joined && self.join == Join::None && self.frames.is_empty()
    }
}
