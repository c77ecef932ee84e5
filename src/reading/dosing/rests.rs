//! Time on and time off: "3 weeks on, 1 week off", "14 days followed by 7 days of rest".

use crate::reading::numbers::Found;
use crate::reading::periods;

use super::cycles::Cycles;
use super::part::What;

impl Cycles<'_> {
    /// `3 weeks on, 1 week off`, `14 days followed by 7 days of rest`, `3 weeks and then stop for 1 week`: days and cycle.
    pub(super) fn on_off(&self, at: usize) -> Option<Found<What>> {
        let on = periods::period(self.tokens, at)?;
        let named = matches!(self.tokens.text(on.end), "on" | "of" | "treatment" | "dosing");
        let mut link = on.end + usize::from(named);
        if named
            && matches!(
                self.tokens.text(link),
                "treatment" | "dosing" | "therapy" | "medication" | "administration"
            )
        {
            link += 1;
        }
        // "4 weeks on 2 weeks off": nothing between.
        let direct = periods::period(self.tokens, link)
            .filter(|off| named && matches!(self.tokens.text(off.end), "off" | "rest" | "break"))
            .map(|off| Found::new(What::Rest(off.value), off.end + 1));
        let rest = direct.or_else(|| self.rest(link))?;
        let What::Rest(off) = rest.value else { return None };
        let days = on.value.days();
        if !(1.0..=84.0).contains(&days) || days.fract() != 0.0 {
            return None;
        }
        Some(Found::new(What::OnOff(on.value, off), rest.end))
    }

    /// Time off behind time on, at the words between: `followed by 7 days off`, `, 1 week off`, `/1 week off`.
    pub(super) fn rest(&self, mut at: usize) -> Option<Found<What>> {
        const LINKS: &[&str] = &[
            "followed",
            "by",
            "and",
            "then",
            ",",
            "/",
            "a",
            "an",
            "stop",
            "stopping",
            "rest",
            "off",
            "for",
            "(",
            ";",
            "&",
            "discontinue",
            "discontinued",
            "withdrawal",
            "pause",
            "interval",
            "break",
            "of",
            "drug",
            "suspend",
            "suspended",
            "stopped",
            "no",
        ];
        const OFF: &[&str] = &[
            "off",
            "rest",
            "break",
            "without",
            "pause",
            "of rest",
            "drug-free",
            "interval",
            "treatment-free",
            "no",
            "resting",
            "rests",
            "free",
            "holiday",
        ];
        const SAID: &[&str] = &[
            "stop",
            "stopping",
            "rest",
            "off",
            "discontinue",
            "discontinued",
            "pause",
            "break",
            "suspend",
            "suspended",
            "stopped",
        ];
        let start = at;
        let mut said = false;
        while at < start + 6 {
            if at > start
                && let Some(off) = periods::period(self.tokens, at)
            {
                let word = off.end + usize::from(matches!(self.tokens.text(off.end), "of" | "-"));
                let word = word
                    + usize::from(matches!(
                        self.tokens.text(word),
                        "treatment" | "drug" | "dosing" | "therapy"
                    ));
                let after = OFF.contains(&self.tokens.text(word));
                let end = if after { word + 1 } else { off.end };
                return (after || said).then(|| Found::new(What::Rest(off.value), end));
            }
            let text = self.tokens.text(at);
            if !LINKS.contains(&text) {
                return None;
            }
            said |= SAID.contains(&text);
            at += 1;
        }
        None
    }
}
