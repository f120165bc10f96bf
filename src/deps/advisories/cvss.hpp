// SPDX-License-Identifier: Apache-2.0
//
// The metrics of a CVSS vector, as the versions share them.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::deps::cvss {

class Metrics
{
public:
  /// "AV:N/AC:L/…", without a prefix. Nothing if a part is no metric with a value, or a metric is there twice.
  [[nodiscard]] static std::optional<Metrics> parse(std::string_view text);

  /// Empty if the vector does not say.
  [[nodiscard]] std::string_view value(std::string_view metric) const;
  /// Where the value stands among one-letter values; nothing if it is none of them.
  [[nodiscard]] std::optional<int> level(std::string_view metric, std::string_view values) const;

private:
  std::vector<std::pair<std::string_view, std::string_view>> all_;
};

[[nodiscard]] std::optional<double> score2(const Metrics& metrics);
/// `minor` is 0 or 1: the two round differently.
[[nodiscard]] std::optional<double> score3(const Metrics& metrics, int minor);
[[nodiscard]] std::optional<double> score4(const Metrics& metrics);

}  // namespace sluice::deps::cvss
