//! Parts of one sentence → entries: which dose and which schedule belong to which treatment.
//!
//! A dose belongs to the name beside it. A schedule belongs to the name before it and to those joined to it that have
//! none of their own; what stands before the first name belongs to it, or to all names of the sentence where a verb or
//! a colon comes between. Behind a condition, an example or a negation nothing is read.

use std::collections::HashMap;

use crate::protocol::{Period, PeriodUnit};
use crate::reading::lexer::Tokens;
use crate::reading::quantities::Values;

use super::entry::{Entry, Link, Put, Slots, slot};
use super::part::{Part, What};
use super::vocabulary::{Frequency, NameKind};

/// Words without a role between a name and a slot, beyond which the slot is no longer the name's.
const WIDEST_GAP: usize = 8;

/// The same where only the label says what is given.
const NARROW_GAP: usize = 3;

/// What stood between the last name or slot and this part.
#[derive(Clone, Copy, Debug, Default)]
struct Between {
    and: bool,
    or: bool,
    slash: bool,
    comma: bool,
    semicolon: bool,
    colon: bool,
    then: bool,
    give: bool,
    words: usize,
}

impl Between {
    fn link(&self) -> Link {
        if self.give || self.words > 0 || self.semicolon {
            Link::Apart
        } else if self.then {
            Link::Then
        } else if self.or {
            Link::Or
        } else if self.slash {
            Link::Slash
        } else {
            Link::And
        }
    }

    fn joint(&self) -> bool {
        self.and || self.or || self.slash || self.comma || self.then || self.semicolon
    }
}

/// Why parts are passed over for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mute {
    /// A condition, an example, a change, a negation: to the end of the brackets or of the sentence.
    Doubt(usize),
    /// A treatment before this one, something looked at: until something is given.
    Aside(usize),
}

/// A bracket that is open.
#[derive(Clone, Copy, Debug)]
struct Bracket {
    /// The entry before it.
    entry: Option<usize>,
    /// Names in it stand for the class before it.
    members: bool,
    /// Names in it are other names of the one before it.
    synonyms: bool,
    /// The first entry that shared the schedule before it.
    trail: Option<usize>,
}

/// Whose the slots are that stand in a sentence without a name of its own.
#[derive(Clone, Debug, Default)]
pub(super) struct Subject {
    /// The treatment, where there is one only.
    pub name: Option<(String, NameKind)>,
    /// It is the label's, no sentence named it.
    pub from_label: bool,
}

/// Short names of treatments, as the text gives them.
pub(super) type Aliases = HashMap<String, (String, NameKind)>;

/// A sentence's reading.
#[derive(Debug, Default)]
pub(super) struct Clause {
    /// Treatments in the order of the text.
    pub entries: Vec<Entry>,
    /// Slots of a sentence that names no treatment, for all that were named.
    pub general: Slots,
    /// Tokens of `general`.
    pub general_span: Option<(usize, usize)>,
    /// A dose or a schedule that could not be given to a treatment.
    pub unread: bool,
    /// The phase that holds at its end.
    pub phase: Option<u16>,
    /// The weeks that its heading tells ("Weeks 1-5: …").
    pub weeks: Option<Period>,
    /// Short names that it gives to treatments ("capecitabine (C)").
    pub aliases: Vec<(String, (String, NameKind))>,
    /// Treatments that it names, read or not: the next sentence may go on about them.
    pub mentioned: Vec<(String, NameKind)>,
}

/// Reads one sentence. `phase` is the one that holds at its beginning.
pub(super) fn read(
    parts: &[Part],
    tokens: &Tokens,
    subject: &Subject,
    aliases: &Aliases,
    phase: Option<u16>,
) -> Clause {
    let mut reader = Reader {
        parts,
        tokens,
        subject,
        aliases,
        out: Clause { phase, ..Clause::default() },
        between: Between::default(),
        words: 0,
        cur: None,
        trail: None,
        after_verb: false,
        lead: Vec::new(),
        lead_is_whole: false,
        whole: Vec::new(),
        pending: Vec::new(),
        brackets: Vec::new(),
        mute: None,
        until: false,
        last_is_pronoun: false,
        bracket_doses: false,
        respectively: parts.iter().any(|part| part.what == What::Respectively),
        named_ahead: parts.iter().rposition(|part| matches!(part.what, What::Name(..))),
    };
    for at in 0..parts.len() {
        reader.part(at);
    }
    reader.finish();
    reader.out
}

/// A name as it is shown: single blanks, no form that was written together with it ("xy-101injection").
fn tidy(name: &str) -> String {
    const FORMS: &[&str] = &["injection", "tablets", "tablet", "capsules", "capsule"];
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = FORMS
        .iter()
        .find_map(|form| name.strip_suffix(form))
        .filter(|bare| bare.ends_with(|c: char| c.is_ascii_digit()));
    bare.map_or(name.clone(), str::to_owned)
}

struct Reader<'t> {
    parts: &'t [Part],
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
    /// Slots before the first name.
    lead: Vec<usize>,
    lead_is_whole: bool,
    /// Slots before the first name that hold for the whole sentence.
    whole: Vec<usize>,
    /// Slots that stand before a name inside the sentence and are that name's.
    pending: Vec<usize>,
    brackets: Vec<Bracket>,
    mute: Option<Mute>,
    until: bool,
    last_is_pronoun: bool,
    respectively: bool,
    /// A dose stands in the innermost bracket.
    bracket_doses: bool,
    named_ahead: Option<usize>,
}

impl Reader<'_> {
    fn what(&self, at: usize) -> Option<&What> {
        self.parts.get(at).map(|part| &part.what)
    }

    fn part(&mut self, at: usize) {
        let Some(part) = self.parts.get(at) else { return };
        if self.muted(at) {
            return;
        }
        match &part.what {
            What::Name(kind, core_end) => self.name(at, *kind, *core_end),
            What::Unknown => self.unknown(at),
            What::Amount(_) => self.amount(at),
            What::Route(_) | What::Frequency(_) | What::Days(_) | What::Infusion(_) => self.slot(at),
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
            What::And => self.between.and = true,
            What::Or => self.between.or = true,
            What::Slash => self.between.slash = true,
            What::Comma => {
                self.between.comma = true;
                self.lead_is_whole |= !self.lead.is_empty();
            }
            What::Semicolon => {
                self.between.semicolon = true;
                self.between.words = 0;
                self.until = false;
            }
            What::Colon => {
                self.between.colon = true;
                self.lead_is_whole |= !self.lead.is_empty();
            }
            What::Then => {
                // "X for 30 days, then Y": what was said first was said of something else.
                if self.out.entries.is_empty() && !(self.lead.is_empty() && self.whole.is_empty()) {
                    self.lead.clear();
                    self.whole.clear();
                    self.out.unread = true;
                }
                self.between.then = true;
                self.until = false;
            }
            What::Open => self.open(at),
            What::Close => self.close(),
            What::Give => self.give(),
            What::Pronoun => self.last_is_pronoun = true,
            What::Until => self.until = true,
            What::Doubt => self.mute = Some(Mute::Doubt(self.brackets.len())),
            What::Contain => {
                if self.cur.is_some()
                    || self.pending.iter().any(|at| matches!(self.what(*at), Some(What::Amount(_))))
                {
                    self.mute = Some(Mute::Aside(self.brackets.len()));
                }
            }
            What::Prior | What::Observe => self.mute = Some(Mute::Aside(self.brackets.len())),
            What::Stray => {
                self.out.unread = true;
                self.between.words += 1;
            }
            What::Other => {
                self.between.words += part.end - part.first;
                self.words += part.end - part.first;
            }
            What::Weeks(1, last) if at == 0 && self.what(1) == Some(&What::Colon) => {
                self.out.weeks = Some(Period::new(f64::from(*last), PeriodUnit::Week));
            }
            What::Weeks(..) => self.between.words += 1,
            What::Of | What::Respectively | What::Bound(_) => {}
        }
    }

    /// Whether the part is passed over; keeps the brackets in step.
    fn muted(&mut self, at: usize) -> bool {
        let (Some(mute), Some(part)) = (self.mute, self.parts.get(at)) else { return false };
        let depth = match mute {
            Mute::Doubt(depth) | Mute::Aside(depth) => depth,
        };
        match part.what {
            What::Open => {
                self.brackets.push(Bracket {
                    entry: None,
                    members: false,
                    synonyms: true,
                    trail: self.trail,
                });
                return true;
            }
            What::Close => {
                if self.brackets.len() <= depth {
                    self.mute = None;
                    return false;
                }
                self.brackets.pop();
                return true;
            }
            What::Amount(_) | What::Stray => self.out.unread = true,
            What::Semicolon => self.mute = None,
            What::Comma if matches!(mute, Mute::Aside(_)) => {
                let list = matches!(
                    self.what(at + 1),
                    Some(
                        What::Name(..)
                            | What::Unknown
                            | What::And
                            | What::Or
                            | What::Then
                            | What::Other
                            | What::Stop(_)
                    )
                );
                if !list {
                    self.mute = None;
                }
            }
            What::Give if matches!(mute, Mute::Aside(_)) => {
                // "previously treated with": the verb is the aside's own where it follows at once.
                let own = at > 0 && matches!(self.what(at - 1), Some(What::Prior | What::Observe));
                if !own {
                    self.mute = None;
                    self.between.words += 1;
                    return false;
                }
            }
            _ => {}
        }
        self.mute.is_some()
    }

    fn open(&mut self, at: usize) {
        let entry = self.cur;
        if let (Some(What::Name(kind, core_end)), [short]) =
            (at.checked_sub(1).and_then(|name| self.what(name)), self.inside(at))
            && matches!(short.what, What::Unknown)
            && let Some(named) = self.parts.get(at - 1)
        {
            let alias = self.tokens.slice(short.first..short.end).to_owned();
            let name = self.tokens.slice(named.first..*core_end).to_owned();
            self.out.aliases.push((alias, (name, *kind)));
        }
        let follows_name = at > 0 && matches!(self.what(at - 1), Some(What::Name(..) | What::Amount(_)));
        let class = entry.and_then(|entry| self.out.entries.get(entry)).is_some_and(|entry| {
            matches!(entry.kind, NameKind::Class | NameKind::Regimen) && entry.slots.values.is_none()
        });
        let inside = self.inside(at);
        let names = inside.iter().any(|part| matches!(part.what, What::Name(..)));
        let amounts = inside.iter().any(|part| matches!(part.what, What::Amount(_)));
        let bracket = Bracket {
            entry,
            members: class && names,
            synonyms: follows_name && !class && names && !amounts,
            trail: self.trail,
        };
        let doses = amounts;
        let after_dose = at > 0 && matches!(self.what(at - 1), Some(What::Amount(_)));
        let made_of = after_dose
            && inside.windows(3).any(|parts| {
                matches!(
                    parts,
                    [
                        Part { what: What::Amount(_), .. },
                        Part { what: What::Of, .. },
                        Part { what: What::Name(..) | What::Unknown, .. }
                    ]
                )
            });
        let steps = inside.iter().filter(|part| matches!(part.what, What::Weeks(..))).count();
        self.bracket_doses = doses;
        self.brackets.push(bracket);
        if made_of || steps > 1 {
            // A titration step by step: its doses are not the planned one.
            self.mute = Some(Mute::Doubt(self.brackets.len()));
            self.out.unread = true;
            return;
        }
        if bracket.members
            && let Some(entry) = entry.and_then(|entry| self.out.entries.get_mut(entry))
        {
            entry.dropped = true;
        }
    }

    /// The parts of the bracket that opens at `at`.
    fn inside(&self, at: usize) -> &[Part] {
        const FAR: usize = 48;
        let rest = self.parts.get(at + 1..).unwrap_or_default();
        let rest = rest.get(..rest.len().min(FAR)).unwrap_or_default();
        let close = rest.iter().position(|part| part.what == What::Close).unwrap_or(rest.len());
        rest.get(..close).unwrap_or_default()
    }

    fn close(&mut self) {
        let Some(bracket) = self.brackets.pop() else { return };
        if !bracket.members && bracket.entry.is_some() && !self.made_in(bracket) {
            self.cur = bracket.entry;
            self.trail = bracket.trail;
        } else {
            self.cur = self.out.entries.len().checked_sub(1);
            self.trail = None;
        }
        self.between.words = 0;
    }

    fn made_in(&self, bracket: Bracket) -> bool {
        bracket.entry.is_some_and(|entry| entry + 1 < self.out.entries.len())
    }

    fn give(&mut self) {
        self.between.give = true;
        self.between.words = 0;
        self.lead_is_whole |= !self.lead.is_empty();
        self.after_verb |= !self.out.entries.is_empty();
    }

    fn phase(&mut self, at: usize, phase: u16) {
        // "600 mg loading dose": said of the dose before it.
        let of_dose = at > 0 && matches!(self.what(at - 1), Some(What::Amount(_)));
        if of_dose && let Some(entry) = self.cur.and_then(|cur| self.out.entries.get_mut(cur)) {
            entry.phase = Some(phase);
            return;
        }
        self.out.phase = Some(phase);
        self.trail = None;
        self.between.words += 1;
    }

    // ---- names ----

    fn name(&mut self, at: usize, kind: NameKind, core_end: usize) {
        let Some(part) = self.parts.get(at) else { return };
        if self.brackets.last().is_some_and(|bracket| bracket.synonyms) {
            return;
        }
        if self.is_context(at) {
            self.between.words += 1;
            return;
        }
        let name = tidy(self.tokens.slice(part.first..core_end));
        // "X/Y (200 mg X and 300 mg Y)": the name was there, its dose comes now.
        let joined = self
            .out
            .entries
            .iter()
            .rposition(|entry| entry.name == name && entry.slots.values.is_none() && !entry.dropped);
        if let Some(index) = joined
            && (!self.brackets.is_empty() || !self.pending.is_empty())
            && self.out.entries.len() - index <= 4
        {
            self.cur = Some(index);
            self.take_pending(index, at);
            self.between = Between::default();
            return;
        }
        self.push_entry(at, name, kind, true);
    }

    /// "on day 1 of concurrent chemotherapy", "during radiotherapy", "before surgery": a time, not a giving.
    fn is_context(&self, at: usize) -> bool {
        let Some(part) = self.parts.get(at) else { return false };
        let before = |back: usize| part.first.checked_sub(back).map_or("", |token| self.tokens.text(token));
        if matches!(
            before(1),
            "after" | "before" | "during" | "than" | "post" | "match" | "matching" | "matched" | "matches"
        ) {
            return true;
        }
        // "randomised to the X arm": whose group, not what is given.
        let group = matches!(self.tokens.text(part.end), "arm" | "arms" | "group" | "groups");
        if group && before(1) == "the" && part.first > self.parts.first().map_or(0, |first| first.first) + 1 {
            return true;
        }
        let of = at > 1 && self.what(at - 1) == Some(&What::Of);
        let given = matches!(
            before(2),
            "regimen"
                | "addition"
                | "supply"
                | "schedule"
                | "total"
                | "therapy"
                | "number"
                | "amount"
                | "volume"
                | "component"
                | "components"
        );
        of && !given && matches!(self.what(at - 2), Some(What::Days(_) | What::Other | What::Unknown))
    }

    fn push_entry(&mut self, at: usize, name: String, kind: NameKind, named: bool) {
        let Some(part) = self.parts.get(at) else { return };
        let mut link = self.between.link();
        // "chemotherapy (A, B)", "chemotherapy: A + B": the members are joined as the class was.
        // "chemotherapy with FOLFOX": the regimen says which.
        let with = part.first.checked_sub(1).is_some_and(|token| self.tokens.text(token) == "with");
        let class = self.out.entries.last_mut().filter(|last| {
            matches!(last.kind, NameKind::Class | NameKind::Regimen)
                && last.slots.values.is_none()
                && !last.slots.scheduled()
        });
        let mut inherited = None;
        if let Some(class) = class {
            let members = self.brackets.last().is_some_and(|bracket| bracket.members);
            let which = with && class.kind == NameKind::Class && kind == NameKind::Regimen;
            if self.between.colon && !self.between.joint() || which {
                class.dropped = true;
            }
            if class.dropped && (members || self.between.colon || which) {
                link = class.link;
                inherited = Some(class.slots.clone());
            }
        }
        if link == Link::And
            && inherited.is_none()
            && !self.between.joint()
            && self.out.entries.last().is_some_and(|last| !last.slots.any())
        {
            // "A and B  A: 10 mg": a heading, then the treatments one by one.
            link = Link::Apart;
        }
        let mut slots = inherited.unwrap_or_default();
        // "inhaled A/B": one product.
        if link == Link::Slash
            && let Some(last) = self.out.entries.last().filter(|last| last.slots.values.is_none())
        {
            slots.route = slots.route.or(last.slots.route);
        }
        let entry = Entry {
            name,
            kind,
            link,
            slots,
            phase: self.out.phase,
            first: part.first,
            end: if named { part.end } else { part.first },
            dropped: false,
            named,
        };
        self.out.entries.push(entry);
        let index = self.out.entries.len() - 1;
        self.cur = Some(index);
        self.trail = None;
        self.after_verb = false;
        self.until = false;
        if index == 0 {
            self.take_lead();
        }
        self.take_pending(index, at);
        self.between = Between::default();
        self.last_is_pronoun = false;
    }

    fn take_lead(&mut self) {
        let lead = std::mem::take(&mut self.lead);
        for at in lead {
            let shared = self.lead_is_whole
                || matches!(
                    self.what(at),
                    Some(What::Cycles(_) | What::Cycle(..) | What::CycleMark(..) | What::Days(_))
                );
            if shared {
                self.whole.push(at);
            } else {
                self.put(0, at);
            }
        }
    }

    fn take_pending(&mut self, index: usize, _at: usize) {
        for at in std::mem::take(&mut self.pending) {
            self.put(index, at);
        }
    }

    fn unknown(&mut self, at: usize) {
        let Some(part) = self.parts.get(at) else { return };
        let words = part.end - part.first;
        // "2 Subjects, 1 Sentinel Participants 3.34 mg/kg": people stand between.
        let people = self.parts.get(at + 1).is_some_and(|next| {
            next.first - part.end > 5
                || (part.end..next.first).any(|token| {
                    matches!(
                        self.tokens.text(token),
                        "participants"
                            | "patients"
                            | "subjects"
                            | "volunteers"
                            | "group"
                            | "cohort"
                            | "children"
                            | "arm"
                            | "participant"
                            | "subject"
                            | "patient"
                    )
                })
        });
        let next = !people
            && match (self.what(at + 1), self.what(at + 2)) {
                (Some(What::Colon), Some(after)) => {
                    matches!(after, What::Amount(_) | What::Route(_))
                        && (at == 0 || self.between.joint() || self.out.entries.is_empty())
                }
                (Some(What::Open), Some(after)) => matches!(after, What::Amount(_)),
                (Some(What::Amount(_)), _) => self.forward(at + 1).is_none(),
                _ => false,
            };
        let after_name = at > 0 && matches!(self.what(at - 1), Some(What::Name(..)));
        let taken = self.pending.iter().any(|at| matches!(self.what(*at), Some(What::Amount(_))));
        let name = tidy(self.tokens.slice(part.first..part.end));
        let alias = self.aliases.get(&name).cloned();
        let telling = name.len() > 2 || alias.is_some();
        let synonym = self.brackets.last().is_some_and(|bracket| bracket.synonyms);
        if telling && (next && !after_name || taken) && !synonym {
            let (name, kind) = alias.unwrap_or((name, NameKind::Agent));
            self.push_entry(at, name, kind, true);
        } else if !after_name {
            self.between.words += words;
        }
    }

    // ---- doses ----

    /// The name that the dose at `at` stands before, if it is that name's.
    fn forward(&self, at: usize) -> Option<usize> {
        let mut next = at + 1;
        let mut of = false;
        loop {
            match self.what(next)? {
                What::Of => of = true,
                What::Route(_) => {}
                What::Name(..) => break,
                What::Other | What::Unknown
                    if matches!(self.what(next + 1), Some(What::Name(..)))
                        && self.short(next)
                        && (of || next == at + 1) => {}
                What::Amount(quantity) if (of || next == at + 1) && quantity.unit.name == "%" => {}
                What::Unknown
                    if of || self.what(next + 1).is_none_or(|what| !matches!(what, What::Amount(_))) =>
                {
                    break;
                }
                _ => return None,
            }
            next += 1;
        }
        if of {
            return Some(next);
        }
        if matches!(self.what(next), Some(What::Unknown)) && self.cur.is_some() {
            return None;
        }
        let open = self.cur.and_then(|cur| self.out.entries.get(cur)).is_some_and(|entry| {
            let beside =
                !self.between.joint() && !self.between.give && !self.between.colon && self.between.words == 0;
            entry.slots.values.is_none() && beside && self.brackets.is_empty()
        });
        (!open).then_some(next)
    }

    /// At most two words.
    fn short(&self, at: usize) -> bool {
        self.parts.get(at).is_some_and(|part| part.end - part.first <= 2)
    }

    fn amount(&mut self, at: usize) {
        if self.forward(at).is_some() {
            self.pending.push(at);
            return;
        }
        if self.between.words > WIDEST_GAP && !self.between.give {
            self.out.unread = true;
            return;
        }
        let Some(cur) = self.cur.or_else(|| self.implied(at)) else {
            self.out.unread = true;
            return;
        };
        if self.several_for(cur, at) {
            return self.seen();
        }
        let several_open = self.after_verb && self.open_before(cur) && !self.in_bracket();
        if several_open {
            // "A and B will be given at 5 mg/kg": whose dose it is nobody can tell.
            self.out.unread = true;
            return self.seen();
        }
        if self.put(cur, at) == Put::Taken {
            self.second_amount(cur, at);
        }
        self.seen();
    }

    fn in_bracket(&self) -> bool {
        !self.brackets.is_empty()
    }

    /// Whether the entry before is joined to `cur` and has no dose either.
    fn open_before(&self, cur: usize) -> bool {
        let joined = self.out.entries.get(cur).is_some_and(|entry| {
            entry.link != Link::Apart && entry.link != Link::Then && entry.slots.values.is_none()
        });
        let before = cur.checked_sub(1).and_then(|before| self.out.entries.get(before));
        joined
            && before.is_some_and(|before| {
                before.slots.values.is_none() && !before.dropped && !before.slots.scheduled()
            })
    }

    /// `A/B 160/4.5 mcg`, `A and B at 10 mg and 20 mg, respectively`: a dose each.
    fn several_for(&mut self, cur: usize, at: usize) -> bool {
        let Some(What::Amount(quantity)) = self.what(at).cloned() else { return false };
        let Values::Several(list, between) = &quantity.values else { return false };
        let count = list.len();
        let Some(first) = (cur + 1).checked_sub(count) else { return false };
        let slashed = *between == crate::reading::quantities::Between::Slash;
        let joined = self.out.entries.get(first..=cur).is_some_and(|entries| {
            entries.iter().enumerate().all(|(i, entry)| {
                let link = i == 0
                    || (slashed && entry.link == Link::Slash)
                    || (self.respectively && matches!(entry.link, Link::And | Link::Or));
                link && entry.slots.values.is_none() && !entry.dropped
            })
        });
        if !joined {
            return false;
        }
        let (start, end) = self.parts.get(at).map_or((0, 0), |part| (part.first, part.end));
        for (entry, value) in self.out.entries.iter_mut().skip(first).zip(list) {
            entry.slots.values = Some(Values::One(*value));
            entry.slots.unit = Some(quantity.unit.clone());
            entry.cover(start, end);
        }
        true
    }

    /// A second dose of a treatment: the next step, an alternative, the same told again, or a contradiction.
    fn second_amount(&mut self, cur: usize, at: usize) {
        let told_again = self.brackets.last().is_some_and(|bracket| bracket.entry == Some(cur));
        if told_again && !self.between.joint() {
            return;
        }
        // "4 g three times a day, 12 g a day": the sum of a day.
        let total =
            match (self.what(at), self.out.entries.get(cur).and_then(|entry| entry.slots.unit.as_ref())) {
                (Some(What::Amount(sum)), Some(unit)) => {
                    sum.unit.name.strip_suffix("/day") == Some(unit.name.as_str())
                }
                _ => false,
            };
        if total {
            return;
        }
        let sum =
            self.parts.get(at).is_some_and(|part| part.first > 0 && self.tokens.text(part.first - 1) == "+");
        let step = self.between.then
            || self.between.semicolon
            || self.between.and
            || self.between.comma
            || self.between.or;
        if sum || !step {
            if let Some(entry) = self.out.entries.get_mut(cur) {
                entry.slots.conflicts |= slot::DOSE;
            }
            self.out.unread = true;
            return;
        }
        let link = if self.between.or {
            Link::Or
        } else if self.between.then || self.between.semicolon {
            Link::Then
        } else {
            Link::And
        };
        let route = self.out.entries.get(cur).and_then(|entry| entry.slots.route);
        self.again(cur, at, link, Slots { route, route_lent: route.is_some(), ..Slots::default() });
        let last = self.out.entries.len() - 1;
        self.put(last, at);
    }

    /// Another entry of the same treatment.
    fn again(&mut self, cur: usize, at: usize, link: Link, slots: Slots) {
        let Some(entry) = self.out.entries.get(cur) else { return };
        let first = self.parts.get(at).map_or(0, |part| part.first);
        let again = Entry {
            name: entry.name.clone(),
            kind: entry.kind,
            link,
            slots,
            phase: self.out.phase,
            first,
            end: first,
            dropped: false,
            named: false,
        };
        self.out.entries.push(again);
        self.cur = Some(self.out.entries.len() - 1);
        self.trail = None;
    }

    /// The treatment that a sentence without a name is about.
    fn implied(&mut self, at: usize) -> Option<usize> {
        // "PD-1 blockade will be given": about something that has no name here.
        let other = !self.subject.from_label
            && !self.last_is_pronoun
            && self.parts.iter().take(at).any(|part| part.what == What::Unknown);
        if other {
            return None;
        }
        let (name, kind) = self.subject.name.clone()?;
        self.push_entry(at, name, kind, false);
        self.cur
    }

    // ---- schedules ----

    fn slot(&mut self, at: usize) {
        if self.what(at + 1) == Some(&What::Observe) {
            // "weekly visits", "12 weeks of follow-up": no one is given anything.
            return;
        }
        if self.belongs_to_next(at) {
            self.pending.push(at);
            return;
        }
        if self.out.entries.is_empty() {
            if self.named_ahead.is_some_and(|name| name > at) {
                if std::mem::take(&mut self.lead_is_whole) {
                    self.whole.append(&mut self.lead);
                }
                self.lead.push(at);
            } else {
                self.nameless(at);
            }
            return;
        }
        let elsewhere = self.between.then && self.between.words > 0 && !self.between.give;
        if (self.between.words > WIDEST_GAP && !self.between.give || elsewhere) && !self.until {
            self.out.unread = true;
            return;
        }
        let Some(what) = self.what(at).cloned() else { return };
        let Some(last) = self.cur else { return };
        let mut start = self.share_start(&what, last);
        if start == last
            && last > 0
            && self.skips(last, &what)
            && self.out.entries.get(last).is_some_and(|entry| entry.link != Link::Then)
        {
            start = last - 1;
        }
        let restated = self.brackets.last().is_some_and(|bracket| bracket.entry == Some(last));
        let mut taken = false;
        for index in start..=last {
            if self.skips(index, &what) {
                continue;
            }
            taken |= self.put(index, at) == Put::Taken;
        }
        if taken
            && self.between.and
            && let What::Lasting(longer) = what
        {
            // "for at least 5 days and up to 14 days".
            for entry in self.out.entries.iter_mut().take(last + 1).skip(start) {
                entry.slots.lasting =
                    entry.slots.lasting.filter(|length| length.days() > longer.days()).or(Some(longer));
            }
            return self.seen();
        }
        if taken
            && self.between.or
            && self.between.words == 0
            && matches!(what, What::Days(_))
            && start == last
        {
            // "on days 4 and 18 or on day 6".
            let slots = self.out.entries.get(last).map(|entry| entry.slots.clone()).unwrap_or_default();
            self.again(last, at, Link::Or, Slots { days: Vec::new(), ..slots });
            let again = self.out.entries.len() - 1;
            self.put(again, at);
            return self.seen();
        }
        if taken
            && self.between.or
            && let What::Frequency(Frequency { every: Some(second), .. }) = what
        {
            // "every 2 weeks or every 4 weeks".
            for entry in self.out.entries.iter_mut().take(last + 1).skip(start) {
                if entry.slots.frequency.every.is_some() {
                    entry.slots.frequency.or_every = Some(second);
                }
            }
            return self.seen();
        }
        let alternative =
            self.between.or && matches!(what, What::Frequency(_) | What::Days(_) | What::Cycle(..));
        if taken && alternative {
            // "daily on days 1-14, or twice daily from day 2": another way to give the same; the first one stands.
            self.mute = Some(Mute::Doubt(self.brackets.len()));
            self.out.unread = true;
            return;
        }
        if taken && !(restated && matches!(what, What::Frequency(_))) {
            self.conflict(start, last, at, &what);
        }
        if matches!(what, What::Frequency(_) | What::Days(_) | What::OnOff(..) | What::DaysOf(..)) {
            self.trail = Some(self.trail.map_or(start, |trail| trail.min(start)));
        }
        self.seen();
    }

    /// A name or slot was read: what comes next is counted from it.
    fn seen(&mut self) {
        self.between = Between::default();
        self.last_is_pronoun = false;
    }

    /// Radiation has no cycles; a class that its members replace has nothing.
    fn skips(&self, index: usize, what: &What) -> bool {
        self.out.entries.get(index).is_none_or(|entry| {
            entry.dropped
                || entry.kind == NameKind::Radiation
                    && matches!(
                        what,
                        What::Cycles(_) | What::Cycle(..) | What::CycleMark(..) | What::Route(_)
                    )
        })
    }

    /// A slot behind "and" or "plus" and right before a name is that name's.
    fn belongs_to_next(&self, at: usize) -> bool {
        let adjective = matches!(self.what(at), Some(What::Route(_) | What::Frequency(_)));
        let counted = matches!(self.what(at), Some(What::Cycles(_) | What::Cycle(..) | What::Lasting(_)));
        let parted = self.between.joint() || self.between.give && adjective;
        if self.out.entries.is_empty() || !parted {
            return false;
        }
        let mut next = at + 1;
        let mut of = false;
        while let Some(what) = self.what(next) {
            match what {
                What::Of => of = true,
                What::Route(_) | What::Cycle(..) => {}
                What::Name(..) => return adjective || of && counted,
                _ => return false,
            }
            next += 1;
        }
        false
    }

    /// The first entry that a slot behind `last` is also said of.
    fn share_start(&self, what: &What, last: usize) -> usize {
        if matches!(what, What::Stop(_)) || self.until && matches!(what, What::Lasting(_)) {
            return self.sentence_start(last);
        }
        if self.last_is_pronoun && self.after_verb {
            return self.sentence_start(last);
        }
        let bracket = self.brackets.last().filter(|bracket| bracket.entry == Some(last));
        let mut start = last;
        while start > 0 {
            let (Some(entry), Some(before)) = (self.out.entries.get(start), self.out.entries.get(start - 1))
            else {
                break;
            };
            let joined = match entry.link {
                Link::Slash | Link::Or => true,
                // "A and B (day 1 of each cycle)": of both, where nothing else is said of them.
                Link::And => {
                    let bare = !entry.slots.any() && !before.slots.any();
                    let shared = self.trail.is_some_and(|trail| start > trail);
                    bracket.is_none() || !self.bracket_doses && (bare || shared)
                }
                // "on days 1 and 8 of cycle 1, then on day 1, in 28-day cycles": one treatment, one cycle.
                Link::Then => entry.name == before.name && matches!(what, What::Cycle(..)),
                Link::Apart => false,
            };
            if !joined || !self.shares(before, what, start - 1, entry.link == Link::Slash) {
                break;
            }
            start -= 1;
        }
        start
    }

    /// The first entry that is not parted from `last` by "then".
    fn sentence_start(&self, last: usize) -> usize {
        (0..=last)
            .rev()
            .find(|index| self.out.entries.get(*index).is_some_and(|entry| entry.link == Link::Then))
            .unwrap_or(0)
    }

    /// Whether an entry further back takes part in a slot.
    fn shares(&self, entry: &Entry, what: &What, index: usize, slashed: bool) -> bool {
        if entry.dropped {
            return true;
        }
        let again = self.out.entries.get(index + 1).is_some_and(|next| {
            next.name == entry.name
                && next.link != Link::Or
                && next.slots.route != entry.slots.route
                && !matches!(what, What::Cycle(..) | What::Cycles(_))
        });
        let lead = self.scheduled_by_lead() && matches!(what, What::Frequency(_) | What::Days(_));
        if again || lead {
            return false;
        }
        let in_trail = self.trail.is_some_and(|trail| index >= trail);
        let radiation = entry.kind == NameKind::Radiation;
        match what {
            What::Route(_) => {
                entry.slots.route.is_none()
                    && !radiation
                    && (in_trail
                        || self.after_verb
                        || slashed
                        || !entry.slots.any() && !self.lead_tells(what))
            }
            What::Infusion(_) => false,
            What::Frequency(_) | What::Days(_) | What::OnOff(..) | What::DaysOf(..) => {
                // An interval behind days is a cycle's length: said of all that have days and no cycle yet.
                let interval =
                    matches!(what, What::Frequency(f) if f.every.is_some_and(|every| every.days() >= 7.0));
                let waits = interval && !entry.slots.days.is_empty() && entry.slots.frequency.every.is_none();
                in_trail || (waits || !entry.slots.scheduled()) && entry.slots.cycle.is_none() && !radiation
            }
            What::Cycle(..) => {
                entry.slots.cycle.is_none() && (in_trail || !entry.slots.continuous()) || radiation
            }
            What::CycleMark(..) => entry.slots.mark.is_none() && (in_trail || !entry.slots.scheduled()),
            What::Cycles(_) => {
                let daily = entry.slots.continuous() && entry.slots.frequency.every.is_none();
                entry.slots.cycles.is_none() && (in_trail || !daily) || radiation
            }
            What::Lasting(_) => {
                entry.slots.lasting.is_none()
                    && (in_trail || !entry.slots.scheduled() && !entry.slots.bounded())
            }
            _ => false,
        }
    }

    /// A slot is taken: another course of the same treatment begins, or the text contradicts itself.
    fn conflict(&mut self, start: usize, last: usize, at: usize, what: &What) {
        let days = matches!(what, What::Days(_));
        let run = self.between.then
            || self.between.semicolon
            || (self.between.and || self.between.comma) && days && self.closed(last);
        let route_choice = self.between.or && matches!(what, What::Route(_));
        if route_choice {
            self.again(last, at, Link::Or, Slots::default());
            let again = self.out.entries.len() - 1;
            self.put(again, at);
            return;
        }
        if run {
            for index in start..=last {
                let Some(entry) = self.out.entries.get(index).filter(|entry| !entry.dropped) else {
                    continue;
                };
                let slots = Slots {
                    values: entry.slots.values.clone(),
                    unit: entry.slots.unit.clone(),
                    route: entry.slots.route,
                    infusion: entry.slots.infusion,
                    ..Slots::default()
                };
                self.again(index, at, if index == start { Link::Then } else { Link::And }, slots);
                let again = self.out.entries.len() - 1;
                self.put(again, at);
            }
            return;
        }
        if days && self.between.and && self.merge_days(start, last, what) {
            return;
        }
        for index in start..=last {
            if let Some(entry) = self.out.entries.get_mut(index) {
                entry.slots.conflicts |= Slots::bit(what);
            }
        }
    }

    /// Days were said and something of the cycle after them: further days are of another part of the treatment.
    fn closed(&self, last: usize) -> bool {
        self.out
            .entries
            .get(last)
            .is_some_and(|entry| entry.slots.cycle.is_some() || entry.slots.mark.is_some())
    }

    /// "on day 1 and on day 15": one list.
    fn merge_days(&mut self, start: usize, last: usize, what: &What) -> bool {
        let What::Days(more) = what else { return false };
        for entry in self.out.entries.iter_mut().take(last + 1).skip(start) {
            for day in more {
                if !entry.slots.days.contains(day) {
                    entry.slots.days.push(*day);
                }
            }
        }
        true
    }

    /// A slot in a sentence that names no treatment.
    fn nameless(&mut self, at: usize) {
        let Some(part) = self.parts.get(at) else { return };
        let before_any = self.subject.from_label || self.amount_in_sentence();
        if before_any {
            let near = if self.subject.from_label { NARROW_GAP } else { WIDEST_GAP };
            let plain = matches!(part.what, What::Route(_)) && self.between.words <= WIDEST_GAP;
            // "daily articles", "weekly emails": said of the noun behind it.
            let of_noun = matches!(part.what, What::Frequency(_))
                && self.parts.get(at + 1).is_some_and(|next| {
                    matches!(next.what, What::Other | What::Unknown) && next.first == part.end
                });
            if self.subject.from_label && (of_noun || self.words > WIDEST_GAP) {
                return;
            }
            if self.subject.name.is_some()
                && (self.between.words <= near || plain || self.amount_in_sentence())
                && self.implied(at).is_some()
            {
                self.slot(at);
            }
            return;
        }
        let plain = self.between.words == 0 || self.between.give && self.between.words <= 2;
        let safe = match &part.what {
            What::Cycle(..) | What::Stop(_) => true,
            What::CycleMark(..) => false,
            What::Cycles(_) | What::Lasting(_) => plain || self.until || self.last_is_pronoun,
            What::Frequency(_)
            | What::Days(_)
            | What::Route(_)
            | What::OnOff(..)
            | What::DaysOf(..)
            | What::Rest(_) => {
                plain && (self.between.give || self.last_is_pronoun || self.between.words == 0)
            }
            _ => false,
        };
        if safe && self.subject.name.is_some() && !self.last_is_pronoun {
            if self.implied(at).is_some() {
                self.slot(at);
            }
            return;
        }
        if !safe || self.out.general.put(&part.what) == Put::Taken {
            self.out.unread = true;
            return;
        }
        let (first, end) = self.out.general_span.unwrap_or((part.first, part.end));
        self.out.general_span = Some((first.min(part.first), end.max(part.end)));
    }

    fn amount_in_sentence(&self) -> bool {
        self.parts.iter().any(|part| matches!(part.what, What::Amount(_)))
    }

    /// Puts a part's value into an entry and the part's tokens into its span.
    fn put(&mut self, index: usize, at: usize) -> Put {
        let (Some(part), Some(entry)) = (self.parts.get(at), self.out.entries.get_mut(index)) else {
            return Put::None;
        };
        let put = entry.slots.put(&part.what);
        if put == Put::Done {
            entry.cover(part.first, part.end);
        }
        put
    }

    /// Gives what holds for the whole sentence to all its entries.
    fn finish(&mut self) {
        for entry in self.out.entries.iter().filter(|entry| entry.named && !entry.dropped) {
            if !self.out.mentioned.iter().any(|(name, _)| *name == entry.name) {
                self.out.mentioned.push((entry.name.clone(), entry.kind));
            }
        }
        let lead = std::mem::take(&mut self.lead);
        self.out.unread |= !lead.is_empty() || !self.pending.is_empty();
        let then = self.out.entries.iter().skip(1).position(|entry| entry.link == Link::Then);
        let until = then.map_or(self.out.entries.len(), |then| then + 1);
        for at in std::mem::take(&mut self.whole) {
            let Some(what) = self.what(at).cloned() else { continue };
            for index in 0..until {
                if !self.skips(index, &what) && self.takes_whole(index, &what) {
                    self.put(index, at);
                }
            }
        }
    }

    /// What stands before the first name already fills this slot.
    fn lead_tells(&self, what: &What) -> bool {
        self.whole.iter().any(|at| self.what(*at).is_some_and(|lead| Slots::bit(lead) == Slots::bit(what)))
    }

    /// What stands before the first name already says when.
    fn scheduled_by_lead(&self) -> bool {
        self.whole.iter().any(|at| matches!(self.what(*at), Some(What::Frequency(_) | What::Days(_))))
    }

    fn takes_whole(&self, index: usize, what: &What) -> bool {
        let Some(entry) = self.out.entries.get(index) else { return false };
        match what {
            What::Days(_) | What::Frequency(_) => !entry.slots.scheduled(),
            What::Cycles(_) => entry.slots.cycles.is_none(),
            What::Cycle(..) => !entry.slots.continuous(),
            _ => true,
        }
    }
}
