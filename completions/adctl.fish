# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_adctl_global_optspecs
    string join \n context= server= tenant= token-file= ca-file= timeout= o/output= columns= no-header color= tz= utc q/quiet v/verbose debug y/yes no-input w/watch interval= h/help V/version
end

function __fish_adctl_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_adctl_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_adctl_using_subcommand
    set -l cmd (__fish_adctl_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c adctl -n "__fish_adctl_needs_command" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_needs_command" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_needs_command" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_needs_command" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_needs_command" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_needs_command" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_needs_command" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_needs_command" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_needs_command" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_needs_command" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_needs_command" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_needs_command" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_needs_command" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_needs_command" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_needs_command" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_needs_command" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_needs_command" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_needs_command" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_needs_command" -s V -l version -d 'Print version'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "tenants" -d 'Media owners; everything else belongs to one'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "advertisers" -d 'Who pays for campaigns'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "orders" -d 'Campaigns that share a budget and caps'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "campaigns" -d 'Buys: dates, budget, price, tier and weight'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "creatives" -d 'Spots of campaigns, and their files'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "channels" -d 'Streams that ask for ads'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "sessions" -d 'Viewers of streams with ads'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "targeting" -d 'For whom and when campaigns and creatives are served'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "pods" -d 'Kinds of pods, which channels fill'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "categories" -d 'What keeps rivals apart'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "tags" -d 'Addresses that players call for an ad'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "hls" -d 'Streams as players see them'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "tail" -d 'What happens now: decisions, beacons and writes as they come'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "stats" -d 'What was delivered'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "analytics" -d 'Delivery along time, against another time, and by hour of the day'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "reports" -d 'Delivery by any dimensions and metrics'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "explain" -d 'Why each campaign was served to a request or not'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "decide" -d 'Decide a request without handing anything out'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "history" -d 'Every change: who, when, before and after'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "undo" -d 'Take back a change'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "apply" -d 'Bring the catalog to what files say'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "diff" -d 'Show what apply would change'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "export" -d 'Print the catalog as a file for apply'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "validate" -d 'Check files for apply, without a daemon'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "seed" -d 'Create what a file describes, by name, where it is missing'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "demo" -d 'Show everything at work: a daemon, campaigns, and simulated TVs'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "users" -d 'Who works for a tenant'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "keys" -d 'What programs call the daemon with'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "login" -d 'Log in to a daemon'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "register" -d 'Set a password with the code of an invite, and log in'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "logout" -d 'End the login'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "whoami" -d 'Who you are for the daemon, and what you may do'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "profile" -d 'Show or change what you are called'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "password" -d 'Change your password'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "top" -d 'The dashboard: how everything stands, now'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "dashboard" -d 'The dashboard: how everything stands, now'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "status" -d 'How the daemon is'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "version" -d 'Versions of adctl and of the daemon'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "context" -d 'Daemons to talk to, by name'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "completions" -d 'Completions for a shell'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "man" -d 'Manual pages'
complete -c adctl -n "__fish_adctl_needs_command" -f -a "help" -d 'Help about a command or a topic'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "list" -d 'Show all tenants'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "get" -d 'Show one tenant'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "create" -d 'Create a tenant'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "update" -d 'Change fields of a tenant'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "edit" -d 'Change a tenant in your editor'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "delete" -d 'Delete tenants that have nothing left'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -l search -d 'Only those with this text in their name' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -l sort -d 'Field to sort by; a dash before it turns the order around' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -l limit -d 'Most entries of one page' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -l cursor -d 'Where to go on: the cursor that the page before ended with' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -l all -d 'Every page'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -l timezone -d 'IANA zone of its days; UTC unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -l currency -d 'ISO 4217 code of its money; USD unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -l quota-rps -d 'Ad requests and sessions a second that are answered, or `none` for as many as come' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -s f -l from -d 'Take the fields of the API from a YAML, TOML or JSON file, or `-`; flags go before' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -l if-not-exists -d 'Answer with what is there when the name is taken'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l rename -d 'Its new name' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l timezone -d 'IANA zone of its days; UTC unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l currency -d 'ISO 4217 code of its money; USD unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l quota-rps -d 'Ad requests and sessions a second that are answered, or `none` for as many as come' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -s f -l from -d 'Take the fields of the API from a YAML, TOML or JSON file, or `-`; flags go before' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -l confirm -d 'The name that would have to be typed, where that is asked' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand tenants; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "list" -d 'Show advertisers'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "get" -d 'Show one advertiser'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "create" -d 'Create an advertiser'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "update" -d 'Change fields of an advertiser'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "edit" -d 'Change an advertiser in your editor'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "delete" -d 'Delete advertisers without campaigns'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -l search -d 'Only those with this text in their name' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -l sort -d 'Field to sort by; a dash before it turns the order around' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -l limit -d 'Most entries of one page' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -l cursor -d 'Where to go on: the cursor that the page before ended with' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -l all -d 'Every page'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -l domain -d 'Its web domain, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -l category -d 'A category such as IAB2-3; give it several times for several, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -s f -l from -d 'Take the fields of the API from a YAML, TOML or JSON file, or `-`; flags go before' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -l if-not-exists -d 'Answer with what is there when the name is taken'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -l rename -d 'Its new name' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -l domain -d 'Its web domain, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -l category -d 'A category such as IAB2-3; give it several times for several, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -s f -l from -d 'Take the fields of the API from a YAML, TOML or JSON file, or `-`; flags go before' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -l confirm -d 'The name that would have to be typed, where that is asked' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand advertisers; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "list" -d 'Show orders'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "get" -d 'Show one order'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "create" -d 'Create an order'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "update" -d 'Change fields of an order'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "edit" -d 'Change an order in your editor'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "delete" -d 'Delete orders without campaigns'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l advertiser -d 'Only those of this advertiser, by id or name' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l search -d 'Only those with this text in their name' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l sort -d 'Field to sort by; a dash before it turns the order around' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l limit -d 'Most entries of one page' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l cursor -d 'Where to go on: the cursor that the page before ended with' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l all -d 'Every page'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l advertiser -d 'Who pays, by id or name' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l description -d 'What it is, for people' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l budget -d 'Budget of its campaigns together, such as 120000 or 1.5M, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l daily-budget -d 'Budget of its campaigns together in one day of the tenant\'s zone, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l goal -d 'Impressions of its campaigns together, such as 5M, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l cap -d 'How often one viewer may be shown any of its campaigns, such as user:3/1h,10/7d or household:5/day; give it several times for several scopes, or `none`; see adctl help caps' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -s f -l from -d 'Take the fields of the API from a YAML, TOML or JSON file, or `-`; flags go before' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l if-not-exists -d 'Answer with what is there when the name is taken'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l rename -d 'Its new name' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l advertiser -d 'Who pays, by id or name' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l description -d 'What it is, for people' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l budget -d 'Budget of its campaigns together, such as 120000 or 1.5M, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l daily-budget -d 'Budget of its campaigns together in one day of the tenant\'s zone, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l goal -d 'Impressions of its campaigns together, such as 5M, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l cap -d 'How often one viewer may be shown any of its campaigns, such as user:3/1h,10/7d or household:5/day; give it several times for several scopes, or `none`; see adctl help caps' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -s f -l from -d 'Take the fields of the API from a YAML, TOML or JSON file, or `-`; flags go before' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -l confirm -d 'The name that would have to be typed, where that is asked' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand orders; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -f -a "list" -d 'Show campaigns'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -f -a "get" -d 'Show one campaign'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -f -a "create" -d 'Create a campaign'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -f -a "update" -d 'Change fields of a campaign'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -f -a "edit" -d 'Change a campaign in your editor'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -f -a "clone" -d 'Copy a campaign as a draft, with its creatives'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -f -a "activate" -d 'Start serving drafts; the same as resume'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -f -a "pause" -d 'Stop serving, at once'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -f -a "resume" -d 'Serve again'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -f -a "complete" -d 'Close campaigns'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -f -a "delete" -d 'Delete campaigns with their creatives'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -f -a "why" -d 'Count why a campaign was served or not, over the decisions that were kept'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and not __fish_seen_subcommand_from list get create update edit clone activate pause resume complete delete why stats" -f -a "stats" -d 'Show what a campaign delivered'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l status -d 'Only those of this status: draft, active, paused or completed' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l advertiser -d 'Only those of this advertiser, by id or name' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l tier -d 'Only those of this tier: sponsorship, standard, bulk or house' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l order -d 'Only those in this order, by id or name' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l search -d 'Only those with this text in their name' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l sort -d 'Field to sort by; a dash before it turns the order around' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l limit -d 'Most entries of one page' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l cursor -d 'Where to go on: the cursor that the page before ended with' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l all -d 'Every page'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l advertiser -d 'Who pays, by id or name' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l description -d 'What it is, for people' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l budget -d 'Budget over the whole flight, such as 120000, 24.50 or 1.5M' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l daily-budget -d 'Budget of one day of the tenant\'s zone, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l goal -d 'Impressions over the whole flight, such as 5M or 5M:impressions, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l start -d 'When it may first be served; see adctl help time' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l end -d 'When it may no longer be served; see adctl help time' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l rate -d 'Price: cpm:24, cpc:0.35, cpv:0.02 or flat:5000' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l tier -d 'Rank class: sponsorship, standard, bulk or house' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l weight -d 'Share among the campaigns of its tier' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l targeting -d 'For whom and when; `everyone` for all, `-` or @FILE to read it; see adctl help targeting' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l order -d 'Order of the same advertiser whose budget and caps it shares, by id or name, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l cap -d 'How often one viewer may be shown it, such as user:3/1h,10/7d or household:5/day or pod:1; give it several times for several scopes, or `none`; see adctl help caps' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l pacing -d 'How it spreads: asap, even, `front_loaded` or custom:500=700, for 70% after half of the time' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l category -d 'Code of a category it competes in; give it several times for several, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l position -d 'Where in a pod it wants to be: any, first, last or edge' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l share-of-voice -d 'Percent of the requests it may be served for that it is drawn for first, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -s f -l from -d 'Take the fields of the API from a YAML, TOML or JSON file, or `-`; flags go before' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l activate -d 'Serve it as soon as it has a creative and its start has come'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l if-not-exists -d 'Answer with what is there when the name is taken'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l rename -d 'Its new name' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l advertiser -d 'Who pays, by id or name' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l description -d 'What it is, for people' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l budget -d 'Budget over the whole flight, such as 120000, 24.50 or 1.5M' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l daily-budget -d 'Budget of one day of the tenant\'s zone, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l goal -d 'Impressions over the whole flight, such as 5M or 5M:impressions, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l start -d 'When it may first be served; see adctl help time' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l end -d 'When it may no longer be served; see adctl help time' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l rate -d 'Price: cpm:24, cpc:0.35, cpv:0.02 or flat:5000' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l tier -d 'Rank class: sponsorship, standard, bulk or house' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l weight -d 'Share among the campaigns of its tier' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l targeting -d 'For whom and when; `everyone` for all, `-` or @FILE to read it; see adctl help targeting' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l order -d 'Order of the same advertiser whose budget and caps it shares, by id or name, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l cap -d 'How often one viewer may be shown it, such as user:3/1h,10/7d or household:5/day or pod:1; give it several times for several scopes, or `none`; see adctl help caps' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l pacing -d 'How it spreads: asap, even, `front_loaded` or custom:500=700, for 70% after half of the time' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l category -d 'Code of a category it competes in; give it several times for several, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l position -d 'Where in a pod it wants to be: any, first, last or edge' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l share-of-voice -d 'Percent of the requests it may be served for that it is drawn for first, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -s f -l from -d 'Take the fields of the API from a YAML, TOML or JSON file, or `-`; flags go before' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from clone" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from activate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from pause" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from complete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -l confirm -d 'The name that would have to be typed, where that is asked' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -l since -d 'Decisions since this time; the last day unless given; see adctl help time' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from why" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -l by -d 'What the rows are' -r -f -a "total\t'One row in all'
hour\t'A row an hour'
day\t'A row a day of the tenant\'s zone'
campaign\t'A row a campaign'
creative\t'A row a creative'
channel\t'A row a channel'
week\t'A row a week of the tenant\'s zone, from Monday'
device\t'A row a type of device'
country\t'A row a country'
event\t'A row a kind of event'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -l since -d 'From the hour of this time; see adctl help time' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -l until -d 'To the hour of this time' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand campaigns; and __fish_seen_subcommand_from stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -f -a "upload" -d 'Upload a file as a creative of a campaign'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -f -a "list" -d 'Show creatives'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -f -a "get" -d 'Show one creative'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -f -a "update" -d 'Change fields of a creative'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -f -a "activate" -d 'Serve creatives'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -f -a "deactivate" -d 'Stop serving creatives, at once'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -f -a "renditions" -d 'Show how far a creative is made to fit the streams of channels'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -f -a "condition" -d 'Make a creative fit the streams of channels now, also where it failed before'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and not __fish_seen_subcommand_from upload list get update activate deactivate renditions condition delete" -f -a "delete" -d 'Delete creatives with their files'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l campaign -d 'The campaign, by id or name' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l name -d 'Its name; the name of the file without extension unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l weight -d 'Share among the creatives of its campaign' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l click-url -d 'Where a click leads, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l targeting -d 'For whom and when; `everyone` for all, `-` or @FILE to read it; see adctl help targeting' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l cap -d 'How often one viewer may be shown it, such as user:3/1h or pod:1; give it several times for several scopes, or `none`; see adctl help caps' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l start -d 'When it may first be served, or `none` for the start of its campaign; see adctl help time' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l end -d 'When it may no longer be served, or `none` for the end of its campaign' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from upload" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l campaign -d 'Only those of this campaign, by id or name' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l status -d 'Only those of this status: processing, active, inactive or failed' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l search -d 'Only those with this text in their name' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l sort -d 'Field to sort by; a dash before it turns the order around' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l limit -d 'Most entries of one page' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l cursor -d 'Where to go on: the cursor that the page before ended with' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l all -d 'Every page'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l rename -d 'Its new name' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l weight -d 'Share among the creatives of its campaign' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l click-url -d 'Where a click leads, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l targeting -d 'For whom and when; `everyone` for all, `-` or @FILE to read it; see adctl help targeting' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l cap -d 'How often one viewer may be shown it, such as user:3/1h or pod:1; give it several times for several scopes, or `none`; see adctl help caps' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l start -d 'When it may first be served, or `none` for the start of its campaign; see adctl help time' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l end -d 'When it may no longer be served, or `none` for the end of its campaign' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -s f -l from -d 'Take the fields of the API from a YAML, TOML or JSON file, or `-`; flags go before' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from activate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from deactivate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from renditions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -l channel -d 'Only for the stream of this channel, by id or name' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -l wait -d 'Wait until it is ready or has failed'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from condition" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -l confirm -d 'The name that would have to be typed, where that is asked' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand creatives; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "list" -d 'Show channels'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "get" -d 'Show one channel'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "create" -d 'Create a channel'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "update" -d 'Change fields of a channel'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "edit" -d 'Change a channel in your editor'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "delete" -d 'Delete channels'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l search -d 'Only those with this text in their name' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l sort -d 'Field to sort by; a dash before it turns the order around' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l limit -d 'Most entries of one page' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l cursor -d 'Where to go on: the cursor that the page before ended with' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l all -d 'Every page'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l description -d 'What it is, for people' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l slot -d 'Time to fill when a request names none, such as 30s, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l pod -d 'Kind of pod to fill when a request describes none, by id or name, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l origin -d 'Playlist of the stream, live or on demand, or a folder of assets ending with `/`; give it again for origins that are asked when the first fails; `none` takes all about the stream away' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l asset -d 'Multivariant playlist of an asset; several are played in turn, for ever, as one live stream' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l insertion -d 'Who puts the ads in: `stitched` the server, `guided` the player (HLS interstitials)' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l reporting -d 'Who reports what was seen: the `server`, or the `client`' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l break -d 'A break known beforehand, as offset and length such as 10m+60s; give it several times, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l break-mode -d 'What such breaks do to a stream on demand: `insert` into it, or `replace` content' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l break-max -d 'No break is longer than this, such as 4m' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l break-default -d 'Time to fill when a cue tells none, such as 60s' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l join -d 'Who joins in the middle of a break sees `partial` ads, or `suppress` the content under it' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l filler -d 'Where no ad stands in a break: the `slate`, or the `content` under it' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l fill-min -d 'Thousandths of a break that ads must fill, else it is all filler' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -s f -l from -d 'Take the fields of the API from a YAML, TOML or JSON file, or `-`; flags go before' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l if-not-exists -d 'Answer with what is there when the name is taken'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l rename -d 'Its new name' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l description -d 'What it is, for people' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l slot -d 'Time to fill when a request names none, such as 30s, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l pod -d 'Kind of pod to fill when a request describes none, by id or name, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l origin -d 'Playlist of the stream, live or on demand, or a folder of assets ending with `/`; give it again for origins that are asked when the first fails; `none` takes all about the stream away' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l asset -d 'Multivariant playlist of an asset; several are played in turn, for ever, as one live stream' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l insertion -d 'Who puts the ads in: `stitched` the server, `guided` the player (HLS interstitials)' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l reporting -d 'Who reports what was seen: the `server`, or the `client`' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l break -d 'A break known beforehand, as offset and length such as 10m+60s; give it several times, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l break-mode -d 'What such breaks do to a stream on demand: `insert` into it, or `replace` content' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l break-max -d 'No break is longer than this, such as 4m' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l break-default -d 'Time to fill when a cue tells none, such as 60s' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l join -d 'Who joins in the middle of a break sees `partial` ads, or `suppress` the content under it' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l filler -d 'Where no ad stands in a break: the `slate`, or the `content` under it' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l fill-min -d 'Thousandths of a break that ads must fill, else it is all filler' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -s f -l from -d 'Take the fields of the API from a YAML, TOML or JSON file, or `-`; flags go before' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -l confirm -d 'The name that would have to be typed, where that is asked' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand channels; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -f -a "list" -d 'Show sessions'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and not __fish_seen_subcommand_from list get" -f -a "get" -d 'Show one session'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -l channel -d 'Only those of this channel, by id or name' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -l limit -d 'Most entries of one page' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -l cursor -d 'Where to go on: the cursor that the page before ended with' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -l all -d 'Every page'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand sessions; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -f -a "get" -d 'Show the rules'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -f -a "set" -d 'Set all rules'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -f -a "add" -d 'Add rules to those there are'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -f -a "remove" -d 'Remove one rule, by its number'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -f -a "test" -d 'Ask which rules an ad request matches, and where the others fail'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and not __fish_seen_subcommand_from get set add remove test validate" -f -a "validate" -d 'Check a text, without a daemon'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -l request -d 'The body of a v2 ad request, as JSON or YAML; `-` reads standard input' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -l at -d 'When it is asked; now unless given; see adctl help time' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand targeting; and __fish_seen_subcommand_from validate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "list" -d 'Show kinds of pods'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "get" -d 'Show one kind of pod'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "create" -d 'Create a kind of pod'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "update" -d 'Change fields of a kind of pod'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "edit" -d 'Change a kind of pod in your editor'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and not __fish_seen_subcommand_from list get create update edit delete" -f -a "delete" -d 'Delete kinds of pods that no channel uses'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -l search -d 'Only those with this text in their name' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -l sort -d 'Field to sort by; a dash before it turns the order around' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -l limit -d 'Most entries of one page' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -l cursor -d 'Where to go on: the cursor that the page before ended with' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -l all -d 'Every page'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l description -d 'What it is, for people' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l duration -d 'Time to fill, such as 90s or 2m; that of the slots unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l slot -d 'Length of a fixed slot; give it several times for several, in order, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l min-ads -d 'Serve nothing rather than fewer ads than this' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l max-ads -d 'Never more ads than this' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l min-ad -d 'Shortest ad, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l max-ad -d 'Longest ad, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l per-advertiser -d 'Most ads of one advertiser' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l advertiser-gap -d 'Least time between two ads of one advertiser' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l goal -d 'What it is filled for: revenue, fill or experience' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -s f -l from -d 'Take the fields of the API from a YAML, TOML or JSON file, or `-`; flags go before' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l if-not-exists -d 'Answer with what is there when the name is taken'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l rename -d 'Its new name' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l description -d 'What it is, for people' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l duration -d 'Time to fill, such as 90s or 2m; that of the slots unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l slot -d 'Length of a fixed slot; give it several times for several, in order, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l min-ads -d 'Serve nothing rather than fewer ads than this' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l max-ads -d 'Never more ads than this' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l min-ad -d 'Shortest ad, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l max-ad -d 'Longest ad, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l per-advertiser -d 'Most ads of one advertiser' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l advertiser-gap -d 'Least time between two ads of one advertiser' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l goal -d 'What it is filled for: revenue, fill or experience' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -s f -l from -d 'Take the fields of the API from a YAML, TOML or JSON file, or `-`; flags go before' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -l confirm -d 'The name that would have to be typed, where that is asked' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand pods; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -f -a "list" -d 'Show categories'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -f -a "get" -d 'Show one category'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -f -a "create" -d 'Create a category'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -f -a "update" -d 'Change fields of a category'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -f -a "edit" -d 'Change a category in your editor'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -f -a "delete" -d 'Delete categories that are not used'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -f -a "tree" -d 'Show the tree of categories, or what is below one'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and not __fish_seen_subcommand_from list get create update edit delete tree load" -f -a "load" -d 'Load a taxonomy from a TSV or CSV file: make what is missing, change what differs'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l parent -d 'Only those right below this one, by id or code' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l search -d 'Only those with this text in their name' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l sort -d 'Field to sort by; a dash before it turns the order around' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l limit -d 'Most entries of one page' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l cursor -d 'Where to go on: the cursor that the page before ended with' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l all -d 'Every page'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l name -d 'Its name for people; the code unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l parent -d 'Code of the category it is part of, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l exclusive -d 'Never put two ads of it, or of anything below it, into one pod' -r -f -a "true\t''
false\t''"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l separation -d 'Least time between two ads of it, or of anything below it, such as 60s, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -s f -l from -d 'Take the fields of the API from a YAML, TOML or JSON file, or `-`; flags go before' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l if-not-exists -d 'Answer with what is there when the name is taken'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l rename -d 'Its new name' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l name -d 'Its name for people; the code unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l parent -d 'Code of the category it is part of, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l exclusive -d 'Never put two ads of it, or of anything below it, into one pod' -r -f -a "true\t''
false\t''"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l separation -d 'Least time between two ads of it, or of anything below it, such as 60s, or `none`' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -s f -l from -d 'Take the fields of the API from a YAML, TOML or JSON file, or `-`; flags go before' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -l confirm -d 'The name that would have to be typed, where that is asked' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from tree" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -l code -d 'Title of the column with the codes' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -l name -d 'Title of the column with the names' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -l parent -d 'Title of the column with the codes of parents' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -l separator -d 'What stands between columns; found out unless given' -r -f -a "tab\t'TSV'
comma\t'CSV'
semicolon\t'CSV of countries that write decimals with a comma'"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand categories; and __fish_seen_subcommand_from load" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -f -a "url" -d 'Show the address for a channel or a campaign'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and not __fish_seen_subcommand_from url test" -f -a "test" -d 'Call the address as a player would, and check what comes back'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -l channel -d 'Channel by id or name' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -l campaign -d 'Campaign by id or name' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -l format -d 'What the address answers' -r -f -a "vast\t'VAST, for players'
json\t'JSON, for programs'"
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -l vast-version -d 'Version of VAST, such as 4.2' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from url" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -l channel -d 'Channel by id or name' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -l campaign -d 'Campaign by id or name' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -l format -d 'What the address answers' -r -f -a "vast\t'VAST, for players'
json\t'JSON, for programs'"
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -l vast-version -d 'Version of VAST, such as 4.2' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand tags; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and not __fish_seen_subcommand_from check" -f -a "check" -d 'Watch a stream as a player would, and say what is wrong with its playlists'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l for -d 'How long to watch; what has ended is watched only twice' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l every -d 'Time between two looks; half of the target duration unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l sessions -d 'Sessions to open and compare' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l origin -d 'The stream before ads, to compare content with' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l counted -d 'Part of the addresses by which a server counts ads; none of them may appear twice' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l max-break -d 'Longest break that is allowed' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l inserted -d 'Ads push content back instead of replacing it'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l ignore-queries -d 'What stands behind ? in addresses may change'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand hls; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand tail" -s n -l lines -d 'Begin with so many events of before' -r
complete -c adctl -n "__fish_adctl_using_subcommand tail" -l filter -d 'Only events that fit' -r
complete -c adctl -n "__fish_adctl_using_subcommand tail" -l cursor -d 'Keep in this file what was shown last, and go on behind it' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tail" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand tail" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand tail" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand tail" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tail" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand tail" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand tail" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand tail" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand tail" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand tail" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand tail" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand tail" -s f -l follow -d 'Go on as things happen: what it does anyway'
complete -c adctl -n "__fish_adctl_using_subcommand tail" -l no-follow -d 'End where the present is'
complete -c adctl -n "__fish_adctl_using_subcommand tail" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand tail" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand tail" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand tail" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand tail" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand tail" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand tail" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand tail" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand tail" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand stats" -l campaign -d 'Only this campaign, by id or name' -r
complete -c adctl -n "__fish_adctl_using_subcommand stats" -l by -d 'What the rows are' -r -f -a "total\t'One row in all'
hour\t'A row an hour'
day\t'A row a day of the tenant\'s zone'
campaign\t'A row a campaign'
creative\t'A row a creative'
channel\t'A row a channel'
week\t'A row a week of the tenant\'s zone, from Monday'
device\t'A row a type of device'
country\t'A row a country'
event\t'A row a kind of event'"
complete -c adctl -n "__fish_adctl_using_subcommand stats" -l since -d 'From the hour of this time; see adctl help time' -r
complete -c adctl -n "__fish_adctl_using_subcommand stats" -l until -d 'To the hour of this time' -r
complete -c adctl -n "__fish_adctl_using_subcommand stats" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand stats" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand stats" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand stats" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand stats" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand stats" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand stats" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand stats" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand stats" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand stats" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand stats" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand stats" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand stats" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand stats" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand stats" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand stats" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand stats" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand stats" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand stats" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -f -a "series" -d 'Metrics along time, without gaps'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -f -a "compare" -d 'Metrics of one time against those of another'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and not __fish_seen_subcommand_from series compare heatmap" -f -a "heatmap" -d 'One metric by day and hour of the day'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -l step -d 'How long each point is' -r -f -a "hour\t'An hour'
day\t'A day of the tenant\'s zone'
week\t'A week of the tenant\'s zone, from Monday'"
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -l metrics -d 'Metrics, separated by commas; see adctl help metrics' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -l since -d 'From the hour of this time, seven days unless given; see adctl help time' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -l until -d 'To the hour of this time' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -l filter -d 'Count only these: campaign, creative, channel, device or country; may be repeated' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from series" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l metrics -d 'Metrics, separated by commas; see adctl help metrics' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l since -d 'From the hour of this time, seven days unless given; see adctl help time' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l until -d 'To the hour of this time' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l filter -d 'Count only these: campaign, creative, channel, device or country; may be repeated' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l against-since -d 'Where the other time begins; the time right before unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l against-until -d 'Where the other time ends; as long as the first unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from compare" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -l metrics -d 'Metrics, separated by commas; see adctl help metrics' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -l since -d 'From the hour of this time, seven days unless given; see adctl help time' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -l until -d 'To the hour of this time' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -l filter -d 'Count only these: campaign, creative, channel, device or country; may be repeated' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand analytics; and __fish_seen_subcommand_from heatmap" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand reports; and not __fish_seen_subcommand_from run" -f -a "run" -d 'Make a report'
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l dimensions -d 'What the rows are cut by, up to four: hour, day, week, campaign, creative, channel, device, country, event' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l metrics -d 'Metrics, separated by commas; see adctl help metrics' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l since -d 'From the hour of this time, seven days unless given; see adctl help time' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l until -d 'To the hour of this time' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l filter -d 'Count only these: campaign, creative, channel, device or country; may be repeated' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l sort -d 'The metric or dimension to sort by, with - before it from the highest down' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l limit -d 'Most rows, up to 10,000' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand reports; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand explain" -l request -d 'The body of a v2 ad request, as JSON or YAML; `-` reads standard input' -r
complete -c adctl -n "__fish_adctl_using_subcommand explain" -l at -d 'When it is asked; now unless given; see adctl help time' -r
complete -c adctl -n "__fish_adctl_using_subcommand explain" -l seed -d 'The dice, in hexadecimal digits; others each time unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand explain" -l campaign -d 'Only this campaign, by id or name' -r
complete -c adctl -n "__fish_adctl_using_subcommand explain" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand explain" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand explain" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand explain" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand explain" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand explain" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand explain" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand explain" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand explain" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand explain" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand explain" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand explain" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand explain" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand explain" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand explain" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand explain" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand explain" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand explain" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand explain" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand decide" -l request -d 'The body of a v2 ad request, as JSON or YAML; `-` reads standard input' -r
complete -c adctl -n "__fish_adctl_using_subcommand decide" -l at -d 'When it is asked; now unless given; see adctl help time' -r
complete -c adctl -n "__fish_adctl_using_subcommand decide" -l seed -d 'The dice, in hexadecimal digits; others each time unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand decide" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand decide" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand decide" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand decide" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand decide" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand decide" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand decide" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand decide" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand decide" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand decide" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand decide" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand decide" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand decide" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand decide" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand decide" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand decide" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand decide" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand decide" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand decide" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand decide" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand history" -l subject -d 'Only changes of this thing, by id or by any name it has had' -r
complete -c adctl -n "__fish_adctl_using_subcommand history" -l kind -d 'Only changes of things of this kind, such as campaign or creative' -r
complete -c adctl -n "__fish_adctl_using_subcommand history" -l actor -d 'Only what this one did, such as uid:1000' -r
complete -c adctl -n "__fish_adctl_using_subcommand history" -l since -d 'Only since this time; see adctl help time' -r
complete -c adctl -n "__fish_adctl_using_subcommand history" -l limit -d 'Most entries of one page' -r
complete -c adctl -n "__fish_adctl_using_subcommand history" -l cursor -d 'Where to go on: the cursor that the page before ended with' -r
complete -c adctl -n "__fish_adctl_using_subcommand history" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand history" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand history" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand history" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand history" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand history" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand history" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand history" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand history" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand history" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand history" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand history" -l all -d 'Every page'
complete -c adctl -n "__fish_adctl_using_subcommand history" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand history" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand history" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand history" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand history" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand history" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand history" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand history" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand undo" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand undo" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand undo" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand undo" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand undo" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand undo" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand undo" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand undo" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand undo" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand undo" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand undo" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand undo" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand undo" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand undo" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand undo" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand undo" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand undo" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand undo" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand undo" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand undo" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand undo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand apply" -s f -l file -d 'YAML, TOML or JSON file, a folder of them, or `-` for standard input; several may be given' -r
complete -c adctl -n "__fish_adctl_using_subcommand apply" -l media -d 'Folder with the films that files name by sha256 alone' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand apply" -l if-match -d 'Do it only when the catalog of the tenant is still at this revision, which diff tells' -r
complete -c adctl -n "__fish_adctl_using_subcommand apply" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand apply" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand apply" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand apply" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand apply" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand apply" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand apply" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand apply" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand apply" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand apply" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand apply" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand apply" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand apply" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand apply" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand apply" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand apply" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand apply" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand apply" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand apply" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand apply" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand apply" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand diff" -s f -l file -d 'YAML, TOML or JSON file, a folder of them, or `-` for standard input; several may be given' -r
complete -c adctl -n "__fish_adctl_using_subcommand diff" -l media -d 'Folder with the films that files name by sha256 alone' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand diff" -l if-match -d 'Fail unless the catalog of the tenant is at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand diff" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand diff" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand diff" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand diff" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand diff" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand diff" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand diff" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand diff" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand diff" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand diff" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand diff" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand diff" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand diff" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand diff" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand diff" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand diff" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand diff" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand diff" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand diff" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand export" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand export" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand export" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand export" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand export" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand export" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand export" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand export" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand export" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand export" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand export" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand export" -l bare -d 'Leave the tenant out, so that it can be applied to another'
complete -c adctl -n "__fish_adctl_using_subcommand export" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand export" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand export" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand export" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand export" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand export" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand export" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand export" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand validate" -s f -l file -d 'YAML, TOML or JSON file, a folder of them, or `-` for standard input; several may be given' -r
complete -c adctl -n "__fish_adctl_using_subcommand validate" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand validate" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand validate" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand validate" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand validate" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand validate" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand validate" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand validate" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand validate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand validate" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand validate" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand validate" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand validate" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand validate" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand validate" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand validate" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand validate" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand validate" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand validate" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand validate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand seed" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand seed" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand seed" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand seed" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand seed" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand seed" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand seed" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand seed" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand seed" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand seed" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand seed" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand seed" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand seed" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand seed" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand seed" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand seed" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand seed" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand seed" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand seed" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand seed" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand seed" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l tvs -d 'How many TVs watch at the same time' -r
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l breaks -d 'How many breaks each TV watches, of one ad or a pod' -r
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l live-tvs -d 'How many TVs watch the live channel, which needs ffmpeg; with 0 there is none' -r
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l seed -d 'What the viewers do follows from this number' -r
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l fixtures -d 'Folder with the catalog and the media of the demo' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand demo" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l once -d 'End when the TVs do: 0 if all was counted and every promise kept, else 1'
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand demo" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand demo" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand demo" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand demo" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand demo" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand demo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -f -a "list" -d 'Show users'
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -f -a "get" -d 'Show one user'
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -f -a "invite" -d 'Make a user who sets a password with a code; for one who is there, a new code'
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -f -a "update" -d 'Change fields of a user'
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -f -a "disable" -d 'Keep users out; all their logins end'
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -f -a "enable" -d 'Let users in again'
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -f -a "logout" -d 'End all logins of users'
complete -c adctl -n "__fish_adctl_using_subcommand users; and not __fish_seen_subcommand_from list get invite update disable enable logout delete" -f -a "delete" -d 'Delete users; all their logins end'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l role -d 'Only those of this role' -r -f -a "admin\t''
advertiser\t''
viewer\t''"
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l search -d 'Only those with this text in their name' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l sort -d 'Field to sort by; a dash before it turns the order around' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l limit -d 'Most entries of one page' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l cursor -d 'Where to go on: the cursor that the page before ended with' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l all -d 'Every page'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -l name -d 'What people call the user' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -l role -d 'What the user may do: everything, what belongs to its advertisers, or only look' -r -f -a "admin\t''
advertiser\t''
viewer\t''"
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -l advertiser -d 'Of an advertiser: whose campaigns, by id or name; several, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -l expires -d 'From when on the code is good for nothing, such as +2d; +7d unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from invite" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l email -d 'Its new address of mail' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l name -d 'What people call the user' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l role -d 'What the user may do: everything, what belongs to its advertisers, or only look' -r -f -a "admin\t''
advertiser\t''
viewer\t''"
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l advertiser -d 'Of an advertiser: whose campaigns, by id or name; several, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l confirm -d 'The name that would have to be typed, where that is asked' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand users; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -f -a "list" -d 'Show keys, without their secrets'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -f -a "create" -d 'Make a key; its secret is shown here and nowhere again'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -f -a "rotate" -d 'Give a key a new secret; the one until now is good for nothing at once'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and not __fish_seen_subcommand_from list create rotate revoke" -f -a "revoke" -d 'Revoke keys: they are good for nothing at once'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l search -d 'Only those with this text in their name' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l sort -d 'Field to sort by; a dash before it turns the order around' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l limit -d 'Most entries of one page' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l cursor -d 'Where to go on: the cursor that the page before ended with' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l all -d 'Every page'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -l scope -d 'What it is for: AREA:read, AREA:write, *:read, *:write or *; several, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -l expires -d 'From when on it is good for nothing, such as +90d; never unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l if-match -d 'Do it only when the thing is still at this revision' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l confirm -d 'The name that would have to be typed, where that is asked' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l dry-run -d 'Check and show the result; write nothing'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand keys; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand login" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand login" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand login" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand login" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand login" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand login" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand login" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand login" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand login" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand login" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand login" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand login" -l password-stdin -d 'Read the password from standard input, a line each where there are several'
complete -c adctl -n "__fish_adctl_using_subcommand login" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand login" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand login" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand login" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand login" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand login" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand login" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand login" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand register" -l name -d 'What people call you' -r
complete -c adctl -n "__fish_adctl_using_subcommand register" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand register" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand register" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand register" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand register" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand register" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand register" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand register" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand register" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand register" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand register" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand register" -l password-stdin -d 'Read the password from standard input, a line each where there are several'
complete -c adctl -n "__fish_adctl_using_subcommand register" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand register" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand register" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand register" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand register" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand register" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand register" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand register" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand register" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand logout" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand logout" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand logout" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand logout" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand logout" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand logout" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand logout" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand logout" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand logout" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand logout" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand logout" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand logout" -l all -d 'Everywhere you are logged in'
complete -c adctl -n "__fish_adctl_using_subcommand logout" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand logout" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand logout" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand logout" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand logout" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand logout" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand logout" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand logout" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand whoami" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand profile" -l name -d 'What people call you' -r
complete -c adctl -n "__fish_adctl_using_subcommand profile" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand profile" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand profile" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand profile" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand profile" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand profile" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand profile" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand profile" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand profile" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand profile" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand profile" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand profile" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand profile" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand profile" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand profile" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand profile" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand profile" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand profile" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand profile" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand profile" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand password" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand password" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand password" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand password" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand password" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand password" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand password" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand password" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand password" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand password" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand password" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand password" -l password-stdin -d 'Read the password from standard input, a line each where there are several'
complete -c adctl -n "__fish_adctl_using_subcommand password" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand password" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand password" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand password" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand password" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand password" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand password" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand password" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand password" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand top" -l screen -d 'The screen to begin with' -r -f -a "home\t'How things stand at a glance'
campaigns\t'The buys'
creatives\t'Their spots'
sessions\t'Who watches'
channels\t'Where ads are asked for'
health\t'How the daemon is'
audit\t'Who changed what'"
complete -c adctl -n "__fish_adctl_using_subcommand top" -l palette -d 'Colours to use; found out from the terminal unless given' -r -f -a "dark\t'True colour on a dark ground'
light\t'True colour on a light ground'
256\t'The 256 colours of xterm'
16\t'The sixteen of the terminal'
none\t'No colour at all'"
complete -c adctl -n "__fish_adctl_using_subcommand top" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand top" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand top" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand top" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand top" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand top" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand top" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand top" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand top" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand top" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand top" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand top" -l once -d 'Print how things stand once, and end; with -o json for programs'
complete -c adctl -n "__fish_adctl_using_subcommand top" -l lines -d 'Print a sentence for each change, without moving the cursor'
complete -c adctl -n "__fish_adctl_using_subcommand top" -l readonly -d 'Look and change nothing'
complete -c adctl -n "__fish_adctl_using_subcommand top" -l ascii -d 'Draw with ASCII alone, as where the locale is not UTF-8'
complete -c adctl -n "__fish_adctl_using_subcommand top" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand top" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand top" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand top" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand top" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand top" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand top" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand top" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand top" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l screen -d 'The screen to begin with' -r -f -a "home\t'How things stand at a glance'
campaigns\t'The buys'
creatives\t'Their spots'
sessions\t'Who watches'
channels\t'Where ads are asked for'
health\t'How the daemon is'
audit\t'Who changed what'"
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l palette -d 'Colours to use; found out from the terminal unless given' -r -f -a "dark\t'True colour on a dark ground'
light\t'True colour on a light ground'
256\t'The 256 colours of xterm'
16\t'The sixteen of the terminal'
none\t'No colour at all'"
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l once -d 'Print how things stand once, and end; with -o json for programs'
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l lines -d 'Print a sentence for each change, without moving the cursor'
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l readonly -d 'Look and change nothing'
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l ascii -d 'Draw with ASCII alone, as where the locale is not UTF-8'
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand dashboard" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand status" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand status" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand status" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand status" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand status" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand status" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand status" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand status" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand status" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand status" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand status" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand status" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand status" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand status" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand status" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand status" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand status" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand status" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand status" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand version" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand version" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand version" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand version" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand version" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand version" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand version" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand version" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand version" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand version" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand version" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand version" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand version" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand version" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand version" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand version" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand version" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand version" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand version" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand version" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -f -a "add" -d 'Remember a daemon under a name'
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -f -a "list" -d 'Show what is remembered'
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -f -a "use" -d 'Talk to this daemon from now on'
complete -c adctl -n "__fish_adctl_using_subcommand context; and not __fish_seen_subcommand_from add list use remove" -f -a "remove" -d 'Forget a daemon'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -l protected -d 'Ask once more before every change'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from use" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand context; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand completions" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand completions" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand completions" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand completions" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand completions" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand completions" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand completions" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand completions" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand completions" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand completions" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand completions" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand completions" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand completions" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand completions" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand completions" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand completions" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand completions" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand completions" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand man" -l dir -d 'Write all pages to this folder instead' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand man" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand man" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand man" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand man" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand man" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand man" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand man" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand man" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand man" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand man" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand man" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand man" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand man" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand man" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand man" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand man" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand man" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand man" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adctl -n "__fish_adctl_using_subcommand help" -l context -d 'Named daemon to talk to; see adctl context' -r
complete -c adctl -n "__fish_adctl_using_subcommand help" -l server -d 'Daemon to talk to: a socket path, http://HOST:PORT or https://HOST:PORT' -r
complete -c adctl -n "__fish_adctl_using_subcommand help" -l tenant -d 'Tenant to work for, by id or name; needed when there are several' -r
complete -c adctl -n "__fish_adctl_using_subcommand help" -l token-file -d 'File with the token for a daemon reached over TCP' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand help" -l ca-file -d 'PEM certificates to trust instead of the public ones' -r -F
complete -c adctl -n "__fish_adctl_using_subcommand help" -l timeout -d 'Longest time for one call, and for an upload to stand still' -r
complete -c adctl -n "__fish_adctl_using_subcommand help" -s o -l output -d 'Format of the answer; see adctl help formatting' -r -f -a "table\t'Columns for people, cut to the terminal [default on a terminal]'
wide\t'Every column for people'
json\t'One JSON array or object'
jsonl\t'One JSON object a line'
yaml\t'One YAML document'
toml\t'One TOML document, of one thing'
csv\t'Every column, with a header, safe to open in a spreadsheet'
tsv\t'Every column, with a header, separated by tabs'
name\t'Ids alone, one a line'"
complete -c adctl -n "__fish_adctl_using_subcommand help" -l columns -d 'Columns to show, separated by commas' -r
complete -c adctl -n "__fish_adctl_using_subcommand help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` says otherwise'
always\t'Also in a pipe'
never\t'Nowhere'"
complete -c adctl -n "__fish_adctl_using_subcommand help" -l tz -d 'Time zone of times that are shown and typed; your own and the tenant\'s unless given' -r
complete -c adctl -n "__fish_adctl_using_subcommand help" -l interval -d 'Time between two looks, with --watch' -r
complete -c adctl -n "__fish_adctl_using_subcommand help" -l no-header -d 'Leave out the first line of CSV and TSV'
complete -c adctl -n "__fish_adctl_using_subcommand help" -l utc -d 'The same as --tz UTC'
complete -c adctl -n "__fish_adctl_using_subcommand help" -s q -l quiet -d 'Print ids and errors alone'
complete -c adctl -n "__fish_adctl_using_subcommand help" -s v -l verbose -d 'Say how it is done'
complete -c adctl -n "__fish_adctl_using_subcommand help" -l debug -d 'Show requests and answers, secrets masked'
complete -c adctl -n "__fish_adctl_using_subcommand help" -s y -l yes -d 'Answer yes to what would be asked'
complete -c adctl -n "__fish_adctl_using_subcommand help" -l no-input -d 'Never ask; fail where a question would be needed'
complete -c adctl -n "__fish_adctl_using_subcommand help" -s w -l watch -d 'Look again and again: redrawn on a terminal, appended in a pipe'
complete -c adctl -n "__fish_adctl_using_subcommand help" -s h -l help -d 'Print help (see more with \'--help\')'
