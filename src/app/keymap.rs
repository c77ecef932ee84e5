//! Which key does what where: read from the configuration, shared by dispatch, help, palette and hints.

use std::collections::HashMap;

use super::command::{COMMANDS, Command, Place};
use super::key::Key;
use crate::config;

/// The keys of every command.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    keys: HashMap<Command, Vec<Key>>,
    by_key: HashMap<(Place, Key), Command>,
}

impl Keymap {
    /// The keymap that ships with the program.
    pub fn standard() -> Self {
        Self::read(config::DEFAULT).0
    }

    /// Reads the `[keys]` table of a configuration. What is wrong is told, line by line, and left out.
    pub fn read(text: &str) -> (Self, Vec<String>) {
        let mut map = Self::default();
        let mut faults = Vec::new();
        let table = match text.parse::<toml::Table>() {
            Ok(table) => table,
            Err(error) => return (map, vec![error.to_string()]),
        };
        let keys = table.get("keys").and_then(toml::Value::as_table);
        for (name, value) in keys.into_iter().flatten() {
            match Command::named(name) {
                Some(command) => map.bind_all(command, value, &mut faults),
                None => faults.push(format!("keys.{name}: there is no command of that name")),
            }
        }
        (map, faults)
    }

    fn bind_all(&mut self, command: Command, value: &toml::Value, faults: &mut Vec<String>) {
        let name = command.info().map_or("", |info| info.name);
        let Some(list) = value.as_array() else {
            faults.push(format!("keys.{name}: a list of keys is needed, such as [\"j\", \"down\"]"));
            return;
        };
        for key in list {
            match key.as_str().map(Key::parse) {
                Some(Ok(key)) => {
                    if let Err(fault) = self.bind(command, key) {
                        faults.push(format!("keys.{name}: {fault}"));
                    }
                }
                Some(Err(fault)) => faults.push(format!("keys.{name}: {fault}")),
                None => faults.push(format!("keys.{name}: a key is written in quotes")),
            }
        }
    }

    /// Gives a command one more key.
    ///
    /// # Errors
    /// When the key already does something else in one of the command's places.
    pub fn bind(&mut self, command: Command, key: Key) -> Result<(), String> {
        let places = command.info().map_or(&[][..], |info| info.places);
        for place in places {
            if let Some(other) = self.by_key.get(&(*place, key)).filter(|other| **other != command) {
                let other = other.info().map_or("", |info| info.name);
                return Err(format!("`{key}` is already the key of `{other}`"));
            }
        }
        for place in places {
            self.by_key.insert((*place, key), command);
        }
        let keys = self.keys.entry(command).or_default();
        if !keys.contains(&key) {
            keys.push(key);
        }
        Ok(())
    }

    /// What a key does, asked from the innermost place outwards.
    pub fn command(&self, places: &[Place], key: Key) -> Option<Command> {
        places.iter().find_map(|place| self.by_key.get(&(*place, key)).copied())
    }

    /// The keys of a command, in the configuration's order.
    pub fn keys(&self, command: Command) -> &[Key] {
        self.keys.get(&command).map_or(&[], Vec::as_slice)
    }

    /// The command's first key as it is shown, or nothing.
    pub fn first(&self, command: Command) -> String {
        self.keys(command).first().map(Key::to_string).unwrap_or_default()
    }

    /// Every command of a place with its keys as they are shown, in the table's order.
    pub fn of_place(&self, place: Place) -> impl Iterator<Item = (&'static super::CommandInfo, String)> + '_ {
        COMMANDS.iter().filter(move |info| info.places.first() == Some(&place)).map(|info| {
            let keys: Vec<String> = self.keys(info.command).iter().map(Key::to_string).collect();
            (info, keys.join(" "))
        })
    }
}
