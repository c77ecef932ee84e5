//! Where keys come from when standard input is data.

use super::session::Start;

#[test]
fn keys_come_from_the_terminal_when_records_come_through_a_pipe() {
    let record = r#"{"protocolSection":{"identificationModule":{"nctId":"NCT90000001","briefTitle":"A piped record"}}}"#;
    let mut session = Start::sh("printf '%s' \"$RECORD\" | \"$TRIALDECK\" -; echo \"ended with $?\"")
        .env("RECORD", record)
        .go();
    session.wait_for_browser();
    session.wait_for_text("A piped record");
    session.keys("q");
    session.wait_for_text("ended with 0");
    session.ends_and_gives_the_terminal_back();
}
