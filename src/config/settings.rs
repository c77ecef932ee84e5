//! What a configuration file says, with the lines it stands on.
//!
//! Here it is read and its shape is checked; what a key, a command or a colour is, `app` and `ui` say. A fault never
//! stops the rest: all are told at once, each with its line and what to do.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and the line it stands on, the first being 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Its line.
    pub line: usize,
}

/// Something in a configuration file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Its line, where it has one.
    pub line: Option<usize>,
    /// What is wrong, and what to do.
    pub reason: String,
}

impl Wrong {
    /// A fault on a line.
    pub fn at(line: usize, reason: impl Into<String>) -> Self {
        Self { line: Some(line), reason: reason.into() }
    }
}

/// The keys a file gives to a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The command's name.
    pub command: At<String>,
    /// Its keys as they are written; none takes them away.
    pub keys: Vec<At<String>>,
}

/// The looks a file gives to a theme: its name, and looks by the name of what they are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colors {
    /// The theme.
    pub theme: At<String>,
    /// Name and look as it is written.
    pub styles: Vec<(String, At<String>)>,
}

/// A theme, or one for a dark background and one for a light one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThemeName {
    /// This one.
    One(At<String>),
    /// One of the two, as the terminal's background is.
    ByBackground {
        /// On a dark background.
        dark: At<String>,
        /// On a light one.
        light: At<String>,
    },
}

/// What a file says. What it does not speak of is `None` or empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The keymap to begin with.
    pub keymap: Option<At<String>>,
    /// The theme.
    pub theme: Option<ThemeName>,
    /// Whether there are colours.
    pub color: Option<At<String>>,
    /// Draw with ASCII characters only.
    pub ascii: Option<bool>,
    /// Take the mouse at the start.
    pub mouse: Option<bool>,
    /// Begin where the person was when the same files were open last.
    pub session: Option<bool>,
    /// For how many days a pre-screening sheet is kept before the program asks to delete it.
    pub keep_sheets: Option<u16>,
    /// Keys of commands.
    pub keys: Vec<Binding>,
    /// Looks of themes.
    pub colors: Vec<Colors>,
}

/// The longest time that sheets may be kept, in days: ten years.
const LONGEST_KEPT: u16 = 3652;

/// The options: everything a file may say besides keys and colours.
pub const OPTIONS: &[&str] = &["keymap", "theme", "color", "ascii", "mouse", "session", "keep-sheets"];

impl Settings {
    /// Reads a configuration, and tells everything in it that cannot be used, in the order of the lines.
    pub fn read(text: &str) -> (Self, Vec<Wrong>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut reader = Reader { text, wrong: Vec::new() };
        for error in errors {
            let line = error.span().map(|span| reader.line(span.start));
            let reason = format!("this is no TOML: {}", error.message().trim_end());
            reader.wrong.push(Wrong { line, reason });
        }
        let mut settings = Self::default();
        for (name, value) in table.get_ref() {
            reader.setting(&mut settings, name, value);
        }
        // The parser's table is in the order of names.
        settings.keys.sort_by_key(|binding| binding.command.line);
        reader.wrong.sort_by_key(|wrong| wrong.line);
        reader.wrong.dedup();
        (settings, reader.wrong)
    }
}

type Name<'i> = Spanned<std::borrow::Cow<'i, str>>;
type Value<'i> = Spanned<DeValue<'i>>;

struct Reader<'t> {
    text: &'t str,
    wrong: Vec<Wrong>,
}

impl Reader<'_> {
    fn line(&self, at: usize) -> usize {
        self.text.get(..at).map_or(1, |before| before.matches('\n').count() + 1)
    }

    fn tell(&mut self, at: usize, reason: String) {
        let line = self.line(at);
        self.wrong.push(Wrong::at(line, reason));
    }

    fn setting(&mut self, settings: &mut Settings, name: &Name<'_>, value: &Value<'_>) {
        match name.get_ref().as_ref() {
            "keymap" => settings.keymap = self.text("keymap", value),
            "theme" => settings.theme = self.theme(value),
            "color" => settings.color = self.text("color", value),
            "ascii" => settings.ascii = self.switch("ascii", value),
            "mouse" => settings.mouse = self.switch("mouse", value),
            "session" => settings.session = self.switch("session", value),
            "keep-sheets" => settings.keep_sheets = self.days("keep-sheets", value),
            "keys" => settings.keys = self.keys(value),
            "colors" => settings.colors = self.colors(value),
            other => {
                let known = OPTIONS.join(", ");
                let reason =
                    format!("{other}: there is no such option; there are {known}, [keys] and [colors.…]");
                self.tell(name.span().start, reason);
            }
        }
    }

    fn text(&mut self, name: &str, value: &Value<'_>) -> Option<At<String>> {
        let Some(text) = value.get_ref().as_str() else {
            self.tell(value.span().start, format!("{name}: a text in quotes is needed"));
            return None;
        };
        Some(At { value: text.to_owned(), line: self.line(value.span().start) })
    }

    fn switch(&mut self, name: &str, value: &Value<'_>) -> Option<bool> {
        let switch = value.get_ref().as_bool();
        if switch.is_none() {
            self.tell(value.span().start, format!("{name}: true or false is needed, without quotes"));
        }
        switch
    }

    /// A number of days.
    fn days(&mut self, name: &str, value: &Value<'_>) -> Option<u16> {
        let number = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
        let days = number.filter(|days| (1..=LONGEST_KEPT).contains(days));
        if days.is_none() {
            let reason =
                format!("{name}: a number of days from 1 to {LONGEST_KEPT} is needed, without quotes");
            self.tell(value.span().start, reason);
        }
        days
    }

    fn theme(&mut self, value: &Value<'_>) -> Option<ThemeName> {
        let Some(table) = value.get_ref().as_table() else {
            return self.text("theme", value).map(ThemeName::One);
        };
        let (mut dark, mut light) = (None, None);
        for (name, value) in table {
            match name.get_ref().as_ref() {
                "dark" => dark = self.text("theme.dark", value),
                "light" => light = self.text("theme.light", value),
                other => {
                    self.tell(name.span().start, format!("theme.{other}: only dark and light are known"))
                }
            }
        }
        if let (Some(dark), Some(light)) = (dark, light) {
            return Some(ThemeName::ByBackground { dark, light });
        }
        let reason = "theme: a name is needed, or one for each background: { dark = \"…\", light = \"…\" }";
        self.tell(value.span().start, reason.to_owned());
        None
    }

    fn keys(&mut self, value: &Value<'_>) -> Vec<Binding> {
        let Some(table) = value.get_ref().as_table() else {
            self.tell(
                value.span().start,
                "keys: a table is needed: a line [keys], then command = [\"key\"]".to_owned(),
            );
            return Vec::new();
        };
        let bindings = table.iter().map(|(name, value)| Binding {
            command: At { value: name.get_ref().to_string(), line: self.line(name.span().start) },
            keys: self.keys_of(name.get_ref(), value),
        });
        bindings.collect()
    }

    /// One key in quotes, or a list of them.
    fn keys_of(&mut self, command: &str, value: &Value<'_>) -> Vec<At<String>> {
        let list = match value.get_ref() {
            DeValue::Array(list) => list.iter().collect(),
            _ => vec![value],
        };
        let mut keys = Vec::new();
        for key in list {
            match key.get_ref().as_str() {
                Some(text) => keys.push(At { value: text.to_owned(), line: self.line(key.span().start) }),
                None => {
                    let reason =
                        format!("keys.{command}: keys are written in quotes, such as [\"j\", \"down\"]");
                    self.tell(key.span().start, reason);
                }
            }
        }
        keys
    }

    fn colors(&mut self, value: &Value<'_>) -> Vec<Colors> {
        let Some(themes) = value.get_ref().as_table() else {
            self.tell(
                value.span().start,
                "colors: a table for a theme is needed: [colors.terminal]".to_owned(),
            );
            return Vec::new();
        };
        let mut all = Vec::new();
        for (theme, value) in themes {
            let Some(table) = value.get_ref().as_table() else {
                let reason = format!(
                    "colors.{0}: a table is needed: [colors.terminal], then {0} = …",
                    theme.get_ref()
                );
                self.tell(theme.span().start, reason);
                continue;
            };
            let path = |name: &str| format!("colors.{}.{name}", theme.get_ref());
            let styles = table.iter().filter_map(|(name, value)| {
                let style = self.text(&path(name.get_ref()), value)?;
                Some((name.get_ref().to_string(), style))
            });
            let styles = styles.collect();
            let theme = At { value: theme.get_ref().to_string(), line: self.line(theme.span().start) };
            all.push(Colors { theme, styles });
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_read_with_its_line() {
        let (settings, wrong) = Settings::read(
            "keep-sheets = 30\nkeymap = 'emacs'\ntheme = { dark = 'dark', light = 'light' }\nascii = true\n[keys]\nzoom = 'Z'\n\
             quit = [\n  'q',\n  'ctrl-c',\n]\n[colors.dark]\nwarn = '#ffcc00 bold'\n",
        );
        assert_eq!(wrong, []);
        assert_eq!(settings.keymap, Some(At { value: "emacs".to_owned(), line: 2 }));
        assert_eq!(settings.keep_sheets, Some(30));
        assert!(matches!(settings.theme, Some(ThemeName::ByBackground { .. })));
        assert_eq!((settings.ascii, settings.mouse), (Some(true), None));
        let keys: Vec<(&str, usize, Vec<usize>)> = settings
            .keys
            .iter()
            .map(|b| (b.command.value.as_str(), b.command.line, b.keys.iter().map(|key| key.line).collect()))
            .collect();
        assert_eq!(keys, [("zoom", 6, vec![6]), ("quit", 7, vec![8, 9])]);
        assert_eq!(settings.colors[0].theme.value, "dark");
        assert_eq!(settings.colors[0].styles[0].1, At { value: "#ffcc00 bold".to_owned(), line: 12 });
    }

    #[test]
    fn every_fault_is_told_at_once_with_its_line_and_the_rest_is_used() {
        let (settings, wrong) = Settings::read(
            "mouse = 'yes'\ntheme = { dark = 'dark' }\nfont = 'large'\nascii = true\nkeymap = \n[keys]\nhelp = [7]\n\
             quit = ['q'\n",
        );
        let told: Vec<(Option<usize>, &str)> = wrong
            .iter()
            .map(|wrong| (wrong.line, wrong.reason.split(':').next().unwrap_or_default()))
            .collect();
        assert_eq!(
            told,
            [
                (Some(1), "mouse"),
                (Some(2), "theme"),
                (Some(3), "font"),
                (Some(5), "this is no TOML"),
                (Some(7), "keys.help"),
                (Some(8), "this is no TOML"),
            ],
            "{wrong:#?}"
        );
        assert_eq!(settings.ascii, Some(true));
    }

    #[test]
    fn sheets_are_kept_for_a_number_of_days() {
        for (value, days, faults) in
            [("1", Some(1), 0), ("3652", Some(3652), 0), ("0", None, 1), ("'30'", None, 1), ("-5", None, 1)]
        {
            let (settings, wrong) = Settings::read(&format!("keep-sheets = {value}"));
            assert_eq!((settings.keep_sheets, wrong.len()), (days, faults), "{value}: {wrong:?}");
        }
    }
}
