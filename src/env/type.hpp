// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sluice::env {

using TypeOptions = std::map<std::string, std::string, std::less<>>;

/// A kind of value, as schemas name it.
struct Type
{
  std::string_view id;                             ///< "port"
  std::span<const std::string_view> names;         ///< what schemas call it beside the id: "integer", "Int", "int32"
  std::span<const std::string_view> option_names;  ///< that it knows; others of a schema are a gap
  /// What is wrong with a value, as a clause that holds nothing of it: "is not a number from 1 to 65535". Nothing if it
  /// is right. An option that makes no sense is passed over here and told of by `defect_of_options`.
  std::optional<std::string> (*defect)(std::string_view value, const TypeOptions& options) = nullptr;
};

/// Every file of types/, by id.
[[nodiscard]] std::span<const Type* const> types();
[[nodiscard]] std::span<const std::string_view> type_ids();

/// By id or one of its names, whatever the case; null if there is none.
[[nodiscard]] const Type* find_type(std::string_view name);

/// Whether a value only points at a secret that is kept elsewhere (`op://…`, `vault:…`, SOPS' `ENC[…]`, dotenvx's
/// `encrypted:…`), so that no type can be told of it.
[[nodiscard]] bool is_reference(std::string_view value);

}  // namespace sluice::env
