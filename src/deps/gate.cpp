// SPDX-License-Identifier: Apache-2.0
#include "deps/gate.hpp"

#include "base/text.hpp"
#include "deps/bill/bill_command.hpp"
#include "deps/brought_database.hpp"
#include "deps/comparing.hpp"
#include "deps/database_commands.hpp"
#include "deps/database_place.hpp"
#include "deps/listing.hpp"
#include "deps/lock_notices.hpp"
#include "deps/new_packages.hpp"
#include "deps/refresh.hpp"
#include "deps/rule.hpp"
#include "deps/vex_files.hpp"
#include "deps/vex_rulings.hpp"
#include "gate/range_outcome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

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

/// Whether some lockfile names a package that can be judged, or another thing that rules look at.
bool
has_subject(const LockedFiles& locked)
{
  return std::any_of(locked.files.begin(), locked.files.end(), [](const LockedFile& file) {
    const auto packages = file.list.packages();
    return std::any_of(packages.begin(), packages.end(), can_be_judged) || !file.list.references().empty();
  });
}

/// Whether something could be brought that only advisories tell of.
bool
needs_advisories(const LockedFiles& locked)
{
  return std::any_of(locked.files.begin(), locked.files.end(), [](const LockedFile& file) {
    const auto packages = file.list.packages();
    return !file.is_unchanged && std::any_of(packages.begin(), packages.end(), can_be_judged);
  });
}

/// A pipeline's cache may have to lie in its checkout. There a change could bring a database of its own, which says of
/// itself that it is up to date.
Result<>
refuse_tracked(const gate::FileTree& tree, const std::filesystem::path& root, const std::filesystem::path& place)
{
  const std::string relative = place.lexically_relative(root).generic_string();
  if (relative.empty() || relative == "." || relative.starts_with("..")) {
    return {};
  }
  const gate::Listing listing = tree.tracked();
  const std::string below = relative + "/";
  const auto found = std::find_if(listing.files.begin(), listing.files.end(),
                                  [&](const std::string& path) { return path == relative || path.starts_with(below); });
  if (found != listing.files.end()) {
    return fail(ErrorKind::config,
                "{}: it is part of the repository, where a change can bring its own advisories; keep the database that "
                "is brought up to date elsewhere, or remove it from the repository",
                printable(*found));
  }
  return {};
}

/// What cannot be fetched now is judged by what is there, whose day the report tells.
Result<>
update_first(const DepsOptions& options, const gate::Input& input, const LockedFiles& locked, Findings& findings)
{
  RefreshOrder order;
  TRY_ASSIGN(order.directory, judged_place(options, input));
  order.from = options.update_from;
  order.base = input.directory;
  order.key = options.db_key;
  order.ecosystems = ecosystems_in_use(locked);
  order.today = input.today;
  order.threads = input.threads;
  const auto refreshed = refresh(*input.services.http, order);
  if (!refreshed && refreshed.error().kind != ErrorKind::unavailable) {
    return Failure(refreshed.error());
  }
  if (!refreshed) {
    findings.notices.push_back(
        fmt::format("the advisories were not brought up to date: {}", refreshed.error().message));
  } else if (refreshed->verdict != Verdict::pass) {
    for (const std::string& line : refreshed->lines) {
      findings.notices.push_back("bringing the advisories up to date: " + line);
    }
  }
  return {};
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

/// Of one that was made of documents when it was opened: no day.
std::string
day_of(const Index& index)
{
  return index.built() == std::chrono::sys_seconds() ? std::string("no day") : rfc3339(index.built()).substr(0, 10);
}

/// In a few words, for formats that show no tables: as much of a digest as nobody meets twice.
std::string
words_of_data(const Audit& audit, const Database& database)
{
  constexpr std::size_t digits = 12;
  std::vector<std::string> parts;
  for (const auto& [ecosystem, packages] : audit.by_ecosystem) {
    const auto index = database.index(ecosystem);
    if (index && *index != nullptr) {
      parts.push_back(fmt::format("{} of {}, {}", ecosystem, day_of(**index), (*index)->digest().substr(0, digits)));
    }
  }
  return parts.empty() ? std::string() : fmt::format("; advisories for {}", join(parts, ", for "));
}

/// Which data a verdict rests on, so that it can be had again.
std::optional<Section>
databases_section(const Audit& audit, const Database& database)
{
  Table table{{"ecosystem", "records", "built", "sha256"}, {}};
  for (const auto& [ecosystem, packages] : audit.by_ecosystem) {
    const auto index = database.index(ecosystem);
    if (index && *index != nullptr) {
      table.rows.push_back({ecosystem, with_thousands((*index)->records()), day_of(**index), (*index)->digest()});
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
  if (!has_subject(locked)) {
    // What could not be read is there all the same.
    const bool is_unread = std::any_of(locked.gaps.begin(), locked.gaps.end(),
                                       [](const Gap& gap) { return gap.kind == GapKind::unreadable; });
    if (!locked.files.empty() || !is_unread) {
      findings.absence = absence_of(locked);
    }
    return findings;
  }
  if (options.update_advisories) {
    TRY_ASSIGN(const std::filesystem::path place, judged_place(options, input));
    TRY(refuse_tracked(*tree.after, input.directory, place));
    TRY(update_first(options, input, locked, findings));
  }
  Result<Database> opened = open_database(options, input);
  if (!opened && opened.error().kind == ErrorKind::unavailable && !needs_advisories(locked)) {
    opened = Database::none();
  }
  TRY_ASSIGN(const Database database, std::move(opened));
  if (auto gap = brought_database(tree, input.directory, database.directory())) {
    findings.gaps.push_back(*std::move(gap));
  }
  TRY_ASSIGN(Audit audit, deps::audit(locked, database, options, input.today));
  const VexFiles vex = read_vex_files(options.vex, input.policy_files, tree);
  apply_vex(vex.documents, audit);
  findings.gaps.insert(findings.gaps.end(), vex.gaps.begin(), vex.gaps.end());
  findings.notices.insert(findings.notices.end(), vex.notices.begin(), vex.notices.end());
  findings.coverage.counts.push_back({audit.judged, "packages"});
  if (options.licences.is_policy()) {
    findings.coverage.counts.push_back({audit.licences.judged, "licences"});
  }
  findings.coverage.scope += fmt::format(" ({}){}", words_of(audit), words_of_data(audit, database));
  findings.gaps.insert(findings.gaps.end(), audit.gaps.begin(), audit.gaps.end());
  findings.notices.insert(findings.notices.end(), audit.notices.begin(), audit.notices.end());
  const std::vector<std::string> notices = lock_notices(locked);
  findings.notices.insert(findings.notices.end(), notices.begin(), notices.end());
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

const gate::Type&
type()
{
  static const auto commands = std::to_array<gate::Command>(
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
       {.name = "admits",
        .arguments = "ECOSYSTEM [RANGE VERSION]",
        .help = "Prints whether a range has a version, y or n, and ? where one is none; without them, of each pair on "
                "standard input, a tab between. Of npm.",
        .least_arguments = 1,
        .most_arguments = 3,
        .run = gate::command_with<gate::NoOptions, tell_admission>},
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
       {.name = "db export",
        .arguments = "DIR",
        .help = "Copies the database for another machine or a mirror, with a manifest that can be signed.",
        .least_arguments = 1,
        .most_arguments = 1,
        .options = gate::make_options<ExportOptions>,
        .run = gate::command_with<ExportOptions, export_database_command>},
       {.name = "db info",
        .arguments = "",
        .help = "Tells what the database holds, and checks all of it.",
        .run = gate::command_with<gate::NoOptions, describe_database>},
       {.name = "query",
        .arguments = "",
        .help = "Judges packages on standard input, each a line of ecosystem, name and version with tabs between, and "
                "prints one JSON object for each.",
        .run = gate::command_with<gate::NoOptions, query_database>,
        .answer = gate::Answer::json},
       {.name = "sbom",
        .arguments = "[FILE…]",
        .help = "Prints a bill of materials of these lockfiles, by default of all that the repository tracks, as "
                "CycloneDX 1.6, or with --format spdx as SPDX 2.3.",
        .most_arguments = 10'000,
        .options = gate::make_options<BillOptions>,
        .run = gate::command_with<BillOptions, print_bill>,
        .formats = bill_formats}});
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
