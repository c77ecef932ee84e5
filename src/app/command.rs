//! Everything that can be done with a key, as one table: name, description, and where it applies.
//!
//! Dispatch, help, the palette and the hints of the status line are all made from [`COMMANDS`] and the keymap.

/// Where a command applies. More than one place can hold at a time; the innermost one that knows the key wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// Wherever the person is.
    Everywhere,
    /// Wherever there are rows or lines to move over.
    Moving,
    /// On a trial in the list.
    List,
    /// In a detail pane.
    Detail,
    /// On a sheet of the desk, or in the list of them.
    Desk,
    /// On the calendar.
    Dates,
    /// In the comparison.
    Comparing,
    /// With one patient and many trials.
    Patient,
    /// Among the findings.
    Findings,
    /// In a menu or another layer over the panes that is not typed into.
    Menu,
    /// In the side list of facets.
    Facets,
    /// In the finder, besides what typing does.
    Finding,
    /// In a line that is being typed.
    Typing,
}

impl Place {
    /// The heading above its commands in the help.
    pub fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Moving => "Moving",
            Self::List => "On a trial in the list",
            Self::Detail => "In a detail pane",
            Self::Desk => "In pre-screening",
            Self::Dates => "On the calendar",
            Self::Comparing => "In the comparison",
            Self::Patient => "One patient, many trials",
            Self::Findings => "In the findings",
            Self::Menu => "In a menu",
            Self::Facets => "Among the facets",
            Self::Finding => "In the finder",
            Self::Typing => "While typing",
        }
    }
}

macro_rules! commands {
    ($( $command:ident, $name:literal, $places:expr, $hint:literal, $what:literal; )*) => {
        /// What a key can do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command {
            $( #[doc = $what] $command, )*
        }

        /// The command table, in the order of the help.
        pub const COMMANDS: &[CommandInfo] = &[
            $( CommandInfo { command: Command::$command, name: $name, places: $places, hint: $hint, what: $what }, )*
        ];
    };
}

/// One row of the command table.
#[derive(Clone, Copy, Debug)]
pub struct CommandInfo {
    /// The command.
    pub command: Command,
    /// Its name in the configuration and in the palette.
    pub name: &'static str,
    /// Where it applies.
    pub places: &'static [Place],
    /// One or two words for the status line.
    pub hint: &'static str,
    /// One line for the help.
    pub what: &'static str,
}

use Place::{
    Comparing, Dates, Desk, Detail, Everywhere, Facets, Finding, Findings, List, Menu, Moving, Patient,
    Typing,
};

commands! {
    Quit, "quit", &[Everywhere], "quit", "Quit";
    Help, "help", &[Everywhere], "help", "Show the keys that work here";
    Guide, "guide", &[Everywhere], "guide", "A guide of a minute: it says which key to try, and waits for it";
    Palette, "palette", &[Everywhere], "commands", "Find a command by its name, description or key";
    Finder, "finder", &[Everywhere], "find", "Find anything that is open: trials, drugs, arms, endpoints, criteria, sites";
    Search, "search", &[Everywhere], "filter", "Filter the list, the criteria or the sites; find in the other panes";
    Back, "back", &[Everywhere], "back", "Back out of the innermost thing; last of all cancel loading";
    NextPane, "next-pane", &[Everywhere], "next pane", "From the list to the detail, then from pane to pane";
    PreviousPane, "previous-pane", &[Everywhere], "previous pane", "The same the other way round";
    Overview, "overview", &[Everywhere], "overview", "Overview: what the trial is";
    Arms, "arms", &[Everywhere], "arms", "Arms: who gets what";
    Endpoints, "endpoints", &[Everywhere], "endpoints", "Endpoints: what is measured";
    Schedule, "schedule", &[Everywhere], "schedule", "Schedule: what happens when";
    Eligibility, "eligibility", &[Everywhere], "eligibility", "Eligibility: who may enter";
    Sites, "sites", &[Everywhere], "sites", "Sites: where, and whom to ask";
    Record, "record", &[Everywhere], "record", "Record: every field as it came";
    Zoom, "zoom", &[Everywhere], "zoom", "Give the focused pane the whole screen, or take it back";
    Narrower, "narrower", &[Everywhere], "narrower", "Make the list narrower";
    Wider, "wider", &[Everywhere], "wider", "Make the list wider";
    Copy, "copy", &[Everywhere], "copy", "Choose what to copy: id, citation, cell, row, section, the whole trial";
    GoBack, "go-back", &[Everywhere], "back to", "Back to the place before this one";
    GoForward, "go-forward", &[Everywhere], "forward", "Forward again to the place that was gone back from";
    Bookmark, "bookmark", &[List, Detail], "mark", "Mark the trial, or the row of it, or take the mark away";
    Bookmarks, "bookmarks", &[List, Detail], "bookmarks", "Go to something that was marked";
    OpenPage, "open-page", &[List, Detail], "registry page", "Show the address of the record's page in its registry, to open or copy it";
    View, "view", &[List, Detail], "pager", "Read the record in your own pager or editor ($PAGER, $VISUAL, $EDITOR)";
    NewTab, "new-tab", &[List, Detail, Typing], "new tab", "Open a tab with the query that is shown, or with the one that is typed";
    CloseTab, "close-tab", &[List, Detail], "close tab", "Close the tab";
    NextTab, "next-tab", &[List, Detail], "next tab", "To the next tab";
    PreviousTab, "previous-tab", &[List, Detail], "previous tab", "To the tab before";
    Tabs, "tabs", &[List, Detail], "tabs", "Go to a tab by its number";
    Problems, "problems", &[Everywhere], "problems", "Show what could not be read";
    Mouse, "mouse", &[Everywhere], "mouse", "Take the mouse, or leave it to the terminal to select text";
    Redraw, "redraw", &[Everywhere], "redraw", "Draw the screen anew";
    Suspend, "suspend", &[Everywhere], "suspend", "Stop and give the shell back; fg resumes";
    Down, "down", &[Moving, Menu], "down", "One row down";
    Up, "up", &[Moving, Menu], "up", "One row up";
    Left, "left", &[Moving], "to the list", "To the list";
    Right, "right", &[Moving], "to the detail", "To the detail";
    Top, "top", &[Moving, Menu], "top", "To the first row";
    Bottom, "bottom", &[Moving, Menu], "end", "To the last row";
    PageDown, "page-down", &[Moving, Menu], "page down", "A page down";
    PageUp, "page-up", &[Moving, Menu], "page up", "A page up";
    HalfDown, "half-down", &[Moving, Menu], "half down", "Half a page down";
    HalfUp, "half-up", &[Moving, Menu], "half up", "Half a page up";
    Open, "open", &[List], "open", "Open the trial";
    Tick, "tick", &[List, Facets], "tick", "Tick the trial, or take the tick away; among the facets choose a value";
    Facets, "facets", &[List, Facets], "facets", "Narrow the list by status, phase, country, sponsor or kind of endpoint, with how many trials have each";
    Coverage, "coverage", &[List], "how much was read", "Show beside each trial how much of its dosing and assessments was read, or not";
    Sort, "sort", &[List, Detail], "sort", "Sort by a column, the same again turns it round; endpoints by role, kind or time";
    Compare, "compare", &[List, Detail], "compare", "Compare the ticked trials side by side";
    NextMatch, "next-match", &[Detail], "next match", "Next match of what was searched";
    PreviousMatch, "previous-match", &[Detail], "previous match", "Previous match";
    NextTrial, "next-trial", &[Detail, Findings], "next trial", "Next trial of the list, same pane";
    PreviousTrial, "previous-trial", &[Detail, Findings], "previous trial", "Previous trial of the list, same pane";
    PreScreen, "pre-screen", &[List, Detail], "pre-screen", "Pre-screening: a sheet of the criteria as questions";
    Match, "match", &[List, Detail, Patient], "patient", "One patient, many trials: type the facts";
    AcceptReading, "accept-reading", &[Detail], "accept", "Second reader: what was read of the row is right";
    CorrectReading, "correct-reading", &[Detail], "correct", "Second reader: correct what was read of the row, reject it, or take a verdict back";
    Findings, "findings", &[List, Detail, Findings], "findings", "What a careful reader would query in the record";
    Only, "only", &[Detail, Desk], "only", "Eligibility: only items with limits. Sites: only those that recruit. Pre-screening: only what is open";
    NextTag, "next-tag", &[Detail], "next tag", "Eligibility: only items about one thing, then about the next";
    Calendar, "calendar", &[List, Detail, Dates], "calendar", "The trial's schedule on dates from a start, or from another start";
    XRay, "x-ray", &[Detail], "x-ray", "Schedule: the record's prose with what was read of it, or the grids again";
    Source, "source", &[Detail, Dates, Comparing, Patient, Findings, Desk], "source", "Show the words a row was read from, in their text";
    Met, "met", &[Desk], "met", "What the criterion says is so";
    NotMet, "not-met", &[Desk], "not met", "What it says is not so";
    NotKnown, "not-known", &[Desk], "open", "Not known: the question is open again";
    NotApplicable, "not-applicable", &[Desk], "n/a", "It does not concern this patient";
    Value, "value", &[Desk], "value", "Enter a value for the criterion's limit";
    Note, "note", &[Desk, List, Detail], "note", "Write a note on the criterion, or on the trial";
    NextOpen, "next-open", &[Desk], "next open", "To the next question that is open";
    Undo, "undo", &[List, Detail, Desk, Dates, Comparing], "undo", "Take the last change back: a tick, the order, a note, a bookmark, a tab, an answer, a moved visit, the comparison's columns";
    Renew, "renew", &[Desk], "new text", "Take the record's new text; answers to unchanged words stay";
    Export, "export", &[List, Detail, Desk, Dates, Comparing], "export", "Write what is on the screen to a file: text, Markdown, CSV, JSON, a picture; on a sheet or the calendar, theirs";
    Delete, "delete", &[Desk], "delete", "Delete the sheet, when asked again";
    MoreCycles, "more-cycles", &[Dates], "more cycles", "Draw one cycle (or dose) more";
    FewerCycles, "fewer-cycles", &[Dates], "fewer", "Draw one cycle (or dose) fewer";
    VisitLater, "visit-later", &[Dates], "visit a day later", "Move the visit a day later, and what is counted from it";
    VisitEarlier, "visit-earlier", &[Dates], "earlier", "Move the visit a day earlier, and what is counted from it";
    CountFrom, "count-from", &[Dates], "count from plan or visit", "Count later cycles from the actual visit, or from the plan";
    ExportEvents, "export-events", &[Dates], "export for a calendar", "Write the dates to a file for calendar programs (ICS)";
    NextDifference, "next-difference", &[Comparing], "next difference", "To the next row that differs";
    PreviousDifference, "previous-difference", &[Comparing], "previous difference", "To the row before that differs";
    Differences, "differences", &[Comparing], "differences", "Show only the rows that differ, or all of them";
    Baseline, "baseline", &[Comparing], "baseline", "Tell the other columns against this one, or against the first again";
    ColumnLeft, "column-left", &[Comparing], "move left", "Move the column to the left";
    ColumnRight, "column-right", &[Comparing], "move right", "Move the column to the right";
    AddColumn, "add-column", &[Comparing], "add", "Add a trial";
    RemoveColumn, "remove-column", &[Comparing], "remove", "Take the column away";
    NextKind, "next-kind", &[Finding], "next kind", "Show the next kind of rows alone, or all kinds again";
    PreviousKind, "previous-kind", &[Finding], "previous kind", "The same the other way round";
    AcceptStay, "accept-and-stay", &[Finding], "open and stay", "Open the row's pane behind the finder, and stay";
    Accept, "accept", &[Menu, Typing], "accept", "Take what is chosen or typed";
    Complete, "complete", &[Typing], "complete", "Complete the field or its value; again for the next that fits";
    HistoryBack, "history-back", &[Typing], "earlier search", "What was searched before";
    HistoryForward, "history-forward", &[Typing], "later search", "What was searched after that";
    ResultDown, "result-down", &[Typing], "next result", "Next result";
    ResultUp, "result-up", &[Typing], "previous result", "Previous result";
    Erase, "erase", &[Typing], "erase", "Erase the letter before the cursor";
    EraseWord, "erase-word", &[Typing], "erase word", "Erase the word before the cursor";
    EraseForward, "erase-forward", &[Typing], "erase forward", "Erase the letter behind the cursor";
    Clear, "clear", &[Typing], "clear", "Erase everything";
    CursorLeft, "cursor-left", &[Typing], "left", "One letter to the left";
    CursorRight, "cursor-right", &[Typing], "right", "One letter to the right";
    CursorStart, "cursor-start", &[Typing], "start", "To the start of the line";
    CursorEnd, "cursor-end", &[Typing], "end", "To the end of the line";
}

impl Command {
    /// Its row in the table.
    pub fn info(self) -> Option<&'static CommandInfo> {
        COMMANDS.iter().find(|info| info.command == self)
    }

    /// The command of that name.
    pub fn named(name: &str) -> Option<Self> {
        COMMANDS.iter().find(|info| info.name == name).map(|info| info.command)
    }
}
