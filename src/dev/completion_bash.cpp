// SPDX-License-Identifier: Apache-2.0
//
// Each node becomes a function that answers questions (`_sluice_at_secrets value --scope`), so that a gate's flags are
// only read when they are asked for; one function that walks the line puts the questions. It needs nothing of the
// package bash-completion, and allows for readline's cutting words at "=".
#include "base/text.hpp"
#include "dev/completion.hpp"

#include <fmt/format.h>

namespace sluice::dev {

namespace {

constexpr std::string_view engine = R"(
# Adds the lines of standard input. readline has cut the word at its last =, and only replaces what follows.
_sluice_reply() {
  local line token=$kept$word cut=
  [[ $COMP_WORDBREAKS != *=* ]] || cut=${token%"${token##*=}"}
  while IFS= read -r line; do
    line=$kept$line
    COMPREPLY+=("${line#"$cut"}")
  done
}

_sluice_paths() {
  compopt -o filenames 2>/dev/null
  case $1 in
    files) _sluice_reply < <(compgen -f -- "$word") ;;
    directories) _sluice_reply < <(compgen -d -- "$word") ;;
  esac
}

# _sluice_offer WORDS RULES AFTER PATHS
_sluice_offer() {
  local words=$1
  [[ -n $is_asked ]] || return 0
  [[ -z $2 ]] || words=$(_sluice_rules "$2")
  if [[ -n $words && $word == *=* && -n $3$4 ]]; then
    kept+=${word%%=*}=
    word=${word#*=}
    words=$3
  elif [[ -n $3 ]]; then
    words="${words//[[:space:]]/= }="
    compopt -o nospace 2>/dev/null
  fi
  if [[ -n $words ]]; then
    _sluice_reply < <(compgen -W "$words" -- "$word")
  elif [[ -n $4 ]]; then
    _sluice_paths "$4"
  fi
}

# Puts the words up to the cursor into `given`, those together again that readline has cut at =.
_sluice_given() {
  local i
  for ((i = 0; i <= COMP_CWORD; i++)); do
    if ((i > 1)) && [[ ${COMP_WORDS[i]} == "=" || ${COMP_WORDS[i - 1]} == "=" ]]; then
      given[${#given[@]} - 1]+=${COMP_WORDS[i]}
    else
      given+=("${COMP_WORDS[i]}")
    fi
  done
}

_sluice() {
  COMPREPLY=()
  local at=_sluice_at word kept='' flag='' is_asked='' is_first='' count arguments=0 i=1
  local -a given=()
  _sluice_given
  count=$((${#given[@]} - 1))
  word=${given[count]}
  local name=${given[0]##*/}
  [[ $name != sluice-* ]] || at+=_${name#sluice-}
  while ((i < count)) && "$at" node "${given[i]}"; do
    at+=_${given[i]#--}
    i=$((i + 1))
  done
  ((i < count)) || is_first=yes
  for (( ; i < count; i++)); do
    if [[ ${given[i]} != -* ]]; then
      arguments=$((arguments + 1))
    elif "$at" value "${given[i]}"; then
      ((i + 1 < count)) || flag=${given[i]}
      i=$((i + 1))
    fi
  done
  is_asked=yes
  if [[ -n $flag ]]; then
    "$at" value "$flag"
  elif [[ $word == --*=* ]]; then
    kept=${word%%=*}=
    word=${word#*=}
    "$at" value "${kept%=}"
  else
    if [[ $word != -* ]]; then
      [[ -z $is_first ]] || "$at" words
      "$at" argument "$arguments"
    fi
    if [[ ${#COMPREPLY[@]} -eq 0 && ( -z $word || $word == -* ) ]]; then
      "$at" flags
      [[ -z $is_first ]] || "$at" first-flags
    fi
  fi
  return 0
}
)";

std::string
offer_call(const Offer& offer)
{
  constexpr std::array<std::string_view, 3> paths{"''", "files", "directories"};
  return fmt::format("_sluice_offer '{}' '{}' '{}' {}", join(offer.words, " "), offer.rules, join(offer.after, " "),
                     paths.at(static_cast<std::size_t>(offer.paths)));
}

std::string
value_cases(const CompletionNode& node)
{
  std::string text;
  for (const CompletedFlag& flag : node.flags) {
    if (flag.offer) {
      text += fmt::format("        --{}) {} ;;\n", flag.name, offer_call(*flag.offer));
    }
  }
  return text + "        *) return 1 ;;\n";
}

std::string
argument_cases(const CompletionNode& node)
{
  std::string text;
  for (std::size_t i = 0; i < node.arguments.size(); ++i) {
    const bool is_last = i + 1 == node.arguments.size();
    text += fmt::format("        {}) {} ;;\n", is_last ? "*" : fmt::format("{}", i), offer_call(node.arguments[i]));
  }
  return text;
}

std::string
node_functions(const CompletionNode& node, const std::string& name)
{
  std::vector<std::string> words;
  std::vector<std::string> choosing;
  std::vector<std::string> flags;
  std::vector<std::string> first_flags;
  std::string below;
  for (const CompletionNode& each : node.nodes) {
    words.push_back(each.word);
    choosing.push_back(each.word);
    if (each.is_flag_too) {
      first_flags.push_back(fmt::format("--{}", each.word));
      choosing.push_back(first_flags.back());
    }
    below += node_functions(each, fmt::format("{}_{}", name, each.word));
  }
  for (const CompletedFlag& flag : node.flags) {
    flags.push_back(fmt::format("--{}", flag.name));
  }
  const std::string is_node =
      choosing.empty() ? "return 1" : fmt::format("[[ ' {} ' == *\" $2 \"* ]]", join(choosing, " "));
  const std::string arguments =
      node.arguments.empty() ? "" : fmt::format("      case $2 in\n{}      esac\n", argument_cases(node));
  return fmt::format("\n{}() {{\n  case $1 in\n    node) {} ;;\n    words) _sluice_offer '{}' '' '' '' ;;\n"
                     "    flags) _sluice_offer '{}' '' '' '' ;;\n    first-flags) _sluice_offer '{}' '' '' '' ;;\n"
                     "    value)\n      case $2 in\n{}      esac\n      ;;\n    argument)\n{}      ;;\n  esac\n}}\n",
                     name, is_node, join(words, " "), join(flags, " "), join(first_flags, " "), value_cases(node),
                     arguments)
         + below;
}

std::string
rules_function(const Completion& completion)
{
  std::string text = "\n_sluice_rules() {\n  case $1 in\n";
  std::string every;
  for (const RuleNames& rules : completion.rules) {
    text += fmt::format("    {}) printf '%s\\n' {} ;;\n", rules.gate, join(rules.ids, " "));
    every += fmt::format(" _sluice_rules {};", rules.gate);
  }
  return text + fmt::format("    {}){};\n  esac\n}}\n", every_gate, every);
}

}  // namespace

std::string
bash_completion(const Completion& completion)
{
  std::string names;
  for (const CompletionNode& node : completion.root.nodes) {
    names += node.executable.empty() ? "" : " " + node.executable;
  }
  return fmt::format("{}# shellcheck shell=bash\n", head_of_generated("#")) + rules_function(completion)
         + node_functions(completion.root, "_sluice_at") + std::string(engine)
         + fmt::format("\ncomplete -F _sluice {}{}\n", completion.root.executable, names);
}

}  // namespace sluice::dev
