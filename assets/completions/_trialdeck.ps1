
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'trialdeck' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'trialdeck'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'trialdeck' {
            [CompletionResult]::new('--library', '--library', [CompletionResultType]::ParameterName, 'The library''s folder, instead of the one among your data')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colours: auto is none where NO_COLOR is set or the terminal is dumb')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Use this configuration instead of your own')
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Open the four bundled sample trials, even if there is a library')
            [CompletionResult]::new('--mouse', '--mouse', [CompletionResultType]::ParameterName, 'Take the mouse at the start (M turns it on and off)')
            [CompletionResult]::new('--fresh', '--fresh', [CompletionResultType]::ParameterName, 'Start anew, not where you were when these files were open last')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List trials')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print one trial')
            [CompletionResult]::new('card', 'card', [CompletionResultType]::ParameterValue, 'Put one trial on a page to print: who gets what, when, how it is measured, who may enter')
            [CompletionResult]::new('read', 'read', [CompletionResultType]::ParameterValue, 'Run one reader over a text and print what it reads')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Search trials, best first')
            [CompletionResult]::new('compare', 'compare', [CompletionResultType]::ParameterValue, 'Put trials side by side')
            [CompletionResult]::new('calendar', 'calendar', [CompletionResultType]::ParameterValue, 'Lay a trial''s schedule on the calendar from a start date')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'List what a careful reader would query in records')
            [CompletionResult]::new('match', 'match', [CompletionResultType]::ParameterValue, 'Weigh one patient''s facts against the limits of many trials')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add records to the library on this machine')
            [CompletionResult]::new('fetch', 'fetch', [CompletionResultType]::ParameterValue, 'Get records from ClinicalTrials.gov into the library')
            [CompletionResult]::new('library', 'library', [CompletionResultType]::ParameterValue, 'Look after the library on this machine')
            [CompletionResult]::new('readings', 'readings', [CompletionResultType]::ParameterValue, 'Share second readers'' verdicts on what was read')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Tell where the settings are, print the defaults, or check your own')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print what a shell needs to complete the command line')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'trialdeck;list' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'A file, folder, archive or - for standard input; may be given several times. Without it the library, else the bundled samples')
            [CompletionResult]::new('--library', '--library', [CompletionResultType]::ParameterName, 'The library''s folder, instead of the one among your data')
            [CompletionResult]::new('--query', '--query', [CompletionResultType]::ParameterName, 'Only the trials that match; as for search')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print them')
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'The bundled samples, even if there is a library')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'trialdeck;show' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'A file, folder, archive or - for standard input; may be given several times. Without it the library, else the bundled samples')
            [CompletionResult]::new('--library', '--library', [CompletionResultType]::ParameterName, 'The library''s folder, instead of the one among your data')
            [CompletionResult]::new('--section', '--section', [CompletionResultType]::ParameterName, 'Only these sections; all but record, if none is named')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print it')
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'The bundled samples, even if there is a library')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'trialdeck;card' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'A file, folder, archive or - for standard input; may be given several times. Without it the library, else the bundled samples')
            [CompletionResult]::new('--library', '--library', [CompletionResultType]::ParameterName, 'The library''s folder, instead of the one among your data')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to write it')
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'The bundled samples, even if there is a library')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'trialdeck;read' {
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--jsonl', '--jsonl', [CompletionResultType]::ParameterName, 'One JSON object a line in, one a line out')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'trialdeck;search' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'A file, folder, archive or - for standard input; may be given several times. Without it the library, else the bundled samples')
            [CompletionResult]::new('--library', '--library', [CompletionResultType]::ParameterName, 'The library''s folder, instead of the one among your data')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many trials')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print them')
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'The bundled samples, even if there is a library')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'trialdeck;compare' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'A file, folder, archive or - for standard input; may be given several times. Without it the library, else the bundled samples')
            [CompletionResult]::new('--library', '--library', [CompletionResultType]::ParameterName, 'The library''s folder, instead of the one among your data')
            [CompletionResult]::new('--section', '--section', [CompletionResultType]::ParameterName, 'Only these sections')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print them')
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'The bundled samples, even if there is a library')
            [CompletionResult]::new('--only-differences', '--only-differences', [CompletionResultType]::ParameterName, 'Leave out the rows in which all trials say the same')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'trialdeck;calendar' {
            [CompletionResult]::new('--start', '--start', [CompletionResultType]::ParameterName, 'Day 1: 2026-12-01, today, tomorrow or next mon')
            [CompletionResult]::new('--arm', '--arm', [CompletionResultType]::ParameterName, 'Only this arm: its label, or a part of it that no other has')
            [CompletionResult]::new('--part', '--part', [CompletionResultType]::ParameterName, 'The part of the treatment that begins on the start date (induction, maintenance, …); the first, if none is named')
            [CompletionResult]::new('--cycles', '--cycles', [CompletionResultType]::ParameterName, 'Cycles to draw at most (doses, where the record states no cycle); as many as it states, or one, if not given')
            [CompletionResult]::new('--slip', '--slip', [CompletionResultType]::ParameterName, 'A visit that was moved by so many days: 2=+3 for cycle 2, 2.8=-1 for its day 8; may be given several times')
            [CompletionResult]::new('--later', '--later', [CompletionResultType]::ParameterName, 'What later cycles are counted from')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'A file, folder, archive or - for standard input; may be given several times. Without it the library, else the bundled samples')
            [CompletionResult]::new('--library', '--library', [CompletionResultType]::ParameterName, 'The library''s folder, instead of the one among your data')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print it')
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'The bundled samples, even if there is a library')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'trialdeck;check' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'A file, folder, archive or - for standard input; may be given several times. Without it the library, else the bundled samples')
            [CompletionResult]::new('--library', '--library', [CompletionResultType]::ParameterName, 'The library''s folder, instead of the one among your data')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print the findings')
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'The bundled samples, even if there is a library')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'trialdeck;match' {
            [CompletionResult]::new('--patient', '--patient', [CompletionResultType]::ParameterName, 'The patient''s facts: a code word, days and not dates')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'A file, folder, archive or - for standard input; may be given several times. Without it the library, else the bundled samples')
            [CompletionResult]::new('--library', '--library', [CompletionResultType]::ParameterName, 'The library''s folder, instead of the one among your data')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How to print them')
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'The bundled samples, even if there is a library')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'trialdeck;add' {
            [CompletionResult]::new('--library', '--library', [CompletionResultType]::ParameterName, 'The library''s folder, instead of the one among your data')
            [CompletionResult]::new('--commit-every', '--commit-every', [CompletionResultType]::ParameterName, 'Make what was added last after every N records, and at the end')
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--keep-versions', '--keep-versions', [CompletionResultType]::ParameterName, 'Keep the records that newer versions replace, and not only their dates')
            [CompletionResult]::new('--read-later', '--read-later', [CompletionResultType]::ParameterName, 'Leave the prose unread for now: typed limits (ecog<=1) and kinds find nothing in many records until then')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'trialdeck;fetch' {
            [CompletionResult]::new('--query', '--query', [CompletionResultType]::ParameterName, 'Records that the registry finds by these words')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many records')
            [CompletionResult]::new('--library', '--library', [CompletionResultType]::ParameterName, 'The library''s folder, instead of the one among your data')
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The registry''s API, instead of ClinicalTrials.gov''s (also: TRIALDECK_REGISTRY)')
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--keep-versions', '--keep-versions', [CompletionResultType]::ParameterName, 'Keep the records that newer versions replace, and not only their dates')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'trialdeck;library' {
            [CompletionResult]::new('--library', '--library', [CompletionResultType]::ParameterName, 'The library''s folder, instead of the one among your data')
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Tell what is in it; with ids, which versions of these records')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Get what has changed of its records from ClinicalTrials.gov')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Take records out')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that every file and record is as it was written')
            [CompletionResult]::new('compact', 'compact', [CompletionResultType]::ParameterValue, 'Make it smaller and faster; one of an older format is rebuilt from its records')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'trialdeck;library;status' {
            [CompletionResult]::new('--library', '--library', [CompletionResultType]::ParameterName, 'The library''s folder, instead of the one among your data')
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'trialdeck;library;update' {
            [CompletionResult]::new('--base-url', '--base-url', [CompletionResultType]::ParameterName, 'The registry''s API, instead of ClinicalTrials.gov''s (also: TRIALDECK_REGISTRY)')
            [CompletionResult]::new('--library', '--library', [CompletionResultType]::ParameterName, 'The library''s folder, instead of the one among your data')
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'trialdeck;library;remove' {
            [CompletionResult]::new('--library', '--library', [CompletionResultType]::ParameterName, 'The library''s folder, instead of the one among your data')
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'trialdeck;library;verify' {
            [CompletionResult]::new('--library', '--library', [CompletionResultType]::ParameterName, 'The library''s folder, instead of the one among your data')
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'trialdeck;library;compact' {
            [CompletionResult]::new('--library', '--library', [CompletionResultType]::ParameterName, 'The library''s folder, instead of the one among your data')
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--drop-damaged', '--drop-damaged', [CompletionResultType]::ParameterName, 'Build it again from its records, without those that cannot be read any more')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'trialdeck;library;help' {
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Tell what is in it; with ids, which versions of these records')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Get what has changed of its records from ClinicalTrials.gov')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Take records out')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that every file and record is as it was written')
            [CompletionResult]::new('compact', 'compact', [CompletionResultType]::ParameterValue, 'Make it smaller and faster; one of an older format is rebuilt from its records')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'trialdeck;library;help;status' {
            break
        }
        'trialdeck;library;help;update' {
            break
        }
        'trialdeck;library;help;remove' {
            break
        }
        'trialdeck;library;help;verify' {
            break
        }
        'trialdeck;library;help;compact' {
            break
        }
        'trialdeck;library;help;help' {
            break
        }
        'trialdeck;readings' {
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Print all verdicts as JSON')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take a team''s verdicts in; of two on one row the later holds')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'trialdeck;readings;export' {
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'trialdeck;readings;import' {
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'trialdeck;readings;help' {
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Print all verdicts as JSON')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take a team''s verdicts in; of two on one row the later holds')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'trialdeck;readings;help;export' {
            break
        }
        'trialdeck;readings;help;import' {
            break
        }
        'trialdeck;readings;help;help' {
            break
        }
        'trialdeck;config' {
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--print-default', '--print-default', [CompletionResultType]::ParameterName, 'Print every key, colour and option with its default and what it is for')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Tell everything in the configuration and in the vocabulary files that cannot be used')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'trialdeck;completions' {
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'trialdeck;man' {
            [CompletionResult]::new('--log-file', '--log-file', [CompletionResultType]::ParameterName, 'Write what the program does to the end of this file')
            [CompletionResult]::new('--ascii', '--ascii', [CompletionResultType]::ParameterName, 'Draw, and print words, with ASCII characters only: for terminals without others and for screen readers')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'trialdeck;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List trials')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print one trial')
            [CompletionResult]::new('card', 'card', [CompletionResultType]::ParameterValue, 'Put one trial on a page to print: who gets what, when, how it is measured, who may enter')
            [CompletionResult]::new('read', 'read', [CompletionResultType]::ParameterValue, 'Run one reader over a text and print what it reads')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Search trials, best first')
            [CompletionResult]::new('compare', 'compare', [CompletionResultType]::ParameterValue, 'Put trials side by side')
            [CompletionResult]::new('calendar', 'calendar', [CompletionResultType]::ParameterValue, 'Lay a trial''s schedule on the calendar from a start date')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'List what a careful reader would query in records')
            [CompletionResult]::new('match', 'match', [CompletionResultType]::ParameterValue, 'Weigh one patient''s facts against the limits of many trials')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add records to the library on this machine')
            [CompletionResult]::new('fetch', 'fetch', [CompletionResultType]::ParameterValue, 'Get records from ClinicalTrials.gov into the library')
            [CompletionResult]::new('library', 'library', [CompletionResultType]::ParameterValue, 'Look after the library on this machine')
            [CompletionResult]::new('readings', 'readings', [CompletionResultType]::ParameterValue, 'Share second readers'' verdicts on what was read')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Tell where the settings are, print the defaults, or check your own')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print what a shell needs to complete the command line')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'trialdeck;help;list' {
            break
        }
        'trialdeck;help;show' {
            break
        }
        'trialdeck;help;card' {
            break
        }
        'trialdeck;help;read' {
            break
        }
        'trialdeck;help;search' {
            break
        }
        'trialdeck;help;compare' {
            break
        }
        'trialdeck;help;calendar' {
            break
        }
        'trialdeck;help;check' {
            break
        }
        'trialdeck;help;match' {
            break
        }
        'trialdeck;help;add' {
            break
        }
        'trialdeck;help;fetch' {
            break
        }
        'trialdeck;help;library' {
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Tell what is in it; with ids, which versions of these records')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Get what has changed of its records from ClinicalTrials.gov')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Take records out')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check that every file and record is as it was written')
            [CompletionResult]::new('compact', 'compact', [CompletionResultType]::ParameterValue, 'Make it smaller and faster; one of an older format is rebuilt from its records')
            break
        }
        'trialdeck;help;library;status' {
            break
        }
        'trialdeck;help;library;update' {
            break
        }
        'trialdeck;help;library;remove' {
            break
        }
        'trialdeck;help;library;verify' {
            break
        }
        'trialdeck;help;library;compact' {
            break
        }
        'trialdeck;help;readings' {
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Print all verdicts as JSON')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take a team''s verdicts in; of two on one row the later holds')
            break
        }
        'trialdeck;help;readings;export' {
            break
        }
        'trialdeck;help;readings;import' {
            break
        }
        'trialdeck;help;config' {
            break
        }
        'trialdeck;help;completions' {
            break
        }
        'trialdeck;help;man' {
            break
        }
        'trialdeck;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
