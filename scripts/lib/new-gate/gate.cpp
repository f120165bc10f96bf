// SPDX-License-Identifier: Apache-2.0
#include "@name@/gate.hpp"

#include "@name@/rule.hpp"
#include "base/glob.hpp"
#include "gate/change_tree.hpp"
#include "gate/range_outcome.hpp"

namespace sluice::@name@ {

namespace {

void
look_at(const std::string& path, const gate::ChangeTree& tree, const gate::RuleSet& wanted, Findings& findings)
{
  auto text = tree.after->read(path);
  if (!text) {
    findings.gaps.push_back({GapKind::unreadable, tree.prefix + path, text.error().message, ""});
    return;
  }
  const gate::SourceText file(tree.prefix + path, *std::move(text));
  for (const Rule* rule : rules()) {
    if (wanted.applies(rule->meta)) {
      rule->check(*rule, file, findings.found);
    }
  }
}

}  // namespace

Result<Findings>
run(const @Name@Options& options, const gate::Input& input)
{
  if (auto outcome = gate::range_outcome(input.range)) {
    return *std::move(outcome);
  }
  Findings findings;
  const gate::ChangeTree tree = gate::change_tree(input, findings.gaps);
  const gate::Listing listing = tree.after->list("");
  if (!listing.complete) {
    findings.gaps.push_back({GapKind::too_many, "the repository", "not all of its files could be listed", ""});
  }
  std::vector<Glob> exclude(options.exclude.begin(), options.exclude.end());
  std::uint64_t files = 0;
  for (const std::string& path : listing.files) {
    if (!matches_any(exclude, path)) {
      look_at(path, tree, input.rules, findings);
      ++files;
    }
  }
  findings.coverage = {"every file", {{files, "files"}}};
  if (files == 0) {
    findings.absence = Absence{Absence::Kind::no_subject, "there is no file to look at"};
  }
  return findings;
}

const gate::Type&
type()
{
  static const std::array<gate::Kind, 1> kinds{{{"rules", rule_ids()}}};
  static const gate::Type type{
      .face = &face(), .rules = gate::metas_of<rules>(), .run = gate::run_with<@Name@Options, run>, .kinds = kinds};
  return type;
}

}  // namespace sluice::@name@
