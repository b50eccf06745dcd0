# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for stillroom-cli. Commands, options and revisions come from the program itself.

_stillroom_cli()
{
    local current previous command="" i
    local -a project=()
    COMPREPLY=()
    current=${COMP_WORDS[COMP_CWORD]}
    previous=${COMP_WORDS[COMP_CWORD-1]}

    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        -c | --config) project+=(-c "${COMP_WORDS[i+1]}"); ((i++)) ;;
        -n | --name) project+=(-n "${COMP_WORDS[i+1]}"); ((i++)) ;;
        -x | --url | --connection | --ssh | --ssh-key | --version-table | --version-table-schema) ((i++)) ;;
        -*) ;;
        *) command=${COMP_WORDS[i]}; break ;;
        esac
    done

    case $previous in
    -c | --config) [[ $command == current ]] || { COMPREPLY=($(compgen -f -- "$current")); compopt -o filenames 2>/dev/null; return; } ;;
    --version-path) COMPREPLY=($(compgen -d -- "$current")); compopt -o filenames 2>/dev/null; return ;;
    --dialect) COMPREPLY=($(compgen -W "postgresql sqlite" -- "$current")); return ;;
    --direction) COMPREPLY=($(compgen -W "upgrade downgrade both" -- "$current")); return ;;
    --transactions) COMPREPLY=($(compgen -W "one each" -- "$current")); return ;;
    --connection)
        local IFS=$'\n'
        COMPREPLY=($(compgen -W "$(stillroom-cli "${project[@]}" -q connections 2>/dev/null | sed 's/  .*//')" -- "$current"))
        [[ -z ${COMPREPLY[*]} ]] || COMPREPLY=($(printf '%q\n' "${COMPREPLY[@]}"))
        return
        ;;
    --sqlalchemy) COMPREPLY=($(compgen -W "2.0 1.4" -- "$current")); return ;;
    -t | --template) COMPREPLY=($(compgen -W "$(stillroom-cli list_templates 2>/dev/null | cut -d' ' -f1)" -- "$current")); return ;;
    -x | -n | --name | --url | --ssh | -m | --message | --rev-id | --branch-label | --tag | --set | --unset | --upgrade-sql | --downgrade-sql) return ;;
    esac

    if [[ -z $command ]]; then
        if [[ $current == -* ]]; then
            COMPREPLY=($(compgen -W "--config --name -x --url --connection --ssh --ssh-key --read-only --json --quiet --raiseerr --version-table --version-table-schema --help --version" -- "$current"))
        else
            COMPREPLY=($(compgen -W "$(stillroom-cli --help 2>/dev/null | sed -n '/^Commands:/,/^$/s/^  \([a-z_]*\).*/\1/p')" -- "$current"))
        fi
        return
    fi
    if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "$(stillroom-cli "$command" --help 2>/dev/null | grep -oE -- '--[a-z][a-z-]*' | sort -u)" -- "$current"))
        return
    fi
    case $command in
    upgrade | downgrade | stamp | reset | show | edit | merge | render | reparent | revision)
        if [[ $command != revision || $previous == --head || $previous == --depends-on || $previous == --onto ]]; then
            COMPREPLY=($(compgen -W "head heads base $(stillroom-cli "${project[@]}" history --no-graph 2>/dev/null | sed -n 's/^.* -> \([^ ,]*\).*/\1/p')" -- "$current"))
        fi
        ;;
    init) COMPREPLY=($(compgen -d -- "$current")); compopt -o filenames 2>/dev/null ;;
    esac
}
complete -F _stillroom_cli stillroom-cli
