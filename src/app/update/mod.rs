//! How the screen's state changes: [`update`] takes one message in and says what is wanted from outside.
//!
//! Pure: no terminal, no clock, no files. One file a subject.

mod comparing;
mod dates;
mod desk;
mod desk_lines;
mod detail;
mod facets;
mod finder;
mod findings;
mod going;
mod guide;
mod keys;
mod layers;
mod list;
mod load;
mod mouse;
mod mouse_layers;
mod notebook;
mod palette;
mod patient;
mod recalling;
mod reload;
mod second;
mod session;
mod sets;
mod shelf;
mod taking;
mod typing;

pub(super) use keys::places;

pub use second::Said;
pub(super) use sets::shown as shown_tab;

use super::areas::Areas;
use super::model::Model;
use super::msg::{Effect, Msg};
use super::spot::Spot;

/// Takes a message in.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    let by_person = matches!(msg, Msg::Key(_) | Msg::Mouse(_));
    let before = by_person.then(|| Spot::of(model)).flatten();
    if matches!(msg, Msg::Mouse(_) | Msg::Paste(_)) {
        model.pending.clear();
    }
    if by_person {
        session::person(model);
    }
    match msg {
        Msg::Key(key) => keys::press(model, key, &mut effects),
        Msg::Mouse(event) => mouse::take_in(model, event, &mut effects),
        Msg::Paste(text) => typing::paste(model, &text, &mut effects),
        Msg::Resize(width, height) => model.size = (width, height),
        Msg::Load(event) => load::take_in(model, event, &mut effects),
        Msg::Arranged { generation, order } => list::arranged(model, generation, order, &mut effects),
        Msg::BestArranged { generation, order } => list::best_arranged(model, generation, order),
        Msg::Desk(news) => desk::news(model, news, &mut effects),
        Msg::Made(made) => detail::made(model, *made),
        Msg::Read => model.list.reading = false,
        Msg::Library(library) => {
            shelf::open(model, library);
            session::done(model, &mut effects);
        }
        Msg::Renewed(renewed) => reload::renewed(model, renewed),
        Msg::Record { edition, row, read } if edition == model.edition => shelf::record(model, row, read),
        Msg::Versions { edition, row, read } if edition == model.edition => {
            comparing::versions(model, row, read);
        }
        // Of a library that has changed since.
        Msg::Record { .. } | Msg::Versions { .. } => {}
        Msg::Weighing { generation, done } => patient::weighing(model, generation, done),
        Msg::Weighed { generation, outcome } => patient::weighed(model, generation, outcome),
        Msg::Patient(read) => patient::read(model, read, &mut effects),
        Msg::Sought(sought) => finder::sought(model, *sought, &mut effects),
        Msg::Tallied(tallied) => facets::tallied(model, *tallied),
        Msg::Notebook(read) => notebook::read(model, read, &mut effects),
        Msg::Reloaded(reloaded) => model.reloaded = Some(reloaded),
        Msg::Page(Ok(text)) => effects.push(Effect::Copy(text)),
        Msg::Page(Err(fault)) => model.notice = Some(format!("nothing was copied: {fault}")),
        Msg::Notice(text) => model.notice = Some(text),
    }
    reload::apply_when_free(model, &mut effects);
    settle(model);
    if by_person && model.guide.is_some() {
        guide::follow(model);
        settle(model);
    }
    going::leave(model, before);
    list::ask_for_coverage(model, &mut effects);
    shelf::ask(model, &mut effects);
    detail::ask(model, &mut effects);
    effects
}

/// Brings what depends on the state in line with it: areas, contents, cursors.
fn settle(model: &mut Model) {
    model.areas = Areas::of(model);
    model.list.settle(usize::from(model.areas.list.height));
    detail::settle(model);
    layers::settle(model);
    dates::settle(model);
}
