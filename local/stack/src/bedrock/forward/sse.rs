//! Server-sent events out of bytes that arrive in any pieces.

/// Collects bytes until an event is whole (WHATWG HTML, "Server-sent events"; `data` is the only field that chat
/// completions use).
#[derive(Debug, Default)]
pub(super) struct SseDecoder {
    line: Vec<u8>,
    data: Option<String>,
}

impl SseDecoder {
    /// Takes the next bytes and gives the data of each event that they complete. Comments (keep-alives) give none.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Vec<String> {
        let mut complete = Vec::new();
        for &byte in bytes {
            if byte == b'\n' {
                complete.extend(self.end_line());
            } else {
                self.line.push(byte);
            }
        }
        complete
    }

    fn end_line(&mut self) -> Option<String> {
        let line = std::mem::take(&mut self.line);
        // Decoded by whole lines, so that a character split between two reads stays whole.
        let line = String::from_utf8_lossy(&line);
        let line = line.strip_suffix('\r').unwrap_or(&line);
        if line.is_empty() {
            return self.data.take();
        }
        if let Some(value) = line.strip_prefix("data:") {
            let value = value.strip_prefix(' ').unwrap_or(value);
            self.data =
                Some(self.data.take().map_or_else(|| value.to_owned(), |data| format!("{data}\n{value}")));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: &str =
        ": keep-alive\n\ndata: {\"a\":\"가나\"}\r\n\r\nevent: x\ndata:one\ndata: two\n\ndata: [DONE]\n\n";

    #[test]
    fn events_are_the_same_wherever_the_bytes_are_split() {
        let bytes = STREAM.as_bytes();
        for cut in 0..=bytes.len() {
            let mut decoder = SseDecoder::default();
            let mut events = decoder.push(&bytes[..cut]);
            events.extend(decoder.push(&bytes[cut..]));
            assert_eq!(events, ["{\"a\":\"가나\"}", "one\ntwo", "[DONE]"], "cut at {cut}");
        }
    }
}
