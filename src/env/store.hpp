// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

/// A name that a platform keeps for an environment.
struct StoredName
{
  std::string name;
  std::uint32_t line = 0;
  std::optional<std::string> value;       ///< of variables that are no secrets, where the listing has them
  std::optional<std::string> updated;     ///< YYYY-MM-DD, where the listing has it
  std::vector<std::string> environments;  ///< of listings of several; empty: the one that was asked
};

/// A listing of names as a platform's own tool prints it.
struct Store
{
  std::string_view id;     ///< "gh"
  std::string_view title;  ///< "gh secret list"
  /// Whether a text is such a listing. At most one of the stores says so of a text; `plain` is asked last.
  bool (*has)(std::string_view text) = nullptr;
  /// Errors (ErrorKind::input): a line that is none of such a listing, named by its number and not quoted.
  Result<std::vector<StoredName>> (*read)(std::string_view text) = nullptr;
};

/// Every file of stores/, by id.
[[nodiscard]] std::span<const Store* const> stores();
[[nodiscard]] std::span<const std::string_view> store_ids();

}  // namespace sluice::env
