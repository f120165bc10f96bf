// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/setup.hpp"
#include "config/common_options.hpp"
#include "gate/gate.hpp"

#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace sluice::cli {

/// The options of several gates in one table, each in its gate's section: what `sluice check` understands.
class GateSet
{
public:
  /// Describes every gate's options into `table`, which must not outlive this object.
  GateSet(std::span<const gate::Face* const> gates, config::OptionTable& table);

  /// A gate and what it can be told.
  struct Member
  {
    const gate::Face* face = nullptr;
    std::vector<std::string_view> keys;  ///< its own options and those of every gate

    [[nodiscard]] bool has_option(std::string_view key) const;
  };

  [[nodiscard]] std::vector<Member> members(std::span<const gate::Face* const> chosen) const;
  [[nodiscard]] CommandSelf::Checked checked() const;

private:
  std::vector<std::pair<std::string_view, std::unique_ptr<gate::Options>>> options_;
};

}  // namespace sluice::cli
