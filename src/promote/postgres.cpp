// SPDX-License-Identifier: Apache-2.0
#include "promote/postgres.hpp"

#include "base/supervised_process.hpp"
#include "base/text.hpp"

#include <utility>

namespace sluice::promote {

namespace {

constexpr std::size_t longest_reason = 400;

/// What an answer of psql's may have, names of roles and extensions.
constexpr std::size_t longest_answer = std::size_t{4} << 20U;

int
exit_status_of(const SupervisedResult& result)
{
  return result.end == SupervisedResult::End::signalled ? 128 + result.status : result.status;
}

}  // namespace

Result<ProgramResult>
run_program(const ProgramRequest& request)
{
  const std::string& name = request.argv.front();
  if (request.tick && !request.tick()) {
    return fail(ErrorKind::unavailable, "{}: was not run, for the promotion was stopped", printable(name));
  }
  const auto on_line = [&request](Stream stream, std::string_view line) {
    if (stream == Stream::error) {
      request.on_error_line(line);
    }
  };
  TRY_ASSIGN(
      SupervisedResult ended,
      run_supervised({.argv = request.argv,
                      .program = {},
                      .input = request.input,
                      .environment = request.environment,
                      .directory = request.directory,
                      .timeout = request.timeout,
                      .kept = longest_answer,
                      .on_start = {},
                      .tick = request.tick,
                      .on_line = request.on_error_line ? on_line : std::function<void(Stream, std::string_view)>()}));
  if (ended.end == SupervisedResult::End::timed_out) {
    return fail(ErrorKind::unavailable, "{}: did not end within {} s", printable(name),
                std::chrono::ceil<std::chrono::seconds>(request.timeout).count());
  }
  if (ended.end == SupervisedResult::End::stopped) {
    return fail(ErrorKind::unavailable, "{}: was ended, for the promotion was stopped", printable(name));
  }
  return ProgramResult{exit_status_of(ended), std::move(ended.output), std::move(ended.error_output), ended.duration};
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
