//! Sites: where, and whom to ask. By country; can be filtered by words and by recruiting.

use super::PaneView;
use super::overview::contact_text;
use super::words::{code, line};
use crate::app::detail::SiteFilter;
use crate::app::item::Item;
use crate::app::marks;
use crate::app::styled::{Styled, Tone};
use crate::protocol::{Contact, Site, Span, Trial};
use crate::search::fuzzy::Pattern;

/// The pane's items.
pub fn items(view: &PaneView<'_>) -> Vec<Item> {
    let trial = &view.entry.trial;
    let shown = shown(trial, view.sites);
    let mut items = Vec::new();
    central(trial, &mut items);
    if trial.sites.is_empty() {
        items.push(Item::note("The record lists no sites."));
        return items;
    }
    items.push(Item::note(summary(trial, view.sites, shown.len())));
    if shown.is_empty() {
        items.push(Item::blank());
        items.push(Item::note("No site is left by this. Esc shows all of them again."));
    }
    for (country, sites) in by_country(&shown) {
        items.push(Item::blank());
        items.push(Item::heading(format!("{country} · {}", sites.len())));
        items.extend(sites.into_iter().flat_map(rows));
    }
    items
}

/// Contacts of the whole study.
fn central(trial: &Trial, items: &mut Vec<Item>) {
    if trial.contacts.is_empty() {
        return;
    }
    items.push(Item::heading("Contacts for the whole study"));
    items.extend(trial.contacts.iter().map(|contact| contact_row(contact, 0)));
    items.push(Item::blank());
}

fn summary(trial: &Trial, filter: &SiteFilter, shown: usize) -> String {
    let all = trial.sites.len();
    let recruiting = trial.sites.iter().filter(|site| is_recruiting(site)).count();
    if filter.is_empty() && trial.sites.iter().all(|site| site.status.is_none()) {
        return format!("{}, whether they recruit is not stated", sites(all));
    }
    if filter.is_empty() {
        return format!("{}, {recruiting} recruiting", sites(all));
    }
    let mut text = format!("{shown} of {}", sites(all));
    if filter.recruiting_only {
        text.push_str(" · recruiting only");
    }
    if !filter.text.trim().is_empty() {
        text.push_str(&format!(" · matching “{}”", filter.text.trim()));
    }
    text
}

fn sites(count: usize) -> String {
    if count == 1 { "1 site".to_owned() } else { format!("{count} sites") }
}

/// The sites that the filter leaves, each with its place in the record.
fn shown<'t>(trial: &'t Trial, filter: &SiteFilter) -> Vec<(usize, &'t Site)> {
    let pattern = Pattern::new(&filter.text);
    trial
        .sites
        .iter()
        .enumerate()
        .filter(|(_, site)| !filter.recruiting_only || is_recruiting(site))
        .filter(|(_, site)| {
            let fields = [&site.country, &site.city, &site.facility, &site.state, &site.zip];
            let fields: Vec<&str> = fields.into_iter().flatten().map(String::as_str).collect();
            pattern.is_empty() || pattern.score(&fields).is_some()
        })
        .collect()
}

fn is_recruiting(site: &Site) -> bool {
    site.status.as_ref().is_some_and(|status| status.as_str() == "RECRUITING")
}

/// The sites of each country, countries in the record's order.
fn by_country<'t>(sites: &[(usize, &'t Site)]) -> Vec<(String, Vec<(usize, &'t Site)>)> {
    let mut countries: Vec<(String, Vec<(usize, &Site)>)> = Vec::new();
    for (index, site) in sites {
        let country = site.country.as_deref().map_or_else(|| "Country not stated".to_owned(), line);
        match countries.iter_mut().find(|(known, _)| *known == country) {
            Some((_, sites)) => sites.push((*index, site)),
            None => countries.push((country, vec![(*index, site)])),
        }
    }
    countries
}

fn rows((index, site): (usize, &Site)) -> Vec<Item> {
    let (sign, tone) = marks::status(site.status.as_ref());
    let facility = site.facility.as_deref().map_or_else(|| "(no name)".to_owned(), line);
    let town = [&site.city, &site.state, &site.zip].into_iter().flatten().map(|part| line(part));
    let town = town.collect::<Vec<_>>().join(", ");
    let mut text = Styled::new(facility, Tone::Plain);
    text.push(format!("  {town}"), Tone::Dim);
    if let Some(status) = &site.status {
        text.push(format!("  {}", code(status).to_lowercase()), tone);
    }
    let copy = site.contacts.first().map(contact_text);
    let named = site.facility.as_deref().map_or(0, str::len);
    let source = Some(Span::new(format!("sites[{index}].facility"), 0..named));
    let mut items = vec![Item {
        lead: Styled::new(sign, tone),
        hang: 2,
        copy: copy.map(Into::into),
        source,
        ..Item::row(text)
    }];
    items.extend(site.contacts.iter().map(|contact| contact_row(contact, 2)));
    items
}

fn contact_row(contact: &Contact, indent: u16) -> Item {
    let text = contact_text(contact);
    let mut shown = Styled::new(&text, Tone::Plain);
    if let Some(role) = contact.role.as_ref().filter(|role| role.as_str() != "CONTACT") {
        shown.push(format!("  {}", code(role).to_lowercase()), Tone::Dim);
    }
    Item { indent, lead: Styled::new("↳", Tone::Dim), hang: 2, copy: Some(text.into()), ..Item::row(shown) }
}
