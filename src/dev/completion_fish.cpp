// SPDX-License-Identifier: Apache-2.0
//
// A line for each flag, argument and command, with the node at which it counts as its condition. A gate's executable
// wraps `sluice GATE`, so that nothing is said twice.
#include "base/text.hpp"
#include "dev/completion.hpp"

#include <fmt/format.h>

#include <set>

namespace sluice::dev {

namespace {

constexpr std::string_view engine = R"(
# _sluice_at NODE [LEAST [MOST]]: whether the words before the cursor choose this node, and that many arguments follow.
function _sluice_at
    set -l words (commandline -opc)
    set -e words[1]
    set -l at ''
    while set -q words[1]
        set -l word $words[1]
        test -n "$at"; and set word (string replace -r -- '^--' '' $word)
        set -l next (string trim -- "$at $word")
        contains -- "$next" $_sluice_nodes; or break
        set at $next
        set -e words[1]
    end
    test "$at" = "$argv[1]"; or return 1
    set -q argv[2]; or return 0
    set -l arguments 0
    set -l is_value no
    for word in $words
        if test $is_value = yes
            set is_value no
        else if contains -- $word $_sluice_valued
            set is_value yes
        else if not string match -q -- '-*' $word
            set arguments (math $arguments + 1)
        end
    end
    test $arguments -ge $argv[2]; or return 1
    not set -q argv[3]; or test $arguments -le $argv[3]
end

# Whether nothing stands between the words that choose this node and the cursor.
function _sluice_begins
    set -l words (commandline -opc)
    _sluice_at $argv[1]; or return 1
    test (count $words) -eq (math 1 + (count (string split -n ' ' -- $argv[1])))
end

function _sluice_paths --argument-names kind token
    switch $kind
        case files
            __fish_complete_path $token
        case directories
            __fish_complete_directories $token ''
    end
end

# _sluice_offer WORDS RULES AFTER PATHS
function _sluice_offer --argument-names words rules after paths
    set -l token (commandline -ct | string replace -r -- '^--[^=]+=' '')
    set -l offered (string split -n ' ' -- $words) (_sluice_rules "$rules")
    if not set -q offered[1]
        _sluice_paths "$paths" "$token"
    else if string match -q -- '*=*' "$token"; and test -n "$after$paths"
        set -l head (string replace -r -- '=.*' '=' $token)
        set -l tail (string replace -r -- '^[^=]*=' '' $token)
        for each in (string split -n ' ' -- $after) (_sluice_paths "$paths" "$tail")
            echo $head$each
        end
    else if test -n "$after"
        printf '%s=\n' $offered
    else
        printf '%s\n' $offered
    end
end
)";

/// What all lines of the file know of the tree.
struct Index
{
  std::vector<std::string> nodes;
  std::set<std::string> valued;  ///< flags that a value follows
};

std::string
single_quoted(std::string_view text)
{
  return fmt::format("'{}'", replace_all(replace_all(text, "\\", "\\\\"), "'", "\\'"));
}

std::string
offer_call(const Offer& offer)
{
  constexpr std::array<std::string_view, 3> paths{"\"\"", "files", "directories"};
  return single_quoted(fmt::format("(_sluice_offer \"{}\" \"{}\" \"{}\" {})", join(offer.words, " "), offer.rules,
                                   join(offer.after, " "), paths.at(static_cast<std::size_t>(offer.paths))));
}

bool
offers_anything(const Offer& offer)
{
  return !offer.words.empty() || !offer.rules.empty() || offer.paths != Paths::none;
}

/// `complete` for what is understood when `condition` holds.
std::string
line(std::string_view condition, std::string_view rest)
{
  return fmt::format("complete -c sluice -n {} {}\n", single_quoted(condition), rest);
}

std::string
flag_line(const CompletedFlag& flag, std::string_view path)
{
  std::string rest = fmt::format("-l {} -d {}", flag.name, single_quoted(flag.help));
  if (flag.letter != 0) {
    rest += fmt::format(" -s {}", flag.letter);
  }
  if (flag.offer) {
    rest += offers_anything(*flag.offer) ? " -x -a " + offer_call(*flag.offer) : " -x";
  }
  return line(fmt::format("_sluice_at \"{}\"", path), rest);
}

std::string
argument_lines(const CompletionNode& node, std::string_view path)
{
  std::string text;
  for (std::size_t i = 0; i < node.arguments.size(); ++i) {
    const bool is_last = i + 1 == node.arguments.size();
    if (offers_anything(node.arguments[i])) {
      text += line(fmt::format("_sluice_at \"{}\" {}{}", path, i, is_last ? "" : fmt::format(" {}", i)),
                   fmt::format("-a {}", offer_call(node.arguments[i])));
    }
  }
  return text;
}

std::string
node_lines(const CompletionNode& node, const std::string& path, Index& index)
{
  std::string text;
  for (const CompletedFlag& flag : node.flags) {
    text += flag_line(flag, path);
    if (flag.offer) {
      index.valued.insert(fmt::format("--{}", flag.name));
    }
  }
  text += argument_lines(node, path);
  std::string below;
  for (const CompletionNode& each : node.nodes) {
    const std::string condition = fmt::format("_sluice_begins \"{}\"", path);
    text += line(condition, fmt::format("-a {} -d {}", each.word, single_quoted(each.help)));
    if (each.is_flag_too) {
      text += line(condition, fmt::format("-l {} -d {}", each.word, single_quoted(each.help)));
    }
    const std::string name = path.empty() ? each.word : fmt::format("{} {}", path, each.word);
    index.nodes.push_back(name);
    below += node_lines(each, name, index);
  }
  return text + below;
}

std::string
rules_function(const Completion& completion)
{
  std::string text = "\nfunction _sluice_rules --argument-names gate\n    switch $gate\n";
  std::string every;
  for (const RuleNames& rules : completion.rules) {
    text += fmt::format("        case {}\n            printf '%s\\n' {}\n", rules.gate, join(rules.ids, " "));
    every += fmt::format("            _sluice_rules {}\n", rules.gate);
  }
  return text + fmt::format("        case {}\n{}    end\nend\n", every_gate, every);
}

}  // namespace

std::string
fish_completion(const Completion& completion)
{
  Index index;
  const std::string lines = node_lines(completion.root, "", index);
  std::string nodes;
  for (const std::string& node : index.nodes) {
    nodes += " " + single_quoted(node);
  }
  std::string text = fmt::format("{}\nset -g _sluice_nodes{}\nset -g _sluice_valued {}\n", head_of_generated("#"),
                                 nodes, fmt::join(index.valued, " "));
  text += rules_function(completion) + std::string(engine) + "\ncomplete -c sluice -f\n" + lines;
  for (const CompletionNode& node : completion.root.nodes) {
    if (!node.executable.empty()) {
      text += fmt::format("complete -c {} -w 'sluice {}'\n", node.executable, node.word);
    }
  }
  return text;
}

}  // namespace sluice::dev
