//! Of trials that are looked for in some way, how many are on the first screen: by kind of query, beside the peers.

use std::path::Path;

use anyhow::Result;
use fuzzy_matcher::skim::SkimMatcherV2;
use trialdeck::library::Library;
use trialdeck::search::listing;

use crate::SCREEN;
use crate::data::Line;
use crate::peers::{Sqlite, fzf, skim, write_lines};

/// Trials that are looked for in each way.
const TRIALS: usize = 40;

/// A way to ask for a title's words.
type Way = fn(&[&str]) -> String;

/// The ways, by name.
const WAYS: &[(&str, Way)] = &[
    ("as written", |words| words.join(" ")),
    ("typo", |words| words.iter().map(|word| swapped(word)).collect::<Vec<_>>().join(" ")),
    ("any order", |words| words.iter().rev().copied().collect::<Vec<_>>().join(" ")),
    ("accent", |words| words.join(" ").replacen('e', "é", 1).replacen('a', "ä", 1)),
    ("abbreviation", |words| words.iter().map(|word| abbreviated(word)).collect::<Vec<_>>().join(" ")),
];

/// The longest word with two letters in its middle swapped, others as they are.
fn swapped(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let middle = letters.len() / 2;
    if letters.len() >= 8 {
        letters.swap(middle, middle - 1);
    }
    letters.into_iter().collect()
}

/// A long word without the vowels behind its first letter.
fn abbreviated(word: &str) -> String {
    let short: String =
        word.char_indices().filter(|(at, c)| *at == 0 || !"aeiou".contains(*c)).map(|(_, c)| c).collect();
    if word.len() >= 8 && short.len() >= 4 { short } else { word.to_owned() }
}

/// Prints the table.
pub fn table(library: &Library, lines: &[Line], folder: &Path) -> Result<()> {
    let sqlite = Sqlite::build(folder, lines)?;
    let file = write_lines(folder, lines)?;
    let has_fzf = fzf(&file, "trial", 1).is_ok();
    let plain: Vec<(u32, String)> = lines.iter().map(|line| (line.row, line.text().to_lowercase())).collect();
    let matcher = SkimMatcherV2::default();
    println!(
        "\nrecall: of {TRIALS} trials asked for by four words of their titles, how many are on the first screen"
    );
    println!("  {:<14} {:>9} {:>9} {:>9} {:>9}", "asked", "trialdeck", "SQLite", "Skim", "fzf");
    for (name, way) in WAYS {
        let mut found = [0; 4];
        for line in lines.iter().step_by((lines.len() / TRIALS).max(1)).take(TRIALS) {
            let title = line.fields[1].to_lowercase();
            let mut words: Vec<&str> =
                title.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() >= 4).collect();
            // The longest are the rarest, and what somebody remembers.
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
            words.truncate(4);
            let text = way(&words);
            let has = |rows: &[u32]| usize::from(rows.contains(&line.row));
            let best = listing::best(library, &format!("{text} "))?;
            let best: Vec<u32> =
                best.hits.iter().take(SCREEN).filter_map(|hit| u32::try_from(hit.row).ok()).collect();
            found[0] += has(&best);
            found[1] += has(&sqlite.ask(&text, SCREEN)?);
            found[2] += has(&skim(&matcher, &plain, &text, SCREEN));
            if has_fzf {
                let rows = fzf(&file, &text, SCREEN)?;
                let rows: Vec<u32> =
                    rows.iter().filter_map(|row| row.split('\t').next()?.parse().ok()).collect();
                found[3] += has(&rows);
            }
        }
        let fzf = if has_fzf { found[3].to_string() } else { "–".to_owned() };
        println!("  {name:<14} {:>9} {:>9} {:>9} {fzf:>9}", found[0], found[1], found[2]);
    }
    Ok(())
}
