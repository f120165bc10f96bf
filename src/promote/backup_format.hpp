// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/enum_names.hpp"
#include "base/result.hpp"

#include <filesystem>
#include <string_view>

namespace sluice::promote {

enum class BackupFormat { custom, tar, plain, plain_gzip };

/// What pg_dump writes to a file of that name: .sql and .sql.gz are SQL, anything else its custom format.
[[nodiscard]] BackupFormat format_of_name(const std::filesystem::path& name);

/// What the file holds, by its first bytes, whatever its name is. Errors (ErrorKind::input), a clause about "it": it is
/// empty, is packed in a way that is not read here, or is no text.
[[nodiscard]] Result<BackupFormat> format_of_content(std::string_view bytes);

}  // namespace sluice::promote

namespace sluice {

template<> struct EnumNames<promote::BackupFormat>
{
  static constexpr std::array<std::string_view, 4> names{"custom", "tar", "plain", "plain-gzip"};
};

}  // namespace sluice
