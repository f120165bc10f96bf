// SPDX-License-Identifier: Apache-2.0
#include "promote/backup_dump.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "promote/backup_format.hpp"

#include <system_error>

namespace sluice::promote {

namespace {

namespace fs = std::filesystem;

/// The words of pg_dump's patterns that match this name alone.
std::string
schema_pattern(std::string_view schema)
{
  return "--schema=" + sql_name(schema);
}

ProgramRequest
pg_dump_program(const BackupCall& call, const PostgresClient& source, std::string_view snapshot, const fs::path& file,
                const fs::path& name)
{
  std::vector<std::string> words{"--file=" + file.string(), "--snapshot=" + std::string(snapshot)};
  switch (format_of_name(name)) {
  case BackupFormat::plain:
    words.emplace_back("--format=plain");
    break;
  case BackupFormat::plain_gzip:
    words.insert(words.end(), {"--format=plain", "--compress=6"});
    break;
  case BackupFormat::custom:
  case BackupFormat::tar:
    words.emplace_back("--format=custom");
    break;
  }
  for (const std::string& schema : call.setting.schemas) {
    words.push_back(schema_pattern(schema));
  }
  if (!call.setting.schemas.empty()) {
    words.emplace_back("--strict-names");
  }
  return postgres_program(source, "pg_dump", words);
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
  TakenDump taken;
  TRY_ASSIGN(taken.source.before,
             read_contents(source, call.setting.schemas, [&](std::string_view snapshot) -> Result<> {
               TRY_ASSIGN(const ProgramResult dumped, run_dump(pg_dump_program(call, source, snapshot, file, name), source));
               taken.duration = dumped.duration;
               return {};
             }));
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
