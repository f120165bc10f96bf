// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/report.hpp"

#include <map>
#include <string>
#include <string_view>

namespace sluice::output {

/// GitLab keeps one item per identity and drops the rest, so the second and later findings of one fingerprint get one
/// of their own, made of the fingerprint and their number.
class UniqueIdentities
{
public:
  /// 64 hexadecimal digits.
  [[nodiscard]] std::string next(const Finding& finding);

private:
  std::map<std::string, std::size_t> times_seen_;
};

}  // namespace sluice::output
