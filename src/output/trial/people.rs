//! Where a trial runs and whom to ask.

use super::{Page, joined, with_remark};
use crate::protocol::{Code, Contact, Site, Trial};

pub(super) fn sites(trial: &Trial, page: &mut Page) {
    page.heading(&format!("Sites ({})", trial.sites.len()));
    let before = page.blocks.len();
    for contact in &trial.contacts {
        page.field("Contact", person(contact));
    }
    for official in &trial.officials {
        let text = joined([official.name.as_deref(), official.affiliation.as_deref()], ", ");
        page.field("Official", with_remark(&text, official.role.as_ref().map(Code::label)));
    }
    for site in &trial.sites {
        page.item(0, with_remark(&address(site), site.status.as_ref().map(Code::label)));
        for contact in &site.contacts {
            page.item(1, person(contact));
        }
    }
    page.none_since(before, "The record names no sites and nobody to ask.");
}

fn address(site: &Site) -> String {
    joined(
        [&site.facility, &site.city, &site.state, &site.zip, &site.country].map(|part| part.as_deref()),
        ", ",
    )
}

fn person(contact: &Contact) -> String {
    let phone = match (&contact.phone, &contact.phone_ext) {
        (Some(phone), Some(extension)) => Some(format!("{phone} ext. {extension}")),
        (phone, _) => phone.clone(),
    };
    let text = joined([contact.name.as_deref(), phone.as_deref(), contact.email.as_deref()], " · ");
    let role = contact.role.as_ref().filter(|role| role.as_str() != "CONTACT").map(Code::label);
    with_remark(&text, role)
}
