// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.hpp"
#include "finding/report.hpp"

#include <span>
#include <string>
#include <string_view>

/// What GitLab's security reports (schema 15.0.7) have in common. They differ in the type of the scan and in what a
/// location is made of.
namespace sluice::output {

/// GitLab takes two findings for one if their first identifiers and their locations are the same.
enum class FirstIdentifier {
  rule,      ///< which does not change
  advisory,  ///< of which a place has several
};

struct SecurityReportKind
{
  ScanType scan = ScanType::none;
  std::string_view type;   ///< "secret_detection"
  std::string_view title;  ///< "secret detection", for the message that there was none
  Json (*location)(const Finding& finding, const RunContext& context) = nullptr;
  FirstIdentifier first = FirstIdentifier::rule;
  void (*complete)(Json& document) = nullptr;  ///< adds what only this kind has; may be null
};

/// The members that every location may have: `file`, `start_line`, `end_line`.
[[nodiscard]] Json security_location(const Finding& finding);

/// The report of all gates of this kind. A scan that has gaps, failed or did not take place has the status "failure":
/// GitLab would take an empty success for a clean repository.
[[nodiscard]] std::string render_security_report(std::span<const Report> reports, const SecurityReportKind& kind);

}  // namespace sluice::output
