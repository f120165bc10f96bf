// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/survey.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

/// Whether somebody who meant one name may have written the other: one edit apart, or the same but for case and
/// underscores. Names of numbers apart (`API_KEY_1`, `API_KEY_2`), of a plural or of fewer than five characters are
/// not near.
[[nodiscard]] bool is_near(std::string_view a, std::string_view b);

/// Names that are read and not declared beside those that are declared and not read, or by a library alone. Of each the
/// first two hundred are compared: what has more of them is not about spelling.
class Neighbours
{
public:
  explicit Neighbours(const Survey& survey);

  /// A name that is declared and not read, near to one that is read and not declared.
  [[nodiscard]] std::optional<std::string> declared(std::string_view name) const;
  /// The other way round.
  [[nodiscard]] std::optional<std::string> read(std::string_view name) const;

private:
  std::vector<std::string_view> declared_, read_;
};

}  // namespace sluice::env
