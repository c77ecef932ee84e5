//! Words that were found before, as tantivy wants them.
//!
//! The index is given each field's words as a list, one a line: a text is cut and folded once ([`super::folding`]),
//! whatever the number of fields that its words go into.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The tokenizer of all fields of words.
pub const LISTED: &str = "listed";

/// Stands before a word that has the number of the one before it.
pub const SAME_PLACE: char = '\u{2}';

/// Up to how many characters the beginnings of words are terms of their own: with longer ones the dictionary's
/// range is small enough to walk.
pub const SHORT: usize = 2;

/// The term of a short beginning; the mark keeps it apart from whole words.
pub fn beginning(prefix: &str) -> String {
    format!("\u{1}{prefix}")
}

/// Gives the words of a list: one a line, an empty line for a gap between two texts.
#[derive(Clone, Debug)]
pub struct ListTokenizer;

/// The stream of one list's words.
#[derive(Debug)]
pub struct ListStream<'l> {
    words: std::str::Split<'l, char>,
    next: usize,
    token: Token,
}

impl Tokenizer for ListTokenizer {
    type TokenStream<'l> = ListStream<'l>;

    fn token_stream<'l>(&'l mut self, list: &'l str) -> ListStream<'l> {
        ListStream { words: list.split('\n'), next: 0, token: Token::default() }
    }
}

impl TokenStream for ListStream<'_> {
    fn advance(&mut self) -> bool {
        for word in self.words.by_ref() {
            if word.is_empty() {
                self.next += 1;
                continue;
            }
            let (word, same) = word.strip_prefix(SAME_PLACE).map_or((word, false), |word| (word, true));
            if !same {
                self.next += 1;
            }
            self.token.position = self.next.saturating_sub(1);
            self.token.text.clear();
            self.token.text.push_str(word);
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_gives_its_words_with_their_places() {
        let mut tokenizer = ListTokenizer;
        let mut stream = tokenizer.token_stream("tas\n102\n\u{2}tas102\n\nplus\n\u{2}\u{1}p");
        let mut told = Vec::new();
        while stream.advance() {
            told.push((stream.token().text.clone(), stream.token().position));
        }
        let told: Vec<_> = told.iter().map(|(text, place)| (text.as_str(), *place)).collect();
        assert_eq!(told, [("tas", 0), ("102", 1), ("tas102", 1), ("plus", 3), ("\u{1}p", 3)]);
    }
}
