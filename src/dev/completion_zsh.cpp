// SPDX-License-Identifier: Apache-2.0
//
// Each node becomes a function that hands `_arguments` its flags, and passes on to the node that the next word chooses.
#include "base/text.hpp"
#include "dev/completion.hpp"

#include <fmt/format.h>

namespace sluice::dev {

namespace {

constexpr std::string_view engine = R"(
_sluice_paths() {
  case $1 in
    files) _files ;;
    directories) _files -/ ;;
  esac
}

# _sluice_offer WORDS RULES AFTER PATHS
_sluice_offer() {
  local -a offered
  offered=(${=1})
  [[ -z $2 ]] || offered=($(_sluice_rules $2))
  if (( ! $#offered )); then
    _sluice_paths $4
  elif [[ -n $3$4 ]] && compset -P 1 '*='; then
    if [[ -n $3 ]]; then compadd -- ${=3}; else _sluice_paths $4; fi
  elif [[ -n $3 ]]; then
    compadd -S '' -- ${^offered}=
  else
    # The order of the words is theirs, and one that ends in = is not the end.
    compadd -S '' -- ${(M)offered:#*=}
    compadd -- ${offered:#*=}
  fi
}

_sluice() {
  case $service in
    sluice-*) _sluice_at_${service#sluice-} ;;
    *) _sluice_at ;;
  esac
}

_sluice "$@"
)";

std::string
single_quoted(std::string_view text)
{
  return fmt::format("'{}'", replace_all(text, "'", "'\\''"));
}

std::string
bracketed(std::string_view help)
{
  return fmt::format("[{}]", replace_all(replace_all(replace_all(help, "\\", "\\\\"), "[", "\\["), "]", "\\]"));
}

/// As `_arguments` wants it; the space in front keeps it from adding arguments of its own.
std::string
action(const Offer& offer)
{
  constexpr std::array<std::string_view, 3> paths{"\"\"", "files", "directories"};
  return fmt::format(" _sluice_offer \"{}\" \"{}\" \"{}\" {}", join(offer.words, " "), offer.rules,
                     join(offer.after, " "), paths.at(static_cast<std::size_t>(offer.paths)));
}

std::string
flag_specs(const CompletedFlag& flag)
{
  const std::string value =
      flag.offer ? fmt::format(":{}:{}", replace_all(flag.value, ":", "\\:"), action(*flag.offer)) : "";
  if (flag.letter == 0) {
    return fmt::format("    {}\n", single_quoted(fmt::format("{}--{}{}{}{}", flag.is_repeated ? "*" : "", flag.name,
                                                             flag.offer ? "=" : "", bracketed(flag.help), value)));
  }
  const std::string both = fmt::format("(-{} --{})", flag.letter, flag.name);
  return fmt::format(
      "    {}\n    {}\n", single_quoted(fmt::format("{}-{}{}{}", both, flag.letter, bracketed(flag.help), value)),
      single_quoted(fmt::format("{}--{}{}{}{}", both, flag.name, flag.offer ? "=" : "", bracketed(flag.help), value)));
}

std::string
argument_specs(const CompletionNode& node)
{
  std::string text;
  for (std::size_t i = 0; i < node.arguments.size(); ++i) {
    const bool is_last = i + 1 == node.arguments.size();
    text +=
        fmt::format("    {}\n", single_quoted(fmt::format("{}:argument:{}", is_last ? "*" : fmt::format("{}", i + 1),
                                                          action(node.arguments[i]))));
  }
  return text;
}

/// Passes on to the node that is chosen, and offers the choice as long as nothing else stands there.
std::string
choice(const CompletionNode& node, const std::string& name)
{
  std::string cases;
  std::string words;
  std::string flags;
  for (const CompletionNode& each : node.nodes) {
    cases += fmt::format("      {}{}) shift words; (( CURRENT-- )); {}_{}; return ;;\n", each.word,
                         each.is_flag_too ? fmt::format("|--{}", each.word) : "", name, each.word);
    words += fmt::format("    {}\n", single_quoted(fmt::format("{}:{}", each.word, each.help)));
    if (each.is_flag_too) {
      flags += fmt::format("      {}\n", single_quoted(fmt::format("--{}{}", each.word, bracketed(each.help))));
    }
  }
  return fmt::format("  if (( CURRENT > 2 )); then\n    case $words[2] in\n{}    esac\n  else\n    specs+=(\n{}    )\n"
                     "    nodes=(\n{}    )\n    _describe -t commands command nodes && found=0\n  fi\n",
                     cases, flags, words);
}

std::string
node_functions(const CompletionNode& node, const std::string& name)
{
  std::string specs;
  for (const CompletedFlag& flag : node.flags) {
    specs += flag_specs(flag);
  }
  specs += argument_specs(node);
  std::string text = fmt::format("\n{}() {{\n  local -a specs nodes\n  local found=1\n  specs=(\n{}  )\n{}", name,
                                 specs, node.nodes.empty() ? "" : choice(node, name));
  text += "  (( ! $#specs )) || { _arguments -s : $specs && found=0 }\n  return found\n}\n";
  for (const CompletionNode& each : node.nodes) {
    text += node_functions(each, fmt::format("{}_{}", name, each.word));
  }
  return text;
}

std::string
rules_function(const Completion& completion)
{
  std::string text = "\n_sluice_rules() {\n  case $1 in\n";
  std::string every;
  for (const RuleNames& rules : completion.rules) {
    text += fmt::format("    {}) print -l {} ;;\n", rules.gate, join(rules.ids, " "));
    every += fmt::format(" _sluice_rules {};", rules.gate);
  }
  return text + fmt::format("    {}){};\n  esac\n}}\n", every_gate, every);
}

}  // namespace

std::string
zsh_completion(const Completion& completion)
{
  std::string names = completion.root.executable;
  for (const CompletionNode& node : completion.root.nodes) {
    names += node.executable.empty() ? "" : " " + node.executable;
  }
  return fmt::format("#compdef {}\n{}", names, head_of_generated("#")) + rules_function(completion)
         + node_functions(completion.root, "_sluice_at") + std::string(engine);
}

}  // namespace sluice::dev
