//! Parts of one sentence → entries: which dose and which schedule belong to which treatment.
//!
//! A dose belongs to the name beside it. A schedule belongs to the name before it and to those joined to it that have
//! none of their own; what stands before the first name belongs to it, or to all names of the sentence where a verb or
//! a colon comes between. Behind a condition, an example or a negation nothing is read.

mod ahead;
mod asides;
mod brackets;
mod closing;
mod context;
mod courses;
mod doses;
mod finish;
mod following;
mod forward;
mod lead;
mod mute;
mod nameless;
mod naming;
mod planned;
mod schedule;
mod second;
mod sharing;
mod slashed;
mod state;
mod stepped;
mod then;
mod unlisted;

use crate::protocol::{Period, PeriodUnit};
use crate::reading::lexer::Tokens;

use super::entry::Put;
use super::part::{Part, Rank, What};
use super::vocabulary::NameKind;
use super::word_classes::{Source, WordClass};
use ahead::{announces_levels, is_first_dose, named_ahead};
pub(super) use state::{Aliases, Subject};
use state::{Between, Bracket, Clause, Mute};
pub(super) use unlisted::is_heading;

/// Words without a role between a name and a slot, beyond which the slot is no longer the name's.
const WIDEST_GAP: usize = 8;

/// The same where only the label says what is given.
const NARROW_GAP: usize = 3;

/// Reads one sentence. `phase` is the one that holds at its beginning.
pub(super) fn read(
    parts: &[Part],
    source: Source<'_>,
    subject: &Subject,
    aliases: &Aliases,
    phase: Option<u16>,
) -> Clause {
    let tokens = source.tokens;
    let told = unlisted::named(parts, source, aliases, subject.from_label && subject.name.is_some());
    let parts = told.as_deref().unwrap_or(parts);
    let levels = stepped::joined(parts);
    let parts = levels.as_deref().unwrap_or(parts);
    let mut reader = Reader {
        parts,
        source,
        tokens,
        subject,
        aliases,
        out: Clause { phase, phase_after: phase, ..Clause::default() },
        between: Between::default(),
        words: 0,
        cur: None,
        trail: None,
        after_verb: false,
        participle: false,
        route_of_all: false,
        lead_route: false,
        lead_of: false,
        lead: Vec::new(),
        lead_is_whole: false,
        whole: Vec::new(),
        pending: Vec::new(),
        slashed: None,
        contained: None,
        named_behind: false,
        brackets: Vec::new(),
        mute: None,
        possible: false,
        muted_name: None,
        class_cycles: None,
        regimen: None,
        phase_includes: false,
        phase_of_next: None,
        aside: false,
        stepped: false,
        rising: false,
        until: false,
        last_is_pronoun: false,
        bracket_doses: false,
        rank: None,
        in_levels: announces_levels(parts, tokens),
        day_head: None,
        day_leads: Vec::new(),
        week_head: None,
        often_ahead: None,
        week_heads: parts.windows(2).filter(|two| schedule::heads_weeks(two)).count(),
        lead_put: Vec::new(),
        each_told: 0,
        of_program: false,
        day_heads: parts.windows(3).filter(|three| schedule::heads_dose(three)).count(),
        respectively: parts.iter().any(|part| matches!(part.what, What::Respectively)),
        named_ahead: named_ahead(parts, subject.from_label && subject.name.is_some()),
    };
    reader.named_ahead = reader.named_ahead.or_else(|| reader.cells_ahead());
    for at in 0..parts.len() {
        reader.part(at);
    }
    reader.finish();
    reader.out
}

/// What may stand before its treatments: days, cycles by number, how often, a length, a way of giving.
fn leads(what: Option<&What>) -> bool {
    matches!(
        what,
        Some(What::Days(_) | What::CycleMark(..) | What::Frequency(_) | What::Lasting(_) | What::Route(_))
    )
}

struct Reader<'t> {
    parts: &'t [Part],
    source: Source<'t>,
    tokens: &'t Tokens,
    subject: &'t Subject,
    aliases: &'t Aliases,
    out: Clause,
    between: Between,
    /// Words without a role in the sentence so far.
    words: usize,
    /// The entry that takes the next dose.
    cur: Option<usize>,
    /// The first entry that shares the schedule being read.
    trail: Option<usize>,
    /// A verb stood after the names: what follows is said of all of them.
    after_verb: bool,
    /// The way of giving that is being placed stands before a schedule that is said of all.
    route_of_all: bool,
    /// That verb was a participle: it may be said of the last name only.
    participle: bool,
    /// Slots before the first name.
    lead: Vec<usize>,
    lead_is_whole: bool,
    /// The first name's way of giving stands before it.
    lead_route: bool,
    /// ... as a noun: "injection of A".
    lead_of: bool,
    /// Slots before the first name that hold for the whole sentence.
    whole: Vec<usize>,
    /// Slots that stand before a name inside the sentence and are that name's.
    pending: Vec<usize>,
    /// The name that the treatment of the label was found to be.
    contained: Option<usize>,
    /// A dose each for the next names, which a slash joins.
    slashed: Option<usize>,
    /// The last name's dose stood before it.
    named_behind: bool,
    brackets: Vec<Bracket>,
    mute: Option<Mute>,
    /// What is passed over may be given.
    possible: bool,
    /// The sentence says what its phase is made of: what follows that is another one.
    phase_includes: bool,
    /// The phase of the dose that stands before the next name.
    phase_of_next: Option<u16>,
    /// The cycles that stand before the members of a class ("chemotherapy (6 cycles): A, B"), and the first member.
    class_cycles: Option<(u32, usize)>,
    /// What was said of a regimen before the colon that its members stand behind, and the first member.
    regimen: Option<(super::entry::Slots, usize)>,
    /// The dose before was of something that has no name here: so is what follows it.
    aside: bool,
    /// The dose before is the next one of a planned rise.
    stepped: bool,
    /// What is passed over is a rise of the dose.
    rising: bool,
    /// The last treatment in what was passed over.
    muted_name: Option<usize>,
    until: bool,
    last_is_pronoun: bool,
    respectively: bool,
    /// A dose stands in the innermost bracket.
    bracket_doses: bool,
    named_ahead: Option<usize>,
    /// The rank of the group whose dose comes next.
    rank: Option<Rank>,
    /// The sentence announces dose groups or levels before its first dose.
    in_levels: bool,
    /// Days with a colon behind them: the next dose is given on them.
    day_head: Option<usize>,
    /// What comes is said of something that people do.
    of_program: bool,
    /// The parts before this one were given to a treatment each ("respectively").
    each_told: usize,
    /// What stood before the first treatment and was given to it alone.
    lead_put: Vec<usize>,
    /// Days that stand before their treatments, and the first entry behind each: "on day 1 A, on day 8 B".
    day_leads: Vec<(usize, usize)>,
    /// How many weeks the next dose is given, as the words ahead of its colon say.
    week_head: Option<Period>,
    /// The treatment whose doses stand behind a colon, once how often it is given was told.
    often_ahead: Option<usize>,
    /// How many such weeks the sentence has.
    week_heads: usize,
    /// How many such days the sentence has: one alone says when everything behind it is given.
    day_heads: usize,
}

impl Reader<'_> {
    fn what(&self, at: usize) -> Option<&What> {
        self.parts.get(at).map(|part| &part.what)
    }

    /// Whether the token is known for this.
    fn is(&self, token: usize, class: WordClass) -> bool {
        self.source.classes.has(token, class)
    }

    /// The part so many before the one at `at`.
    fn back(&self, at: usize, parts: usize) -> Option<&What> {
        self.what(at.checked_sub(parts)?)
    }

    fn part(&mut self, at: usize) {
        let Some(part) = self.parts.get(at) else { return };
        if self.muted(at) {
            return;
        }
        match &part.what {
            What::Name(..) if self.contained == Some(at) => self.seen(),
            What::Name(kind, core_end) => self.name(at, *kind, *core_end),
            What::Unknown => self.unknown(at),
            What::Amount(_) => self.amount(at),
            What::Route(_)
            | What::Frequency(_)
            | What::Days(_)
            | What::Infusion(..)
            | What::Fraction(_)
            | What::Doses(_) => self.slot(at),
            What::Hours(hours) => match self.cur.and_then(|cur| self.out.entries.get_mut(cur)) {
                Some(entry) => entry.slots.hours |= hours,
                None => self.between.words += part.end - part.first,
            },
            What::Alone => {
                if let Some(entry) = self.cur.and_then(|cur| self.out.entries.get_mut(cur)) {
                    entry.alone = true;
                }
            }
            What::Program => {
                self.of_program |=
                    self.out.entries.is_empty() && self.lead.is_empty() && self.whole.is_empty();
                self.between.words += 1;
            }
            What::Passing => self.between.words += 1,
            What::AsNeeded => self.mute = Some(Mute::Trailing(self.brackets.len())),
            What::Lacking => self.mute = Some(Mute::Lacking(self.brackets.len())),
            What::Cycle(..)
            | What::Cycles(_)
            | What::CycleMark(..)
            | What::Lasting(_)
            | What::OnOff(..)
            | What::DaysOf(..)
            | What::Rest(_) => {
                self.slot(at);
            }
            What::Stop(_) if self.until => self.slot(at),
            What::Stop(_) => self.between.words += 1,
            What::Phase(phase) => self.phase(at, *phase),
            What::And => {
                self.drop_lead(at);
                self.between.and = true;
                if self.combines(at) {
                    self.out.combined = true;
                }
            }
            What::Or => self.between.or = true,
            What::Slash => self.between.slash = true,
            What::Comma => {
                self.between.comma = true;
                self.lead_is_whole |= !self.lead.is_empty();
            }
            What::Semicolon => {
                // "Stimulation 3 times a week; X 5 mg": said of what has no name here.
                if self.out.entries.is_empty() && self.words > 0 {
                    self.lead.retain(|at| {
                        !matches!(self.parts.get(*at), Some(Part { what: What::Frequency(_), .. }))
                    });
                }
                self.between.semicolon = true;
                self.between.words = 0;
                self.until = false;
            }
            What::Colon => {
                self.between.colon = true;
                self.keep_often_ahead();
                self.lead_is_whole |= !self.lead.is_empty();
            }
            What::Then => self.then(at),
            What::Open => self.open(at),
            What::Close => self.close(at),
            What::Give => self.give(at),
            What::Pronoun => {
                self.last_is_pronoun = true;
                let word = self.parts.get(at).map_or("", |part| self.tokens.text(part.first));
                self.out.of_all |= matches!(word, "all" | "both");
            }
            What::Until => self.until = true,
            What::Doubt if self.allows_plan(at) => {}
            What::Doubt if self.passes(at) => self.mute = Some(Mute::Passing(self.brackets.len())),
            What::Doubt if self.tells_who(at) => self.mute = Some(Mute::Before(self.brackets.len())),
            What::Doubt => {
                let word = self.tokens.text(part.first);
                self.drop_conditional(at, word);
                self.possible = matches!(word, "may" | "might" | "could" | "can" | "optional" | "optionally");
                self.rising = self.rises(word) || self.rises(self.tokens.text(part.end.saturating_sub(1)));
                let limited = ["max", "maximum", "maximal"].contains(&word)
                    && self
                        .cur
                        .and_then(|cur| self.out.entries.get(cur))
                        .is_some_and(|entry| entry.slots.values.is_some())
                    && (at + 1..at + 3).any(|next| matches!(self.what(next), Some(What::Amount(_))));
                // "with a taper by day 42, and B 5 mg": the taper is A's alone.
                self.mute = Some(match word {
                    "taper" | "tapered" | "tapering" | "adjusted" | "titrated" => {
                        Mute::Trailing(self.brackets.len())
                    }
                    "depending" | "dependent" => Mute::Measured(self.brackets.len()),
                    _ if limited => Mute::Limit(self.brackets.len()),
                    _ => Mute::Doubt(self.brackets.len()),
                });
            }
            // "supplied as 5 ml daily".
            What::Contain
                if matches!(self.what(at + 1), Some(What::Amount(_)))
                    && matches!(self.what(at + 2), Some(What::Frequency(_)))
                    && self.tokens.is(part.first, "supplied") =>
            {
                self.between.give = true;
            }
            What::Contain => {
                // "This dose provides 1200 mg of X": nothing more is given.
                if self.takes_content(at) {
                    return;
                }
                let provides = matches!(
                    self.tokens.text(part.first),
                    "provides" | "provide" | "providing" | "delivers" | "yielding"
                );
                // "placebo, which consisted of one injection of 1 ml every 4 weeks": what of it is given.
                let told = self.tokens.is(part.end.saturating_sub(1), "of")
                    && self
                        .cur
                        .and_then(|cur| self.out.entries.get(cur))
                        .is_some_and(|entry| entry.kind == NameKind::Agent && !entry.slots.any());
                if told || self.subject.relaxed {
                    self.between.give = true;
                } else if self.cur.is_some()
                    || provides
                    || self.pending.iter().any(|at| matches!(self.what(*at), Some(What::Amount(_))))
                {
                    self.mute = Some(Mute::Content(self.brackets.len()));
                }
            }
            What::Observe if self.subject.relaxed && self.tokens.text(part.first).starts_with("contain") => {
                self.between.give = true;
            }
            What::Prior | What::Observe => {
                let depth = self.brackets.len();
                let word = self.tokens.text(part.first);
                let diluted = ["dilut", "dissolv", "reconstitut"].iter().any(|stem| word.starts_with(stem));
                self.mute = Some(match word {
                    "who" => Mute::Before(depth),
                    _ if diluted => Mute::Diluted(depth),
                    _ => Mute::Aside(depth),
                });
            }
            What::Stray => {
                self.out.unread = true;
                let last = self.tokens.text(part.end.saturating_sub(1));
                if let Some(entry) = self.cur.and_then(|cur| self.out.entries.get_mut(cur)) {
                    entry.slots.often_unread |=
                        last.ends_with("ly") || last == "day" || last.starts_with('q');
                }
                // "200 mg/20 ml" of its own.
                self.between.slash = false;
                self.between.words += 1;
            }
            What::Other => {
                self.between.words += part.end - part.first;
                self.words += part.end - part.first;
            }
            // "Weeks 1-4: 50 mg daily, weeks 5-12: 100 mg daily": for so many weeks each.
            What::Weeks(first, last) if self.what(at + 1) == Some(&What::Colon) => {
                let weeks = Period::new(f64::from(last.saturating_sub(*first) + 1), PeriodUnit::Week);
                if self.week_heads > 1 {
                    self.week_head = Some(weeks);
                } else if at == 0 {
                    self.out.weeks = Some(weeks);
                } else {
                    self.between.words += 1;
                }
            }
            // "5 mg daily (weeks 1 to 5)".
            What::Weeks(first, last)
                if self.what(at + 1) != Some(&What::Colon)
                    && (self.between.words <= 1
                        || *first == 1
                            && (self.in_bracket() || self.cur.is_some_and(|cur| self.is_radiation(cur)))
                            && self.between.words <= WIDEST_GAP)
                    && self.cur.is_some_and(|cur| self.lasts_weeks(cur)) =>
            {
                // From week 0 on they are counted as points in time.
                let both = u32::from(*first > 0);
                let weeks = Period::new(f64::from(last.saturating_sub(*first) + both), PeriodUnit::Week);
                if let Some(cur) = self.cur {
                    self.put_what(cur, at, &What::Lasting(weeks));
                }
                self.seen();
            }
            What::Weeks(..) => self.between.words += 1,
            What::Rank(rank) => self.take_rank(at, *rank),
            // "increased to a target dose of 150 mg": told by the word for the rise.
            What::Starting if self.stepped && self.back(at, 1) == Some(&What::Step) => {}
            What::Starting => {
                self.between.give = true;
                self.between.words = 0;
            }
            What::Step => self.step(at),
            What::Of | What::Respectively | What::Bound(_) => {}
        }
    }

    fn give(&mut self, at: usize) {
        self.of_program = false;
        let first = self.parts.get(at).map_or(0, |part| part.first);
        let before = first.checked_sub(1).map_or("", |token| self.tokens.text(token));
        let word = self.tokens.text(first);
        // "A weekly and B given intravenously": said of B. "A and B are given intravenously": of both.
        self.participle = word.ends_with("ed") || word == "given";
        self.participle &= !matches!(before, "be" | "is" | "are" | "was" | "were" | "been" | "being");
        self.between.give = true;
        self.between.words = 0;
        self.lead_is_whole |= !self.lead.is_empty();
        self.after_verb |= !self.out.entries.is_empty();
    }

    /// Puts a part's value into an entry and the part's tokens into its span.
    fn put(&mut self, index: usize, at: usize) -> Put {
        let parts = self.parts;
        parts.get(at).map_or(Put::None, |part| self.put_what(index, at, &part.what))
    }

    /// [`put`](Self::put) with another value than the part's.
    fn put_what(&mut self, index: usize, at: usize, what: &What) -> Put {
        let levels = self.in_levels || self.in_cohorts(at);
        let cells = self.counted_cells(at);
        let (Some(part), Some(entry)) = (self.parts.get(at), self.out.entries.get_mut(index)) else {
            return Put::None;
        };
        let steps = stepped::in_turn(what, part.first, self.source);
        let put = entry.slots.put(steps.as_ref().unwrap_or(what));
        if let (Put::Done, Some(cells), false) = (put, cells, entry.named) {
            (entry.name, entry.named) = (cells, true);
        }
        if put == Put::Done && matches!(what, What::Amount(_)) {
            entry.rank = self.rank.take().or(levels.then_some(Rank::Level));
        }
        if put == Put::Done && matches!(what, What::Amount(_)) && !entry.slots.bounded() {
            entry.slots.lasting = self.week_head.take();
        }
        if put == Put::Done && matches!(what, What::Amount(_)) {
            entry.begins = is_first_dose(self.tokens, part.first, part.end);
        }
        if put == Put::Done {
            entry.cover(part.first, part.end);
        }
        put
    }
}
