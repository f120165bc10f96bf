// SPDX-License-Identifier: Apache-2.0
#include "support/postgres_server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unistd.h>

namespace sluice::test {

namespace {

namespace fs = std::filesystem;

/// Debian's directory of the newest major version.
fs::path
find_programs()
{
  fs::path newest;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", failed)) {
    if (fs::exists(entry.path() / "bin" / "initdb") && entry.path() > newest) {
      newest = entry.path();
    }
  }
  return newest.empty() ? newest : newest / "bin";
}

}  // namespace

std::optional<PostgresServer>
PostgresServer::start(std::string& reason)
{
  const fs::path programs = find_programs();
  auto directory = TemporaryDirectory::create("pg");
  if (programs.empty() || !directory) {
    reason = programs.empty() ? "no PostgreSQL server is installed" : directory.error().message;
    return std::nullopt;
  }
  PostgresServer server(std::move(*directory));
  server.programs_ = programs;
  const fs::path& home = server.directory_.path();
  if (geteuid() == 0) {
    const auto owned =
        run_process({.argv = {"chown", "postgres", home.string()}, .input = {}, .environment = {}, .directory = {}});
    if (!owned || owned->exit_status != 0) {
      reason = "root cannot start it, and there is no user postgres";
      return std::nullopt;
    }
  }
  const std::string data = (home / "data").string();
  ProcessResult made = server.command({(programs / "initdb").string(), "-A", "trust", "-U", "postgres", "-E", "UTF8",
                                       "--locale=C", "--no-sync", "-D", data});
  if (made.exit_status == 0) {
    const std::string options =
        fmt::format("-c listen_addresses='' -c unix_socket_directories={} -c fsync=off -c timezone=UTC", home.string());
    made = server.command(
        {(programs / "pg_ctl").string(), "-w", "-D", data, "-l", (home / "log").string(), "-o", options, "start"});
  }
  if (made.exit_status != 0) {
    reason = made.error_output;
    return std::nullopt;
  }
  server.is_running_ = true;
  return server;
}

PostgresServer::~PostgresServer()
{
  if (is_running_ && !directory_.path().empty()) {
    (void)command({(programs_ / "pg_ctl").string(), "-w", "-m", "immediate", "-D",
                   (directory_.path() / "data").string(), "stop"});
  }
}

std::string
PostgresServer::run(std::string_view script, std::string_view database) const
{
  const ProcessResult result = command(
      {"psql", "-X", "-h", directory_.path().string(), "-U", "postgres", "-d", std::string(database), "-qAt"}, script);
  return result.error_output + result.output;
}

ProcessResult
PostgresServer::command(std::vector<std::string> argv, std::string_view input) const
{
  if (geteuid() == 0) {
    argv.insert(argv.begin(), {"runuser", "-u", "postgres", "--"});
  }
  auto result = run_process(
      {.argv = std::move(argv), .input = std::string(input), .environment = {}, .directory = directory_.path()});
  return result ? std::move(*result) : ProcessResult{127, "", result.error().message};
}

}  // namespace sluice::test
