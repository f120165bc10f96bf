// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/report.hpp"

namespace sluice::test {

/// For tests of what comes after redaction: leaves texts as they are.
class PlainRedactor final : public Redactor
{
public:
  using Redactor::redacted;
  [[nodiscard]] std::string
  redacted(std::string_view text, TextKind /*kind*/, Span& /*piece*/) const override
  {
    return std::string(text);
  }
};

inline const Redactor&
plain()
{
  static const PlainRedactor redactor;
  return redactor;
}

[[nodiscard]] inline Report
shown(RawReport report)
{
  return {std::move(report), plain()};
}

[[nodiscard]] inline Report
failure_report(std::string tool, const Error& error)
{
  return shown(RawReport::of_failure(std::move(tool), error));
}

}  // namespace sluice::test
