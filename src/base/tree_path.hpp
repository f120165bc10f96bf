// SPDX-License-Identifier: Apache-2.0
//
// Paths of a repository, as git stores them: relative to a root, with `/` between segments, and of any bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sluice {

/// "a/b" of "a/b/c"; "" of "c" and of "".
[[nodiscard]] constexpr std::string_view
directory_of(std::string_view path)
{
  const std::size_t slash = path.rfind('/');
  return path.substr(0, slash == std::string_view::npos ? 0 : slash);
}

/// "c" of "a/b/c" and of "c".
[[nodiscard]] constexpr std::string_view
file_name_of(std::string_view path)
{
  return path.substr(path.rfind('/') + 1);
}

/// "a/b/c" for "a/b" and "c"; "c" for "" and "c".
[[nodiscard]] inline std::string
path_in(std::string_view directory, std::string_view name)
{
  std::string path(directory);
  path += path.empty() ? "" : "/";
  return path.append(name);
}

/// What `named`, written in a file of `directory`, leads to, without `.` and `..`; nothing if it is absolute or leads
/// out of the root.
[[nodiscard]] std::optional<std::string> resolved_in(std::string_view directory, std::string_view named);

}  // namespace sluice
