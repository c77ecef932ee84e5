//! The ways in which a pattern's word may be written: plurals, British spelling, capitals.

/// Whether a pattern's word mixes small letters and capitals, other than by a capital at its beginning.
pub(super) fn mixed(word: &str) -> bool {
    let rest = word.chars().skip(1);
    word.chars().any(char::is_lowercase) && rest.clone().any(char::is_uppercase)
}

/// Spellings that differ by country: as the vocabularies write them, and otherwise.
const SPELLINGS: &[(&str, &str)] = &[
    ("tumor", "tumour"),
    ("edema", "oedema"),
    ("esoph", "oesoph"),
    ("hemo", "haemo"),
    ("hema", "haema"),
    ("emia", "aemia"),
    ("ization", "isation"),
    ("ized", "ised"),
    ("color", "colour"),
    ("behavior", "behaviour"),
    ("diarrhea", "diarrhoea"),
    ("anesth", "anaesth"),
    ("randomiz", "randomis"),
    ("pediatric", "paediatric"),
    ("program", "programme"),
    ("center", "centre"),
    ("fiber", "fibre"),
    ("estr", "oestr"),
    ("titer", "titre"),
    ("neutraliz", "neutralis"),
    ("emic", "aemic"),
    ("pnea", "pnoea"),
    ("rrhea", "rrhoea"),
    ("cesarean", "caesarean"),
    ("cecal", "caecal"),
    ("fecal", "faecal"),
    ("feces", "faeces"),
    ("orthoped", "orthopaed"),
    ("gynec", "gynaec"),
    ("celiac", "coeliac"),
    ("fetal", "foetal"),
    ("labor", "labour"),
    ("sulf", "sulph"),
    ("meter", "metre"),
    ("etiol", "aetiol"),
    ("analog", "analogue"),
    ("ischem", "ischaem"),
    ("lymphed", "lymphoed"),
    ("leuko", "leuco"),
    ("caliber", "calibre"),
    ("mold", "mould"),
    ("gray", "grey"),
    ("catheteriz", "catheteris"),
    ("hospitaliz", "hospitalis"),
    ("utiliz", "utilis"),
    ("normaliz", "normalis"),
    ("mobiliz", "mobilis"),
    ("anemi", "anaemi"),
];

/// The ways in which a word may be written: itself, its plural, its British spelling.
pub(super) fn forms(word: &str) -> Vec<String> {
    let mut spelt = vec![word.to_owned()];
    for (here, there) in SPELLINGS {
        if word.contains(here) && !word.contains(there) {
            spelt.push(word.replace(here, there));
        }
    }
    let plurals: Vec<String> = spelt.iter().filter_map(|word| plural(word)).collect();
    spelt.extend(plurals);
    spelt
}

/// The regular plural of a word of three letters or more that does not end in `s` or a digit.
fn plural(word: &str) -> Option<String> {
    let last = word.chars().last()?;
    if word.chars().count() < 2 || !last.is_alphabetic() || !last.is_ascii() || last == 's' {
        return None;
    }
    let stem = word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    Some(match stem {
        Some(stem) if word.len() > 3 => format!("{stem}ies"),
        _ if word.ends_with(['x', 'z']) || word.ends_with("ch") || word.ends_with("sh") => {
            format!("{word}es")
        }
        _ => format!("{word}s"),
    })
}
