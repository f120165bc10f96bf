// SPDX-License-Identifier: Apache-2.0
//
// Paths in a tree, which have / between their parts and begin with none.
#pragma once

#include <string>
#include <string_view>

namespace sluice::deps {

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

}  // namespace sluice::deps
