//! Which item stands under which: a stack of the lists that are open.
//!
//! Markup in registries is often broken (a list's second number indented under its first bullet), so a list is
//! followed by its numbers first and by its indentation second.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::introduces;
use super::marker::{Alphabet, Style};
use super::segments::Segment;
use crate::reading::hash::WordHasher;

/// A list that is open.
#[derive(Clone, Copy, Debug)]
struct Level {
    list: List,
    indent: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum List {
    Bullets(char),
    Numbers { style: Style, next: u32 },
    Paragraphs,
}

/// What the words of the item before say about what comes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Before<'t> {
    /// Its words; of a heading none.
    pub words: &'t str,
    /// The item itself reads like a criterion, not like a note on the one before.
    pub own_paragraph: bool,
}

impl Before<'_> {
    /// It ends in a colon or speaks of "the following". Looked up only where it matters: most bullets follow another.
    fn introduces(&self) -> bool {
        introduces(self.words)
    }
}

/// The open lists of one section.
#[derive(Debug, Default)]
pub struct Stack {
    levels: Vec<Level>,
}

/// For every list number: where in its section it stands, in order. Tells whether a list goes on.
#[derive(Debug, Default)]
pub struct Outlook(HashMap<(usize, Style, u32), Vec<usize>, BuildHasherDefault<WordHasher>>);

impl Outlook {
    /// Looks through all segments; `sections` numbers the section each stands in.
    pub fn new(segments: &[Segment], sections: &[usize]) -> Self {
        let mut places: HashMap<_, Vec<usize>, _> = HashMap::default();
        for (index, (segment, section)) in segments.iter().zip(sections).enumerate() {
            if let Some(ordinal) = segment.ordinal() {
                places.entry((*section, ordinal.style, ordinal.value)).or_default().push(index);
            }
        }
        Self(places)
    }

    fn goes_on(&self, list: List, section: usize, index: usize) -> bool {
        match list {
            List::Numbers { style, next } => self
                .0
                .get(&(section, style, next))
                .and_then(|at| at.last())
                .is_some_and(|last| *last >= index),
            List::Bullets(_) | List::Paragraphs => false,
        }
    }

    /// Where a number stands next, at or after `index`.
    fn next(&self, section: usize, style: Style, value: u32, index: usize) -> Option<usize> {
        let places = self.0.get(&(section, style, value))?;
        places.get(places.partition_point(|at| *at < index)).copied()
    }

    /// Whether a list goes on behind `index`, and not another one like it that begins anew there.
    fn goes_right_on(&self, list: List, section: usize, index: usize) -> bool {
        let List::Numbers { style, next } = list else { return false };
        let Some(own) = self.next(section, style, next, index) else { return false };
        let Some(anew) = self.next(section, style, 1, index).filter(|anew| *anew < own) else { return true };
        // "… 1. one 2. two 4. the next": the list that begins anew has not come so far.
        next.checked_sub(1)
            .and_then(|before| self.next(section, style, before, anew))
            .is_none_or(|before| before > own)
    }
}

impl Stack {
    /// Forgets all lists: a heading was met.
    pub fn clear(&mut self) {
        self.levels.clear();
    }

    /// Whether a numbered list is open that goes on at or after `index`.
    pub fn goes_on(&self, outlook: &Outlook, section: usize, index: usize) -> bool {
        self.levels.iter().any(|level| outlook.goes_right_on(level.list, section, index))
    }

    /// Places an item and gives its depth.
    pub fn place(
        &mut self,
        segment: &Segment,
        before: Before<'_>,
        outlook: &Outlook,
        section: usize,
        index: usize,
    ) -> usize {
        match (segment.ordinal(), segment.marks.bullet) {
            // Numbers that go on behind bullets, in the line of one of them.
            (Some(_), Some(glyph)) if segment.inline => {
                self.place_bullet(glyph, segment, before, outlook, section, index);
            }
            (Some(ordinal), bullet) => {
                let alone = ordinal.value == 1 && bullet.is_some();
                let next = List::Numbers { style: ordinal.style, next: 2 };
                // "* 1. one" followed by plain bullets: the bullets are the list.
                match bullet.filter(|_| alone && !outlook.goes_on(next, section, index)) {
                    Some(glyph) => self.place_bullet(glyph, segment, before, outlook, section, index),
                    None => self.place_number(
                        segment,
                        ordinal.style,
                        ordinal.value,
                        before,
                        outlook,
                        section,
                        index,
                    ),
                }
            }
            (None, Some(glyph)) => self.place_bullet(glyph, segment, before, outlook, section, index),
            (None, None) => {
                // Between two numbers of a list a paragraph belongs to the first of them.
                let inside = self.goes_on(outlook, section, index);
                self.place_plain(segment, before, inside);
            }
        }
        self.levels.len().saturating_sub(1)
    }

    #[allow(clippy::too_many_arguments)] // one place in the text, told by its parts
    fn place_number(
        &mut self,
        segment: &Segment,
        style: Style,
        value: u32,
        before: Before<'_>,
        outlook: &Outlook,
        section: usize,
        index: usize,
    ) {
        let continues = |level: &Level| level.list == (List::Numbers { style, next: value });
        let same_style = |level: &Level| matches!(level.list, List::Numbers { style: s, .. } if s == style);
        let found = if value == 1 {
            // "1. … 1. … 1. …": a list that never counts on.
            self.levels.iter().rposition(|l| {
                l.list == List::Numbers { style, next: 2 }
                    && l.indent == segment.indent
                    && !before.introduces()
            })
        } else {
            // Two lists that both await it: the one at its own place ("2. … one of: 1. … 2. …" before "3. …").
            self.levels
                .iter()
                .rposition(|l| continues(l) && l.indent == segment.indent)
                .or_else(|| self.levels.iter().rposition(continues))
                .or_else(|| self.levels.iter().rposition(|l| same_style(l) && l.indent == segment.indent))
                .or_else(|| self.levels.iter().rposition(same_style))
        };
        if matches!(style.0, Alphabet::Outline(_)) {
            let found = self.levels.iter().rposition(same_style);
            return self.enter(found, List::Numbers { style, next: value + 1 }, segment.indent);
        }
        if found.is_none() {
            self.close_for_number(segment, style, before, outlook, section, index);
        }
        self.enter(found, List::Numbers { style, next: value + 1 }, segment.indent);
    }

    /// Before a new numbered list: closes the lists that have ended.
    fn close_for_number(
        &mut self,
        segment: &Segment,
        style: Style,
        before: Before<'_>,
        outlook: &Outlook,
        section: usize,
        index: usize,
    ) {
        while let Some(top) = self.levels.last().copied() {
            let ended = match top.list {
                List::Paragraphs => !before.introduces() && !segment.inline,
                List::Bullets(_) => top.indent > segment.indent && !segment.inline,
                List::Numbers { style: own, .. } => {
                    let outdented =
                        top.indent > segment.indent || (own == style && top.indent == segment.indent);
                    outdented
                        && !before.introduces()
                        && !segment.inline
                        && !outlook.goes_on(top.list, section, index)
                }
            };
            if !ended {
                break;
            }
            self.levels.pop();
        }
    }

    fn place_bullet(
        &mut self,
        glyph: char,
        segment: &Segment,
        before: Before<'_>,
        outlook: &Outlook,
        section: usize,
        index: usize,
    ) {
        let same =
            |l: &Level| l.list == List::Bullets(glyph) && (l.indent == segment.indent || segment.inline);
        if let Some(found) = self.levels.iter().rposition(same) {
            // A bullet at the outer list's place, while a numbered list within goes on, belongs to the inner one.
            let inner_goes_on =
                self.levels.iter().skip(found + 1).any(|level| outlook.goes_on(level.list, section, index));
            if !inner_goes_on {
                return self.enter(Some(found), List::Bullets(glyph), segment.indent);
            }
        }
        while let Some(top) = self.levels.last().copied() {
            let ended = match top.list {
                List::Paragraphs => !before.introduces() && !segment.inline,
                List::Bullets(_) => top.indent > segment.indent,
                List::Numbers { .. } => {
                    top.indent >= segment.indent
                        && !before.introduces()
                        && !outlook.goes_on(top.list, section, index)
                }
            };
            if !ended {
                break;
            }
            self.levels.pop();
        }
        let found = self.levels.iter().rposition(same);
        self.enter(found, List::Bullets(glyph), segment.indent);
    }

    fn place_plain(&mut self, segment: &Segment, before: Before<'_>, inside: bool) {
        // After a list that announces nothing, a paragraph of its own is an item beside it.
        if before.own_paragraph
            && !inside
            && !before.introduces()
            && segment.after_blank
            && segment.indent == 0
        {
            self.levels.clear();
        }
        let paragraphs = self.levels.first().is_some_and(|level| level.list == List::Paragraphs);
        if paragraphs {
            self.levels.truncate(1);
            return;
        }
        if let Some(at) = self.levels.iter().position(|level| level.list == List::Paragraphs) {
            self.levels.truncate(at);
        }
        self.levels.push(Level { list: List::Paragraphs, indent: segment.indent });
    }

    /// Goes back to an open list, or opens one more.
    fn enter(&mut self, found: Option<usize>, list: List, indent: usize) {
        match found {
            Some(at) => {
                self.levels.truncate(at + 1);
                if let Some(level) = self.levels.last_mut() {
                    level.list = list;
                }
            }
            None => {
                // Paragraphs hold no lists but those they introduce.
                self.levels.push(Level { list, indent });
            }
        }
    }
}
