// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice {

/// A path pattern: `*` and `?` stay within a segment, `**` spans segments, `[a-z]` and `[!a-z]` are classes.
/// A pattern without `/` matches the last segment anywhere; one that ends in `/` matches everything below.
class Glob
{
public:
  explicit Glob(std::string pattern);
  [[nodiscard]] bool matches(std::string_view path) const;
  [[nodiscard]] const std::string&
  pattern() const
  {
    return pattern_;
  }

private:
  std::string pattern_;
};

[[nodiscard]] bool matches_any(const std::vector<Glob>& globs, std::string_view path);

/// For texts that are no paths: `*` stands for anything, also for slashes.
[[nodiscard]] bool matches_text(std::string_view pattern, std::string_view text);

}  // namespace sluice
