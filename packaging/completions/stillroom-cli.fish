# SPDX-License-Identifier: GPL-3.0-or-later
# fish completion for stillroom-cli. Commands, options and revisions come from the program itself.

function __stillroom_cli_commands
    stillroom-cli --help 2>/dev/null | sed -n '/^Commands:/,/^$/s/^  \([a-z_]*\)[^a-z].*  *\([A-Z].*\)/\1\t\2/p'
end

function __stillroom_cli_command
    for word in (commandline -opc)[2..-1]
        if contains -- $word (__stillroom_cli_commands | cut -f1)
            echo $word
            return 0
        end
    end
    return 1
end

function __stillroom_cli_options
    set -l command (__stillroom_cli_command)
    and stillroom-cli $command --help 2>/dev/null | grep -oE -- '--[a-z][a-z-]*' | sort -u
end

function __stillroom_cli_project
    set -l words (commandline -opc)
    for i in (seq 2 (count $words))
        if contains -- $words[$i] -c --config -n --name
            printf '%s\n' $words[$i] $words[(math $i + 1)]
        end
    end
end

function __stillroom_cli_connections
    stillroom-cli (__stillroom_cli_project) -q connections 2>/dev/null | sed 's/  .*//'
end

function __stillroom_cli_revisions
    printf '%s\n' head heads base
    stillroom-cli (__stillroom_cli_project) history --no-graph 2>/dev/null | sed -n 's/^.* -> \([^ ,]*\).*/\1/p'
end

function __stillroom_cli_takes_revisions
    contains -- (__stillroom_cli_command) upgrade downgrade stamp reset show edit merge render reparent
end

complete -c stillroom-cli -f
complete -c stillroom-cli -n 'not __stillroom_cli_command >/dev/null' -a '(__stillroom_cli_commands)'
complete -c stillroom-cli -n 'not __stillroom_cli_command >/dev/null' -s c -l config -r -F -d 'alembic.ini, pyproject.toml or a folder'
complete -c stillroom-cli -n 'not __stillroom_cli_command >/dev/null' -s n -l name -x -d 'Section of the .ini file'
complete -c stillroom-cli -l url -x -d 'Database'
complete -c stillroom-cli -l connection -x -a '(__stillroom_cli_connections)' -d 'A connection that the window has saved'
complete -c stillroom-cli -l ssh -x -d 'Reach the server through ssh'
complete -c stillroom-cli -l ssh-key -r -d 'Key file for ssh'
complete -c stillroom-cli -l json -d 'Print JSON'
complete -c stillroom-cli -n __stillroom_cli_command -a '(__stillroom_cli_options)'
complete -c stillroom-cli -n __stillroom_cli_takes_revisions -a '(__stillroom_cli_revisions)'
complete -c stillroom-cli -l dialect -x -a 'postgresql sqlite'
complete -c stillroom-cli -l direction -x -a 'upgrade downgrade both'
complete -c stillroom-cli -l sqlalchemy -x -a '2.0 1.4'
complete -c stillroom-cli -l head -x -a '(__stillroom_cli_revisions)'
complete -c stillroom-cli -l depends-on -x -a '(__stillroom_cli_revisions)'
complete -c stillroom-cli -l onto -x -a '(__stillroom_cli_revisions)'
complete -c stillroom-cli -l instead-of -x -a '(__stillroom_cli_revisions)'
complete -c stillroom-cli -s t -l template -x -a "(stillroom-cli list_templates 2>/dev/null | cut -d' ' -f1)"
complete -c stillroom-cli -l version-path -x -a '(__fish_complete_directories)'
