// SPDX-License-Identifier: Apache-2.0
//
// Findings, entries and a policy to try on each other.
#pragma once

#include "finding/policy.hpp"

#include <string>
#include <vector>

namespace sluice::test {

constexpr RuleMeta leak{.id = "leak", .severity = Severity::high};
constexpr RuleMeta lint{.id = "lint", .severity = Severity::medium};

inline Finding
make(const RuleMeta& rule, std::string path = "a", std::string fingerprint = "f")
{
  Finding finding;
  finding.rule = &rule;
  finding.where = {.path = std::move(path), .begin = {1, 1}};
  finding.fingerprint = {std::move(fingerprint)};
  return finding;
}

inline Findings
with(std::vector<Finding> found, std::vector<Gap> gaps = {})
{
  return {std::move(found), std::move(gaps), {"all", {{1, "files"}}}, {}, {}, {}};
}

inline AcceptedGap
accepted(GapKind kind, std::string subject)
{
  return {
      .kind = kind, .subject = std::move(subject), .reason = "elsewhere", .expires = "2026-12-31", .origin = "f:1:1"};
}

inline Policy
policy()
{
  Policy policy;
  policy.today = {2026, 6, 1};
  return policy;
}

}  // namespace sluice::test
