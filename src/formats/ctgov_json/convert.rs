//! An API v2 study → [`Trial`]. Every value goes where it belongs, word for word; nothing is inferred.

use super::study::*;
use crate::formats::json::lenient::{List, Text};
use crate::protocol::*;

/// Titles of the intervention kinds as the registry writes them before an intervention's name.
const KIND_TITLES: &[&str] = &[
    "Drug",
    "Biological",
    "Device",
    "Procedure",
    "Radiation",
    "Behavioral",
    "Genetic",
    "Dietary Supplement",
    "Combination Product",
    "Diagnostic Test",
    "Other",
];

/// The trial a study states. Its id is empty when the study has none; `source` is left to the caller.
pub(super) fn trial(study: Study<'_>) -> Trial {
    let mut trial = Trial { has_results: study.has_results.0, ..Trial::default() };
    let protocol = study.protocol_section.unwrap_or_default();
    identification(protocol.identification_module.unwrap_or_default(), &mut trial);
    status(protocol.status_module.unwrap_or_default(), &mut trial);
    sponsors(protocol.sponsor_collaborators_module.unwrap_or_default(), &mut trial);
    let described = protocol.description_module.unwrap_or_default();
    trial.description =
        Description { brief: described.brief_summary.get(), detailed: described.detailed_description.get() };
    let conditions = protocol.conditions_module.unwrap_or_default();
    trial.conditions = texts(conditions.conditions);
    trial.keywords = texts(conditions.keywords);
    design(protocol.design_module.unwrap_or_default(), &mut trial);
    arms(protocol.arms_interventions_module.unwrap_or_default(), &mut trial);
    trial.endpoints = endpoints(protocol.outcomes_module.unwrap_or_default());
    trial.eligibility = eligibility(protocol.eligibility_module.unwrap_or_default());
    locations(protocol.contacts_locations_module.unwrap_or_default(), &mut trial);
    references(protocol.references_module.unwrap_or_default(), &mut trial);
    trial.ipd_sharing = protocol.ipd_sharing_statement_module.map(ipd_sharing);
    let documents = study.document_section.and_then(|section| section.large_document_module);
    trial.documents = documents.map(documents_posted).unwrap_or_default();
    trial
}

/// The record's version: the date on which its last update was posted, or else submitted.
pub(super) fn version(trial: &Trial) -> Option<String> {
    let dates = &trial.dates;
    let dated = dates.last_update_posted.as_ref().or(dates.last_update_submitted.as_ref());
    dated.map(|dated| dated.date.clone())
}

fn code(text: Text<'_>) -> Option<Code> {
    text.get().map(Code)
}

fn codes(list: List<Text<'_>>) -> Vec<Code> {
    list.0.into_iter().filter_map(code).collect()
}

fn texts(list: List<Text<'_>>) -> Vec<String> {
    list.0.into_iter().filter_map(Text::get).collect()
}

fn identification(part: IdentificationModule<'_>, trial: &mut Trial) {
    if let Some(id) = part.nct_id.get() {
        trial.id.clone_from(&id);
        trial.ids.push(RecordId { id, kind: Some("NCT".into()), domain: None });
    }
    trial.ids.extend(texts(part.nct_id_aliases).into_iter().map(|id| RecordId {
        id,
        kind: Some("NCT_ALIAS".into()),
        domain: None,
    }));
    let organisation = part
        .org_study_id_info
        .and_then(record_id)
        .map(|id| RecordId { kind: id.kind.or_else(|| Some("ORG".into())), ..id });
    trial.ids.extend(organisation);
    trial.ids.extend(part.secondary_id_infos.0.into_iter().filter_map(record_id));
    trial.title = part.brief_title.get().unwrap_or_default();
    trial.official_title = part.official_title.get();
    trial.acronym = part.acronym.get();
    trial.organization = part
        .organization
        .map(|keeper| Organization {
            name: keeper.full_name.get().unwrap_or_default(),
            class: code(keeper.class),
        })
        .filter(|organization| *organization != Organization::default());
}

fn record_id(part: OtherId<'_>) -> Option<RecordId> {
    Some(RecordId { id: part.id.get()?, kind: code(part.r#type), domain: part.domain.get() })
}

fn status(part: StatusModule<'_>, trial: &mut Trial) {
    trial.status = code(part.overall_status);
    trial.why_stopped = part.why_stopped.get();
    trial.dates = Dates {
        start: part.start_date_struct.and_then(dated),
        primary_completion: part.primary_completion_date_struct.and_then(dated),
        completion: part.completion_date_struct.and_then(dated),
        verified: date(part.status_verified_date),
        first_submitted: date(part.study_first_submit_date),
        first_posted: part.study_first_post_date_struct.and_then(dated),
        results_first_submitted: date(part.results_first_submit_date),
        results_first_posted: part.results_first_post_date_struct.and_then(dated),
        last_update_submitted: date(part.last_update_submit_date),
        last_update_posted: part.last_update_post_date_struct.and_then(dated),
    };
}

fn date(text: Text<'_>) -> Option<Dated> {
    Some(Dated { date: text.get()?, kind: None })
}

fn dated(part: DateStruct<'_>) -> Option<Dated> {
    Some(Dated { date: part.date.get()?, kind: code(part.r#type) })
}

fn sponsors(part: SponsorsModule<'_>, trial: &mut Trial) {
    let organization =
        |sponsor: Sponsor<'_>| Some(Organization { name: sponsor.name.get()?, class: code(sponsor.class) });
    trial.sponsor = part.lead_sponsor.and_then(organization);
    trial.collaborators = part.collaborators.0.into_iter().filter_map(organization).collect();
}

fn design(part: DesignModule<'_>, trial: &mut Trial) {
    trial.study_type = code(part.study_type);
    trial.phases = codes(part.phases);
    trial.enrollment = part
        .enrollment_info
        .map(|info| Enrollment { count: info.count.0, kind: code(info.r#type) })
        .filter(|enrollment| *enrollment != Enrollment::default());
    let info = part.design_info.unwrap_or_default();
    let masking = info.masking_info.unwrap_or_default();
    trial.design = Design {
        allocation: code(info.allocation),
        intervention_model: code(info.intervention_model),
        intervention_model_description: info.intervention_model_description.get(),
        observational_model: code(info.observational_model),
        time_perspective: code(info.time_perspective),
        purpose: code(info.primary_purpose),
        masking: code(masking.masking),
        masking_description: masking.masking_description.get(),
        who_masked: codes(masking.who_masked),
    };
}

fn arms(part: ArmsModule<'_>, trial: &mut Trial) {
    let mut given_in: Vec<(String, Vec<String>)> = Vec::new();
    for part in part.interventions.0 {
        let name = part.name.get().unwrap_or_default();
        given_in.push((name.clone(), texts(part.arm_group_labels)));
        trial.interventions.push(Intervention {
            kind: code(part.r#type),
            name,
            other_names: texts(part.other_names),
            description: part.description.get(),
        });
    }
    for group in part.arm_groups.0 {
        let label = group.label.get().unwrap_or_default();
        let mut interventions: Vec<String> = Vec::new();
        let listed = texts(group.intervention_names);
        let named = listed.iter().map(|listed| intervention_name(listed, &trial.interventions));
        let assigned =
            given_in.iter().filter(|(_, labels)| labels.contains(&label)).map(|(name, _)| name.as_str());
        for name in named.chain(assigned) {
            if !name.is_empty() && !interventions.iter().any(|known| known == name) {
                interventions.push(name.to_owned());
            }
        }
        trial.arms.push(Arm {
            label,
            kind: code(group.r#type),
            description: group.description.get(),
            interventions,
        });
    }
}

/// An arm lists its interventions as `Drug: name`: the name as the intervention itself has it, where there is one of
/// that name, else what stands behind a kind's title, else all of it.
fn intervention_name<'t>(listed: &'t str, interventions: &[Intervention]) -> &'t str {
    let Some((kind, name)) = listed.split_once(": ") else { return listed };
    let is = |name: &str| interventions.iter().any(|intervention| intervention.name == name);
    if is(name) || (KIND_TITLES.contains(&kind) && !is(listed)) { name } else { listed }
}

fn endpoints(part: OutcomesModule<'_>) -> Vec<Endpoint> {
    let lists = [
        (Role::Primary, part.primary_outcomes),
        (Role::Secondary, part.secondary_outcomes),
        (Role::Other, part.other_outcomes),
    ];
    let mut endpoints = Vec::new();
    for (role, outcomes) in lists {
        endpoints.extend(outcomes.0.into_iter().map(|outcome| Endpoint {
            role: Some(role),
            measure: outcome.measure.get().unwrap_or_default(),
            description: outcome.description.get(),
            time_frame: outcome.time_frame.get().map(|text| TimeFrameText { text }),
        }));
    }
    endpoints
}

fn eligibility(part: EligibilityModule<'_>) -> Eligibility {
    Eligibility {
        sex: code(part.sex),
        gender_based: part.gender_based.0,
        gender_description: part.gender_description.get(),
        minimum_age: part.minimum_age.get(),
        maximum_age: part.maximum_age.get(),
        age_groups: codes(part.std_ages),
        healthy_volunteers: part.healthy_volunteers.0,
        population: part.study_population.get(),
        sampling: code(part.sampling_method),
        text: part.eligibility_criteria.get(),
    }
}

fn locations(part: LocationsModule<'_>, trial: &mut Trial) {
    trial.contacts = contacts(part.central_contacts);
    trial.officials = part
        .overall_officials
        .0
        .into_iter()
        .map(|official| Official {
            name: official.name.get(),
            affiliation: official.affiliation.get(),
            role: code(official.role),
        })
        .collect();
    trial.sites = part
        .locations
        .0
        .into_iter()
        .map(|location| Site {
            facility: location.facility.get(),
            city: location.city.get(),
            state: location.state.get(),
            zip: location.zip.get(),
            country: location.country.get(),
            status: code(location.status),
            contacts: contacts(location.contacts),
        })
        .collect();
}

fn contacts(list: List<ContactPart<'_>>) -> Vec<Contact> {
    let contact = |part: ContactPart<'_>| Contact {
        name: part.name.get(),
        role: code(part.role),
        phone: part.phone.get(),
        phone_ext: part.phone_ext.get(),
        email: part.email.get(),
    };
    list.0.into_iter().map(contact).collect()
}

fn references(part: ReferencesModule<'_>, trial: &mut Trial) {
    let reference = |part: ReferencePart<'_>| Reference {
        pmid: part.pmid.get(),
        kind: code(part.r#type),
        citation: part.citation.get(),
    };
    trial.references = part.references.0.into_iter().map(reference).collect();
    let link = |part: LinkPart<'_>| Link { label: part.label.get(), url: part.url.get().unwrap_or_default() };
    trial.links = part.see_also_links.0.into_iter().map(link).collect();
}

fn ipd_sharing(part: IpdModule<'_>) -> IpdSharing {
    IpdSharing {
        plan: code(part.ipd_sharing),
        description: part.description.get(),
        info_types: codes(part.info_types),
        time_frame: part.time_frame.get(),
        access_criteria: part.access_criteria.get(),
        url: part.url.get(),
    }
}

fn documents_posted(part: DocumentsModule<'_>) -> Vec<Document> {
    let document = |doc: LargeDoc<'_>| Document {
        label: doc.label.get().or_else(|| doc.type_abbrev.get()),
        date: doc.date.get(),
        filename: doc.filename.get(),
        size: doc.size.0,
        url: None,
    };
    part.large_docs.0.into_iter().map(document).collect()
}
