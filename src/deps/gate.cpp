// SPDX-License-Identifier: Apache-2.0
#include "deps/gate.hpp"

#include "base/text.hpp"
#include "deps/brought_database.hpp"
#include "deps/comparing.hpp"
#include "deps/database_commands.hpp"
#include "deps/listing.hpp"
#include "deps/rule.hpp"
#include "gate/range_outcome.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::deps {

namespace {

std::span<const RuleMeta* const>
rule_metas()
{
  static const std::vector<const RuleMeta*> metas = [] {
    std::vector<const RuleMeta*> all;
    for (const Rule* rule : rules()) {
      all.push_back(&rule->meta);
    }
    return all;
  }();
  return metas;
}

/// Whether some lockfile names a package that can be judged.
bool
has_packages(const LockedFiles& locked)
{
  return std::any_of(locked.files.begin(), locked.files.end(), [](const LockedFile& file) {
    const auto packages = file.list.packages();
    return std::any_of(packages.begin(), packages.end(), can_be_judged);
  });
}

/// A path of the command line starts where the command was called, one of the configuration at the repository.
std::filesystem::path
database_path(const DepsOptions& options, const gate::Input& input)
{
  const std::filesystem::path here = (input.started_in / options.db).lexically_normal();
  std::error_code failed;
  return std::filesystem::is_directory(here, failed) ? here : (input.directory / options.db).lexically_normal();
}

Result<Database>
open_database(const DepsOptions& options, const gate::Input& input)
{
  constexpr std::string_view help = "Get one with `sluice deps db update --db DIR`, or make one of advisories that you "
                                    "have with `sluice deps db import --db DIR PATH…`";
  if (options.db.empty()) {
    return fail(ErrorKind::unavailable,
                "there is no advisory database: neither --db nor `db` under `deps:` names one\n{}", help);
  }
  auto database = Database::open(database_path(options, input));
  if (!database) {
    return fail(ErrorKind::unavailable, "{}\n{}", database.error().message, help);
  }
  return database;
}

std::string
words_of(const Audit& audit)
{
  std::vector<std::string> parts;
  for (const auto& [ecosystem, packages] : audit.by_ecosystem) {
    parts.push_back(fmt::format("{} of {}", with_thousands(packages), ecosystem));
  }
  return join(parts, ", ");
}

/// Which data a verdict rests on, so that it can be had again.
std::optional<Section>
databases_section(const Audit& audit, const Database& database)
{
  Table table{{"ecosystem", "records", "built", "sha256"}, {}};
  for (const auto& [ecosystem, packages] : audit.by_ecosystem) {
    const auto index = database.index(ecosystem);
    if (index && *index != nullptr) {
      table.rows.push_back({ecosystem, with_thousands((*index)->records()), rfc3339((*index)->built()).substr(0, 10),
                            (*index)->digest()});
    }
  }
  if (table.rows.empty()) {
    return std::nullopt;
  }
  return Section{"Advisories", "The same data give the same verdict.", std::move(table)};
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
  findings.gaps.insert(findings.gaps.end(), locked.gaps.begin(), locked.gaps.end());
  findings.excluded = options.exclude;
  tell_left_out(locked, findings);
  findings.coverage.scope =
      tree.before == nullptr ? "every lockfile" : fmt::format("every lockfile, compared with {}", tree.before_name);
  findings.coverage.counts = {{locked.files.size(), "lockfiles"}};
  if (!has_packages(locked)) {
    // What could not be read is there all the same.
    const bool is_unread = std::any_of(locked.gaps.begin(), locked.gaps.end(),
                                       [](const Gap& gap) { return gap.kind == GapKind::unreadable; });
    if (!locked.files.empty() || !is_unread) {
      findings.absence = absence_of(locked);
    }
    return findings;
  }
  TRY_ASSIGN(const Database database, open_database(options, input));
  if (auto gap = brought_database(tree, input.directory, database.directory())) {
    findings.gaps.push_back(*std::move(gap));
  }
  TRY_ASSIGN(Audit audit, deps::audit(locked, database, options, input.today));
  findings.coverage.counts.push_back({audit.judged, "packages"});
  findings.coverage.scope += fmt::format(" ({})", words_of(audit));
  findings.gaps.insert(findings.gaps.end(), audit.gaps.begin(), audit.gaps.end());
  findings.notices.insert(findings.notices.end(), audit.notices.begin(), audit.notices.end());
  for (const Rule* rule : rules()) {
    if (input.rules.applies(rule->meta)) {
      rule->check(*rule, audit, findings.found);
    }
  }
  if (auto section = databases_section(audit, database)) {
    findings.sections.push_back(*std::move(section));
  }
  return findings;
}

const gate::Type&
type()
{
  static const std::array<gate::Command, 6> commands{
      {{.name = "packages",
        .arguments = "FILE",
        .help = "Prints what a lockfile says, one JSON object a line for each package.",
        .least_arguments = 1,
        .most_arguments = 1,
        .run = gate::command_with<gate::NoOptions, list_packages>,
        .answer = gate::Answer::json},
       {.name = "compare",
        .arguments = "ECOSYSTEM [A B]",
        .help = "Prints the order of two versions as <, = or >, and ? where one is none; without them, of each pair on "
                "standard input, a tab between.",
        .least_arguments = 1,
        .most_arguments = 3,
        .run = gate::command_with<gate::NoOptions, compare_versions>},
       {.name = "db import",
        .arguments = "PATH…",
        .help = "Adds advisories in the OSV format, as JSON or YAML, in folders or zip archives, to the database.",
        .least_arguments = 1,
        .most_arguments = 10'000,
        .run = gate::command_with<gate::NoOptions, import_database>},
       {.name = "db update",
        .arguments = "",
        .help = "Brings the database up to date from OSV's bulk data or a mirror of it.",
        .options = gate::make_options<UpdateOptions>,
        .run = gate::command_with<UpdateOptions, update_database_command>,
        .needs = {.http = true}},
       {.name = "db info",
        .arguments = "",
        .help = "Tells what the database holds, and checks all of it.",
        .run = gate::command_with<gate::NoOptions, describe_database>},
       {.name = "query",
        .arguments = "",
        .help = "Judges packages on standard input, each a line of ecosystem, name and version with tabs between, and "
                "prints one JSON object for each.",
        .run = gate::command_with<gate::NoOptions, query_database>,
        .answer = gate::Answer::json}}};
  static const std::array<gate::Kind, 3> kinds{{{"lockfiles", lockfile_ids(), lockfile_listing},
                                                {"rules", rule_ids()},
                                                {"schemes", scheme_ids(), scheme_listing}}};
  static const gate::Type type{.face = &face(),
                               .rules = rule_metas(),
                               .run = gate::run_with<DepsOptions, run>,
                               .make_http = net::make_client,
                               .commands = commands,
                               .kinds = kinds};
  return type;
}

}  // namespace sluice::deps
