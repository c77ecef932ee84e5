//! The panes of the detail side, by number.

use super::command::Command;

/// A pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pane {
    /// What the trial is.
    #[default]
    Overview,
    /// Who gets what.
    Arms,
    /// What is measured.
    Endpoints,
    /// What happens when.
    Schedule,
    /// Who may enter.
    Eligibility,
    /// Where, and whom to ask.
    Sites,
    /// Every field as it came.
    Record,
}

impl Pane {
    /// All of them, in order.
    pub const ALL: [Self; 7] = [
        Self::Overview,
        Self::Arms,
        Self::Endpoints,
        Self::Schedule,
        Self::Eligibility,
        Self::Sites,
        Self::Record,
    ];

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Arms => "Arms",
            Self::Endpoints => "Endpoints",
            Self::Schedule => "Schedule",
            Self::Eligibility => "Eligibility",
            Self::Sites => "Sites",
            Self::Record => "Record",
        }
    }

    /// Its title in a few letters.
    pub fn short(self) -> &'static str {
        match self {
            Self::Overview => "Over",
            Self::Arms => "Arms",
            Self::Endpoints => "Ends",
            Self::Schedule => "Sched",
            Self::Eligibility => "Elig",
            Self::Sites => "Sites",
            Self::Record => "Rec",
        }
    }

    /// Its place among the panes, from 0.
    pub fn index(self) -> usize {
        Self::ALL.iter().position(|pane| *pane == self).unwrap_or_default()
    }

    /// The pane that a command goes to.
    pub fn of_command(command: Command) -> Option<Self> {
        Some(match command {
            Command::Overview => Self::Overview,
            Command::Arms => Self::Arms,
            Command::Endpoints => Self::Endpoints,
            Command::Schedule => Self::Schedule,
            Command::Eligibility => Self::Eligibility,
            Command::Sites => Self::Sites,
            Command::Record => Self::Record,
            _ => return None,
        })
    }

    /// The pane `steps` further on, round and round.
    #[must_use]
    pub fn step(self, steps: isize) -> Self {
        let count = Self::ALL.len();
        let index = self.index().saturating_add(count).saturating_add_signed(steps) % count;
        Self::ALL.get(index).copied().unwrap_or_default()
    }
}
