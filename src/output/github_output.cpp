// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "output/escape.hpp"
#include "output/renderers.hpp"
#include "output/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace sluice::output {

namespace {

/// The runner ends a value at a line that is the delimiter. A value of ours is one line, and one that holds the
/// delimiter, which nobody could have guessed, is not worth telling.
std::string
block(std::string_view name, std::string_view value, const std::string& delimiter)
{
  const std::string safe = plain(value);
  const bool is_forged = safe.find(delimiter) != std::string::npos;
  return fmt::format("{}<<{}\n{}\n{}\n", name, delimiter, is_forged ? "" : safe, delimiter);
}

std::string
ranges_of(Reports reports)
{
  std::vector<std::string> ranges;
  std::set<std::string_view> seen;
  for (const Report& report : reports) {
    if (!report.context.range.empty() && seen.insert(report.context.range).second) {
      ranges.push_back(report.context.range);
    }
  }
  return join(ranges, ", ");
}

/// Letters, digits, `-` and `_`: all that an expression can name.
std::string
output_name(std::string_view format)
{
  std::string name;
  std::copy_if(format.begin(), format.end(), std::back_inserter(name), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
  return name + "-file";
}

}  // namespace

std::string
github_output(std::span<const Report> reports, std::span<const OutputFile> files, std::string_view nonce)
{
  const std::string delimiter = fmt::format("sluice_{}", nonce);
  const std::vector<Shown> active = active_findings(reports);
  std::string text =
      fmt::format("result={}\nfindings-count={}\nhighest-severity={}\n", name_of(merged_verdict(reports)),
                  active.size(), active.empty() ? "" : name_of(active.front().judged->severity));
  text += block("range", ranges_of(reports), delimiter);
  for (const OutputFile& file : files) {
    text += block(output_name(file.format), file.path, delimiter);
  }
  return text;
}

}  // namespace sluice::output
