//! Searches of another time in the line that is typed, and completing what is typed now.

use super::super::completing::completions;
use super::super::input::Input;
use super::super::model::Model;

/// Candidates that are named at once.
const NAMED: usize = 8;

/// What was searched before the shown one (`steps` 1), or after it (−1); `typed` comes back at the end.
pub(super) fn recalled(model: &mut Model, typed: &str, steps: isize) -> Option<Input> {
    if model.recall.0 == 0 {
        model.recall.1 = typed.to_owned();
    }
    let at = model.recall.0.saturating_add_signed(steps).min(model.notebook.searches.len());
    if at == model.recall.0 {
        return None;
    }
    model.recall.0 = at;
    let text = match at.checked_sub(1) {
        Some(back) => model.notebook.searches.iter().rev().nth(back)?,
        None => &model.recall.1,
    };
    Some(Input::new(text))
}

/// What is typed with its last piece completed; the same again takes the next that fits.
pub(super) fn completed(model: &mut Model, input: &Input) -> Option<Input> {
    let (known, at) = &model.completing;
    let again = known.get(*at).is_some_and(|shown| shown == input.before());
    let (all, at) =
        if again { (known.clone(), (at + 1) % known.len()) } else { (completions(input.before()), 0) };
    let chosen = all.get(at)?.clone();
    let piece = |text: &String| text.rsplit(char::is_whitespace).next().unwrap_or_default().to_owned();
    let named: Vec<String> = all.iter().take(NAMED).map(piece).collect();
    let more = if all.len() > NAMED { "  …" } else { "" };
    model.notice = (all.len() > 1).then(|| format!("{}{more}", named.join("  ")));
    model.completing = (all, at);
    Some(Input::with(&chosen, input.after()))
}
