//! Letters evened out one for one: lower case, no accents, no full-width forms. A text keeps its number of
//! characters, so that a match in the evened text is a match in the text on the screen.

/// The plain form of a text.
pub fn plain(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.chars().map(plain_char).collect() }
}

/// The plain form of a character.
pub fn plain_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let c = match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{A0}' | '\u{3000}' => ' ',
        '‐' | '‑' | '‒' | '–' | '−' => '-',
        _ => c,
    };
    let mut lower = c.to_lowercase();
    let c = match (lower.next(), lower.next()) {
        (Some(only), None) => only,
        _ => c,
    };
    without_accent(c)
}

/// Latin letters with marks, by the letter that is left without them.
const ACCENTED: &[(char, &str)] = &[
    ('a', "àáâãäåāăą"),
    ('c', "çćĉċč"),
    ('d', "ďđ"),
    ('e', "èéêëēĕėęě"),
    ('g', "ĝğġģ"),
    ('h', "ĥħ"),
    ('i', "ìíîïĩīĭįı"),
    ('j', "ĵ"),
    ('k', "ķ"),
    ('l', "ĺļľŀł"),
    ('n', "ñńņňŋ"),
    ('o', "òóôõöøōŏő"),
    ('r', "ŕŗř"),
    ('s', "śŝşšș"),
    ('t', "ţťŧț"),
    ('u', "ùúûüũūŭůűų"),
    ('w', "ŵ"),
    ('y', "ýÿŷ"),
    ('z', "źżž"),
    ('μ', "µ"),
    ('σ', "ς"),
];

fn without_accent(c: char) -> char {
    ACCENTED.iter().find(|(_, marked)| marked.contains(c)).map_or(c, |(bare, _)| *bare)
}
