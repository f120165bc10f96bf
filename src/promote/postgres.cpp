// SPDX-License-Identifier: Apache-2.0
#include "promote/postgres.hpp"

#include "base/process.hpp"
#include "base/text.hpp"

#include <utility>

namespace sluice::promote {

namespace {

constexpr std::size_t longest_reason = 400;

using Milliseconds = std::chrono::milliseconds;

Milliseconds
since(std::chrono::steady_clock::time_point begin)
{
  return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - begin);
}

}  // namespace

Result<ProgramResult>
run_program(const ProgramRequest& request)
{
  if (request.tick && !request.tick()) {
    return fail(ErrorKind::unavailable, "{}: was not run, for the promotion was stopped", request.argv.front());
  }
  const auto begin = std::chrono::steady_clock::now();
  auto ended = run_process(
      {.argv = request.argv,
       .input = request.input,
       .environment = std::map<std::string, std::string>(request.environment.begin(), request.environment.end()),
       .directory = request.directory,
       .timeout = std::chrono::ceil<std::chrono::seconds>(request.timeout),
       .on_error_line = request.on_error_line});
  const Milliseconds duration = since(begin);
  if (!ended) {
    const bool is_late = duration >= request.timeout;
    return fail(is_late ? ErrorKind::unavailable : ErrorKind::environment, "{}", ended.error().message);
  }
  return ProgramResult{ended->exit_status, std::move(ended->output), std::move(ended->error_output), duration};
}

ProgramRequest
postgres_program(const PostgresClient& client, std::string program, const std::vector<std::string>& words)
{
  ProgramRequest request{.argv = {std::move(program), "--no-password", "--dbname=" + connection_words(client.address)},
                         .input = {},
                         .environment = connection_environment(client.address, client.process),
                         .directory = client.directory,
                         .timeout = client.timeout,
                         .tick = client.tick};
  request.argv.insert(request.argv.end(), words.begin(), words.end());
  return request;
}

ProgramRequest
psql_program(const PostgresClient& client, std::string script, const std::vector<std::string>& words)
{
  std::vector<std::string> all{"--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--variable=ON_ERROR_STOP=1"};
  all.insert(all.end(), words.begin(), words.end());
  ProgramRequest request = postgres_program(client, "psql", all);
  request.input = std::move(script);
  request.environment.insert_or_assign("PGCLIENTENCODING", "UTF8");
  return request;
}

Result<std::string>
run_psql(const PostgresClient& client, std::string script, std::string_view what)
{
  TRY_ASSIGN(ProgramResult result, run_program(psql_program(client, std::move(script))));
  if (result.exit_status != 0) {
    return fail(ErrorKind::unavailable, "{}: {}", what, reason_of(result, client.address));
  }
  return std::move(result.output);
}

std::string
reason_of(const ProgramResult& result, const PostgresAddress& address)
{
  std::string_view reason;
  for (const std::string_view line : lines_of(result.error_output)) {
    const bool is_it = line.find("ERROR:") != std::string_view::npos || line.find("FATAL:") != std::string_view::npos
                       || line.find("error:") != std::string_view::npos;
    if (is_it) {
      reason = line;
      break;
    }
    reason = trim(line).empty() ? reason : line;
  }
  if (reason.empty()) {
    return fmt::format("exit status {}, without a word", result.exit_status);
  }
  return ellipsis(printable(without_secrets(reason, address)), longest_reason);
}

std::string
sql_literal(std::string_view text)
{
  return "'" + replace_all(text, "'", "''") + "'";
}

std::string
sql_name(std::string_view name)
{
  return "\"" + replace_all(name, "\"", "\"\"") + "\"";
}

std::string
psql_word(std::string_view text)
{
  return "'" + replace_all(replace_all(text, "\\", "\\\\"), "'", "''") + "'";
}

}  // namespace sluice::promote
