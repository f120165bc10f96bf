// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <string_view>

namespace sluice {

/// A file's bytes in the address space, read-only. It stays readable after the file is removed (git gc), but whoever
/// truncates a pack in place kills the process, as it would git.
class MappedFile
{
public:
  /// Errors: ErrorKind::input if it cannot be opened or is no regular file.
  [[nodiscard]] static Result<MappedFile> open(const std::filesystem::path& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  /// Few places of it will be read: the system shall not map two megabytes around each, as it may of a file that it
  /// holds in such pieces.
  void read_sparsely() const;

  [[nodiscard]] std::string_view
  bytes() const
  {
    return bytes_;
  }

private:
  explicit MappedFile(std::string_view bytes)
      : bytes_(bytes)
  {}
  std::string_view bytes_;
};

}  // namespace sluice
