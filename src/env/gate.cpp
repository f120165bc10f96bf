// SPDX-License-Identifier: Apache-2.0
#include "env/gate.hpp"

#include "credentials/template.hpp"
#include "env/commands.hpp"
#include "env/examination.hpp"
#include "env/format.hpp"
#include "env/given_files.hpp"
#include "env/kinds.hpp"
#include "env/starter.hpp"
#include "env/type.hpp"
#include "gate/change_tree.hpp"
#include "gate/range_outcome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace sluice::env {

namespace {

/// What was so before the change was not brought by it.
Result<>
mark_older(const EnvOptions& options, const gate::Input& input, const gate::ChangeTree& tree, Findings& findings)
{
  if (tree.before == nullptr || findings.found.empty()) {
    return {};
  }
  TRY_ASSIGN(
      const auto before,
      survey(
          {options, *tree.before, tree.prefix, input.repository != nullptr, input.today, input.threads, {}, {}, {}}));
  std::set<std::string> known;
  for (const Finding& finding : apply_rules(*before, input.rules)) {
    known.insert(finding.fingerprint.hex);
  }
  for (Finding& finding : findings.found) {
    finding.is_older = known.contains(finding.fingerprint.hex);
  }
  return {};
}

}  // namespace

Result<Findings>
run(const EnvOptions& options, const gate::Input& input)
{
  if (auto outcome = gate::range_outcome(input.range)) {
    return *std::move(outcome);
  }
  std::vector<Gap> gaps;
  const gate::ChangeTree tree = gate::change_tree(input, gaps);
  TRY_ASSIGN(auto given, given_files(options, input.directory));
  TRY_ASSIGN(const auto result, survey({options,
                                        *tree.after,
                                        tree.prefix,
                                        input.repository != nullptr,
                                        input.today,
                                        input.threads,
                                        std::move(given.stores),
                                        std::move(given.fingerprints),
                                        {}}));
  Findings findings = findings_of(*result, input.rules);
  TRY(mark_older(options, input, tree, findings));
  findings.gaps.insert(findings.gaps.begin(), gaps.begin(), gaps.end());
  findings.basis = tree.before == nullptr ? Basis::files : Basis::range;
  findings.extent = Extent::whole;
  if (tree.before != nullptr) {
    findings.coverage.scope += fmt::format(", compared with {}", tree.before_name);
  }
  return findings;
}

const gate::Type&
type()
{
  static const std::array<gate::Kind, 6> kinds{{{"dialects", dialect_ids(), dialect_listing},
                                                {"formats", format_ids(), format_listing},
                                                {"languages", language_ids(), language_listing},
                                                {"rules", rule_ids()},
                                                {"stores", store_ids(), store_listing},
                                                {"types", type_ids(), type_listing}}};
  static const gate::Type type{
      .face = &face(),
      .rules = gate::metas_of<rules>(),
      .run = gate::run_with<EnvOptions, run>,
      .commands = commands(),
      .kinds = kinds,
      .expand_fixture = [](std::string_view text,
                           std::string_view rule_id) { return credentials::expand_template(text, rule_id); },
      .starter = starter};
  return type;
}

}  // namespace sluice::env
