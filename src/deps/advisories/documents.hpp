// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

inline constexpr std::size_t max_document_bytes = std::size_t{64} << 20U;
/// All of OSV's records of npm, the most of any ecosystem, are about one GiB.
inline constexpr std::uint64_t max_archive_bytes = std::uint64_t{8} << 30U;
inline constexpr std::size_t max_documents = 5'000'000;

/// Takes one document. Called on several threads at once; `name` tells people which it is.
using TakeDocument = std::function<void(const std::string& name, std::string_view text)>;

/// Files of folders and archives that are no documents by their names, or links.
struct PassedOver
{
  static constexpr std::size_t most_names = 5;

  std::uint64_t others = 0, links = 0;
  std::set<std::string> other_names, link_names;  ///< the first ones of each

  /// "3 files passed over, …: a.tar.gz, …", a line each; empty if there were none.
  [[nodiscard]] std::vector<std::string> words() const;
};

/// Passes on every .json, .yaml, .yml, .csv and .csv.gz file of the paths: files, folders with all that is below (links
/// are not followed), and zip archives. What is not a document is passed over; a path that is there by name is always
/// taken. Errors (ErrorKind::input): a path that cannot be read, an archive that is broken, more than the limits.
[[nodiscard]] Result<PassedOver> for_each_document(std::span<const std::filesystem::path> paths, unsigned threads,
                                                   const TakeDocument& take);

}  // namespace sluice::deps
