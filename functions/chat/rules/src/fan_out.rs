//! Who sends a message to whom.
//!
//! A small room is served by the one who is told that something was said. Of a larger one the connections are dealt out
//! in messages of a queue, so that as many serve it side by side as it needs.

/// So many connections one function serves by itself.
pub const DIRECT: usize = 100;

/// The most connections of one message of the queue.
pub const CHUNK: usize = 100;

/// How often what fails for the moment is passed on to be tried again.
pub const ATTEMPTS: u32 = 5;

/// How a message is sent to everybody in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan<C> {
    /// By whoever has the plan.
    Direct(Vec<C>),
    /// By others, a part each.
    Chunks(Vec<Vec<C>>),
}

/// How to send to `connections`.
#[must_use]
pub fn plan<C>(connections: Vec<C>) -> Plan<C> {
    if connections.len() <= DIRECT {
        return Plan::Direct(connections);
    }
    // Parts of one size: the room has the message when the largest has.
    let parts = connections.len().div_ceil(CHUNK);
    let mut chunks: Vec<Vec<C>> = (0..parts).map(|_| Vec::with_capacity(CHUNK)).collect();
    for (index, connection) in connections.into_iter().enumerate() {
        if let Some(chunk) = chunks.get_mut(index % parts) {
            chunk.push(connection);
        }
    }
    Plan::Chunks(chunks)
}

/// The number of the next attempt after attempt `number` (from 1 on); none when it was the last.
#[must_use]
pub fn next_attempt(number: u32) -> Option<u32> {
    (number < ATTEMPTS).then_some(number + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_in_one_part_and_no_part_is_too_large() {
        for size in [0, 1, 99, 100, 101, 199, 1_000, 1_001] {
            let everybody: Vec<usize> = (0..size).collect();
            let chunks = match plan(everybody.clone()) {
                Plan::Direct(all) => {
                    assert!(size <= DIRECT);
                    vec![all]
                }
                Plan::Chunks(chunks) => {
                    assert!(size > DIRECT);
                    chunks
                }
            };
            let sizes = || chunks.iter().map(Vec::len);
            assert!(sizes().all(|size| size <= CHUNK));
            assert!(sizes().max().unwrap() - sizes().min().unwrap() <= 1);
            let mut served: Vec<usize> = chunks.into_iter().flatten().collect();
            served.sort_unstable();
            assert_eq!(served, everybody);
        }
    }

    #[test]
    fn what_fails_each_time_is_given_up() {
        let attempts: Vec<u32> = std::iter::successors(Some(1), |number| next_attempt(*number)).collect();
        assert_eq!(attempts, [1, 2, 3, 4, 5]);
    }
}
