//! The guide of a minute: steps that wait for the person's own keys on the real screens. What they say, and until when they
//! wait, stands in `assets/guide.toml`.

use serde::Deserialize;

use super::command::Command;
use super::layer::{Layer, SheetKind};
use super::model::{Focus, Model};
use super::pane::Pane;
use super::styled::{Styled, Tone};
use super::wrap;

/// Lines of a step's words at most.
const MOST_LINES: usize = 4;
/// Keys after which an offer that nobody has answered goes.
const PATIENCE: u8 = 12;

/// The guide on the screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Guide {
    /// It is offered, for so many more keys.
    Offered(u8),
    /// A step waits.
    At {
        /// Which one.
        step: usize,
        /// Where the person was when it began.
        place: Place,
    },
}

/// Where the person is, to tell that they moved.
pub type Place = (usize, usize, Pane, Focus);

/// The guide's words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// What is offered.
    pub offer: String,
    /// The steps, in order.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

/// A step.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What it says.
    pub say: String,
    /// Until when it waits.
    pub until: Until,
}

/// What a step waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Until {
    /// The cursor has moved.
    Moved,
    /// A trial is open.
    Detail,
    /// Its schedule is shown.
    Schedule,
    /// The words behind a row are shown.
    Words,
    /// The person is in the list.
    List,
    /// The list is filtered.
    Filter,
    /// It is not, any more.
    All,
    /// Two trials are ticked.
    TwoTicked,
    /// Trials stand side by side.
    Comparison,
    /// The keys are shown.
    Help,
}

impl Until {
    /// Whether it has come about.
    pub fn is_so(self, model: &Model, began: Place) -> bool {
        let top = model.layers.last();
        let bare = model.layers.is_empty();
        let sheet = |kind: SheetKind| matches!(top, Some(Layer::Sheet(sheet)) if sheet.kind == kind);
        match self {
            Self::Moved => bare && place(model) != began,
            Self::Detail => bare && model.focus == Focus::Detail,
            Self::Schedule => bare && model.focus == Focus::Detail && model.detail.pane == Pane::Schedule,
            Self::Words => sheet(SheetKind::Source),
            Self::List => bare && model.focus == Focus::List,
            Self::Filter => bare && !model.list.filter.is_empty(),
            Self::All => bare && model.list.filter.is_empty(),
            Self::TwoTicked => bare && model.list.ticked.len() > 1,
            Self::Comparison => matches!(top, Some(Layer::Comparing(_))),
            Self::Help => sheet(SheetKind::Help),
        }
    }
}

impl Script {
    /// The script that ships with the program.
    pub fn standard() -> Self {
        toml::from_str(include_str!("../../assets/guide.toml")).unwrap_or_default()
    }
}

impl Guide {
    /// An offer.
    pub fn offer() -> Self {
        Self::Offered(PATIENCE)
    }
}

/// Where the person is.
pub fn place(model: &Model) -> Place {
    (model.list.cursor, model.detail.position().cursor, model.detail.pane, model.focus)
}

/// How far the guide is: which step of how many. None while it is only offered.
pub fn progress(model: &Model) -> Option<(usize, usize)> {
    match model.guide {
        Some(Guide::At { step, .. }) => Some((step + 1, model.script.steps.len())),
        _ => None,
    }
}

/// What it says now, with the keys as they are bound.
pub fn words(model: &Model) -> Styled {
    match &model.guide {
        None => Styled::default(),
        Some(Guide::Offered(_)) if !model.layers.is_empty() => Styled::default(),
        Some(Guide::Offered(_)) => with_keys(model, &model.script.offer),
        Some(Guide::At { step, .. }) => {
            model.script.steps.get(*step).map(|step| with_keys(model, &step.say)).unwrap_or_default()
        }
    }
}

/// A text with the keys of the commands that stand in braces.
fn with_keys(model: &Model, text: &str) -> Styled {
    let mut told = Styled::default();
    let mut rest = text;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        told.push(before, Tone::Plain);
        let key = Command::named(name).map(|command| model.keymap.first(command)).unwrap_or_default();
        // A command that no key is left for is found in the palette.
        let key = if key.is_empty() { format!(":{name}") } else { key };
        told.push(key, Tone::Key);
        rest = after;
    }
    told.with(rest, Tone::Plain)
}

/// Lines it takes on a screen of so many columns: its head, and the words of its longest step, so that nothing moves from
/// step to step.
pub fn height(model: &Model, width: u16) -> u16 {
    let lines = |text: &str| wrap::wrap(with_keys(model, text).text(), room(width)).len().min(MOST_LINES);
    let lines = match model.guide {
        None => 0,
        // Its Esc would not be the one of what lies over the panes.
        Some(Guide::Offered(_)) if !model.layers.is_empty() => 0,
        Some(Guide::Offered(_)) => lines(&model.script.offer),
        Some(Guide::At { .. }) => {
            1 + model.script.steps.iter().map(|step| lines(&step.say)).max().unwrap_or_default()
        }
    };
    u16::try_from(lines).unwrap_or_default()
}

/// Columns for its words.
pub fn room(width: u16) -> usize {
    usize::from(width.saturating_sub(2).clamp(1, 100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_sound_and_every_command_in_it_is_one() {
        let script: Script = toml::from_str(include_str!("../../assets/guide.toml")).expect("a script");
        assert!(script.steps.len() > 5);
        for text in script.steps.iter().map(|step| &step.say).chain([&script.offer]) {
            for name in text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
            {
                assert!(Command::named(name).is_some(), "{name}: {text}");
            }
        }
    }
}
