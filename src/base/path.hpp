// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace sluice {

/// The whole file. Refuses directories, devices and files over `max_bytes`.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t max_bytes = 64U << 20U);

/// Reads a plain file below a directory in a few calls, if the kernel can say that no link leads out of it on the way
/// (Linux 5.6); nothing where it cannot, or cannot open the file: then `read_file` will tell why.
[[nodiscard]] std::optional<Result<std::string>> read_file_below(const std::filesystem::path& root,
                                                                 std::string_view path, std::uint64_t max_bytes);

/// Whether there is something of this name. Errors: a directory on the way to it cannot be looked into.
[[nodiscard]] Result<bool> is_there(const std::filesystem::path& path);

/// Replaces the file by way of a temporary neighbour, so that a reader sees the old or the new text, never half, and
/// keeps its permissions and owner. What root makes anew belongs to the owner of the directory, here and in the next
/// two.
Result<> write_file(const std::filesystem::path& path, std::string_view text);

/// Adds to an existing or new file with one write.
Result<> append_file(const std::filesystem::path& path, std::string_view text);

/// Makes a directory and those above it that are missing.
Result<> make_directories(const std::filesystem::path& directory);

/// Fails (ErrorKind::input) if `path`, or a directory on its way from `root` on, is a symbolic link: in a tree that
/// somebody else wrote, such a name leads wherever they like. A path that does not begin with `root` is not looked at,
/// and nobody wrote the whole machine (`/`).
[[nodiscard]] Result<> refuse_links(const std::filesystem::path& root, const std::filesystem::path& path);

/// Whether `write_file` (or, for a device or a pipe, `append_file`) could write there now.
[[nodiscard]] Result<> check_writable(const std::filesystem::path& path);

/// A new empty directory, removed with its content when the object goes.
class TemporaryDirectory
{
public:
  [[nodiscard]] static Result<TemporaryDirectory> create(std::string_view prefix = "sluice");
  TemporaryDirectory(TemporaryDirectory&& other) noexcept;
  TemporaryDirectory& operator=(TemporaryDirectory&& other) noexcept;
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();

  [[nodiscard]] const std::filesystem::path&
  path() const
  {
    return path_;
  }

private:
  explicit TemporaryDirectory(std::filesystem::path path)
      : path_(std::move(path))
  {}
  std::filesystem::path path_;
};

}  // namespace sluice
