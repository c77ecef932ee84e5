//! Asking the terminal for the colour of its background (OSC 11), and finding the answer among the keys.
//!
//! The answer comes the way keys come, and crossterm takes it for some: `Alt-]`, digits and letters, `Alt-\`. It is
//! put together again here; whatever turns out not to be one is handed on as the keys it was.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use crate::ui::Background;

/// The question.
pub(super) const QUESTION: &[u8] = b"\x1b]11;?\x1b\\";
/// How long the answer is waited for: longer than a slow connection takes to a terminal that answers.
pub(super) const PATIENCE: Duration = Duration::from_millis(1000);

/// How an answer begins, as keys.
const BEGIN: &str = "11;rgb:";
/// The longest answer in characters: three channels of four digits.
const LONGEST: usize = BEGIN.len() + 14;

/// What has come of an event.
#[derive(Debug, PartialEq)]
pub(super) enum Taken {
    /// These are to be handed on.
    Events(Vec<Event>),
    /// The answer was complete.
    Background(Background),
}

/// Events in which an answer may be hidden.
#[derive(Debug, Default)]
pub(super) struct Answer {
    held: Vec<Event>,
    text: String,
}

impl Answer {
    /// Takes an event in.
    pub(super) fn take(&mut self, event: Event) -> Taken {
        let Event::Key(key) = &event else { return self.release(event) };
        if self.held.is_empty() {
            if !is(key, ']', KeyModifiers::ALT) {
                return Taken::Events(vec![event]);
            }
            self.held.push(event);
            return Taken::Events(Vec::new());
        }
        if is(key, '\\', KeyModifiers::ALT) || is(key, 'g', KeyModifiers::CONTROL) {
            return match background(&self.text) {
                Some(background) => {
                    self.held.clear();
                    self.text.clear();
                    Taken::Background(background)
                }
                None => self.release(event),
            };
        }
        match key.code {
            KeyCode::Char(letter) if self.goes_on_with(letter) => {
                self.text.push(letter);
                self.held.push(event);
                Taken::Events(Vec::new())
            }
            _ => self.release(event),
        }
    }

    fn goes_on_with(&self, letter: char) -> bool {
        match BEGIN.chars().nth(self.text.chars().count()) {
            Some(expected) => letter == expected,
            None => self.text.len() < LONGEST && (letter.is_ascii_hexdigit() || letter == '/'),
        }
    }

    fn release(&mut self, event: Event) -> Taken {
        self.text.clear();
        let mut events = std::mem::take(&mut self.held);
        events.push(event);
        Taken::Events(events)
    }
}

fn is(key: &KeyEvent, letter: char, modifiers: KeyModifiers) -> bool {
    key.code == KeyCode::Char(letter) && key.modifiers.contains(modifiers)
}

/// Dark or light, from `11;rgb:1e1e/1e1e/1e1e`: each channel has one to four digits.
fn background(answer: &str) -> Option<Background> {
    let channels = answer.strip_prefix(BEGIN)?.split('/').map(|digits| {
        let most = 16f64.powi(i32::try_from(digits.len()).ok()?) - 1.0;
        Some(f64::from(u16::from_str_radix(digits, 16).ok()?) / most)
    });
    let channels = channels.collect::<Option<Vec<f64>>>()?;
    let [red, green, blue] = channels.as_slice() else { return None };
    let light = 0.299 * red + 0.587 * green + 0.114 * blue > 0.5;
    Some(if light { Background::Light } else { Background::Dark })
}

/// What the environment tells of the background: `COLORFGBG`, which some terminals set (`15;0`).
pub fn told_by(variable: &str) -> Option<Background> {
    match variable.rsplit(';').next()?.parse::<u8>().ok()? {
        7 | 9..=15 => Some(Background::Light),
        0..=6 | 8 => Some(Background::Dark),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(letter: char, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(letter), modifiers))
    }

    fn typed(text: &str) -> Vec<Event> {
        text.chars().map(|letter| key(letter, KeyModifiers::NONE)).collect()
    }

    fn answer(text: &str, end: Event) -> Vec<Event> {
        let mut events = vec![key(']', KeyModifiers::ALT)];
        events.extend(typed(text));
        events.push(end);
        events
    }

    fn all(events: Vec<Event>) -> (Vec<Event>, Option<Background>) {
        let mut answer = Answer::default();
        let (mut handed_on, mut told) = (Vec::new(), None);
        for event in events {
            match answer.take(event) {
                Taken::Events(events) => handed_on.extend(events),
                Taken::Background(background) => told = Some(background),
            }
        }
        (handed_on, told)
    }

    #[test]
    fn an_answer_among_keys_is_found_and_the_keys_go_on() {
        let ends = [key('\\', KeyModifiers::ALT), key('g', KeyModifiers::CONTROL)];
        for (text, expected) in [
            ("11;rgb:1e1e/1e1e/2a2a", Background::Dark),
            ("11;rgb:ffff/FAFA/f0f0", Background::Light),
            ("11;rgb:ff/ff/ff", Background::Light),
            ("11;rgb:0/0/0", Background::Dark),
        ] {
            for end in &ends {
                let mut events = typed("jj");
                events.extend(answer(text, end.clone()));
                events.extend(typed("k"));
                assert_eq!(all(events), (typed("jjk"), Some(expected)), "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_answer_is_handed_on_as_it_was_typed() {
        for events in [
            answer("x", key('y', KeyModifiers::NONE)),
            answer("11;rgb:zz", key('\\', KeyModifiers::ALT)),
            answer("11;rgb:1/2", key('\\', KeyModifiers::ALT)),
            answer("11;rgb:ffff/ffff/fffff", key('j', KeyModifiers::NONE)),
            vec![key(']', KeyModifiers::ALT), Event::Paste("a".to_owned())],
        ] {
            assert_eq!(all(events.clone()), (events, None));
        }
    }

    #[test]
    fn the_environment_may_tell_it() {
        assert_eq!(told_by("15;0"), Some(Background::Dark));
        assert_eq!(told_by("0;default;15"), Some(Background::Light));
        assert_eq!((told_by(""), told_by("15;default")), (None, None));
    }
}
