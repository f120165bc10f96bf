// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::config {

/// Collects what is wrong with values that the table took, each at the place where the value came from.
class OptionChecks
{
public:
  explicit OptionChecks(const OptionTable& table)
      : table_(table)
  {}

  /// "PLACE: \"KEY\" WHAT"; `what` reads on from the key: "is not a version such as 2.109.0".
  void refuse(std::string_view key, std::string_view what);

  [[nodiscard]] const std::vector<std::string>&
  problems() const
  {
    return problems_;
  }

private:
  const OptionTable& table_;
  std::vector<std::string> problems_;
};

}  // namespace sluice::config
