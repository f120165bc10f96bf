// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "cli/emit.hpp"
#include "cli/sluice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace sluice::cli {

namespace {

std::vector<const RuleMeta*>
all_rules(std::span<const gate::Face* const> gates)
{
  std::vector<const RuleMeta*> all;
  for (const GateType& gate : gates) {
    all.insert(all.end(), gate.rules.begin(), gate.rules.end());
  }
  return all;
}

std::string
list_rules(std::span<const RuleMeta* const> rules)
{
  std::string text;
  for (const RuleMeta* rule : rules) {
    text += fmt::format("{:<44} {:<9} {:<11} {}\n", rule->id, name_of(rule->severity), rule->tool, rule->title);
  }
  return text + fmt::format("\n{}. sluice explain RULE tells more.\n", counted(rules.size(), "rule", "rules"));
}

/// The Markdown of a rule for a terminal: headings become plain lines, code fences become indentation.
std::string
plain(std::string_view markdown)
{
  std::string text;
  bool is_code = false;
  for (const std::string_view line : lines_of(markdown)) {
    if (line.starts_with("```")) {
      is_code = !is_code;
    } else if (line.starts_with("## ")) {
      text += fmt::format("{}\n", line.substr(3));
    } else {
      text += line.empty() ? "\n" : fmt::format("{}{}\n", is_code ? "      " : "  ", line);
    }
  }
  return text;
}

std::string
explain(const RuleMeta& rule)
{
  std::string text = fmt::format("{}: {}\n\n", rule.id, rule.title);
  text += fmt::format("  gate        sluice-{}\n  severity    {}\n  confidence  {}\n  since       {}\n", rule.tool,
                      name_of(rule.severity), name_of(rule.confidence), rule.since);
  if (!rule.tags.empty()) {
    text += fmt::format("  tags        {}\n", fmt::join(rule.tags, ", "));
  }
  return text + "\n" + plain(rule.doc)
         + fmt::format("\nTo accept a finding, end its line with a comment: sluice:allow[{}] reason\n", rule.id);
}

}  // namespace

int
run_explain(std::span<const gate::Face* const> gates, const Invocation& invocation)
{
  const std::vector<const RuleMeta*> rules = all_rules(gates);
  std::vector<std::string_view> ids;
  for (const RuleMeta* rule : rules) {
    ids.push_back(rule->id);
  }
  if (std::find(invocation.arguments.begin(), invocation.arguments.end(), "--help") != invocation.arguments.end()) {
    invocation.out << "Usage: sluice explain [RULE…]\n\nExplains rules, or lists them all.\n";
    return exit_status(Verdict::pass);
  }
  if (invocation.arguments.empty()) {
    invocation.out << list_rules(rules);
    return exit_status(Verdict::pass);
  }
  for (const std::string& id : invocation.arguments) {
    const auto found = std::find(ids.begin(), ids.end(), id);
    if (found == ids.end()) {
      emit_error({ErrorKind::usage, fmt::format("{}: is not a rule{}", printable(id), did_you_mean(id, ids))},
                 invocation);
      return exit_status(Verdict::unable);
    }
    invocation.out << explain(*rules[static_cast<std::size_t>(found - ids.begin())]);
  }
  return exit_status(Verdict::pass);
}

}  // namespace sluice::cli
