//! The words of [`super::words`] as tantivy wants them.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::words::{Word, words};

/// The tokenizer of fields in which whole words and phrases are looked up.
pub const WORDS: &str = "words";
/// The tokenizer of fields in which short beginnings of words are terms of their own.
pub const BEGINNINGS: &str = "beginnings";

/// Up to how many characters the beginnings of words are terms of their own: with longer ones the dictionary's
/// range is small enough to walk.
pub const SHORT: usize = 3;

/// The term of a short beginning; the mark keeps it apart from whole words.
pub fn beginning(prefix: &str) -> String {
    format!("\u{1}{prefix}")
}

/// Gives the words of a text, with or without their short beginnings.
#[derive(Clone, Debug)]
pub struct WordTokenizer {
    /// Whether beginnings of up to [`SHORT`] characters are given too.
    pub beginnings: bool,
}

/// The stream of one text's words.
#[derive(Debug)]
pub struct WordStream {
    words: std::vec::IntoIter<Word>,
    pending: Vec<String>,
    beginnings: bool,
    token: Token,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        WordStream {
            words: words(text).into_iter(),
            pending: Vec::new(),
            beginnings: self.beginnings,
            token: Token::default(),
        }
    }
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        if let Some(prefix) = self.pending.pop() {
            self.token.text = prefix;
            return true;
        }
        let Some(word) = self.words.next() else { return false };
        if self.beginnings {
            for writing in [Some(&word.text), word.as_spelt.as_ref()].into_iter().flatten() {
                let ends = writing.char_indices().map(|(at, c)| at + c.len_utf8()).take(SHORT);
                self.pending.extend(ends.filter_map(|end| writing.get(..end)).map(beginning));
            }
        }
        self.token = Token {
            offset_from: word.range.start,
            offset_to: word.range.end,
            position: word.position,
            text: word.text,
            position_length: 1,
        };
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
