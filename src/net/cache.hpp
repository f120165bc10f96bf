// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::net {

/// Answers kept in a directory, one file each, named by the SHA-256 of the key, so that a key may be anything. Several
/// processes may use it at once: files are replaced whole, and one that is damaged or vanishes is a miss.
class Cache
{
public:
  using Time = std::chrono::system_clock::time_point;

  /// Makes the directory (for its owner alone) if there is none. `max_bytes` bounds all files together.
  /// Errors: ErrorKind::environment.
  [[nodiscard]] static Result<Cache> open(std::filesystem::path directory, std::uint64_t max_bytes = 256U << 20U);

  /// What was put under the key at most `max_age` before `now`; one that is from the future is not believed.
  [[nodiscard]] std::optional<std::string> get(std::string_view key, std::chrono::seconds max_age, Time now) const;

  /// Keeps the bytes and drops the oldest until the bound holds; bytes over the bound on their own are not kept.
  /// Errors: ErrorKind::environment; nothing is lost but time if they are ignored.
  Result<> put(std::string_view key, std::string_view bytes, Time now);

private:
  Cache(std::filesystem::path directory, std::uint64_t max_bytes)
      : directory_(std::move(directory)),
        max_bytes_(max_bytes)
  {}
  [[nodiscard]] std::filesystem::path file_of(std::string_view key) const;
  void drop_oldest(const std::filesystem::path& newest) const;

  std::filesystem::path directory_;
  std::uint64_t max_bytes_;
};

}  // namespace sluice::net
