// SPDX-License-Identifier: Apache-2.0
//
// Lines of a dotenv file cover it, what a style rule says lies in it, and what is mended no dialect reads differently.
#include "base/utf8.hpp"
#include "env/fingerprints.hpp"
#include "env/ignore_rules.hpp"
#include "env/rule.hpp"
#include "fuzz/require.hpp"

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  using namespace sluice::env;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto lines = style_lines(text);
  std::size_t at = 0;
  for (const StyleLine& line : lines) {
    require(line.at.begin == at && line.at.end > at);
    require(line.kind != StyleLine::Kind::pair
            || (line.key_at.begin >= line.at.begin && line.value_at.end <= line.at.end));
    at = line.at.end;
  }
  require(at == text.size());
  for (const Rule* rule : rules()) {
    if (rule->check_style == nullptr) {
      continue;
    }
    const auto faults = rule->check_style(text, lines);
    for (const StyleFault& fault : faults) {
      require(fault.line > 0 && sluice::is_utf8(fault.message));
      for (const Edit& edit : fault.edits) {
        require(edit.at.begin <= edit.at.end && edit.at.end <= text.size());
      }
    }
    if (const auto better = size < 4096 ? mended(text, faults) : std::nullopt) {
      require(is_read_alike(text, *better));
    }
  }
  static_cast<void>(parse_ignore_file(text));
  if (const auto set = parse_fingerprints(text)) {
    const auto again = parse_fingerprints(text_of(*set));
    require(again && again->prints == set->prints && again->environment == set->environment);
  }
  return 0;
}
