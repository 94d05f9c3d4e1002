//! Which model and which of the two operations a request path names.

/// How the caller wants the answer delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::bedrock) enum Operation {
    /// One JSON document at the end.
    Converse,
    /// Event-stream frames as they are made.
    ConverseStream,
}

/// `POST /model/{modelId}/converse` or `…/converse-stream`, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::bedrock) struct Target {
    /// Decoded: a model id, an inference profile or an ARN, so it may contain `:` and `/`.
    pub model_id: String,
    pub operation: Operation,
}

impl Target {
    /// Reads the percent-encoded path of a request; `None` if it names neither operation.
    pub(in crate::bedrock) fn parse(path: &str) -> Option<Self> {
        let (encoded, operation) = path.strip_prefix("/model/")?.rsplit_once('/')?;
        let operation = match operation {
            "converse" => Operation::Converse,
            "converse-stream" => Operation::ConverseStream,
            _ => return None,
        };
        let model_id = percent_decode(encoded)?;
        (!model_id.is_empty()).then_some(Self { model_id, operation })
    }
}

fn percent_decode(encoded: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(encoded.len());
    let mut rest = encoded.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        if byte == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            decoded.push(u8::from_str_radix(digits, 16).ok()?);
            rest = after.get(2..)?;
        } else {
            decoded.push(byte);
            rest = after;
        }
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model_of(path: &str) -> Option<String> {
        Target::parse(path).map(|target| target.model_id)
    }

    #[test]
    fn a_model_id_is_decoded_with_its_colons_and_slashes() {
        assert_eq!(
            Target::parse("/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse"),
            Some(Target {
                model_id: "anthropic.claude-3-haiku-20240307-v1:0".into(),
                operation: Operation::Converse
            })
        );
        let arn = "arn%3Aaws%3Abedrock%3Aap-northeast-2%3A1%3Ainference-profile%2Fapac.nova";
        assert_eq!(
            model_of(&format!("/model/{arn}/converse-stream")).as_deref(),
            Some("arn:aws:bedrock:ap-northeast-2:1:inference-profile/apac.nova")
        );
        assert_eq!(model_of("/model/a/b:0/converse").as_deref(), Some("a/b:0"));
    }

    #[test]
    fn other_operations_and_broken_encodings_are_not_targets() {
        for path in [
            "/model/m/invoke",
            "/model//converse",
            "/models/m/converse",
            "/model/m%3/converse",
            "/model/%FF/converse",
        ] {
            assert_eq!(Target::parse(path), None, "{path}");
        }
    }
}
