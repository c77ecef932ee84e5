use std::io::Read;

use proptest::prelude::*;

use super::split::{Segment, Splitter};
use crate::formats::limits::MAX_RECORD_BYTES;

/// Gives its bytes a few at a time, as a pipe may.
struct Trickle<'b> {
    bytes: &'b [u8],
    step: usize,
}

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let (now, later) = self.bytes.split_at(self.step.min(self.bytes.len()).min(buffer.len()));
        buffer[..now.len()].copy_from_slice(now);
        self.bytes = later;
        Ok(now.len())
    }
}

fn segments(bytes: &[u8], head: usize) -> Vec<Segment> {
    let (head, rest) = bytes.split_at(head.min(bytes.len()));
    let mut splitter = Splitter::new(head.to_vec(), Trickle { bytes: rest, step: 7 });
    let mut segments = Vec::new();
    while let Some(segment) = splitter.next_segment().expect("no failure") {
        segments.push(segment);
    }
    segments
}

/// The records as text; a broken one as `!` and what is wrong.
fn records(text: &str) -> Vec<String> {
    let show = |segment: &Segment| {
        segment
            .records
            .iter()
            .map(|slice| match slice.problem {
                Some(problem) => format!("!{}", problem.split(':').next().expect("words")),
                None => String::from_utf8_lossy(&segment.buffer[slice.range.clone()]).into_owned(),
            })
            .collect::<Vec<_>>()
    };
    segments(text.as_bytes(), 3).iter().flat_map(show).collect()
}

#[test]
fn all_the_ways_in_which_records_come() {
    for (text, found) in [
        (r#"{"a":1}"#, vec![r#"{"a":1}"#]),
        ("\u{feff} {\"a\":1}\n", vec![r#"{"a":1}"#]),
        (r#"[{"a":1},{"b":[{}]}]"#, vec![r#"{"a":1}"#, r#"{"b":[{}]}"#]),
        ("[\n{\"a\":1},\n{\"b\":2}\n]\n", vec![r#"{"a":1}"#, r#"{"b":2}"#]),
        ("{\"a\":1}\n{\"b\":2}\r\n{\"c\":3}", vec![r#"{"a":1}"#, r#"{"b":2}"#, r#"{"c":3}"#]),
        (r#"{"studies":[{"a":1},{"b":2}],"nextPageToken":"x}]"}"#, vec![r#"{"a":1}"#, r#"{"b":2}"#]),
        (
            r#"{"totalCount": 2, "studies" : [{"a":1}], "more": {"x": [1]}} {"b":2}"#,
            vec![r#"{"a":1}"#, r#"{"b":2}"#],
        ),
        (r#"{"a":"studies","studies":[]}"#, vec![]),
        (r#"{"a":{"studies":[1]}}"#, vec![r#"{"a":{"studies":[1]}}"#]),
        (r#"{"a":"braces } in \"text\" ] \\"}"#, vec![r#"{"a":"braces } in \"text\" ] \\"}"#]),
        ("[]", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(records(text), found, "{text}");
    }
}

#[test]
fn a_broken_record_costs_itself_only() {
    let good = r#"{"protocolSection":{"x":1}}"#;
    for (text, found) in [
        // cut short
        (format!("[{good},\n{{\"protocolSection\":{{\"x\""), vec![good, "!the file ends inside it"]),
        (format!("[{good},\n"), vec![good, "!the file ends before its list does"]),
        // a brace too few
        (
            format!("[{{\"protocolSection\":{{\"x\":1}},{good},{good}]"),
            vec!["!its braces do not balance", good, good],
        ),
        (format!("{{\"protocolSection\":{{\"x\":1}}\n{good}\n"), vec!["!its braces do not balance", good]),
        // a brace too many: what is left of it is no record either
        (format!("[\n{good}}},\n{good}]"), vec![good, "!no JSON object, where a record belongs", good]),
        // a quote too few
        (
            format!("[\n{{\"protocolSection\":{{\"x\":\"open}}}},\n{good}\n]"),
            vec!["!its braces do not balance", good],
        ),
        // lines that are none
        (format!("{good}\nnot JSON\n{good}\n"), vec![good, "!no JSON object, where a record belongs", good]),
        // JSON lines of another kind
        (
            format!("{{\"id\":\"a\",\"pad\":\"{0}\"\n{{\"id\":\"b\",\"pad\":\"{0}\"}}\n", "x".repeat(64)),
            vec!["!its braces do not balance", &format!("{{\"id\":\"b\",\"pad\":\"{}\"}}", "x".repeat(64))],
        ),
    ] {
        assert_eq!(records(&text), found, "{text}");
    }
}

#[test]
fn a_record_knows_its_number_and_line() {
    let text = "[\n {\"a\":1},\n\n {\"b\":\n2},\n {\"c\":3}]";
    let segments = segments(text.as_bytes(), 0);
    let numbers: Vec<u64> = segments.iter().flat_map(|s| &s.records).map(|slice| slice.number).collect();
    assert_eq!(numbers, [1, 2, 3]);
    assert_eq!(segments[0].line, 1);
}

#[test]
fn a_record_that_is_too_long_is_dropped_and_the_next_is_read() {
    let long = "x".repeat(MAX_RECORD_BYTES + 10);
    let text = format!("[\n{{\"a\":1}},\n{{\"long\":\"{long}\"}},\n{{\"b\":2}}]");
    let mut splitter = Splitter::new(Vec::new(), text.as_bytes());
    let (mut found, mut most) = (Vec::new(), 0);
    while let Some(segment) = splitter.next_segment().expect("no failure") {
        most = most.max(segment.buffer.len());
        for slice in segment.records {
            let line = segment.line
                + segment.buffer[..slice.range.start].iter().filter(|b| **b == b'\n').count() as u64;
            found.push((slice.number, slice.problem.is_some(), line));
        }
    }
    assert_eq!(found, [(1, false, 2), (2, true, 3), (3, false, 4)]);
    assert!(most < 1 << 20, "{most} bytes are held");
}

/// A JSON value of some depth.
fn value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "\\PC*".prop_map(|text| text.into()),
        "[\\[\\]{}\",:\\\\\n]*".prop_map(|text| text.into()),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            prop::collection::btree_map("[a-z\"{]{1,6}", inner, 0..5)
                .prop_map(|members| members.into_iter().collect::<serde_json::Value>()),
        ]
    })
}

proptest! {
    #[test]
    fn what_was_put_in_comes_out_whatever_the_layout(
        values in prop::collection::vec(prop::collection::btree_map("[a-z]{1,4}", value(), 0..4), 0..6),
        pretty: bool, lines: bool, head in 0_usize..200,
    ) {
        let print = |value: &serde_json::Value| if pretty { format!("{value:#}") } else { value.to_string() };
        let values: Vec<serde_json::Value> =
            values.into_iter().map(|members| members.into_iter().collect()).collect();
        let text = if lines {
            values.iter().map(print).collect::<Vec<_>>().join("\n")
        } else {
            print(&serde_json::Value::Array(values.clone()))
        };
        let segments = segments(text.as_bytes(), head);
        let found: Vec<serde_json::Value> = segments
            .iter()
            .flat_map(|segment| segment.records.iter().map(|slice| &segment.buffer[slice.range.clone()]))
            .map(|bytes| serde_json::from_slice(bytes).expect("a whole record"))
            .collect();
        prop_assert_eq!(found, values);
    }

    #[test]
    fn any_bytes_are_cut_without_panic_and_ranges_lie_inside(bytes: Vec<u8>, text in "[\\[\\]{}\",:\\\\\n a]*", head in 0_usize..50) {
        for bytes in [bytes.as_slice(), text.as_bytes()] {
            for segment in segments(bytes, head) {
                for slice in segment.records {
                    prop_assert!(slice.range.start <= slice.range.end && slice.range.end <= segment.buffer.len());
                }
            }
        }
    }
}
