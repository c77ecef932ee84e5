//! A line that is being typed: its text and cursor, by letters as a person counts them.

use unicode_segmentation::UnicodeSegmentation;

use super::command::Command;

/// The longest text that can be typed or pasted into a line, in bytes.
const LONGEST: usize = 1000;

/// A text and a cursor in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    before: String,
    after: String,
}

impl Input {
    /// A line that holds `text`, the cursor behind it.
    pub fn new(text: &str) -> Self {
        Self { before: text.to_owned(), after: String::new() }
    }

    /// A line with the cursor between two texts.
    pub fn with(before: &str, after: &str) -> Self {
        Self { before: before.to_owned(), after: after.to_owned() }
    }

    /// What was typed.
    pub fn text(&self) -> String {
        format!("{}{}", self.before, self.after)
    }

    /// What stands before the cursor.
    pub fn before(&self) -> &str {
        &self.before
    }

    /// What stands behind the cursor.
    pub fn after(&self) -> &str {
        &self.after
    }

    /// Types text; line breaks and control characters become blanks.
    pub fn insert(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.before.len() + self.after.len());
        let end = (0..=text.len().min(room)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        let text = text.get(..end).unwrap_or_default();
        self.before.extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }));
    }

    /// Does an editing command; `false` when it is none, or changed nothing.
    pub fn edit(&mut self, command: Command) -> bool {
        match command {
            Command::Erase => last_letter(&self.before).is_some_and(|at| {
                self.before.truncate(at);
                true
            }),
            Command::EraseForward => {
                let rest = self.after.split_off(first_letter(&self.after));
                !std::mem::replace(&mut self.after, rest).is_empty()
            }
            Command::EraseWord => {
                let kept = self.before.trim_end().rfind(char::is_whitespace).map_or(0, |at| {
                    at + self.before.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
                });
                let changed = kept < self.before.len();
                self.before.truncate(kept);
                changed
            }
            Command::Clear => std::mem::take(self) != Self::default(),
            Command::CursorLeft => last_letter(&self.before).is_some_and(|at| {
                let letter = self.before.split_off(at);
                self.after.insert_str(0, &letter);
                true
            }),
            Command::CursorRight => {
                let rest = self.after.split_off(first_letter(&self.after));
                let letter = std::mem::replace(&mut self.after, rest);
                self.before.push_str(&letter);
                !letter.is_empty()
            }
            Command::CursorStart => {
                self.after.insert_str(0, &std::mem::take(&mut self.before));
                true
            }
            Command::CursorEnd => {
                self.before.push_str(&std::mem::take(&mut self.after));
                true
            }
            _ => false,
        }
    }
}

/// Where the last letter starts.
fn last_letter(text: &str) -> Option<usize> {
    text.grapheme_indices(true).next_back().map(|(at, _)| at)
}

/// Where the first letter ends.
fn first_letter(text: &str) -> usize {
    text.graphemes(true).next().map_or(0, str::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_erased_and_passed_as_a_person_counts_them() {
        let mut input = Input::new("肝 e\u{301}");
        assert!(input.edit(Command::Erase));
        assert_eq!(input.text(), "肝 ");
        assert!(input.edit(Command::CursorLeft) && input.edit(Command::CursorLeft));
        assert!(!input.edit(Command::CursorLeft), "at the start");
        input.insert("a\n\u{1b}b");
        assert_eq!((input.before(), input.after()), ("a  b", "肝 "));
        assert!(input.edit(Command::EraseForward));
        assert_eq!(input.text(), "a  b ");
    }

    #[test]
    fn a_word_is_erased_with_the_blanks_behind_it() {
        let mut input = Input::new("one two  ");
        assert!(input.edit(Command::EraseWord));
        assert_eq!(input.text(), "one ");
        assert!(input.edit(Command::EraseWord));
        assert_eq!(input.text(), "");
        assert!(!input.edit(Command::EraseWord));
    }

    #[test]
    fn what_is_too_long_is_cut_at_a_letter() {
        let mut input = Input::default();
        input.insert(&"肝".repeat(1000));
        assert_eq!(input.text().len(), 999);
        input.insert("more");
        assert_eq!(input.text().len(), 1000);
    }
}
