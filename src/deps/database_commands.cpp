// SPDX-License-Identifier: Apache-2.0
#include "deps/database_commands.hpp"

#include "base/json_text.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "deps/advisories/exploits.hpp"
#include "deps/advisories/import.hpp"
#include "deps/advisories/matching.hpp"
#include "deps/advisories/mirror.hpp"
#include "deps/database_place.hpp"
#include "deps/refresh.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::deps {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t most_key_bytes = 64U << 10U;

Result<fs::path>
directory_of(const gate::CommandInput& input)
{
  return database_place(gate::values_of<DepsOptions>(input.gate_options), input.input);
}

Result<Database>
database_of(const gate::CommandInput& input)
{
  TRY_ASSIGN(const fs::path directory, directory_of(input));
  return database_at(directory, gate::values_of<DepsOptions>(input.gate_options));
}

std::string
told(const ImportCount& count)
{
  std::string note = fmt::format("{} imported", counted(count.records, "record", "records"));
  const auto add = [&note](std::uint64_t number, std::string_view what) {
    if (number != 0) {
      note += fmt::format(", {} {}", with_thousands(number), what);
    }
  };
  add(count.withdrawn, "of them withdrawn");
  add(count.without_package, "that name no package");
  add(count.unjudgeable, "that cannot be judged because their events are no versions");
  add(count.exploits, "CVEs with what is known of attacks");
  add(count.foreign,
      count.foreign == 1 ? "document that is no advisory left out" : "documents that are no advisories left out");
  add(count.unreadable_count,
      count.unreadable_count == 1 ? "document that cannot be read" : "documents that cannot be read");
  note += '\n';
  for (const std::string& each : count.lost) {
    note += fmt::format("{}: what was there is damaged or of another format, and nothing of it was kept\n",
                        printable(each));
  }
  for (const std::string& each : count.passed_over) {
    note += each + '\n';
  }
  for (const std::string& each : count.unreadable) {
    note += each + '\n';
  }
  return note;
}

std::string_view
word(Judgement judgement)
{
  constexpr std::array<std::string_view, 3> words{"clean", "affected", "unknown"};
  return words.at(static_cast<std::size_t>(judgement));
}

/// A line of `query` and its answer.
Result<Json>
answer(const Database& database, std::string_view line)
{
  const std::vector<std::string_view> fields = split(line, '\t');
  const auto field = [&fields](std::size_t number) {
    return number < fields.size() ? fields[number] : std::string_view();
  };
  TRY_ASSIGN(const Index* index, database.index(field(0)));
  Json ids = Json::array();
  Judgement judgement = Judgement::unknown;
  if (index != nullptr && fields.size() == 3) {
    const Matches matches = match(*index, field(0), field(1), field(2));
    judgement = matches.judgement;
    for (const index::Affected& row : matches.affected) {
      ids.push_back(index->text(index->advisory(row.advisory).id));
    }
    if (!index->damage().empty()) {
      return fail(ErrorKind::unavailable, "{}", index->damage());
    }
  }
  return Json{{"ecosystem", field(0)},
              {"name", field(1)},
              {"version", field(2)},
              {"verdict", word(judgement)},
              {"ids", std::move(ids)}};
}

}  // namespace

Result<gate::CommandOutcome>
import_database(const gate::NoOptions& /*options*/, const gate::CommandInput& input)
{
  TRY_ASSIGN(const fs::path directory, directory_of(input));
  std::vector<fs::path> paths;
  for (std::size_t i = 0; i < input.arguments.size(); ++i) {
    paths.push_back(input.file(i));
  }
  const ImportOrder order{directory, join(input.arguments, ", "), start_of(input.input.today), input.input.threads};
  TRY_ASSIGN(const ImportCount count, import_documents(paths, order));
  gate::CommandOutcome outcome;
  outcome.note = told(count);
  return outcome;
}

void
describe(UpdateOptions& options, config::OptionTable& table)
{
  using config::Trust;
  table.text(options.from,
             {.key = "from",
              .value = "URL|DIR",
              .help = "The server, laid out as OSV's bulk data, which are the default, https only; or what `db export` "
                      "has made, as a directory or on such a server.",
              .trust = Trust::operator_only,
              .holds = config::Holds::place});
  table.list(
      options.ecosystems,
      {.key = "ecosystems",
       .value = "NAME",
       .help = "Which are fetched; by default those that the database has and those of the repository's lockfiles.",
       .trust = Trust::operator_only});
}

void
check(const UpdateOptions& options, config::OptionChecks& checks)
{
  check_source(options.from, "from", checks);
}

Result<gate::CommandOutcome>
update_database_command(const UpdateOptions& options, const gate::CommandInput& input)
{
  const auto& own = gate::values_of<DepsOptions>(input.gate_options);
  RefreshOrder order;
  TRY_ASSIGN(order.directory, directory_of(input));
  order.from = options.from.empty() ? own.update_from : options.from;
  order.kev = own.kev_from;
  order.epss = own.epss_from;
  order.key = own.db_key;
  order.today = input.input.today;
  order.threads = input.input.threads;
  std::vector<Gap> gaps;
  if (options.ecosystems.empty()) {
    order.ecosystems = ecosystems_in_use(read_locked_files(gate::change_tree(input.input, gaps), {}));
  } else {
    order.ecosystems = options.ecosystems;
    order.exactly = RefreshOrder::Exactly::yes;
  }
  TRY_ASSIGN(const Refreshed refreshed, refresh(*input.input.services.http, order));
  gate::CommandOutcome outcome{.note = join(refreshed.lines, "\n") + "\n", .verdict = refreshed.verdict};
  for (const Gap& gap : gaps) {
    outcome.note += fmt::format("which ecosystems are in use may not be known whole: {}: {}\n", printable(gap.subject),
                                printable(gap.why));
  }
  if (!gaps.empty() && outcome.verdict == Verdict::pass) {
    outcome.verdict = Verdict::incomplete;
  }
  return outcome;
}

void
describe(ExportOptions& options, config::OptionTable& table)
{
  table.text(options.sign,
             {.key = "sign",
              .value = "KEY",
              .help = "A private key in PEM, as `openssl genpkey -algorithm ed25519` makes it, that signs "
                      "what is exported.",
              .trust = config::Trust::operator_only,
              .holds = config::Holds::place});
}

Result<gate::CommandOutcome>
export_database_command(const ExportOptions& options, const gate::CommandInput& input)
{
  TRY_ASSIGN(const fs::path directory, directory_of(input));
  ExportOrder order{directory, input.file(0), input.input.today, {}};
  if (!options.sign.empty()) {
    TRY_ASSIGN(order.private_key, read_file(options.sign, most_key_bytes));
  }
  TRY_ASSIGN(const Manifest manifest, export_database(order));
  gate::CommandOutcome outcome;
  for (const ManifestEntry& file : manifest.files) {
    outcome.note += fmt::format("{}  {}\n", file.sha256, printable(file.name));
  }
  outcome.note += fmt::format("{} exported to {}, {}\n", counted(manifest.files.size(), "file", "files"),
                              printable(input.arguments.front()), options.sign.empty() ? "not signed" : "signed");
  return outcome;
}

namespace {

/// Of one that was made of documents when it was opened there is none.
std::string
day_of(const Index& index)
{
  return index.built() == std::chrono::sys_seconds() ? std::string("on an unknown day")
                                                     : rfc3339(index.built()).substr(0, 10);
}

std::string
words_of(std::string_view name, std::uint64_t entries, const std::optional<std::string>& day)
{
  if (entries == 0 && !day) {
    return fmt::format("{}\n  not there; `db update` fetches it from its public source, `db import` reads a copy\n",
                       name);
  }
  return fmt::format("{}\n  {}, of {}\n", name, counted(entries, "CVE", "CVEs"),
                     day.value_or("").empty() ? "an unknown day" : *day);
}

/// What is known of attacks, which decides what the default rules fail.
Result<std::string>
words_of_exploits(const fs::path& directory)
{
  ExploitTable table;
  TRY_ASSIGN(const bool is_one, is_there(directory / exploits_file));
  if (is_one) {
    TRY_ASSIGN(const std::string text, read_file(directory / exploits_file));
    TRY_ASSIGN(table, read_exploits(text));
  }
  std::uint64_t known = 0;
  std::uint64_t scored = 0;
  for (const auto& [name, entry] : table.by_cve) {
    known += entry.known_since.empty() ? 0 : 1;
    scored += entry.epss ? 1 : 0;
  }
  return words_of("KEV (known to be exploited)", known, table.kev_day)
         + words_of("EPSS (likely to be exploited)", scored, table.epss_day);
}

}  // namespace

Result<gate::CommandOutcome>
describe_database(const gate::NoOptions& /*options*/, const gate::CommandInput& input)
{
  TRY_ASSIGN(const Database database, database_of(input));
  gate::CommandOutcome outcome;
  for (const std::string& ecosystem : database.ecosystems()) {
    TRY_ASSIGN(const Index* index, database.index(ecosystem));
    TRY(index->verify());
    outcome.output +=
        fmt::format("{}\n  {} for {}\n  built {} from {}\n  sha256 {}\n", printable(ecosystem),
                    counted(index->records(), "record", "records"), counted(index->packages(), "package", "packages"),
                    day_of(*index), printable(index->source()), index->digest());
  }
  TRY_ASSIGN(const std::string exploits, words_of_exploits(database.directory()));
  outcome.output += exploits;
  return outcome;
}

Result<gate::CommandOutcome>
query_database(const gate::NoOptions& /*options*/, const gate::CommandInput& input)
{
  TRY_ASSIGN(const Database database, database_of(input));
  TRY_ASSIGN(const std::string text, input.input.read_standard_input());
  gate::CommandOutcome outcome;
  for (const std::string_view line : lines_of(text)) {
    TRY_ASSIGN(const Json json, answer(database, line));
    outcome.output += json_line(json);
  }
  return outcome;
}

}  // namespace sluice::deps
