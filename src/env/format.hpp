// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/schema.hpp"
#include "gate/file_tree.hpp"
#include "gate/source_text.hpp"

#include <span>
#include <string_view>

namespace sluice::env {

/// A way to write a schema down.
struct Format
{
  std::string_view id;
  std::string_view title;
  /// Whether a file is of it, by its path from the root alone.
  bool (*has)(std::string_view path) = nullptr;
  /// A text that holds none of these words is none of it; none: every text is.
  std::span<const std::string_view> words;
  /// Reads a file; `tree` is for what it imports. A file that turns out to be no schema gives no items and no gaps.
  Schema (*read)(const gate::SourceText& source, const gate::FileTree& tree) = nullptr;
};

/// Every file of formats/, by id.
[[nodiscard]] std::span<const Format* const> formats();
[[nodiscard]] std::span<const std::string_view> format_ids();

}  // namespace sluice::env
