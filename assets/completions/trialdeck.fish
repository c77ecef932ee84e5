# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_trialdeck_global_optspecs
    string join \n library= demo mouse color= fresh config= log-file= ascii h/help V/version
end

function __fish_trialdeck_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_trialdeck_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_trialdeck_using_subcommand
    set -l cmd (__fish_trialdeck_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c trialdeck -n "__fish_trialdeck_needs_command" -l library -d 'The library\'s folder, instead of the one among your data' -r -F
complete -c trialdeck -n "__fish_trialdeck_needs_command" -l color -d 'Colours: auto is none where NO_COLOR is set or the terminal is dumb' -r -f -a "auto\t'Unless NO_COLOR is set or the terminal is dumb'
always\t'Always'
never\t'Never'"
complete -c trialdeck -n "__fish_trialdeck_needs_command" -l config -d 'Use this configuration instead of your own' -r -F
complete -c trialdeck -n "__fish_trialdeck_needs_command" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_needs_command" -l demo -d 'Open the four bundled sample trials, even if there is a library'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -l mouse -d 'Take the mouse at the start (M turns it on and off)'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -l fresh -d 'Start anew, not where you were when these files were open last'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -s V -l version -d 'Print version'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -a "list" -d 'List trials'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -a "show" -d 'Print one trial'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -a "card" -d 'Put one trial on a page to print: who gets what, when, how it is measured, who may enter'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -a "read" -d 'Run one reader over a text and print what it reads'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -a "search" -d 'Search trials, best first'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -a "compare" -d 'Put trials side by side'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -a "calendar" -d 'Lay a trial\'s schedule on the calendar from a start date'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -a "check" -d 'List what a careful reader would query in records'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -a "match" -d 'Weigh one patient\'s facts against the limits of many trials'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -a "add" -d 'Add records to the library on this machine'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -a "fetch" -d 'Get records from ClinicalTrials.gov into the library'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -a "library" -d 'Look after the library on this machine'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -a "readings" -d 'Share second readers\' verdicts on what was read'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -a "config" -d 'Tell where the settings are, print the defaults, or check your own'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -a "completions" -d 'Print what a shell needs to complete the command line'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -a "man" -d 'Print the manual page'
complete -c trialdeck -n "__fish_trialdeck_needs_command" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand list" -l from -d 'A file, folder, archive or - for standard input; may be given several times. Without it the library, else the bundled samples' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand list" -l library -d 'The library\'s folder, instead of the one among your data' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand list" -l query -d 'Only the trials that match; as for search' -r
complete -c trialdeck -n "__fish_trialdeck_using_subcommand list" -l format -d 'How to print them' -r -f -a "table\t'Aligned columns'
json\t'An array of objects'
csv\t'A spreadsheet\'s rows'
ids\t'The ids alone'"
complete -c trialdeck -n "__fish_trialdeck_using_subcommand list" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand list" -l demo -d 'The bundled samples, even if there is a library'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand list" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand show" -l from -d 'A file, folder, archive or - for standard input; may be given several times. Without it the library, else the bundled samples' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand show" -l library -d 'The library\'s folder, instead of the one among your data' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand show" -l section -d 'Only these sections; all but record, if none is named' -r -f -a "overview\t'What it is: ids, titles, status, design, dates, summary'
arms\t'Arms and interventions'
endpoints\t'Outcome measures by role'
schedule\t'What is given when, what is measured when'
eligibility\t'Who may enter'
sites\t'Sites, contacts and officials'
record\t'Every field of the record as it came, with its path'"
complete -c trialdeck -n "__fish_trialdeck_using_subcommand show" -l format -d 'How to print it' -r -f -a "text\t'For a terminal'
md\t'Markdown'
json\t'trialdeck\'s own JSON, which it opens again'"
complete -c trialdeck -n "__fish_trialdeck_using_subcommand show" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand show" -l demo -d 'The bundled samples, even if there is a library'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand show" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand card" -l from -d 'A file, folder, archive or - for standard input; may be given several times. Without it the library, else the bundled samples' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand card" -l library -d 'The library\'s folder, instead of the one among your data' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand card" -l format -d 'How to write it' -r -f -a "md\t'Markdown'
html\t'A page to print'"
complete -c trialdeck -n "__fish_trialdeck_using_subcommand card" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand card" -l demo -d 'The bundled samples, even if there is a library'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand card" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand card" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand read" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand read" -l jsonl -d 'One JSON object a line in, one a line out'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand read" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand read" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand search" -l from -d 'A file, folder, archive or - for standard input; may be given several times. Without it the library, else the bundled samples' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand search" -l library -d 'The library\'s folder, instead of the one among your data' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand search" -l limit -d 'At most so many trials' -r
complete -c trialdeck -n "__fish_trialdeck_using_subcommand search" -l format -d 'How to print them' -r -f -a "table\t'A line a trial, and the line of it that matched'
json\t'An array of objects'"
complete -c trialdeck -n "__fish_trialdeck_using_subcommand search" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand search" -l demo -d 'The bundled samples, even if there is a library'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand search" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand compare" -l from -d 'A file, folder, archive or - for standard input; may be given several times. Without it the library, else the bundled samples' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand compare" -l library -d 'The library\'s folder, instead of the one among your data' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand compare" -l section -d 'Only these sections' -r -f -a "design\t'Design, status, dates, sponsor'
arms\t'Arms and what is given in them'
schedule\t'Cycles, assessments and visits'
endpoints\t'What is measured'
eligibility\t'Who may enter'"
complete -c trialdeck -n "__fish_trialdeck_using_subcommand compare" -l format -d 'How to print them' -r -f -a "text\t'Columns for a terminal'
md\t'Markdown tables'
csv\t'A spreadsheet\'s rows'
json\t'One object'"
complete -c trialdeck -n "__fish_trialdeck_using_subcommand compare" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand compare" -l demo -d 'The bundled samples, even if there is a library'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand compare" -l only-differences -d 'Leave out the rows in which all trials say the same'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand compare" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand compare" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand calendar" -l start -d 'Day 1: 2026-12-01, today, tomorrow or next mon' -r
complete -c trialdeck -n "__fish_trialdeck_using_subcommand calendar" -l arm -d 'Only this arm: its label, or a part of it that no other has' -r
complete -c trialdeck -n "__fish_trialdeck_using_subcommand calendar" -l part -d 'The part of the treatment that begins on the start date (induction, maintenance, …); the first, if none is named' -r
complete -c trialdeck -n "__fish_trialdeck_using_subcommand calendar" -l cycles -d 'Cycles to draw at most (doses, where the record states no cycle); as many as it states, or one, if not given' -r
complete -c trialdeck -n "__fish_trialdeck_using_subcommand calendar" -l slip -d 'A visit that was moved by so many days: 2=+3 for cycle 2, 2.8=-1 for its day 8; may be given several times' -r
complete -c trialdeck -n "__fish_trialdeck_using_subcommand calendar" -l later -d 'What later cycles are counted from' -r -f -a "visit\t'The actual visit'
plan\t'The plan'"
complete -c trialdeck -n "__fish_trialdeck_using_subcommand calendar" -l from -d 'A file, folder, archive or - for standard input; may be given several times. Without it the library, else the bundled samples' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand calendar" -l library -d 'The library\'s folder, instead of the one among your data' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand calendar" -l format -d 'How to print it' -r -f -a "text\t'For a terminal'
md\t'Markdown'
csv\t'A spreadsheet\'s rows'
ics\t'A file for calendar programs'"
complete -c trialdeck -n "__fish_trialdeck_using_subcommand calendar" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand calendar" -l demo -d 'The bundled samples, even if there is a library'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand calendar" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand calendar" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand check" -l from -d 'A file, folder, archive or - for standard input; may be given several times. Without it the library, else the bundled samples' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand check" -l library -d 'The library\'s folder, instead of the one among your data' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand check" -l format -d 'How to print the findings' -r -f -a "text\t'A line a trial that has findings, and one a finding'
json\t'An array of trials with their findings'
sarif\t'SARIF 2.1.0, for tools that show what checkers find'"
complete -c trialdeck -n "__fish_trialdeck_using_subcommand check" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand check" -l demo -d 'The bundled samples, even if there is a library'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand check" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand match" -l patient -d 'The patient\'s facts: a code word, days and not dates' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand match" -l from -d 'A file, folder, archive or - for standard input; may be given several times. Without it the library, else the bundled samples' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand match" -l library -d 'The library\'s folder, instead of the one among your data' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand match" -l format -d 'How to print them' -r -f -a "text\t'Trials with what is met, failed and unknown'
json\t'One object'"
complete -c trialdeck -n "__fish_trialdeck_using_subcommand match" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand match" -l demo -d 'The bundled samples, even if there is a library'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand match" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand match" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand add" -l library -d 'The library\'s folder, instead of the one among your data' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand add" -l commit-every -d 'Make what was added last after every N records, and at the end' -r
complete -c trialdeck -n "__fish_trialdeck_using_subcommand add" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand add" -l keep-versions -d 'Keep the records that newer versions replace, and not only their dates'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand add" -l read-later -d 'Leave the prose unread for now: typed limits (ecog<=1) and kinds find nothing in many records until then'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand add" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand add" -s h -l help -d 'Print help'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand fetch" -l query -d 'Records that the registry finds by these words' -r
complete -c trialdeck -n "__fish_trialdeck_using_subcommand fetch" -l limit -d 'At most so many records' -r
complete -c trialdeck -n "__fish_trialdeck_using_subcommand fetch" -l library -d 'The library\'s folder, instead of the one among your data' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand fetch" -l base-url -d 'The registry\'s API, instead of ClinicalTrials.gov\'s (also: TRIALDECK_REGISTRY)' -r
complete -c trialdeck -n "__fish_trialdeck_using_subcommand fetch" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand fetch" -l keep-versions -d 'Keep the records that newer versions replace, and not only their dates'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand fetch" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand fetch" -s h -l help -d 'Print help'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and not __fish_seen_subcommand_from status update remove verify compact help" -l library -d 'The library\'s folder, instead of the one among your data' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and not __fish_seen_subcommand_from status update remove verify compact help" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and not __fish_seen_subcommand_from status update remove verify compact help" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and not __fish_seen_subcommand_from status update remove verify compact help" -s h -l help -d 'Print help'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and not __fish_seen_subcommand_from status update remove verify compact help" -f -a "status" -d 'Tell what is in it; with ids, which versions of these records'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and not __fish_seen_subcommand_from status update remove verify compact help" -f -a "update" -d 'Get what has changed of its records from ClinicalTrials.gov'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and not __fish_seen_subcommand_from status update remove verify compact help" -f -a "remove" -d 'Take records out'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and not __fish_seen_subcommand_from status update remove verify compact help" -f -a "verify" -d 'Check that every file and record is as it was written'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and not __fish_seen_subcommand_from status update remove verify compact help" -f -a "compact" -d 'Make it smaller and faster; one of an older format is rebuilt from its records'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and not __fish_seen_subcommand_from status update remove verify compact help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from status" -l library -d 'The library\'s folder, instead of the one among your data' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from status" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from status" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from update" -l base-url -d 'The registry\'s API, instead of ClinicalTrials.gov\'s (also: TRIALDECK_REGISTRY)' -r
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from update" -l library -d 'The library\'s folder, instead of the one among your data' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from update" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from update" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from remove" -l library -d 'The library\'s folder, instead of the one among your data' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from remove" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from remove" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from verify" -l library -d 'The library\'s folder, instead of the one among your data' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from verify" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from verify" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from compact" -l library -d 'The library\'s folder, instead of the one among your data' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from compact" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from compact" -l drop-damaged -d 'Build it again from its records, without those that cannot be read any more'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from compact" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from compact" -s h -l help -d 'Print help'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from help" -f -a "status" -d 'Tell what is in it; with ids, which versions of these records'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from help" -f -a "update" -d 'Get what has changed of its records from ClinicalTrials.gov'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Take records out'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check that every file and record is as it was written'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from help" -f -a "compact" -d 'Make it smaller and faster; one of an older format is rebuilt from its records'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand library; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand readings; and not __fish_seen_subcommand_from export import help" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand readings; and not __fish_seen_subcommand_from export import help" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand readings; and not __fish_seen_subcommand_from export import help" -s h -l help -d 'Print help'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand readings; and not __fish_seen_subcommand_from export import help" -f -a "export" -d 'Print all verdicts as JSON'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand readings; and not __fish_seen_subcommand_from export import help" -f -a "import" -d 'Take a team\'s verdicts in; of two on one row the later holds'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand readings; and not __fish_seen_subcommand_from export import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand readings; and __fish_seen_subcommand_from export" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand readings; and __fish_seen_subcommand_from export" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand readings; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand readings; and __fish_seen_subcommand_from import" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand readings; and __fish_seen_subcommand_from import" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand readings; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand readings; and __fish_seen_subcommand_from help" -f -a "export" -d 'Print all verdicts as JSON'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand readings; and __fish_seen_subcommand_from help" -f -a "import" -d 'Take a team\'s verdicts in; of two on one row the later holds'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand readings; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand config" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand config" -l print-default -d 'Print every key, colour and option with its default and what it is for'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand config" -l check -d 'Tell everything in the configuration and in the vocabulary files that cannot be used'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand config" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand config" -s h -l help -d 'Print help'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand completions" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand completions" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand completions" -s h -l help -d 'Print help'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand man" -l log-file -d 'Write what the program does to the end of this file' -r -F
complete -c trialdeck -n "__fish_trialdeck_using_subcommand man" -l ascii -d 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand man" -s h -l help -d 'Print help'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and not __fish_seen_subcommand_from list show card read search compare calendar check match add fetch library readings config completions man help" -f -a "list" -d 'List trials'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and not __fish_seen_subcommand_from list show card read search compare calendar check match add fetch library readings config completions man help" -f -a "show" -d 'Print one trial'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and not __fish_seen_subcommand_from list show card read search compare calendar check match add fetch library readings config completions man help" -f -a "card" -d 'Put one trial on a page to print: who gets what, when, how it is measured, who may enter'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and not __fish_seen_subcommand_from list show card read search compare calendar check match add fetch library readings config completions man help" -f -a "read" -d 'Run one reader over a text and print what it reads'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and not __fish_seen_subcommand_from list show card read search compare calendar check match add fetch library readings config completions man help" -f -a "search" -d 'Search trials, best first'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and not __fish_seen_subcommand_from list show card read search compare calendar check match add fetch library readings config completions man help" -f -a "compare" -d 'Put trials side by side'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and not __fish_seen_subcommand_from list show card read search compare calendar check match add fetch library readings config completions man help" -f -a "calendar" -d 'Lay a trial\'s schedule on the calendar from a start date'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and not __fish_seen_subcommand_from list show card read search compare calendar check match add fetch library readings config completions man help" -f -a "check" -d 'List what a careful reader would query in records'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and not __fish_seen_subcommand_from list show card read search compare calendar check match add fetch library readings config completions man help" -f -a "match" -d 'Weigh one patient\'s facts against the limits of many trials'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and not __fish_seen_subcommand_from list show card read search compare calendar check match add fetch library readings config completions man help" -f -a "add" -d 'Add records to the library on this machine'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and not __fish_seen_subcommand_from list show card read search compare calendar check match add fetch library readings config completions man help" -f -a "fetch" -d 'Get records from ClinicalTrials.gov into the library'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and not __fish_seen_subcommand_from list show card read search compare calendar check match add fetch library readings config completions man help" -f -a "library" -d 'Look after the library on this machine'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and not __fish_seen_subcommand_from list show card read search compare calendar check match add fetch library readings config completions man help" -f -a "readings" -d 'Share second readers\' verdicts on what was read'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and not __fish_seen_subcommand_from list show card read search compare calendar check match add fetch library readings config completions man help" -f -a "config" -d 'Tell where the settings are, print the defaults, or check your own'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and not __fish_seen_subcommand_from list show card read search compare calendar check match add fetch library readings config completions man help" -f -a "completions" -d 'Print what a shell needs to complete the command line'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and not __fish_seen_subcommand_from list show card read search compare calendar check match add fetch library readings config completions man help" -f -a "man" -d 'Print the manual page'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and not __fish_seen_subcommand_from list show card read search compare calendar check match add fetch library readings config completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and __fish_seen_subcommand_from library" -f -a "status" -d 'Tell what is in it; with ids, which versions of these records'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and __fish_seen_subcommand_from library" -f -a "update" -d 'Get what has changed of its records from ClinicalTrials.gov'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and __fish_seen_subcommand_from library" -f -a "remove" -d 'Take records out'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and __fish_seen_subcommand_from library" -f -a "verify" -d 'Check that every file and record is as it was written'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and __fish_seen_subcommand_from library" -f -a "compact" -d 'Make it smaller and faster; one of an older format is rebuilt from its records'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and __fish_seen_subcommand_from readings" -f -a "export" -d 'Print all verdicts as JSON'
complete -c trialdeck -n "__fish_trialdeck_using_subcommand help; and __fish_seen_subcommand_from readings" -f -a "import" -d 'Take a team\'s verdicts in; of two on one row the later holds'
