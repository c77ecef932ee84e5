//! A small checker of RFC 5545's rules, written from the RFC and not from the printer: lines, folding, escapes,
//! components, and what an all-day event needs.

use std::collections::HashSet;

/// Octets of a physical line without its break (3.1).
const LINE: usize = 75;

/// Properties whose value is text, so that it is escaped (3.3.11).
const TEXT: &[&str] = &["SUMMARY", "DESCRIPTION", "X-WR-CALNAME", "X-WR-CALDESC", "LOCATION", "COMMENT"];

/// Properties of an event that may stand once at most (3.6.1).
const ONCE: &[&str] =
    &["UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP", "SEQUENCE", "STATUS"];

/// A content line: name, parameters, value.
#[derive(Debug)]
struct Line {
    name: String,
    params: Vec<String>,
    value: String,
}

/// Whether a calendar keeps to the rules; else the first fault.
pub(super) fn check(printed: &str) -> Result<(), String> {
    let lines = unfold(printed)?.iter().map(|line| content(line)).collect::<Result<Vec<_>, _>>()?;
    components(&lines)
}

/// Physical lines → content lines (3.1).
fn unfold(printed: &str) -> Result<Vec<String>, String> {
    let body = printed.strip_suffix("\r\n").ok_or("the last line has no break")?;
    let mut lines: Vec<String> = Vec::new();
    for physical in body.split("\r\n") {
        if physical.len() > LINE {
            return Err(format!("{} octets: {physical}", physical.len()));
        }
        if physical.is_empty() || physical.contains(['\r', '\n']) {
            return Err(format!("an empty line or a break of half a kind: {physical:?}"));
        }
        match (physical.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some(last)) => last.push_str(more),
            (Some(_), None) => return Err("the first line goes on".to_owned()),
            (None, _) => lines.push(physical.to_owned()),
        }
    }
    Ok(lines)
}

/// `name *(";" param) ":" value` (3.1); control characters stand nowhere.
fn content(line: &str) -> Result<Line, String> {
    if line.chars().any(|c| c.is_control() && c != '\t') {
        return Err(format!("a control character: {line:?}"));
    }
    let (head, value) = line.split_once(':').ok_or_else(|| format!("no value: {line}"))?;
    let mut head = head.split(';');
    let name = head.next().unwrap_or_default().to_owned();
    let plain = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let params: Vec<String> = head.map(str::to_owned).collect();
    let paired = params
        .iter()
        .all(|param| param.split_once('=').is_some_and(|(name, value)| plain(name) && !value.is_empty()));
    if !plain(&name) || !paired {
        return Err(format!("a name or a parameter that is none: {line}"));
    }
    if TEXT.contains(&name.as_str()) {
        escapes(value)?;
    }
    Ok(Line { name, params, value: value.to_owned() })
}

/// Behind a backslash stands one of `\\ ; , n N`; commas and semicolons stand behind one (3.3.11).
fn escapes(value: &str) -> Result<(), String> {
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        let escaped = letter == '\\' && matches!(letters.next(), Some('\\' | ';' | ',' | 'n' | 'N'));
        if !escaped && matches!(letter, '\\' | ';' | ',') {
            return Err(format!("not escaped: {value}"));
        }
    }
    Ok(())
}

/// One calendar with its own two properties, and events inside it (3.4, 3.6, 3.7).
fn components(lines: &[Line]) -> Result<(), String> {
    let is = |line: &Line, name: &str, value: &str| line.name == name && line.value == value;
    let [first, inner @ .., last] = lines else { return Err("too few lines".to_owned()) };
    if !is(first, "BEGIN", "VCALENDAR") || !is(last, "END", "VCALENDAR") {
        return Err("the calendar does not begin and end as one".to_owned());
    }
    let own = inner.iter().take_while(|line| line.name != "BEGIN");
    for (name, times) in [("VERSION", 1), ("PRODID", 1), ("CALSCALE", 1)] {
        if own.clone().filter(|line| line.name == name).count() != times {
            return Err(format!("{name} stands not {times} times before the events"));
        }
    }
    if !own.clone().any(|line| is(line, "VERSION", "2.0")) {
        return Err("another version".to_owned());
    }
    let mut uids = HashSet::new();
    let mut event: Option<Vec<&Line>> = None;
    for line in inner.iter().skip(own.count()) {
        match (&mut event, line.name.as_str()) {
            (None, "BEGIN") if line.value == "VEVENT" => event = Some(Vec::new()),
            (Some(lines), "END") if line.value == "VEVENT" => {
                all_day(lines, &mut uids)?;
                event = None;
            }
            (Some(lines), name) if !matches!(name, "BEGIN" | "END") => lines.push(line),
            _ => return Err(format!("out of place: {line:?}")),
        }
    }
    event.map_or(Ok(()), |_| Err("an event without an end".to_owned()))
}

/// What an event needs that lasts whole days (3.6.1, 3.8.2.2, 3.8.4.7, 3.8.7.2).
fn all_day(lines: &[&Line], uids: &mut HashSet<String>) -> Result<(), String> {
    for name in ONCE {
        if lines.iter().filter(|line| line.name == *name).count() > 1 {
            return Err(format!("{name} twice"));
        }
    }
    let one = |name: &str| {
        lines.iter().find(|line| line.name == name).ok_or_else(|| format!("an event without {name}"))
    };
    let uid = one("UID")?;
    if uid.value.is_empty() || !uids.insert(uid.value.clone()) {
        return Err(format!("an id that another event has: {}", uid.value));
    }
    let stamp = one("DTSTAMP")?;
    let utc = stamp.value.strip_suffix('Z').and_then(|stamp| stamp.split_once('T'));
    let (day, time) = utc.ok_or_else(|| format!("no time in UTC: {stamp:?}"))?;
    let clock = time.len() == 6 && time.bytes().all(|b| b.is_ascii_digit());
    if date(day).is_none() || !clock || !stamp.params.is_empty() {
        return Err(format!("no time in UTC: {stamp:?}"));
    }
    let mut ends = Vec::new();
    for name in ["DTSTART", "DTEND"] {
        let line = one(name)?;
        let day = date(&line.value).filter(|_| line.params == ["VALUE=DATE"]);
        ends.push(day.ok_or_else(|| format!("no date: {line:?}"))?);
    }
    // The end is the first day behind the event.
    if ends.windows(2).any(|pair| matches!(pair, [start, end] if end <= start)) {
        return Err(format!("it ends before it begins: {lines:?}"));
    }
    Ok(())
}

/// `YYYYMMDD` (3.3.4).
fn date(text: &str) -> Option<jiff::civil::Date> {
    let digits = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<i16>().ok();
    let narrow = |range| part(range).and_then(|value| i8::try_from(value).ok());
    digits.then(|| jiff::civil::Date::new(part(0..4)?, narrow(4..6)?, narrow(6..8)?).ok())?
}

#[test]
fn the_checker_finds_faults() {
    let event = "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20260102\r\nEND:VEVENT\r\n";
    let calendar = |events: &str| {
        format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nCALSCALE:GREGORIAN\r\n{events}END:VCALENDAR\r\n"
        )
    };
    assert_eq!(check(&calendar(event)), Ok(()));
    for (fault, with) in [
        ("20260102", "20260101"),
        ("UID:1\r\n", ""),
        ("UID:1\r\n", "UID:1\r\nUID:2\r\n"),
        ("T000000Z", "T000000"),
        (";VALUE=DATE", ""),
        ("END:VEVENT\r\n", ""),
        ("UID:1\r\n", "UID:1\n"),
        ("UID:1\r\n", "UID:1\r\nSUMMARY:a, b\r\n"),
        ("UID:1\r\n", "UID:1\r\nSUMMARY:a\\x\r\n"),
        ("20260101\r\n", "20261301\r\n"),
    ] {
        assert!(check(&calendar(&event.replace(fault, with))).is_err(), "{fault:?} → {with:?}");
    }
    assert!(check(&calendar(&format!("{event}{event}"))).is_err(), "an id twice");
    assert!(
        check(&calendar(&event.replace("UID:1", &format!("UID:{}", "1".repeat(80))))).is_err(),
        "a long line"
    );
}
