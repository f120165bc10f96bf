// SPDX-License-Identifier: Apache-2.0
#include "promote/backup_dump.hpp"

#include "base/hash.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "promote/backup_format.hpp"

#include <string>
#include <vector>

namespace sluice::promote {

namespace {

namespace fs = std::filesystem;

/// pg_dump leaves out every extension if only some schemas are dumped, and what it writes then cannot be restored if
/// they hold one that their tables use.
Result<std::vector<std::string>>
extensions_of(const PostgresClient& source, const std::vector<std::string>& schemas)
{
  std::string list;
  for (const std::string& schema : schemas) {
    list += (list.empty() ? "" : ", ") + sql_literal(schema);
  }
  TRY_ASSIGN(const std::string names,
             run_psql(source,
                      "SET search_path = '';\nSET standard_conforming_strings = on;\n"
                      "SELECT encode(convert_to(e.extname, 'UTF8'), 'hex') FROM pg_extension e "
                      "JOIN pg_namespace n ON n.oid = e.extnamespace WHERE n.nspname IN ("
                          + list + ");\n",
                      "cannot read the extensions of " + place_of(source.address)));
  std::vector<std::string> extensions;
  for (const std::string_view line : lines_of(names)) {
    extensions.push_back(from_hex(line).value_or(""));
  }
  return extensions;
}

/// Patterns of pg_dump's in quotes match one name alone.
Result<std::vector<std::string>>
selecting_words(const PostgresClient& source, const std::vector<std::string>& schemas)
{
  std::vector<std::string> words;
  if (schemas.empty()) {
    return words;
  }
  words.emplace_back("--strict-names");
  for (const std::string& schema : schemas) {
    words.push_back("--schema=" + sql_name(schema));
  }
  TRY_ASSIGN(const std::vector<std::string> extensions, extensions_of(source, schemas));
  for (const std::string& extension : extensions) {
    words.push_back("--extension=" + sql_name(extension));
  }
  return words;
}

std::vector<std::string>
format_words(const fs::path& name)
{
  switch (format_of_name(name)) {
  case BackupFormat::plain:
    return {"--format=plain"};
  case BackupFormat::plain_gzip:
    return {"--format=plain", "--compress=6"};
  case BackupFormat::custom:
  case BackupFormat::tar:
    break;
  }
  return {"--format=custom"};
}

Result<ProgramResult>
run_dump(const ProgramRequest& request, const PostgresClient& source)
{
  TRY_ASSIGN(ProgramResult result, run_program(request));
  if (result.exit_status != 0) {
    return fail(ErrorKind::input, "the dump failed: {}: exit status {}: {}", printable(request.argv.front()),
                result.exit_status, reason_of(result, source.address));
  }
  return result;
}

Result<TakenDump>
take_by_pg_dump(const BackupCall& call, const PostgresClient& source, const fs::path& file, const fs::path& name)
{
  TRY_ASSIGN(std::vector<std::string> words, selecting_words(source, call.setting.schemas));
  const std::vector<std::string> format = format_words(name);
  words.insert(words.end(), format.begin(), format.end());
  words.push_back("--file=" + file.string());
  TakenDump taken;
  const auto dump = [&](std::string_view snapshot) -> Result<> {
    words.push_back("--snapshot=" + std::string(snapshot));
    TRY_ASSIGN(const ProgramResult dumped, run_dump(postgres_program(source, "pg_dump", words), source));
    taken.duration = dumped.duration;
    return {};
  };
  TRY_ASSIGN(taken.source.before, read_contents(source, call.setting.schemas, dump));
  taken.source.after = taken.source.before;
  return taken;
}

ProgramRequest
command_of(const BackupCall& call, const PostgresClient& source, const fs::path& file)
{
  ProgramRequest request{.argv = {},
                         .input = {},
                         .environment = call.process,
                         .directory = call.directory,
                         .timeout = source.timeout,
                         .tick = call.tick};
  for (const std::string& word : call.setting.dump) {
    request.argv.push_back(replace_all(word, "{file}", file.string()));
  }
  request.environment.insert_or_assign("SLUICE_BACKUP_FILE", file.string());
  return request;
}

Result<TakenDump>
take_by_command(const BackupCall& call, const PostgresClient& source, const fs::path& file)
{
  TakenDump taken;
  TRY_ASSIGN(taken.source.before, read_contents(source, call.setting.schemas));
  TRY_ASSIGN(const ProgramResult dumped, run_dump(command_of(call, source, file), source));
  taken.duration = dumped.duration;
  TRY_ASSIGN(const bool is_written, is_there(file));
  if (!is_written) {
    return fail(ErrorKind::input, "the dump failed: {} ended with 0 and wrote no file {}",
                printable(call.setting.dump.front()), printable(call.setting.file));
  }
  TRY_ASSIGN(taken.source.after, read_contents(source, call.setting.schemas));
  return taken;
}

}  // namespace

Result<TakenDump>
take_dump(const BackupCall& call, const PostgresClient& source, const fs::path& file, const fs::path& name)
{
  return call.setting.dump.empty() ? take_by_pg_dump(call, source, file, name) : take_by_command(call, source, file);
}

}  // namespace sluice::promote
