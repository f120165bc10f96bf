// SPDX-License-Identifier: Apache-2.0
#include "dev/fixture.hpp"

#include "base/path.hpp"
#include "cli/gate_run.hpp"
#include "dev/fixture_base.hpp"
#include "finding/executable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace sluice::dev {

namespace {

namespace fs = std::filesystem;

/// A copy of the input in a directory of its own, templates made up.
Result<>
lay_out(const gate::Type& type, std::string_view rule, const fs::path& input, const fs::path& directory)
{
  std::vector<std::pair<fs::path, fs::path>> files;  // from, to
  if (fs::is_directory(input)) {
    for (const auto& entry : fs::recursive_directory_iterator(input)) {
      if (entry.is_regular_file()) {
        files.emplace_back(entry.path(), entry.path().lexically_relative(input));
      }
    }
  } else {
    files.emplace_back(input, input.filename());
  }
  for (const auto& [from, to] : files) {
    TRY_ASSIGN(const std::string text, read_file(from));
    TRY(make_directories((directory / to).parent_path()));
    TRY(write_file(directory / to, type.expand_fixture != nullptr ? type.expand_fixture(text, rule) : text));
  }
  return {};
}

fs::path
base_of(const fs::path& input)
{
  return input.parent_path() / ("base" + input.extension().string());
}

}  // namespace

fs::path
FixtureCase::base() const
{
  return base_of(input);
}

std::vector<FixtureCase>
fixture_cases(const fs::path& folder)
{
  std::vector<FixtureCase> cases;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    FixtureCase found{entry.path().filename().string(), {}, entry.path() / "expected"};
    for (const auto& file : fs::directory_iterator(entry.path(), error)) {
      if (file.path().stem() == "input" || file.path().filename() == "input") {
        found.input = file.path();
      }
    }
    cases.push_back(std::move(found));
  }
  std::sort(cases.begin(), cases.end(), [](const FixtureCase& a, const FixtureCase& b) { return a.name < b.name; });
  return cases;
}

Result<Report>
judge_fixture(const gate::Type& type, std::string_view rule, const fs::path& input, std::string_view previews)
{
  TRY_ASSIGN(const TemporaryDirectory directory, TemporaryDirectory::create());
  TRY(lay_out(type, rule, input, directory.path()));
  std::ostringstream out;
  std::ostringstream err;
  const gate::Info& info = type.face->info;
  std::vector<std::string> arguments{"--repo", directory.path().string()};
  arguments.insert(arguments.end(), info.fixture_arguments.begin(), info.fixture_arguments.end());
  if (fs::is_directory(base_of(input))) {
    TRY_ASSIGN(const TemporaryDirectory before, TemporaryDirectory::create());
    TRY(lay_out(type, rule, base_of(input), before.path()));
    TRY(commit_with_base(directory.path(), before.path()));
    arguments.insert(arguments.end(), {"--base", std::string(fixture_base)});
  } else if (const auto base = read_file(base_of(input))) {
    TRY(commit_with_base(directory.path(), input.filename().string(), *base));
    arguments.insert(arguments.end(), {"--base", std::string(fixture_base)});
  }
  if (!previews.empty()) {
    arguments.insert(arguments.end(), {"--preview", std::string(previews)});
  }
  const cli::Invocation invocation{.program = executable_name(info.name),
                                   .arguments = std::move(arguments),
                                   .environment = {{"SOURCE_DATE_EPOCH", "0"}},
                                   .directory = directory.path(),
                                   .executables = {},
                                   .out = out,
                                   .err = err,
                                   .read_standard_input = [] { return std::string(); },
                                   .now = {}};
  cli::GateRun run(type, invocation);
  if (!cli::begin_command(
          run.setup, invocation,
          {info.name, invocation.program, [] { return std::string(); }, 0, {{info.name, run.options.get()}}})) {
    return fail(ErrorKind::internal, "{}", err.str());
  }
  return cli::run_to_report(run);
}

}  // namespace sluice::dev
