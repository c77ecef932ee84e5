//! The parts of an API v2 study that a trial is made of, borrowed from the record's bytes. What is not named here
//! (posted results, browse trees) is skipped without being built. The names are those of the registry's OpenAPI
//! description (version 2).

use serde::Deserialize;

use crate::formats::json::lenient::{Count, Flag, List, Text};

/// Structs whose members may all be absent, under the registry's camel-case names.
macro_rules! parts {
    ($($name:ident { $($field:ident: $kind:ty,)* })*) => {$(
        #[derive(Debug, Default, Deserialize)]
        #[serde(rename_all = "camelCase", default, bound(deserialize = "'de: 'a"))]
        pub(super) struct $name<'a> {
            $(pub(super) $field: $kind,)*
        }
    )*};
}

parts! {
    Study {
        protocol_section: Option<ProtocolSection<'a>>,
        document_section: Option<DocumentSection<'a>>,
        has_results: Flag,
    }
    ProtocolSection {
        identification_module: Option<IdentificationModule<'a>>,
        status_module: Option<StatusModule<'a>>,
        sponsor_collaborators_module: Option<SponsorsModule<'a>>,
        description_module: Option<DescriptionModule<'a>>,
        conditions_module: Option<ConditionsModule<'a>>,
        design_module: Option<DesignModule<'a>>,
        arms_interventions_module: Option<ArmsModule<'a>>,
        outcomes_module: Option<OutcomesModule<'a>>,
        eligibility_module: Option<EligibilityModule<'a>>,
        contacts_locations_module: Option<LocationsModule<'a>>,
        references_module: Option<ReferencesModule<'a>>,
        ipd_sharing_statement_module: Option<IpdModule<'a>>,
    }
    DocumentSection { large_document_module: Option<DocumentsModule<'a>>, }
    IdentificationModule {
        nct_id: Text<'a>,
        nct_id_aliases: List<Text<'a>>,
        org_study_id_info: Option<OtherId<'a>>,
        secondary_id_infos: List<OtherId<'a>>,
        brief_title: Text<'a>,
        official_title: Text<'a>,
        acronym: Text<'a>,
        organization: Option<RecordKeeper<'a>>,
    }
    OtherId { id: Text<'a>, r#type: Text<'a>, domain: Text<'a>, }
    RecordKeeper { full_name: Text<'a>, class: Text<'a>, }
    StatusModule {
        status_verified_date: Text<'a>,
        overall_status: Text<'a>,
        why_stopped: Text<'a>,
        start_date_struct: Option<DateStruct<'a>>,
        primary_completion_date_struct: Option<DateStruct<'a>>,
        completion_date_struct: Option<DateStruct<'a>>,
        study_first_submit_date: Text<'a>,
        study_first_post_date_struct: Option<DateStruct<'a>>,
        results_first_submit_date: Text<'a>,
        results_first_post_date_struct: Option<DateStruct<'a>>,
        last_update_submit_date: Text<'a>,
        last_update_post_date_struct: Option<DateStruct<'a>>,
    }
    DateStruct { date: Text<'a>, r#type: Text<'a>, }
    SponsorsModule { lead_sponsor: Option<Sponsor<'a>>, collaborators: List<Sponsor<'a>>, }
    Sponsor { name: Text<'a>, class: Text<'a>, }
    DescriptionModule { brief_summary: Text<'a>, detailed_description: Text<'a>, }
    ConditionsModule { conditions: List<Text<'a>>, keywords: List<Text<'a>>, }
    DesignModule {
        study_type: Text<'a>,
        phases: List<Text<'a>>,
        design_info: Option<DesignInfo<'a>>,
        enrollment_info: Option<EnrollmentInfo<'a>>,
    }
    DesignInfo {
        allocation: Text<'a>,
        intervention_model: Text<'a>,
        intervention_model_description: Text<'a>,
        primary_purpose: Text<'a>,
        observational_model: Text<'a>,
        time_perspective: Text<'a>,
        masking_info: Option<MaskingInfo<'a>>,
    }
    MaskingInfo { masking: Text<'a>, masking_description: Text<'a>, who_masked: List<Text<'a>>, }
    EnrollmentInfo { count: Count, r#type: Text<'a>, }
    ArmsModule { arm_groups: List<ArmGroup<'a>>, interventions: List<InterventionPart<'a>>, }
    ArmGroup { label: Text<'a>, r#type: Text<'a>, description: Text<'a>, intervention_names: List<Text<'a>>, }
    InterventionPart {
        r#type: Text<'a>,
        name: Text<'a>,
        description: Text<'a>,
        arm_group_labels: List<Text<'a>>,
        other_names: List<Text<'a>>,
    }
    OutcomesModule {
        primary_outcomes: List<Outcome<'a>>,
        secondary_outcomes: List<Outcome<'a>>,
        other_outcomes: List<Outcome<'a>>,
    }
    Outcome { measure: Text<'a>, description: Text<'a>, time_frame: Text<'a>, }
    EligibilityModule {
        eligibility_criteria: Text<'a>,
        healthy_volunteers: Flag,
        sex: Text<'a>,
        gender_based: Flag,
        gender_description: Text<'a>,
        minimum_age: Text<'a>,
        maximum_age: Text<'a>,
        std_ages: List<Text<'a>>,
        study_population: Text<'a>,
        sampling_method: Text<'a>,
    }
    LocationsModule {
        central_contacts: List<ContactPart<'a>>,
        overall_officials: List<OfficialPart<'a>>,
        locations: List<Location<'a>>,
    }
    ContactPart { name: Text<'a>, role: Text<'a>, phone: Text<'a>, phone_ext: Text<'a>, email: Text<'a>, }
    OfficialPart { name: Text<'a>, affiliation: Text<'a>, role: Text<'a>, }
    Location {
        facility: Text<'a>,
        status: Text<'a>,
        city: Text<'a>,
        state: Text<'a>,
        zip: Text<'a>,
        country: Text<'a>,
        contacts: List<ContactPart<'a>>,
    }
    ReferencesModule { references: List<ReferencePart<'a>>, see_also_links: List<LinkPart<'a>>, }
    ReferencePart { pmid: Text<'a>, r#type: Text<'a>, citation: Text<'a>, }
    LinkPart { label: Text<'a>, url: Text<'a>, }
    IpdModule {
        ipd_sharing: Text<'a>,
        description: Text<'a>,
        info_types: List<Text<'a>>,
        time_frame: Text<'a>,
        access_criteria: Text<'a>,
        url: Text<'a>,
    }
    DocumentsModule { large_docs: List<LargeDoc<'a>>, }
    LargeDoc { label: Text<'a>, date: Text<'a>, filename: Text<'a>, size: Count, type_abbrev: Text<'a>, }
}

impl Study<'_> {
    /// Whether the object has any of a study's own sections.
    pub(super) fn is_any(&self) -> bool {
        self.protocol_section.is_some() || self.document_section.is_some() || self.has_results.0.is_some()
    }
}
