// SPDX-License-Identifier: Apache-2.0
#include "cli/output_target.hpp"

#include "base/path.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace sluice::cli {

Result<OutputTarget>
parse_target(std::string_view text, std::span<const std::string_view> known)
{
  const std::size_t equals = text.find('=');
  const std::string_view name = text.substr(0, equals);
  if (std::find(known.begin(), known.end(), name) == known.end()) {
    return fail(ErrorKind::usage, "--format {}: is not one of {}{}", printable(name), fmt::join(known, ", "),
                did_you_mean(name, known));
  }
  if (equals == std::string_view::npos) {
    return OutputTarget{std::string(name), {}};
  }
  if (equals + 1 == text.size()) {
    return fail(ErrorKind::usage, "--format {}: names no file after the =", printable(text));
  }
  return OutputTarget{std::string(name), std::string(text.substr(equals + 1))};
}

std::filesystem::path
file_of(const OutputTarget& target, const Invocation& invocation)
{
  const std::filesystem::path file(target.file);
  return file.is_absolute() ? file : invocation.directory / file;
}

/// A report goes where it was asked to go. In the examined tree, which somebody else wrote, a link could take it
/// elsewhere.
Result<>
check_target(const OutputTarget& target, const Setup& setup, const Invocation& invocation)
{
  if (target.file.empty()) {
    return {};
  }
  const std::filesystem::path file = file_of(target, invocation);
  for (const std::filesystem::path& root : {invocation.directory, setup.directory}) {
    if (auto literal = root.empty() ? Result<>() : refuse_links(root, file); !literal) {
      return fail(ErrorKind::environment, "--format {}={}: {}; a report is written through none", target.name,
                  printable(target.file), printable(literal.error().message));
    }
  }
  if (auto writable = check_writable(file); !writable) {
    return fail(ErrorKind::environment, "--format {}: {}", target.name, writable.error().message);
  }
  return {};
}

Result<>
check_targets(std::span<const OutputTarget> targets, const Setup& setup, const Invocation& invocation)
{
  const auto to_stdout = [](const OutputTarget& target) { return target.file.empty(); };
  if (std::count_if(targets.begin(), targets.end(), to_stdout) > 1) {
    return fail(ErrorKind::usage,
                "--format: only one format can go to standard output; give the others a file, NAME=FILE");
  }
  std::set<std::filesystem::path> files;
  for (const OutputTarget& target : targets) {
    TRY(check_target(target, setup, invocation));
    if (!target.file.empty() && !files.insert(file_of(target, invocation).lexically_normal()).second) {
      return fail(ErrorKind::usage, "--format {}={}: another format is written to this file", target.name,
                  printable(target.file));
    }
  }
  return {};
}

Result<>
write_target(const OutputTarget& target, std::string_view text, const Invocation& invocation)
{
  const std::filesystem::path file = file_of(target, invocation);
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  const bool is_special = std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
  return is_special ? append_file(file, text) : write_file(file, text);
}

}  // namespace sluice::cli
