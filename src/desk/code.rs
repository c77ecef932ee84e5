//! Code words: what stands for a patient on a sheet, and what had better not.

/// What a code word looks like that it should not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resembles {
    /// A date, such as a date of birth.
    Date,
    /// A person's name.
    Name,
}

impl Resembles {
    /// What is told the person, who decides.
    pub fn words(self) -> &'static str {
        match self {
            Self::Date => "looks like a date: a code word should tell nobody who it is; Enter takes it",
            Self::Name => "looks like a name: a code word should tell nobody who it is; Enter takes it",
        }
    }
}

/// What a code word looks like: `None` is as it should be.
pub fn resembles(code: &str) -> Option<Resembles> {
    let groups = code.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    let digits: Vec<usize> = groups.map(str::len).collect();
    let long = code.chars().filter(char::is_ascii_digit).count();
    if (digits.len() == 3 && (4..=8).contains(&long)) || (digits == [8] && long == code.trim().len()) {
        return Some(Resembles::Date);
    }
    let words: Vec<&str> =
        code.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
    let capital = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.all(|c| c.is_lowercase() || c == '.' || c == '-')
    };
    (words.len() >= 2 && words.iter().all(capital)).then_some(Resembles::Name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_dates_are_told_from_code_words() {
        for code in ["heron", "HERON-7", "bed 12", "blue heron", "0042", "A-17", "kingfisher 3"] {
            assert_eq!(resembles(code), None, "{code}");
        }
        for code in ["1961-03-02", "2.3.61", "02/03/1961", "19610302", "AS 2.3.1961"] {
            assert_eq!(resembles(code), Some(Resembles::Date), "{code}");
        }
        for code in ["Anna Smith", "Smith, Anna", "A. Smith"] {
            assert_eq!(resembles(code), Some(Resembles::Name), "{code}");
        }
    }
}
