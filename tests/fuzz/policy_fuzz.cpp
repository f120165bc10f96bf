// SPDX-License-Identifier: Apache-2.0
//
// What decides whether a finding counts, from files that anybody may write: baselines, comments, globs, dates.
#include "base/clock.hpp"
#include "base/glob.hpp"
#include "finding/baseline.hpp"
#include "finding/suppression.hpp"
#include "fuzz/require.hpp"
#include "gate/marks_above.hpp"

namespace {

using namespace sluice;

void
as_baseline(std::string_view text)
{
  const auto baseline = Baseline::parse(text, "baseline");
  if (baseline) {
    const auto again = Baseline::parse(baseline->text(), "baseline");
    require(again && again->text() == baseline->text());
  }
}

void
as_comment(std::string_view line)
{
  const auto allow = gate::inline_allow(line, "some-rule", gate::PeerMarks::of_secret_scanners);
  require(!allow || (allow->where.column > 0 && allow->where.column <= line.size()));
}

void
as_marked_text(std::string_view text)
{
  for (const std::size_t offset : {text.size() / 2, text.size()}) {
    const auto allow = gate::allow_at(text, offset, "some-rule", gate::PeerMarks::of_secret_scanners);
    require(!allow || allow->lines_before <= offset);
  }
}

/// The first line is the pattern, the rest the path.
void
as_glob(std::string_view text)
{
  const std::size_t newline = text.find('\n');
  const std::string_view path = newline == std::string_view::npos ? std::string_view() : text.substr(newline + 1);
  static_cast<void>(Glob(std::string(text.substr(0, newline))).matches(path));
  static_cast<void>(matches_text(text.substr(0, newline), path));
  require(Glob("**").matches(path) || path.empty());
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  as_baseline(text);
  as_comment(text);
  as_marked_text(text);
  as_glob(text);
  static_cast<void>(parse_date(text));
  return 0;
}
