// SPDX-License-Identifier: Apache-2.0
#include "deps/gate.hpp"

#include "base/text.hpp"
#include "deps/audit.hpp"
#include "deps/commands.hpp"
#include "deps/comparing.hpp"
#include "deps/gate_database.hpp"
#include "deps/judged_data.hpp"
#include "deps/listing.hpp"
#include "deps/lock_notices.hpp"
#include "deps/new_packages.hpp"
#include "deps/rule.hpp"
#include "deps/starter.hpp"
#include "deps/vex_files.hpp"
#include "deps/vex_rulings.hpp"
#include "gate/range_outcome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

/// Whether some lockfile names a package that can be judged, or another thing that rules look at.
bool
has_subject(const LockedFiles& locked)
{
  return std::any_of(locked.files.begin(), locked.files.end(), [](const LockedFile& file) {
    const auto packages = file.list.packages();
    return std::any_of(packages.begin(), packages.end(), can_be_judged) || !file.list.references().empty();
  });
}

void
tell_left_out(const LockedFiles& locked, Findings& findings)
{
  for (const std::string& path : locked.excluded) {
    findings.notices.push_back(fmt::format("{} is excluded and was not judged", printable(path)));
  }
  for (const std::string& path : locked.deleted) {
    findings.notices.push_back(fmt::format("{} is tracked, and the work tree has it no more", printable(path)));
  }
}

/// What there is to say where no lockfile has anything to judge.
Absence
absence_of(const LockedFiles& locked)
{
  if (locked.files.empty()) {
    return {Absence::Kind::no_subject, locked.excluded.empty() ? "the repository has no lockfile"
                                                               : "every lockfile of the repository is excluded"};
  }
  return {Absence::Kind::nothing_to_do, "no lockfile names a package of others"};
}

template<typename T>
void
append(const std::vector<T>& more, std::vector<T>& all)
{
  all.insert(all.end(), more.begin(), more.end());
}

Result<Findings>
judge(const DepsOptions& options, const gate::Input& input, const gate::ChangeTree& tree, const LockedFiles& locked,
      const Database& database, Findings findings)
{
  TRY_ASSIGN(Audit audit, deps::audit(locked, database, options, input.today));
  const VexFiles vex = read_vex_files(options.vex, input.policy_files, tree);
  apply_vex(vex.documents, audit);
  append(vex.gaps, findings.gaps);
  append(vex.notices, findings.notices);
  findings.coverage.counts.push_back({audit.judged, "packages"});
  if (options.licences.is_policy()) {
    findings.coverage.counts.push_back({audit.licences.judged, "licences"});
  }
  findings.coverage.scope += fmt::format(" ({}){}", words_of(audit), words_of_data(audit, database));
  append(audit.gaps, findings.gaps);
  append(audit.notices, findings.notices);
  append(lock_notices(locked), findings.notices);
  for (const Rule* rule : rules()) {
    if (input.rules.applies(rule->meta)) {
      rule->check(*rule, audit, findings.found);
    }
  }
  if (auto section = new_packages_section(locked)) {
    findings.sections.push_back(*std::move(section));
  }
  if (auto section = databases_section(audit, database)) {
    findings.sections.push_back(*std::move(section));
  }
  return findings;
}

}  // namespace

Result<Findings>
run(const DepsOptions& options, const gate::Input& input)
{
  if (auto outcome = gate::range_outcome(input.range)) {
    return *std::move(outcome);
  }
  Findings findings;
  const gate::ChangeTree tree = gate::change_tree(input, findings.gaps);
  const LockedFiles locked = read_locked_files(tree, options.exclude);
  append(locked.gaps, findings.gaps);
  findings.excluded = options.exclude;
  findings.basis = tree.before == nullptr ? Basis::files : Basis::range;
  tell_left_out(locked, findings);
  findings.coverage.scope =
      tree.before == nullptr ? "every lockfile" : fmt::format("every lockfile, compared with {}", tree.before_name);
  findings.coverage.counts = {{locked.files.size(), "files"}};
  if (!has_subject(locked)) {
    // What could not be read, or is asked for without a lockfile, is there all the same.
    const bool is_unread = std::any_of(locked.gaps.begin(), locked.gaps.end(), [](const Gap& gap) {
      return gap.kind == GapKind::unreadable || gap.kind == GapKind::unjudged || gap.kind == GapKind::unparsable;
    });
    if (!locked.files.empty() || !is_unread) {
      findings.absence = absence_of(locked);
    }
    return findings;
  }
  TRY_ASSIGN(const Database database, gate_database(options, input, tree, locked, findings));
  return judge(options, input, tree, locked, database, std::move(findings));
}

const gate::Type&
type()
{
  static const std::array<gate::Kind, 3> kinds{{{"lockfiles", lockfile_ids(), lockfile_listing},
                                                {"rules", rule_ids()},
                                                {"schemes", scheme_ids(), scheme_listing}}};
  static const gate::Type type{.face = &face(),
                               .rules = gate::metas_of<rules>(),
                               .run = gate::run_with<DepsOptions, run>,
                               .make_http = net::make_client,
                               .commands = commands(),
                               .kinds = kinds,
                               .starter = starter};
  return type;
}

}  // namespace sluice::deps
