//! Where a record stands in its registry: the registry's name and the page, told by the shape of an id.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::protocol::Trial;

/// A registry's shape of ids and its pages: `assets/vocabulary/registries.toml`.
#[derive(Debug, Deserialize)]
struct Registry {
    name: String,
    shape: String,
    page: String,
}

#[derive(Debug, Default, Deserialize)]
struct Registries {
    registry: Vec<Registry>,
}

static REGISTRIES: LazyLock<Registries> = LazyLock::new(|| {
    // The file is part of the program; a test reads it.
    toml::from_str(include_str!("../../assets/vocabulary/registries.toml")).unwrap_or_default()
});

/// A record's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryPage {
    /// The registry.
    pub registry: String,
    /// The record's id there.
    pub id: String,
    /// The address.
    pub address: String,
}

/// The page of a trial: of its own id, else of the first other one that a registry is known for.
pub fn of(trial: &Trial) -> Option<RegistryPage> {
    std::iter::once(trial.id.as_str()).chain(trial.ids.iter().map(|id| id.id.as_str())).find_map(of_id)
}

fn of_id(id: &str) -> Option<RegistryPage> {
    let registry = REGISTRIES.registry.iter().find(|registry| fits(&registry.shape, id))?;
    let address = registry.page.replace("{id}", id);
    Some(RegistryPage { registry: registry.name.clone(), id: id.to_owned(), address })
}

fn fits(shape: &str, id: &str) -> bool {
    let mut letters = id.chars();
    for sign in shape.chars() {
        let fits = match sign {
            '*' => {
                let rest = letters.as_str();
                let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/');
                return !rest.is_empty() && rest.chars().all(plain);
            }
            '#' => letters.next().is_some_and(|letter| letter.is_ascii_digit()),
            other => letters.next().is_some_and(|letter| letter.eq_ignore_ascii_case(&other)),
        };
        if !fits {
            return false;
        }
    }
    letters.as_str().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_leads_to_its_registrys_page() {
        assert!(
            toml::from_str::<Registries>(include_str!("../../assets/vocabulary/registries.toml")).is_ok()
        );
        for (id, address) in [
            ("NCT01234567", Some("https://clinicaltrials.gov/study/NCT01234567")),
            (
                "2020-001234-56",
                Some("https://www.clinicaltrialsregister.eu/ctr-search/search?query=2020-001234-56"),
            ),
            ("2023-501234-56-00", Some("https://euclinicaltrials.eu/ctis-public/view/2023-501234-56-00")),
            (
                "CTRI/2020/01/012345",
                Some("https://trialsearch.who.int/Trial2.aspx?TrialID=CTRI/2020/01/012345"),
            ),
            ("NCT0123456", None),
            ("NCT01234567; rm", None),
            ("jRCT$(x)", None),
            ("ABC-123", None),
        ] {
            assert_eq!(of_id(id).map(|page| page.address).as_deref(), address, "{id}");
        }
    }
}
