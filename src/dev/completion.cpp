// SPDX-License-Identifier: Apache-2.0
#include "dev/completion.hpp"

#include "base/text.hpp"
#include "cli/gate_command.hpp"
#include "cli/gate_set.hpp"
#include "cli/sluice.hpp"
#include "dev/completion_offer.hpp"
#include "dev/option_tables.hpp"
#include "finding/executable.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::dev {

namespace {

enum class Naming { by_key, in_full };

std::vector<CompletedFlag>
flags_of(const config::OptionTable& table, Naming naming, const OfferContext& context)
{
  std::vector<CompletedFlag> flags;
  for (const config::Option& option : table.options()) {
    if (!config::holds_records(option.kind)) {
      flags.push_back({.name = naming == Naming::in_full ? option.full_name() : std::string(option.spec.key),
                       .letter = option.spec.letter,
                       .value = std::string(option.spec.value),
                       .help = std::string(option.spec.help),
                       .offer = offer_for(option, context),
                       .is_repeated = config::holds_items(option.kind)});
    }
  }
  return flags;
}

/// "RULE FILE", "[RULE…]"
std::vector<Offer>
arguments_of(std::string_view usage, const OfferContext& context)
{
  std::vector<Offer> offers;
  for (const std::string_view word : split(usage, ' ')) {
    const std::string bare = replace_all(replace_all(replace_all(word, "[", ""), "]", ""), "…", "");
    if (!bare.empty()) {
      offers.push_back(offer_for(bare, context));
    }
  }
  if (!offers.empty() && usage.find("…") == std::string_view::npos) {
    offers.emplace_back();
  }
  return offers;
}

/// A command of several words stands below a node of each but the last.
CompletionNode&
node_below(CompletionNode& parent, std::string_view words)
{
  CompletionNode* node = &parent;
  for (const std::string_view word : split(words, ' ')) {
    auto& nodes = node->nodes;
    auto found = std::find_if(nodes.begin(), nodes.end(), [word](const auto& each) { return each.word == word; });
    if (found == nodes.end()) {
      nodes.emplace_back().word = word;
      found = std::prev(nodes.end());
    }
    node = &*found;
  }
  return *node;
}

CompletionNode
gate_node(const gate::Type& gate)
{
  const gate::Info& info = gate.face->info;
  const gate::Type* const one = &gate;
  const OfferContext context{Gates(&one, 1), info.name};
  const GateOptions options(gate);
  CompletionNode node;
  node.word = info.name;
  node.help = info.question;
  node.flags = flags_of(options.table, Naming::by_key, context);
  node.executable = executable_name(info.name);
  for (const gate::Command* command : cli::commands_of(gate)) {
    CompletionNode& below = node_below(node, command->name);
    GateOptions with_own(gate);
    const std::unique_ptr<gate::Options> own = command->options();
    own->bind(with_own.table);
    below.help = command->help;
    below.flags = flags_of(with_own.table, Naming::by_key, context);
    below.arguments = arguments_of(command->arguments, context);
    below.is_flag_too = command->name.find(' ') == std::string_view::npos;
  }
  return node;
}

std::vector<CompletedFlag>
check_flags(Gates gates)
{
  std::vector<const gate::Face*> faces;
  for (const gate::Type* gate : gates) {
    faces.push_back(gate->face);
  }
  config::CommonOptions common;
  cli::CheckOptions own;
  config::OptionTable table;
  config::describe(common, table);
  cli::describe(own, table);
  const cli::GateSet set(faces, table);
  return flags_of(table, Naming::in_full, {gates, every_gate});
}

std::vector<CompletedFlag>
report_flags(Gates gates)
{
  config::CommonOptions common;
  config::OptionTable table;
  config::describe_output(common, table);
  return flags_of(table, Naming::by_key, {gates, every_gate});
}

CompletedFlag
help_flag()
{
  return {.name = "help", .letter = 'h', .value = {}, .help = "Print this help and stop.", .offer = {}};
}

std::vector<CompletedFlag>
flags_of_command(std::string_view name, Gates gates)
{
  if (name == "check") {
    return check_flags(gates);
  }
  if (name == "report") {
    return report_flags(gates);
  }
  return name == "explain" || name == "init" ? std::vector{help_flag()} : std::vector<CompletedFlag>{};
}

CompletionNode
root_node(Gates gates)
{
  CompletionNode root;
  root.word = root.executable = "sluice";
  root.flags = {help_flag(),
                {.name = "version", .letter = 'V', .value = {}, .help = "Print the version and stop.", .offer = {}}};
  Offer names;
  for (const cli::SluiceCommand& command : cli::sluice_commands()) {
    CompletionNode& node = node_below(root, command.name);
    node.help = command.help;
    node.flags = flags_of_command(command.name, gates);
    node.arguments = arguments_of(command.arguments, {gates, every_gate});
    names.words.emplace_back(command.name);
  }
  for (const gate::Type* gate : gates) {
    root.nodes.push_back(gate_node(*gate));
    names.words.emplace_back(gate->face->info.name);
  }
  for (CompletionNode& node : root.nodes) {
    if (node.word == "help") {
      node.arguments.front() = names;
    }
  }
  return root;
}

}  // namespace

Completion
completion_of(Gates gates)
{
  Completion completion{root_node(gates), {}};
  for (const gate::Type* gate : gates) {
    RuleNames& rules = completion.rules.emplace_back();
    rules.gate = gate->face->info.name;
    for (const RuleMeta* rule : gate->rules) {
      rules.ids.emplace_back(rule->id);
    }
  }
  return completion;
}

std::vector<GeneratedFile>
completions(Gates gates)
{
  const Completion completion = completion_of(gates);
  return {{"completions/sluice.bash", bash_completion(completion)},
          {"completions/_sluice", zsh_completion(completion)},
          {"completions/sluice.fish", fish_completion(completion)}};
}

}  // namespace sluice::dev
