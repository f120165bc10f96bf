// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/cvss.hpp"

#include "base/text.hpp"
#include "deps/advisories/rating.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace sluice::deps {

namespace cvss {

namespace {

/// The weight of a metric's value, both from the specification's tables.
template<std::size_t count>
std::optional<double>
weight(const Metrics& metrics, std::string_view metric, std::string_view values,
       const std::array<double, count>& weights)
{
  const auto level = metrics.level(metric, values);
  return level ? std::optional(weights.at(static_cast<std::size_t>(*level))) : std::nullopt;
}

/// CVSS v3.0: up to one decimal; v3.1 (appendix A) in integers, which binary fractions cannot mislead.
double
round_up(double value, int minor)
{
  if (minor == 0) {
    return std::ceil(value * 10) / 10;
  }
  const auto whole = static_cast<long>(std::llround(value * 100000));
  return whole % 10000 == 0 ? static_cast<double>(whole) / 100000.0
                            : (std::floor(static_cast<double>(whole) / 10000.0) + 1) / 10.0;
}

}  // namespace

std::optional<Metrics>
Metrics::parse(std::string_view text)
{
  Metrics metrics;
  for (const std::string_view part : split(text, '/')) {
    const std::size_t colon = part.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == part.size()
        || !metrics.value(part.substr(0, colon)).empty()) {
      return std::nullopt;
    }
    metrics.all_.emplace_back(part.substr(0, colon), part.substr(colon + 1));
  }
  return metrics;
}

std::string_view
Metrics::value(std::string_view metric) const
{
  const auto found =
      std::find_if(all_.begin(), all_.end(), [metric](const auto& each) { return each.first == metric; });
  return found == all_.end() ? std::string_view() : found->second;
}

std::optional<int>
Metrics::level(std::string_view metric, std::string_view values) const
{
  const std::string_view written = value(metric);
  const std::size_t at = written.size() == 1 ? values.find(written) : std::string_view::npos;
  return at == std::string_view::npos ? std::nullopt : std::optional(static_cast<int>(at));
}

// CVSS v2.0 guide, chapter 3.2.1.
std::optional<double>
score2(const Metrics& metrics)
{
  constexpr std::array<double, 3> impacts{0.0, 0.275, 0.660};
  const auto vector = weight(metrics, "AV", "LAN", std::array{0.395, 0.646, 1.0});
  const auto complexity = weight(metrics, "AC", "HML", std::array{0.35, 0.61, 0.71});
  const auto authentication = weight(metrics, "Au", "MSN", std::array{0.45, 0.56, 0.704});
  const auto confidentiality = weight(metrics, "C", "NPC", impacts);
  const auto integrity = weight(metrics, "I", "NPC", impacts);
  const auto availability = weight(metrics, "A", "NPC", impacts);
  if (!vector || !complexity || !authentication || !confidentiality || !integrity || !availability) {
    return std::nullopt;
  }
  const double impact = 10.41 * (1 - (1 - *confidentiality) * (1 - *integrity) * (1 - *availability));
  const double exploitability = 20 * *vector * *complexity * *authentication;
  const double score = (0.6 * impact + 0.4 * exploitability - 1.5) * (impact > 0 ? 1.176 : 0.0);
  return std::floor(score * 10 + 0.5) / 10;
}

// CVSS v3.0 and v3.1 specification, chapters 7.1 and 7.4 (8.1 and 8.4 of v3.0).
std::optional<double>
score3(const Metrics& metrics, int minor)
{
  constexpr std::array<double, 3> impacts{0.0, 0.22, 0.56};
  const auto scope = metrics.level("S", "UC");
  const bool is_changed = scope == 1;
  const auto vector = weight(metrics, "AV", "NALP", std::array{0.85, 0.62, 0.55, 0.2});
  const auto complexity = weight(metrics, "AC", "LH", std::array{0.77, 0.44});
  const auto privileges =
      weight(metrics, "PR", "NLH", is_changed ? std::array{0.85, 0.68, 0.5} : std::array{0.85, 0.62, 0.27});
  const auto interaction = weight(metrics, "UI", "NR", std::array{0.85, 0.62});
  const auto confidentiality = weight(metrics, "C", "NLH", impacts);
  const auto integrity = weight(metrics, "I", "NLH", impacts);
  const auto availability = weight(metrics, "A", "NLH", impacts);
  if (!scope || !vector || !complexity || !privileges || !interaction || !confidentiality || !integrity
      || !availability) {
    return std::nullopt;
  }
  const double base = 1 - (1 - *confidentiality) * (1 - *integrity) * (1 - *availability);
  const double impact = is_changed ? 7.52 * (base - 0.029) - 3.25 * std::pow(base - 0.02, 15) : 6.42 * base;
  if (impact <= 0) {
    return 0.0;
  }
  const double exploitability = 8.22 * *vector * *complexity * *privileges * *interaction;
  return round_up(std::min((is_changed ? 1.08 : 1.0) * (impact + exploitability), 10.0), minor);
}

}  // namespace cvss

bool
is_cvss2(std::string_view vector)
{
  return !vector.starts_with("CVSS:");
}

std::optional<double>
cvss_score(std::string_view vector)
{
  vector = trim(vector);
  if (vector.starts_with('(') && vector.ends_with(')')) {
    vector = vector.substr(1, vector.size() - 2);
  }
  const std::size_t slash = vector.find('/');
  const std::string_view prefix = is_cvss2(vector) ? "" : vector.substr(0, slash);
  const auto metrics =
      cvss::Metrics::parse(prefix.empty() ? vector : vector.substr(std::min(prefix.size() + 1, vector.size())));
  if (!metrics) {
    return std::nullopt;
  }
  if (prefix.empty()) {
    return cvss::score2(*metrics);
  }
  if (prefix == "CVSS:3.0" || prefix == "CVSS:3.1") {
    return cvss::score3(*metrics, prefix.back() - '0');
  }
  return prefix == "CVSS:4.0" ? cvss::score4(*metrics) : std::nullopt;
}

}  // namespace sluice::deps
