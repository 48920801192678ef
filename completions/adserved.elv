
use builtin;
use str;

set edit:completion:arg-completer[adserved] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'adserved'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'adserved'= {
            cand -c 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]'
            cand --config 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]'
            cand --data-dir 'Keep everything here (`server.data_dir`)'
            cand --listen 'Serve players here (`server.listen`)'
            cand --public-url 'What players call this server (`server.public_url`)'
            cand --log-level 'What to log (`log.level`)'
            cand --log-format 'json, text or auto (`log.format`)'
            cand --set 'Any setting by its name; may be repeated'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand run 'Serve; what happens without a command'
            cand check 'Check the configuration and all it names: files, keys, addresses'
            cand config 'Show the configuration'
            cand healthcheck 'Ask a running daemon whether it is ready, for container health checks'
            cand rotate-keys 'Sign the addresses of beacons with a new key from the next start on'
            cand version 'Show the version'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'adserved;run'= {
            cand -c 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]'
            cand --config 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]'
            cand --data-dir 'Keep everything here (`server.data_dir`)'
            cand --listen 'Serve players here (`server.listen`)'
            cand --public-url 'What players call this server (`server.public_url`)'
            cand --log-level 'What to log (`log.level`)'
            cand --log-format 'json, text or auto (`log.format`)'
            cand --set 'Any setting by its name; may be repeated'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'adserved;check'= {
            cand -c 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]'
            cand --config 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]'
            cand --data-dir 'Keep everything here (`server.data_dir`)'
            cand --listen 'Serve players here (`server.listen`)'
            cand --public-url 'What players call this server (`server.public_url`)'
            cand --log-level 'What to log (`log.level`)'
            cand --log-format 'json, text or auto (`log.format`)'
            cand --set 'Any setting by its name; may be repeated'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'adserved;config'= {
            cand -c 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]'
            cand --config 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]'
            cand --data-dir 'Keep everything here (`server.data_dir`)'
            cand --listen 'Serve players here (`server.listen`)'
            cand --public-url 'What players call this server (`server.public_url`)'
            cand --log-level 'What to log (`log.level`)'
            cand --log-format 'json, text or auto (`log.format`)'
            cand --set 'Any setting by its name; may be repeated'
            cand -h 'Print help'
            cand --help 'Print help'
            cand print 'Every setting in force, as a file that could be used; secrets are masked'
            cand default 'The default file, with every setting explained'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'adserved;config;print'= {
            cand -c 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]'
            cand --config 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]'
            cand --data-dir 'Keep everything here (`server.data_dir`)'
            cand --listen 'Serve players here (`server.listen`)'
            cand --public-url 'What players call this server (`server.public_url`)'
            cand --log-level 'What to log (`log.level`)'
            cand --log-format 'json, text or auto (`log.format`)'
            cand --set 'Any setting by its name; may be repeated'
            cand --show-origin 'Say where each comes from: default, file with line, variable or flag'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'adserved;config;default'= {
            cand -c 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]'
            cand --config 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]'
            cand --data-dir 'Keep everything here (`server.data_dir`)'
            cand --listen 'Serve players here (`server.listen`)'
            cand --public-url 'What players call this server (`server.public_url`)'
            cand --log-level 'What to log (`log.level`)'
            cand --log-format 'json, text or auto (`log.format`)'
            cand --set 'Any setting by its name; may be repeated'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'adserved;config;help'= {
            cand print 'Every setting in force, as a file that could be used; secrets are masked'
            cand default 'The default file, with every setting explained'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'adserved;config;help;print'= {
        }
        &'adserved;config;help;default'= {
        }
        &'adserved;config;help;help'= {
        }
        &'adserved;healthcheck'= {
            cand -c 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]'
            cand --config 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]'
            cand --data-dir 'Keep everything here (`server.data_dir`)'
            cand --listen 'Serve players here (`server.listen`)'
            cand --public-url 'What players call this server (`server.public_url`)'
            cand --log-level 'What to log (`log.level`)'
            cand --log-format 'json, text or auto (`log.format`)'
            cand --set 'Any setting by its name; may be repeated'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'adserved;rotate-keys'= {
            cand -c 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]'
            cand --config 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]'
            cand --data-dir 'Keep everything here (`server.data_dir`)'
            cand --listen 'Serve players here (`server.listen`)'
            cand --public-url 'What players call this server (`server.public_url`)'
            cand --log-level 'What to log (`log.level`)'
            cand --log-format 'json, text or auto (`log.format`)'
            cand --set 'Any setting by its name; may be repeated'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'adserved;version'= {
            cand -c 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]'
            cand --config 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]'
            cand --data-dir 'Keep everything here (`server.data_dir`)'
            cand --listen 'Serve players here (`server.listen`)'
            cand --public-url 'What players call this server (`server.public_url`)'
            cand --log-level 'What to log (`log.level`)'
            cand --log-format 'json, text or auto (`log.format`)'
            cand --set 'Any setting by its name; may be repeated'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'adserved;help'= {
            cand run 'Serve; what happens without a command'
            cand check 'Check the configuration and all it names: files, keys, addresses'
            cand config 'Show the configuration'
            cand healthcheck 'Ask a running daemon whether it is ready, for container health checks'
            cand rotate-keys 'Sign the addresses of beacons with a new key from the next start on'
            cand version 'Show the version'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'adserved;help;run'= {
        }
        &'adserved;help;check'= {
        }
        &'adserved;help;config'= {
            cand print 'Every setting in force, as a file that could be used; secrets are masked'
            cand default 'The default file, with every setting explained'
        }
        &'adserved;help;config;print'= {
        }
        &'adserved;help;config;default'= {
        }
        &'adserved;help;healthcheck'= {
        }
        &'adserved;help;rotate-keys'= {
        }
        &'adserved;help;version'= {
        }
        &'adserved;help;help'= {
        }
    ]
    $completions[$command]
}
