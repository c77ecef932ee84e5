//! The examples that `--help` and the manual page end with.

use clap::Command;

/// What is typed, and what it does.
pub type Example = (&'static str, &'static str);

/// The examples of every command, by its name; those of the bare command under no name.
pub const EXAMPLES: &[(&str, &[Example])] = &[
    (
        "",
        &[
            ("trialdeck", "your library if there is one, else four sample trials"),
            ("trialdeck ctg-studies.json.zip", "what the registry's Download button gives"),
            ("trialdeck records/ more.csv", "everything in a folder and in a file"),
            ("curl -s URL | trialdeck -", "records from a pipe; the keys come from the terminal"),
        ],
    ),
    (
        "list",
        &[
            ("trialdeck list --from records/ --query 'ecog<=1'", "the trials that let ECOG 0 or 1 in"),
            ("trialdeck list --format csv", "as a table for other programs"),
        ],
    ),
    (
        "show",
        &[
            ("trialdeck show NCT01234567 --from records/", "all that is read of a trial"),
            ("trialdeck show NCT01234567 --section arms,schedule --format md", "two sections, as Markdown"),
        ],
    ),
    (
        "card",
        &[
            ("trialdeck card NCT01234567 --format html > card.html", "a page to print"),
            ("trialdeck card NCT01234567 --from records/", "the same as Markdown"),
        ],
    ),
    (
        "read",
        &[
            ("trialdeck read dosing sentence.txt", "the doses in a text, as JSON"),
            ("trialdeck read criteria --jsonl < criteria.jsonl", "a line in, a line out"),
        ],
    ),
    (
        "search",
        &[
            ("trialdeck search 'regorafenib phase 2'", "best first"),
            ("trialdeck search 'drug:regorafenib phase>=2 ecog<=1' --limit 5", "by fields and limits"),
        ],
    ),
    (
        "compare",
        &[
            ("trialdeck compare NCT01234567 NCT07654321 --only-differences", "where two trials differ"),
            ("trialdeck compare NCT01234567 NCT01234567", "two versions of a record"),
        ],
    ),
    (
        "calendar",
        &[
            ("trialdeck calendar NCT01234567 --start 2026-12-01 --cycles 4", "four cycles as dates"),
            ("trialdeck calendar NCT01234567 --start 'next mon' --slip 2=+3", "cycle 2 three days late"),
            (
                "trialdeck calendar NCT01234567 --start today --format ics > visits.ics",
                "for a calendar program",
            ),
        ],
    ),
    (
        "check",
        &[
            ("trialdeck check records/", "what a careful reader would query"),
            ("trialdeck check records/ --format sarif > findings.sarif", "for tools that show findings"),
        ],
    ),
    (
        "match",
        &[
            ("trialdeck match --patient b7.json --from records/", "against every trial there"),
            ("trialdeck match --patient b7.json 'cond:gist' --format json", "against those a query finds"),
        ],
    ),
    (
        "add",
        &[
            ("trialdeck add ctg-studies.json.zip", "a whole download into the library"),
            ("trialdeck add records/ --keep-versions", "keep what earlier versions said"),
        ],
    ),
    (
        "fetch",
        &[
            ("trialdeck fetch NCT01234567 NCT07654321", "two records"),
            ("trialdeck fetch --query 'GIST regorafenib' --limit 50", "what the registry finds"),
        ],
    ),
    (
        "library",
        &[
            ("trialdeck library status", "what is in it"),
            ("trialdeck library update", "what has changed at the registry"),
        ],
    ),
    (
        "readings",
        &[
            ("trialdeck readings export > team.json", "the verdicts kept here, to share"),
            ("trialdeck readings import team.json", "those of others: of two on a row the later holds"),
        ],
    ),
    (
        "config",
        &[
            ("trialdeck config --print-default > config.toml", "every setting, to change some"),
            ("trialdeck config --check", "what in your own cannot be used, by line"),
        ],
    ),
    (
        "completions",
        &[
            ("trialdeck completions bash > ~/.local/share/bash-completion/completions/trialdeck", "bash"),
            ("trialdeck completions zsh > ~/.zfunc/_trialdeck", "zsh, where fpath has ~/.zfunc"),
            ("trialdeck completions fish > ~/.config/fish/completions/trialdeck.fish", "fish"),
        ],
    ),
    (
        "man",
        &[
            ("trialdeck man | man -l -", "read the manual page"),
            ("trialdeck man > ~/.local/share/man/man1/trialdeck.1", "keep it"),
        ],
    ),
];

/// Gives the command and its subcommands their examples.
pub fn add_to(command: Command) -> Command {
    EXAMPLES.iter().fold(command, |command, (name, examples)| {
        let text = text(examples);
        if name.is_empty() {
            return command.after_help(text);
        }
        let known = command.find_subcommand(name).is_some();
        if known { command.mut_subcommand(name, |sub| sub.after_help(text)) } else { command }
    })
}

fn text(examples: &[Example]) -> String {
    let mut text = String::from("Examples:");
    for (typed, does) in examples {
        text.push_str(&format!("\n  {typed}\n      {does}"));
    }
    text
}
