/// What a shell reads so that it asks `podshim complete` for the words that can follow.
///
/// Each hands over the words as they are written and shows what comes back; `:files` as the last
/// line says that names of files are meant.
enum CompletionScript {
  static let shells = ["bash", "zsh", "fish"]

  static func text(for shell: String) -> String {
    switch shell {
    case "bash": bash
    case "zsh": zsh
    default: fish
    }
  }

  /// The shell has split words at `=` and `:`; what stands before them is no part of a candidate.
  private static let bash = #"""
    # bash completion for podshim: source <(podshim completion bash)
    _podshim() {
      local line=${COMP_LINE:0:COMP_POINT} word answer
      local -a words
      read -ra words <<<"$line"
      [[ $line == *[[:space:]] ]] && words+=("")
      COMPREPLY=()
      local current=${words[-1]}
      local prefix=${current%"${COMP_WORDS[COMP_CWORD]##[=:]}"}
      while IFS=$'\t' read -r answer _; do
        if [[ $answer == :files ]]; then
          compopt -o filenames 2>/dev/null
          mapfile -t COMPREPLY < <(compgen -f -- "${current#"$prefix"}")
        else
          COMPREPLY+=("${answer#"$prefix"}")
        fi
      done < <("${words[0]}" complete "${words[@]:1}" 2>/dev/null)
      [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == */ ]] && compopt -o nospace 2>/dev/null
      return 0
    }
    complete -F _podshim podshim

    """#

  private static let zsh = #"""
    #compdef podshim
    # zsh completion for podshim: source <(podshim completion zsh)
    _podshim() {
      local answer
      local -a candidates
      for answer in "${(@f)$("${words[1]}" complete "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        if [[ $answer == :files ]]; then
          _files
          return
        fi
        [[ -n $answer ]] && candidates+=("${${answer//:/\\:}/$'\t'/:}")
      done
      (( ${#candidates} )) && _describe podshim candidates
    }
    if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
      _podshim "$@"
    else
      compdef _podshim podshim
    fi

    """#

  private static let fish = #"""
    # fish completion for podshim: podshim completion fish | source
    function __podshim_complete
      set -l words (commandline -opc) (commandline -ct)
      for answer in ($words[1] complete $words[2..-1] 2>/dev/null)
        if test "$answer" = :files
          __fish_complete_path (commandline -ct)
        else
          echo $answer
        end
      end
    end
    complete -c podshim -f -a '(__podshim_complete)'

    """#
}
