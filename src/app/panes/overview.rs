//! Overview: what the trial is, who runs it, and when.

use super::PaneView;
use super::words::{self, code, codes, fact, line, not_stated, stated};
use crate::app::item::Item;
use crate::app::styled::{Styled, Tone};
use crate::app::{age, marks};
use crate::protocol::{Contact, Dated, Design, Official, Organization, Reference, Trial};

/// The pane's items.
pub fn items(view: &PaneView<'_>) -> Vec<Item> {
    let trial = &view.entry.trial;
    let mut items = title(trial);
    items.push(Item::blank());
    items.extend(key_facts(trial));
    part(&mut items, "Summary", texts(trial.description.brief.as_deref(), "description.brief"));
    part(&mut items, "Conditions", conditions(trial));
    part(&mut items, "Design", design(&trial.design));
    part(&mut items, "Who runs it", people(trial));
    part(&mut items, "Dates", dates(view));
    part(&mut items, "Description", texts(trial.description.detailed.as_deref(), "description.detailed"));
    part(&mut items, "Publications", references(trial));
    part(&mut items, "Links and documents", links(trial));
    part(&mut items, "Sharing of participants' data", sharing(trial));
    items
}

/// A heading and its items, unless there are none.
fn part(items: &mut Vec<Item>, heading: &str, rows: Vec<Item>) {
    if !rows.is_empty() {
        items.push(Item::blank());
        items.push(Item::heading(heading));
        items.extend(rows);
    }
}

fn texts(raw: Option<&str>, field: &str) -> Vec<Item> {
    raw.map(|raw| words::prose(raw, field, 0)).unwrap_or_default()
}

fn title(trial: &Trial) -> Vec<Item> {
    let mut items = Vec::new();
    if trial.title.is_empty() {
        items.push(Item::row(Styled::new("The record has no title.", Tone::Dim)));
    } else {
        items.push(words::words(&trial.title, "title", Tone::Strong));
    }
    let official = trial.official_title.as_deref().filter(|official| *official != trial.title);
    items.extend(official.map(|official| words::words(official, "official_title", Tone::Plain)));
    items
}

/// What a coordinator looks for first; what is missing is said.
pub fn key_facts(trial: &Trial) -> Vec<Item> {
    let mut items = vec![ids(trial), status(trial)];
    items.extend(trial.why_stopped.as_deref().map(|why| stated("Why stopped", why, "why_stopped")));
    items.push(phase(trial));
    items.extend(trial.study_type.as_ref().map(|kind| fact("Type", code(kind))));
    items.push(enrolment(trial));
    items.extend(trial.acronym.as_deref().map(|acronym| stated("Acronym", acronym, "acronym")));
    items.extend(
        trial.has_results.map(|posted| fact("Results", if posted { "posted" } else { "none posted" })),
    );
    items
}

fn ids(trial: &Trial) -> Item {
    if trial.ids.is_empty() {
        return fact("Id", Styled::new("no registry id", Tone::Dim));
    }
    let mut text = Styled::default();
    for id in &trial.ids {
        if !text.is_empty() {
            text.push(", ", Tone::Dim);
        }
        text.push(line(&id.id), Tone::Plain);
        let giver = id.domain.as_deref().map(line).or_else(|| id.kind.as_ref().map(code));
        if let Some(giver) = giver.filter(|giver| giver != "Nct" && giver != "NCT") {
            text.push(format!(" ({giver})"), Tone::Dim);
        }
    }
    fact(if trial.ids.len() > 1 { "Ids" } else { "Id" }, text)
}

fn status(trial: &Trial) -> Item {
    let Some(status) = &trial.status else { return not_stated("Status") };
    let (sign, tone) = marks::status(Some(status));
    fact("Status", Styled::new(sign, tone).with(" ", Tone::Plain).with(code(status), tone))
}

fn phase(trial: &Trial) -> Item {
    if trial.phases.is_empty() { not_stated("Phase") } else { fact("Phase", codes(&trial.phases)) }
}

fn enrolment(trial: &Trial) -> Item {
    let Some((enrolment, count)) = trial.enrollment.as_ref().and_then(|e| Some((e, e.count?))) else {
        return not_stated("Enrolment");
    };
    let kind = match enrolment.kind.as_ref() {
        Some(kind) => format!(" {}", code(kind).to_lowercase()),
        None => String::new(),
    };
    fact("Enrolment", Styled::new(count.to_string(), Tone::Plain).with(kind, Tone::Dim))
}

fn conditions(trial: &Trial) -> Vec<Item> {
    let mut items = Vec::new();
    for (index, condition) in trial.conditions.iter().enumerate() {
        items.push(words::words(condition, format!("conditions[{index}]"), Tone::Plain));
    }
    if !trial.keywords.is_empty() {
        let keywords: Vec<String> = trial.keywords.iter().map(|keyword| line(keyword)).collect();
        items.push(fact("Keywords", Styled::new(keywords.join(" · "), Tone::Plain)));
    }
    items
}

fn design(design: &Design) -> Vec<Item> {
    let mut items = Vec::new();
    for (label, value) in [
        ("Allocation", &design.allocation),
        ("Model", &design.intervention_model),
        ("Model", &design.observational_model),
        ("Time", &design.time_perspective),
        ("Purpose", &design.purpose),
    ] {
        items.extend(value.as_ref().map(|value| fact(label, code(value))));
    }
    if let Some(described) = design.intervention_model_description.as_deref() {
        items.push(stated("", described, "design.intervention_model_description"));
    }
    if let Some(masking) = &design.masking {
        let mut text = Styled::new(masking_words(masking.as_str(), &code(masking)), Tone::Plain);
        if !design.who_masked.is_empty() {
            text.push(format!(": {}", codes(&design.who_masked).to_lowercase()), Tone::Plain);
        }
        items.push(fact("Masking", text));
    }
    if let Some(described) = design.masking_description.as_deref() {
        items.push(stated("", described, "design.masking_description"));
    }
    items
}

/// `NONE` is the registry's word for open label.
pub fn masking_words(masking: &str, label: &str) -> String {
    if masking == "NONE" { "None (open label)".to_owned() } else { label.to_owned() }
}

fn people(trial: &Trial) -> Vec<Item> {
    let mut items = Vec::new();
    items.extend(trial.sponsor.as_ref().map(|sponsor| fact("Sponsor", organization(sponsor))));
    for (index, collaborator) in trial.collaborators.iter().enumerate() {
        items.push(fact(if index == 0 { "With" } else { "" }, organization(collaborator)));
    }
    items.extend(trial.officials.iter().map(official));
    items.extend(trial.contacts.iter().map(contact));
    items
}

fn organization(organization: &Organization) -> Styled {
    let mut text = Styled::new(line(&organization.name), Tone::Plain);
    // `OTHER` tells nothing.
    if let Some(class) = organization.class.as_ref().filter(|class| class.as_str() != "OTHER") {
        text.push(format!(" ({})", code(class).to_lowercase()), Tone::Dim);
    }
    text
}

fn official(official: &Official) -> Item {
    let named = [official.name.as_deref(), official.affiliation.as_deref()];
    let text = named.into_iter().flatten().map(line).collect::<Vec<_>>().join(", ");
    fact(&official.role.as_ref().map_or_else(|| "Official".to_owned(), short_role), text)
}

/// Roles in few letters: they stand in the label's column.
fn short_role(role: &crate::protocol::Code) -> String {
    match role.as_str() {
        "PRINCIPAL_INVESTIGATOR" => "Investigator".to_owned(),
        _ => code(role),
    }
}

fn contact(contact: &Contact) -> Item {
    let text = contact_text(contact);
    Item { copy: Some(text.as_str().into()), ..fact("Contact", text) }
}

/// A contact on one line.
pub fn contact_text(contact: &Contact) -> String {
    let mut parts: Vec<String> = contact.name.as_deref().map(line).into_iter().collect();
    if let Some(phone) = contact.phone.as_deref() {
        let extension = contact.phone_ext.as_deref().map(|ext| format!(" ext. {}", line(ext)));
        parts.push(line(phone) + &extension.unwrap_or_default());
    }
    parts.extend(contact.email.as_deref().map(line));
    parts.join(" · ")
}

fn dates(view: &PaneView<'_>) -> Vec<Item> {
    let dates = &view.entry.trial.dates;
    // A step of the study is planned where its date is `ESTIMATED`; a step of the record is only dated roughly.
    let stated: [(&str, &Option<Dated>, &str); 10] = [
        ("Start", &dates.start, "planned"),
        ("Primary end", &dates.primary_completion, "planned"),
        ("End", &dates.completion, "planned"),
        ("Submitted", &dates.first_submitted, "estimated"),
        ("Posted", &dates.first_posted, "estimated"),
        ("Results sent", &dates.results_first_submitted, "estimated"),
        ("Results posted", &dates.results_first_posted, "estimated"),
        ("Update sent", &dates.last_update_submitted, "estimated"),
        ("Update posted", &dates.last_update_posted, "estimated"),
        ("Verified", &dates.verified, "estimated"),
    ];
    let row = |(label, dated, estimated): (&str, &Option<Dated>, &str)| {
        Some(fact(label, date(dated.as_ref()?, estimated, view)))
    };
    stated.into_iter().filter_map(row).collect()
}

fn date(dated: &Dated, estimated: &str, view: &PaneView<'_>) -> Styled {
    let mut text = Styled::new(line(&dated.date), Tone::Plain);
    match &dated.kind {
        Some(kind) if kind.as_str() == "ESTIMATED" => text.push(format!(" {estimated}"), Tone::Dim),
        Some(kind) => text.push(format!(" {}", code(kind).to_lowercase()), Tone::Dim),
        None => {}
    }
    let months = view.today.and_then(|today| age::months(&dated.date, today));
    if let Some(months) = months {
        text.push(format!(", {} ago", age::words(months)), Tone::Dim);
    }
    text
}

fn references(trial: &Trial) -> Vec<Item> {
    trial.references.iter().enumerate().map(|(index, reference)| publication(reference, index)).collect()
}

fn publication(reference: &Reference, index: usize) -> Item {
    let mut item = match reference.citation.as_deref() {
        Some(citation) => words::words(citation, format!("references[{index}].citation"), Tone::Plain),
        None => Item::row(""),
    };
    if let Some(pmid) = reference.pmid.as_deref() {
        item.text.push(format!(" PMID {}", line(pmid)), Tone::Dim);
    }
    if let Some(kind) = &reference.kind {
        item.text.push(format!(" ({})", code(kind).to_lowercase()), Tone::Dim);
    }
    Item { lead: Styled::new("•", Tone::Dim), hang: 2, ..item }
}

fn links(trial: &Trial) -> Vec<Item> {
    let links = trial.links.iter().map(|link| {
        let label = link.label.as_deref().map(|label| format!("{}: ", line(label)));
        let text = Styled::new(label.unwrap_or_default(), Tone::Plain).with(line(&link.url), Tone::Accent);
        Item { copy: Some(link.url.as_str().into()), ..Item::row(text) }
    });
    let documents = trial.documents.iter().map(|document| {
        let said = [&document.label, &document.date, &document.filename, &document.url];
        let text = said.into_iter().flatten().map(|part| line(part)).collect::<Vec<_>>().join(" · ");
        Item { copy: document.url.as_deref().map(Into::into), ..Item::row(text) }
    });
    let bullet = |item: Item| Item { lead: Styled::new("•", Tone::Dim), hang: 2, ..item };
    links.chain(documents).map(bullet).collect()
}

fn sharing(trial: &Trial) -> Vec<Item> {
    let Some(sharing) = &trial.ipd_sharing else { return Vec::new() };
    let mut items: Vec<Item> = sharing.plan.iter().map(|plan| fact("Plan", code(plan))).collect();
    if !sharing.info_types.is_empty() {
        items.push(fact("Also", codes(&sharing.info_types)));
    }
    for (label, text, field) in [
        ("How", &sharing.description, "ipd_sharing.description"),
        ("When", &sharing.time_frame, "ipd_sharing.time_frame"),
        ("With whom", &sharing.access_criteria, "ipd_sharing.access_criteria"),
        ("Where", &sharing.url, "ipd_sharing.url"),
    ] {
        items.extend(text.as_deref().map(|text| stated(label, text, field)));
    }
    items
}
