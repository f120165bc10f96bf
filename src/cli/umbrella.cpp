// SPDX-License-Identifier: Apache-2.0
#include "cli/umbrella.hpp"

#include "base/text.hpp"
#include "finding/executable.hpp"

#include <fmt/format.h>

namespace sluice::cli {

std::string
executable_of(std::string_view gate, const Invocation& invocation)
{
  return (invocation.executables / executable_name(gate)).string();
}

Result<std::string>
ask_gate(std::string_view gate, std::vector<std::string> arguments, const Invocation& invocation)
{
  ProcessRequest request;
  request.argv = {executable_of(gate, invocation)};
  request.argv.insert(request.argv.end(), arguments.begin(), arguments.end());
  request.environment.emplace(invocation.environment.begin(), invocation.environment.end());
  request.environment->insert_or_assign("COLUMNS", fmt::format("{}", invocation.width));
  request.directory = invocation.directory;
  TRY_ASSIGN(ProcessResult result, run_process(request));
  if (result.exit_status != 0) {
    return fail(ErrorKind::environment, "{}", trim(result.error_output));
  }
  return std::move(result.output);
}

}  // namespace sluice::cli
