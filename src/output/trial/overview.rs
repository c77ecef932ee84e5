//! What a trial is, and the record itself.

use super::{Page, joined, with_remark};
use crate::library::Entry;
use crate::output::document::Block;
use crate::protocol::{Code, Dated, Enrollment, Organization, RecordId, Trial};

pub(super) fn overview(trial: &Trial, page: &mut Page) {
    page.heading("Overview");
    page.field("Official title", trial.official_title.clone());
    page.field("Acronym", trial.acronym.clone());
    let ids: Vec<String> = trial.ids.iter().map(record_id).collect();
    page.field("Ids", ids.join(", "));
    page.code("Status", trial.status.as_ref());
    page.field("Why stopped", trial.why_stopped.clone());
    page.codes("Phase", &trial.phases);
    page.code("Study type", trial.study_type.as_ref());
    page.field("Enrollment", trial.enrollment.as_ref().map(enrollment));
    page.field("Sponsor", trial.sponsor.as_ref().map(organization));
    page.field("Collaborators", trial.collaborators.iter().map(organization).collect::<Vec<_>>().join("; "));
    page.field("Conditions", trial.conditions.join("; "));
    page.field("Keywords", trial.keywords.join("; "));
    design(trial, page);
    dates(trial, page);
    page.field(
        "Results",
        trial.has_results.map(|posted| if posted { "posted" } else { "none posted" }.to_owned()),
    );
    page.field(
        "Sharing of data",
        trial.ipd_sharing.as_ref().and_then(|sharing| sharing.plan.as_ref()).map(Code::label),
    );
    if let Some(brief) = &trial.description.brief {
        page.subheading("Summary");
        page.prose(Some(brief));
    }
    if let Some(detailed) = &trial.description.detailed {
        page.subheading("Description");
        page.prose(Some(detailed));
    }
}

/// An id with who gave it, or what kind it is; what an NCT number is, is plain.
fn record_id(id: &RecordId) -> String {
    let kind = id.kind.as_ref().filter(|kind| kind.as_str() != "NCT").map(Code::label);
    with_remark(&id.id, id.domain.clone().or(kind))
}

fn enrollment(enrollment: &Enrollment) -> String {
    let count = enrollment.count.map(|count| count.to_string()).unwrap_or_default();
    joined(
        [
            Some(count.as_str()),
            enrollment.kind.as_ref().map(Code::label).map(|kind| kind.to_lowercase()).as_deref(),
        ],
        " ",
    )
}

fn organization(organization: &Organization) -> String {
    with_remark(&organization.name, organization.class.as_ref().map(Code::label))
}

fn design(trial: &Trial, page: &mut Page) {
    let design = &trial.design;
    page.code("Allocation", design.allocation.as_ref());
    page.code("Intervention model", design.intervention_model.as_ref());
    page.field("Model in words", design.intervention_model_description.clone());
    page.code("Observational model", design.observational_model.as_ref());
    page.code("Time perspective", design.time_perspective.as_ref());
    page.code("Purpose", design.purpose.as_ref());
    let masked = design.who_masked.iter().map(Code::label).collect::<Vec<_>>().join(", ");
    let masking = design
        .masking
        .as_ref()
        .map(|code| if code.as_str() == "NONE" { "None (open label)".to_owned() } else { code.label() });
    page.field("Masking", masking.map(|masking| with_remark(&masking, Some(masked))));
    page.field("Masking in words", design.masking_description.clone());
}

fn dates(trial: &Trial, page: &mut Page) {
    let dates = &trial.dates;
    for (label, dated) in [
        ("Start", &dates.start),
        ("Primary completion", &dates.primary_completion),
        ("Completion", &dates.completion),
        ("First submitted", &dates.first_submitted),
        ("First posted", &dates.first_posted),
        ("Results submitted", &dates.results_first_submitted),
        ("Results posted", &dates.results_first_posted),
        ("Last submitted", &dates.last_update_submitted),
        ("Last update posted", &dates.last_update_posted),
        ("Last verified", &dates.verified),
    ] {
        page.field(label, dated.as_ref().map(date));
    }
}

fn date(dated: &Dated) -> String {
    let kind = dated.kind.as_ref().map(|kind| kind.label().to_lowercase());
    with_remark(&dated.date, kind.filter(|kind| kind != "actual"))
}

/// The record: what belongs to no other section, then every field as it came.
pub(super) fn record(entry: &Entry, page: &mut Page) {
    page.heading("Record");
    let trial = &entry.trial;
    for reference in &trial.references {
        let pmid = reference.pmid.as_ref().map(|pmid| format!("PubMed {pmid}"));
        let text = joined([reference.citation.as_deref(), pmid.as_deref()], " · ");
        page.field("Reference", with_remark(&text, reference.kind.as_ref().map(Code::label)));
    }
    for link in &trial.links {
        page.field("Link", joined([link.label.as_deref(), Some(&link.url)], " · "));
    }
    for document in &trial.documents {
        let parts = [
            document.label.as_deref(),
            document.date.as_deref(),
            document.filename.as_deref(),
            document.url.as_deref(),
        ];
        page.field("Document", joined(parts, " · "));
    }
    if let Some(sharing) = &trial.ipd_sharing {
        page.field("Sharing of data", sharing.description.clone());
        page.codes("Shared besides", &sharing.info_types);
        page.field("Shared when", sharing.time_frame.clone());
        page.field("Shared with", sharing.access_criteria.clone());
        page.field("Shared at", sharing.url.clone());
    }
    page.subheading("Every field as it came");
    for field in entry.record_fields() {
        page.blocks.push(Block::Verbatim(field.path, field.value));
    }
}
