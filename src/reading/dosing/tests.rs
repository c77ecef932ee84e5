use super::*;

#[test]
fn dump() {
    let Ok(text) = std::env::var("DOSING_TEXT") else { return };
    let label = std::env::var("DOSING_LABEL").unwrap_or_default();
    let v = Vocabulary::embedded();
    let tokens = lex(&text);
    let label = Label::of(&label, v);
    println!("label {:?}", label.name);
    for part in scan::scan(&tokens, &text, &label.own, v) {
        println!("{:<24} {:?}", tokens.slice(part.first..part.end), part.what);
    }
    for row in read(&text, &std::env::var("DOSING_LABEL").unwrap_or_default()) {
        println!("{}", serde_json::to_string(&row).unwrap());
    }
}
