// SPDX-License-Identifier: Apache-2.0
#include "base/process.hpp"

#include <doctest/doctest.h>

using namespace sluice;

namespace {

ProcessRequest
shell(std::string script)
{
  ProcessRequest request;
  request.argv = {"sh", "-c", std::move(script)};
  return request;
}

}  // namespace

TEST_CASE("a program gets its input and gives back both outputs and its status")
{
  ProcessRequest request = shell("cat; echo oops >&2; exit 3");
  request.input = std::string(1 << 20, 'x');
  const auto result = run_process(request);
  REQUIRE(result);
  CHECK(result->exit_status == 3);
  CHECK(result->output == request.input);
  CHECK(result->error_output == "oops\n");
}

TEST_CASE("a program that ignores its input does not end us")
{
  ProcessRequest request = shell("exit 0");
  request.input = std::string(1 << 20, 'x');
  CHECK(run_process(request).value().exit_status == 0);
}

TEST_CASE("a program starts in its directory, and a closed pipe ends it although it does not end us")
{
  ProcessRequest request = shell("pwd; kill -PIPE $$");
  request.directory = "/usr";
  const ProcessResult result = run_process(request).value();
  CHECK(result.output == "/usr\n");
  CHECK(result.exit_status == 141);
}

TEST_CASE("a signal shows as 128 + its number")
{
  CHECK(run_process(shell("kill -9 $$")).value().exit_status == 137);
}

TEST_CASE("the environment is exactly what was asked for")
{
  ProcessRequest request = shell("echo \"$A|$HOME\"");
  request.environment = {{"A", "1"}, {"PATH", "/usr/bin:/bin"}};
  CHECK(run_process(request).value().output == "1|\n");
}

TEST_CASE("a program that is not there or takes too long is an error")
{
  ProcessRequest missing;
  missing.argv = {"/nonexistent/program"};
  CHECK(run_process(missing).error().message == "/nonexistent/program: cannot run: No such file or directory");
  ProcessRequest nowhere = shell("pwd");
  nowhere.directory = "/nonexistent";
  CHECK(run_process(nowhere).error().message == "sh: cannot run: No such file or directory");
  ProcessRequest slow = shell("sleep 60");
  slow.timeout = std::chrono::seconds(1);
  CHECK(run_process(slow).error().message == "sh: did not end within 1 s");
}

TEST_CASE("lines of standard error are handed over as they come, and what is dealt with is not kept")
{
  ProcessRequest request = shell("echo keep >&2; echo take >&2; printf rest >&2");
  std::vector<std::string> seen;
  request.on_error_line = [&seen](std::string_view line) {
    seen.emplace_back(line);
    return line == "take";
  };
  const ProcessResult result = run_process(request).value();
  CHECK(seen == std::vector<std::string>{"keep", "take"});
  CHECK(result.error_output == "keep\nrest");
}
