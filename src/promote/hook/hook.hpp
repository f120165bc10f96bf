// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/enum_names.hpp"
#include "config/option_table.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace sluice::promote {

/// What is to be done with a step that had begun when its run died.
enum class Repeat {
  safe,   ///< run it again, with the same idempotency key
  never,  ///< ask a person whether it was done
};

/// A program of the operator's that a step runs.
struct Hook
{
  std::vector<std::string> run;  ///< its words, for no shell; empty: there is none
  std::chrono::milliseconds timeout{std::chrono::minutes(30)};
  Repeat repeat = Repeat::safe;
  std::string origin;

  explicit operator bool() const { return !run.empty(); }
};

void describe(Hook& hook, config::OptionTable& table);

}  // namespace sluice::promote

namespace sluice {

template<> struct EnumNames<promote::Repeat>
{
  static constexpr std::array<std::string_view, 2> names{"safe", "never"};
};

}  // namespace sluice
