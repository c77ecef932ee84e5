//! Contrast and kinds of sight, over every theme that ships; which theme a configuration comes to.

use ratatui::style::Modifier;

use super::*;

/// Contrast that text needs at least (WCAG 2 AA), and that the themes of high contrast promise.
const LEAST: f64 = 4.5;
const HIGH: f64 = 7.0;
/// Looks that are laid over another one.
const OVER: &[&str] = &["found", "found-here", "cursor", "cursor-elsewhere"];
/// Titles: nothing is laid over them.
const ALONE: &[&str] = &["focused"];

fn at(value: &str) -> At<String> {
    At { value: value.to_owned(), line: 1 }
}

fn shipped(name: &str) -> Theme {
    theme(name, &[], &mut Vec::new()).expect("a theme that ships")
}

fn look(theme: &Theme, name: &str) -> Style {
    let look = LOOKS.iter().find(|look| look.name == name).expect("a look");
    *(look.of)(&mut theme.clone())
}

fn channels(color: Option<Color>) -> [f64; 3] {
    let Some(Color::Rgb(r, g, b)) = color else { panic!("{color:?} is no exact colour") };
    [r, g, b].map(|channel| {
        let part = f64::from(channel) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

fn luminance([r, g, b]: [f64; 3]) -> f64 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// The contrast of a look's letters with what is behind them (WCAG 2).
fn contrast(style: Style) -> f64 {
    let (one, other) = (luminance(channels(style.fg)), luminance(channels(style.bg)));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Every look as it can stand on the screen: alone, and with what is laid over it.
fn pairs(theme: &Theme) -> Vec<(String, Style)> {
    let mut pairs = Vec::new();
    for under in LOOKS.iter().filter(|look| !OVER.contains(&look.name)) {
        let base = theme.screen.patch(look(theme, under.name));
        pairs.push((under.name.to_owned(), base));
        for over in OVER.iter().filter(|_| !ALONE.contains(&under.name)) {
            pairs.push((format!("{over} over {}", under.name), base.patch(look(theme, over))));
            let both = base.patch(look(theme, "cursor")).patch(look(theme, over));
            pairs.push((format!("{over} over cursor over {}", under.name), both));
        }
    }
    pairs
}

#[test]
fn every_text_stands_out_from_its_background_in_every_theme() {
    for (name, _) in SHIPPED {
        let least = if name.starts_with("high-contrast") { HIGH } else { LEAST };
        let theme = shipped(name);
        for (what, style) in pairs(&theme) {
            let ratio = contrast(style);
            assert!(ratio >= least, "{name}: {what}: {ratio:.2}");
            assert!(!style.add_modifier.contains(Modifier::DIM), "{name}: {what} is dimmed below that");
        }
        let indexed: Vec<_> = pairs(&indexed(theme)).into_iter().collect();
        assert!(indexed.iter().all(|(_, style)| !matches!(style.fg, Some(Color::Rgb(..)))), "{name}");
    }
}

#[test]
fn every_theme_that_ships_speaks_of_every_look_and_of_nothing_else() {
    for (name, text) in SHIPPED {
        let (settings, wrong) = Settings::read(text);
        assert_eq!(wrong, [], "{name}");
        let [colors] = settings.colors.as_slice() else { panic!("{name}: one table is needed") };
        assert_eq!(colors.theme.value, *name);
        assert_eq!(Theme::default().take(name, &colors.styles), [], "{name}");
        let mut looks: Vec<&str> = colors.styles.iter().map(|(look, _)| look.as_str()).collect();
        let mut known: Vec<&str> = LOOKS.iter().map(|look| look.name).collect();
        looks.sort_unstable();
        known.sort_unstable();
        assert_eq!(looks, known, "{name}");
    }
}

/// What somebody sees who lacks one of the three kinds of cones (Machado, Oliveira and Fernandes 2009).
const SIGHTS: &[(&str, [[f64; 3]; 3])] = &[
    (
        "protanopia",
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    ),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    (
        "tritanopia",
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ),
];

/// CIE Lab of a linear colour, D65.
fn lab([r, g, b]: [f64; 3]) -> [f64; 3] {
    let part = |value: f64| {
        let value = value.max(0.0);
        if value > 0.008856 { value.cbrt() } else { 7.787 * value + 16.0 / 116.0 }
    };
    let x = part((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
    let y = part(0.2126 * r + 0.7152 * g + 0.0722 * b);
    let z = part((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn seen(color: Option<Color>, sight: &[[f64; 3]; 3]) -> [f64; 3] {
    let linear = channels(color);
    lab(sight.map(|row| row.iter().zip(linear).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0)))
}

#[test]
fn fine_and_wrong_are_told_apart_by_everybody_in_the_themes_for_it() {
    /// Far beyond the least difference that is noticed (about 2).
    const APART: f64 = 20.0;
    for name in ["colorblind", "colorblind-light"] {
        let theme = shipped(name);
        for (one, other) in [(theme.good, theme.bad), (theme.good, theme.warn), (theme.warn, theme.bad)] {
            for (sight, matrix) in SIGHTS {
                let (a, b) = (seen(one.fg, matrix), seen(other.fg, matrix));
                let apart = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                assert!(apart >= APART, "{name}, {sight}: {one:?} and {other:?}: {apart:.1}");
            }
        }
    }
}

#[test]
fn a_theme_is_named_changed_or_ones_own() {
    let (settings, _) = Settings::read(
        "theme = 'mine'\n[colors.mine]\nlike = 'dark'\nwarn = 'red'\n[colors.dark]\nkey = 'white'\n",
    );
    let mut wrong = Vec::new();
    let themes = Themes::of(&settings, Depth::True, None, &mut wrong);
    let red = Style::new().fg(Color::Red);
    assert_eq!((themes.first.warn, themes.first.screen), (red, shipped("dark").screen));
    assert_eq!(themes.first.key, Style::new().fg(Color::White), "what it is like, with the user's changes");
    assert_eq!((themes.by_background, wrong), (None, Vec::new()));
    let (settings, _) =
        Settings::read("theme = 'sepia'\n[colors.a]\nlike = 'a'\nsky = 'blue'\nwarn = 'reddish'\n");
    let mut wrong = Vec::new();
    assert_eq!(Themes::of(&settings, Depth::True, None, &mut wrong).first, Theme::sixteen());
    let told: Vec<(Option<usize>, &str)> =
        wrong.iter().map(|w| (w.line, w.reason.split(':').next().unwrap_or_default())).collect();
    assert_eq!(told, [(Some(4), "colors.a.sky"), (Some(5), "colors.a.warn"), (Some(1), "theme")]);
    assert!(theme("a", &settings.colors, &mut Vec::new()).is_err_and(|told| told.contains("like itself")));
}

#[test]
fn the_background_chooses_and_until_it_is_known_the_terminals_own_colours_are_used() {
    let (settings, _) = Settings::read("theme = { dark = 'colorblind', light = 'light' }");
    let of = |known| Themes::of(&settings, Depth::True, known, &mut Vec::new());
    assert_eq!(of(Some(Background::Light)), Themes::one(shipped("light")));
    assert_eq!(of(None).first, Theme::sixteen());
    assert_eq!(of(None).by_background, Some((shipped("colorblind"), shipped("light"))));
    let auto = Settings { theme: Some(ThemeName::One(at("auto"))), ..Settings::default() };
    let themes = Themes::of(&auto, Depth::True, Some(Background::Dark), &mut Vec::new());
    assert_eq!(themes, Themes::one(shipped("dark")));
}

#[test]
fn exact_colours_give_way_where_the_terminal_has_none() {
    assert_eq!((nearest(0, 0, 0), nearest(255, 255, 255), nearest(255, 0, 0)), (16, 231, 196));
    assert_eq!(nearest(9, 9, 8), 232);
    let dark = shown(&at("dark"), &[], Depth::Sixteen).expect("a theme");
    assert_eq!(dark, Theme::sixteen());
    let dark = shown(&at("dark"), &[], Depth::Indexed).expect("a theme");
    assert!(matches!(dark.screen.bg, Some(Color::Indexed(_))));
}
