# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_adserved_global_optspecs
    string join \n c/config= data-dir= listen= public-url= log-level= log-format= set= h/help V/version
end

function __fish_adserved_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_adserved_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_adserved_using_subcommand
    set -l cmd (__fish_adserved_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c adserved -n "__fish_adserved_needs_command" -s c -l config -d 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]' -r -F
complete -c adserved -n "__fish_adserved_needs_command" -l data-dir -d 'Keep everything here (`server.data_dir`)' -r
complete -c adserved -n "__fish_adserved_needs_command" -l listen -d 'Serve players here (`server.listen`)' -r
complete -c adserved -n "__fish_adserved_needs_command" -l public-url -d 'What players call this server (`server.public_url`)' -r
complete -c adserved -n "__fish_adserved_needs_command" -l log-level -d 'What to log (`log.level`)' -r
complete -c adserved -n "__fish_adserved_needs_command" -l log-format -d 'json, text or auto (`log.format`)' -r
complete -c adserved -n "__fish_adserved_needs_command" -l set -d 'Any setting by its name; may be repeated' -r
complete -c adserved -n "__fish_adserved_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c adserved -n "__fish_adserved_needs_command" -s V -l version -d 'Print version'
complete -c adserved -n "__fish_adserved_needs_command" -f -a "run" -d 'Serve; what happens without a command'
complete -c adserved -n "__fish_adserved_needs_command" -f -a "check" -d 'Check the configuration and all it names: files, keys, addresses'
complete -c adserved -n "__fish_adserved_needs_command" -f -a "config" -d 'Show the configuration'
complete -c adserved -n "__fish_adserved_needs_command" -f -a "healthcheck" -d 'Ask a running daemon whether it is ready, for container health checks'
complete -c adserved -n "__fish_adserved_needs_command" -f -a "rotate-keys" -d 'Sign the addresses of beacons with a new key from the next start on'
complete -c adserved -n "__fish_adserved_needs_command" -f -a "version" -d 'Show the version'
complete -c adserved -n "__fish_adserved_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c adserved -n "__fish_adserved_using_subcommand run" -s c -l config -d 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]' -r -F
complete -c adserved -n "__fish_adserved_using_subcommand run" -l data-dir -d 'Keep everything here (`server.data_dir`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand run" -l listen -d 'Serve players here (`server.listen`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand run" -l public-url -d 'What players call this server (`server.public_url`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand run" -l log-level -d 'What to log (`log.level`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand run" -l log-format -d 'json, text or auto (`log.format`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand run" -l set -d 'Any setting by its name; may be repeated' -r
complete -c adserved -n "__fish_adserved_using_subcommand run" -s h -l help -d 'Print help'
complete -c adserved -n "__fish_adserved_using_subcommand check" -s c -l config -d 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]' -r -F
complete -c adserved -n "__fish_adserved_using_subcommand check" -l data-dir -d 'Keep everything here (`server.data_dir`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand check" -l listen -d 'Serve players here (`server.listen`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand check" -l public-url -d 'What players call this server (`server.public_url`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand check" -l log-level -d 'What to log (`log.level`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand check" -l log-format -d 'json, text or auto (`log.format`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand check" -l set -d 'Any setting by its name; may be repeated' -r
complete -c adserved -n "__fish_adserved_using_subcommand check" -s h -l help -d 'Print help'
complete -c adserved -n "__fish_adserved_using_subcommand config; and not __fish_seen_subcommand_from print default help" -s c -l config -d 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]' -r -F
complete -c adserved -n "__fish_adserved_using_subcommand config; and not __fish_seen_subcommand_from print default help" -l data-dir -d 'Keep everything here (`server.data_dir`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand config; and not __fish_seen_subcommand_from print default help" -l listen -d 'Serve players here (`server.listen`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand config; and not __fish_seen_subcommand_from print default help" -l public-url -d 'What players call this server (`server.public_url`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand config; and not __fish_seen_subcommand_from print default help" -l log-level -d 'What to log (`log.level`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand config; and not __fish_seen_subcommand_from print default help" -l log-format -d 'json, text or auto (`log.format`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand config; and not __fish_seen_subcommand_from print default help" -l set -d 'Any setting by its name; may be repeated' -r
complete -c adserved -n "__fish_adserved_using_subcommand config; and not __fish_seen_subcommand_from print default help" -s h -l help -d 'Print help'
complete -c adserved -n "__fish_adserved_using_subcommand config; and not __fish_seen_subcommand_from print default help" -f -a "print" -d 'Every setting in force, as a file that could be used; secrets are masked'
complete -c adserved -n "__fish_adserved_using_subcommand config; and not __fish_seen_subcommand_from print default help" -f -a "default" -d 'The default file, with every setting explained'
complete -c adserved -n "__fish_adserved_using_subcommand config; and not __fish_seen_subcommand_from print default help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from print" -s c -l config -d 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]' -r -F
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from print" -l data-dir -d 'Keep everything here (`server.data_dir`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from print" -l listen -d 'Serve players here (`server.listen`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from print" -l public-url -d 'What players call this server (`server.public_url`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from print" -l log-level -d 'What to log (`log.level`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from print" -l log-format -d 'json, text or auto (`log.format`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from print" -l set -d 'Any setting by its name; may be repeated' -r
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from print" -l show-origin -d 'Say where each comes from: default, file with line, variable or flag'
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from print" -s h -l help -d 'Print help'
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from default" -s c -l config -d 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]' -r -F
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from default" -l data-dir -d 'Keep everything here (`server.data_dir`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from default" -l listen -d 'Serve players here (`server.listen`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from default" -l public-url -d 'What players call this server (`server.public_url`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from default" -l log-level -d 'What to log (`log.level`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from default" -l log-format -d 'json, text or auto (`log.format`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from default" -l set -d 'Any setting by its name; may be repeated' -r
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from default" -s h -l help -d 'Print help'
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "print" -d 'Every setting in force, as a file that could be used; secrets are masked'
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "default" -d 'The default file, with every setting explained'
complete -c adserved -n "__fish_adserved_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c adserved -n "__fish_adserved_using_subcommand healthcheck" -s c -l config -d 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]' -r -F
complete -c adserved -n "__fish_adserved_using_subcommand healthcheck" -l data-dir -d 'Keep everything here (`server.data_dir`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand healthcheck" -l listen -d 'Serve players here (`server.listen`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand healthcheck" -l public-url -d 'What players call this server (`server.public_url`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand healthcheck" -l log-level -d 'What to log (`log.level`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand healthcheck" -l log-format -d 'json, text or auto (`log.format`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand healthcheck" -l set -d 'Any setting by its name; may be repeated' -r
complete -c adserved -n "__fish_adserved_using_subcommand healthcheck" -s h -l help -d 'Print help'
complete -c adserved -n "__fish_adserved_using_subcommand rotate-keys" -s c -l config -d 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]' -r -F
complete -c adserved -n "__fish_adserved_using_subcommand rotate-keys" -l data-dir -d 'Keep everything here (`server.data_dir`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand rotate-keys" -l listen -d 'Serve players here (`server.listen`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand rotate-keys" -l public-url -d 'What players call this server (`server.public_url`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand rotate-keys" -l log-level -d 'What to log (`log.level`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand rotate-keys" -l log-format -d 'json, text or auto (`log.format`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand rotate-keys" -l set -d 'Any setting by its name; may be repeated' -r
complete -c adserved -n "__fish_adserved_using_subcommand rotate-keys" -s h -l help -d 'Print help'
complete -c adserved -n "__fish_adserved_using_subcommand version" -s c -l config -d 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]' -r -F
complete -c adserved -n "__fish_adserved_using_subcommand version" -l data-dir -d 'Keep everything here (`server.data_dir`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand version" -l listen -d 'Serve players here (`server.listen`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand version" -l public-url -d 'What players call this server (`server.public_url`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand version" -l log-level -d 'What to log (`log.level`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand version" -l log-format -d 'json, text or auto (`log.format`)' -r
complete -c adserved -n "__fish_adserved_using_subcommand version" -l set -d 'Any setting by its name; may be repeated' -r
complete -c adserved -n "__fish_adserved_using_subcommand version" -s h -l help -d 'Print help'
complete -c adserved -n "__fish_adserved_using_subcommand help; and not __fish_seen_subcommand_from run check config healthcheck rotate-keys version help" -f -a "run" -d 'Serve; what happens without a command'
complete -c adserved -n "__fish_adserved_using_subcommand help; and not __fish_seen_subcommand_from run check config healthcheck rotate-keys version help" -f -a "check" -d 'Check the configuration and all it names: files, keys, addresses'
complete -c adserved -n "__fish_adserved_using_subcommand help; and not __fish_seen_subcommand_from run check config healthcheck rotate-keys version help" -f -a "config" -d 'Show the configuration'
complete -c adserved -n "__fish_adserved_using_subcommand help; and not __fish_seen_subcommand_from run check config healthcheck rotate-keys version help" -f -a "healthcheck" -d 'Ask a running daemon whether it is ready, for container health checks'
complete -c adserved -n "__fish_adserved_using_subcommand help; and not __fish_seen_subcommand_from run check config healthcheck rotate-keys version help" -f -a "rotate-keys" -d 'Sign the addresses of beacons with a new key from the next start on'
complete -c adserved -n "__fish_adserved_using_subcommand help; and not __fish_seen_subcommand_from run check config healthcheck rotate-keys version help" -f -a "version" -d 'Show the version'
complete -c adserved -n "__fish_adserved_using_subcommand help; and not __fish_seen_subcommand_from run check config healthcheck rotate-keys version help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c adserved -n "__fish_adserved_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "print" -d 'Every setting in force, as a file that could be used; secrets are masked'
complete -c adserved -n "__fish_adserved_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "default" -d 'The default file, with every setting explained'
