
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'adserved' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'adserved'
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
        'adserved' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'Keep everything here (`server.data_dir`)')
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Serve players here (`server.listen`)')
            [CompletionResult]::new('--public-url', '--public-url', [CompletionResultType]::ParameterName, 'What players call this server (`server.public_url`)')
            [CompletionResult]::new('--log-level', '--log-level', [CompletionResultType]::ParameterName, 'What to log (`log.level`)')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'json, text or auto (`log.format`)')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Any setting by its name; may be repeated')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Serve; what happens without a command')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check the configuration and all it names: files, keys, addresses')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show the configuration')
            [CompletionResult]::new('healthcheck', 'healthcheck', [CompletionResultType]::ParameterValue, 'Ask a running daemon whether it is ready, for container health checks')
            [CompletionResult]::new('rotate-keys', 'rotate-keys', [CompletionResultType]::ParameterValue, 'Sign the addresses of beacons with a new key from the next start on')
            [CompletionResult]::new('version', 'version', [CompletionResultType]::ParameterValue, 'Show the version')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'adserved;run' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'Keep everything here (`server.data_dir`)')
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Serve players here (`server.listen`)')
            [CompletionResult]::new('--public-url', '--public-url', [CompletionResultType]::ParameterName, 'What players call this server (`server.public_url`)')
            [CompletionResult]::new('--log-level', '--log-level', [CompletionResultType]::ParameterName, 'What to log (`log.level`)')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'json, text or auto (`log.format`)')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Any setting by its name; may be repeated')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'adserved;check' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'Keep everything here (`server.data_dir`)')
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Serve players here (`server.listen`)')
            [CompletionResult]::new('--public-url', '--public-url', [CompletionResultType]::ParameterName, 'What players call this server (`server.public_url`)')
            [CompletionResult]::new('--log-level', '--log-level', [CompletionResultType]::ParameterName, 'What to log (`log.level`)')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'json, text or auto (`log.format`)')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Any setting by its name; may be repeated')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'adserved;config' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'Keep everything here (`server.data_dir`)')
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Serve players here (`server.listen`)')
            [CompletionResult]::new('--public-url', '--public-url', [CompletionResultType]::ParameterName, 'What players call this server (`server.public_url`)')
            [CompletionResult]::new('--log-level', '--log-level', [CompletionResultType]::ParameterName, 'What to log (`log.level`)')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'json, text or auto (`log.format`)')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Any setting by its name; may be repeated')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('print', 'print', [CompletionResultType]::ParameterValue, 'Every setting in force, as a file that could be used; secrets are masked')
            [CompletionResult]::new('default', 'default', [CompletionResultType]::ParameterValue, 'The default file, with every setting explained')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'adserved;config;print' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'Keep everything here (`server.data_dir`)')
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Serve players here (`server.listen`)')
            [CompletionResult]::new('--public-url', '--public-url', [CompletionResultType]::ParameterName, 'What players call this server (`server.public_url`)')
            [CompletionResult]::new('--log-level', '--log-level', [CompletionResultType]::ParameterName, 'What to log (`log.level`)')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'json, text or auto (`log.format`)')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Any setting by its name; may be repeated')
            [CompletionResult]::new('--show-origin', '--show-origin', [CompletionResultType]::ParameterName, 'Say where each comes from: default, file with line, variable or flag')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'adserved;config;default' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'Keep everything here (`server.data_dir`)')
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Serve players here (`server.listen`)')
            [CompletionResult]::new('--public-url', '--public-url', [CompletionResultType]::ParameterName, 'What players call this server (`server.public_url`)')
            [CompletionResult]::new('--log-level', '--log-level', [CompletionResultType]::ParameterName, 'What to log (`log.level`)')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'json, text or auto (`log.format`)')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Any setting by its name; may be repeated')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'adserved;config;help' {
            [CompletionResult]::new('print', 'print', [CompletionResultType]::ParameterValue, 'Every setting in force, as a file that could be used; secrets are masked')
            [CompletionResult]::new('default', 'default', [CompletionResultType]::ParameterValue, 'The default file, with every setting explained')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'adserved;config;help;print' {
            break
        }
        'adserved;config;help;default' {
            break
        }
        'adserved;config;help;help' {
            break
        }
        'adserved;healthcheck' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'Keep everything here (`server.data_dir`)')
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Serve players here (`server.listen`)')
            [CompletionResult]::new('--public-url', '--public-url', [CompletionResultType]::ParameterName, 'What players call this server (`server.public_url`)')
            [CompletionResult]::new('--log-level', '--log-level', [CompletionResultType]::ParameterName, 'What to log (`log.level`)')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'json, text or auto (`log.format`)')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Any setting by its name; may be repeated')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'adserved;rotate-keys' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'Keep everything here (`server.data_dir`)')
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Serve players here (`server.listen`)')
            [CompletionResult]::new('--public-url', '--public-url', [CompletionResultType]::ParameterName, 'What players call this server (`server.public_url`)')
            [CompletionResult]::new('--log-level', '--log-level', [CompletionResultType]::ParameterName, 'What to log (`log.level`)')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'json, text or auto (`log.format`)')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Any setting by its name; may be repeated')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'adserved;version' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this file [default: adserved.toml, else /etc/adserved/adserved.toml, if there]')
            [CompletionResult]::new('--data-dir', '--data-dir', [CompletionResultType]::ParameterName, 'Keep everything here (`server.data_dir`)')
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Serve players here (`server.listen`)')
            [CompletionResult]::new('--public-url', '--public-url', [CompletionResultType]::ParameterName, 'What players call this server (`server.public_url`)')
            [CompletionResult]::new('--log-level', '--log-level', [CompletionResultType]::ParameterName, 'What to log (`log.level`)')
            [CompletionResult]::new('--log-format', '--log-format', [CompletionResultType]::ParameterName, 'json, text or auto (`log.format`)')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Any setting by its name; may be repeated')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'adserved;help' {
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Serve; what happens without a command')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check the configuration and all it names: files, keys, addresses')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show the configuration')
            [CompletionResult]::new('healthcheck', 'healthcheck', [CompletionResultType]::ParameterValue, 'Ask a running daemon whether it is ready, for container health checks')
            [CompletionResult]::new('rotate-keys', 'rotate-keys', [CompletionResultType]::ParameterValue, 'Sign the addresses of beacons with a new key from the next start on')
            [CompletionResult]::new('version', 'version', [CompletionResultType]::ParameterValue, 'Show the version')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'adserved;help;run' {
            break
        }
        'adserved;help;check' {
            break
        }
        'adserved;help;config' {
            [CompletionResult]::new('print', 'print', [CompletionResultType]::ParameterValue, 'Every setting in force, as a file that could be used; secrets are masked')
            [CompletionResult]::new('default', 'default', [CompletionResultType]::ParameterValue, 'The default file, with every setting explained')
            break
        }
        'adserved;help;config;print' {
            break
        }
        'adserved;help;config;default' {
            break
        }
        'adserved;help;healthcheck' {
            break
        }
        'adserved;help;rotate-keys' {
            break
        }
        'adserved;help;version' {
            break
        }
        'adserved;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
