// SPDX-License-Identifier: Apache-2.0
#include "deps/database_commands.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "deps/advisories/database.hpp"
#include "deps/advisories/import.hpp"
#include "deps/advisories/matching.hpp"
#include "deps/advisories/update.hpp"
#include "deps/audit.hpp"
#include "deps/ecosystem.hpp"
#include "deps/options.hpp"

#include <fmt/format.h>

#include <array>
#include <set>

namespace sluice::deps {

namespace {

namespace fs = std::filesystem;

Result<fs::path>
directory_of(const gate::CommandInput& input)
{
  const auto& options = gate::values_of<DepsOptions>(input.gate_options);
  if (options.db.empty()) {
    return fail(ErrorKind::usage, "--db DIR is needed: the directory of the advisory database");
  }
  return (input.directory / options.db).lexically_normal();
}

/// To the day: the same documents make the same index all day.
std::chrono::sys_seconds
start_of(Date day)
{
  return std::chrono::sys_days(std::chrono::year(day.year) / day.month / day.day);
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
  for (const std::string& each : count.unreadable) {
    note += each + '\n';
  }
  return note;
}

std::string
told(const UpdateCount& count)
{
  std::string note = printable(count.ecosystem);
  if (count.how == UpdateCount::How::unchanged) {
    return note + ": up to date\n";
  }
  note += fmt::format(": {} from {}", counted(count.records, "record", "records"),
                      count.how == UpdateCount::How::archive ? "the archive" : "the list of modifications");
  note += count.unreadable == 0 ? "\n" : fmt::format(", {} cannot be read\n", with_thousands(count.unreadable));
  return note;
}

/// Of the packages that the repository's lockfiles name.
std::vector<std::string>
ecosystems_in_use(const gate::Input& input)
{
  std::vector<Gap> gaps;
  const gate::ChangeTree tree = gate::change_tree(input, gaps);
  const LockedFiles locked = read_locked_files(tree, {});
  std::set<std::string> names;
  for (const LockedFile& file : locked.files) {
    for (const Entries& entries : entries_of(file.list)) {
      const std::string_view name = entries.package.ecosystem;
      if (find_ecosystem(name) != nullptr) {
        names.emplace(name.substr(0, name.find(':')));
      }
    }
  }
  return {names.begin(), names.end()};
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
  // One document in a hundred thousand that is broken is counted; of a folder in which nothing can be read, none are
  // had.
  const bool is_in_vain = count.unreadable_count != 0 && count.records == 0 && count.exploits == 0;
  outcome.verdict = is_in_vain ? Verdict::incomplete : Verdict::pass;
  return outcome;
}

void
describe(UpdateOptions& options, config::OptionTable& table)
{
  using config::Trust;
  table.text(options.from, {.key = "from",
                            .value = "URL",
                            .help = "The server, laid out as OSV's bulk data, which are the default; https only.",
                            .trust = Trust::operator_only});
  table.list(options.ecosystems,
             {.key = "ecosystems",
              .value = "NAME",
              .help = "Which are fetched; by default those that the database has, else those of the "
                      "repository's lockfiles.",
              .trust = Trust::operator_only});
}

Result<gate::CommandOutcome>
update_database_command(const UpdateOptions& options, const gate::CommandInput& input)
{
  TRY_ASSIGN(const fs::path directory, directory_of(input));
  UpdateOrder order;
  order.import = {directory, options.from.empty() ? std::string(osv_server) : options.from, start_of(input.input.today),
                  input.input.threads};
  order.ecosystems = options.ecosystems;
  if (order.ecosystems.empty()) {
    const auto database = Database::open(directory);
    order.ecosystems = database ? database->ecosystems() : ecosystems_in_use(input.input);
  }
  if (order.ecosystems.empty()) {
    return fail(ErrorKind::usage,
                "which ecosystems? The repository has no lockfile that tells; name them with --ecosystems");
  }
  TRY_ASSIGN(const std::vector<UpdateCount> counts, update_database(*input.input.services.http, order));
  gate::CommandOutcome outcome;
  for (const UpdateCount& count : counts) {
    outcome.note += told(count);
    outcome.verdict = count.unreadable == 0 ? outcome.verdict : Verdict::incomplete;
  }
  return outcome;
}

Result<gate::CommandOutcome>
describe_database(const gate::NoOptions& /*options*/, const gate::CommandInput& input)
{
  TRY_ASSIGN(const fs::path directory, directory_of(input));
  TRY_ASSIGN(const Database database, Database::open(directory));
  gate::CommandOutcome outcome;
  for (const std::string& ecosystem : database.ecosystems()) {
    TRY_ASSIGN(const Index* index, database.index(ecosystem));
    TRY(index->verify());
    outcome.output +=
        fmt::format("{}\n  {} for {}\n  built {} from {}\n  sha256 {}\n", printable(ecosystem),
                    counted(index->records(), "record", "records"), counted(index->packages(), "package", "packages"),
                    rfc3339(index->built()), printable(index->source()), index->digest());
  }
  return outcome;
}

Result<gate::CommandOutcome>
query_database(const gate::NoOptions& /*options*/, const gate::CommandInput& input)
{
  TRY_ASSIGN(const fs::path directory, directory_of(input));
  TRY_ASSIGN(const Database database, Database::open(directory));
  TRY_ASSIGN(const std::string text, input.input.read_standard_input());
  gate::CommandOutcome outcome;
  for (const std::string_view line : lines_of(text)) {
    TRY_ASSIGN(const Json json, answer(database, line));
    outcome.output += json.dump(std::nullopt, JsonText::ascii);
    outcome.output += '\n';
  }
  return outcome;
}

}  // namespace sluice::deps
