// SPDX-License-Identifier: Apache-2.0
//
// A dotenv file as every dialect reads it: all places are inside of the file, a refused file has no entries, and what
// must be run has no value.
#include "env/dialect.hpp"
#include "fuzz/require.hpp"

#include <cstdint>

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  using namespace sluice;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const Environment outer{{"OUT", "a$X"}, {"EMPTY", ""}};
  const auto is_inside = [text](Span span) { return span.begin <= span.end && span.end <= text.size(); };
  for (const env::Dialect* dialect : env::dialects()) {
    const env::Reading reading = dialect->read(text, outer);
    require(!reading.refusal || (reading.entries.empty() && reading.refusal->line >= 1));
    for (const env::Entry& entry : reading.entries) {
      require(is_inside(entry.key_at) && is_inside(entry.value_at));
      require(!entry.executes || !entry.value);
      require(!entry.value || entry.value->size() <= text.size() * 4 + 2 * env::max_value_bytes);
    }
  }
  return 0;
}
