// SPDX-License-Identifier: Apache-2.0
#include "env/javascript_values.hpp"

#include "base/text.hpp"
#include "env/decoding.hpp"
#include "env/entries.hpp"
#include "env/javascript_lines.hpp"

namespace sluice::env {

Reading
read_with_javascript_lines(std::string_view text, const Environment& outer)
{
  Entries entries(outer);
  std::size_t at = 0;
  while (const auto found = next_assignment(text, at)) {
    const std::string raw = as_javascript_text(found->value.of(text));
    std::string value = without_quotes(raw);
    if (raw.starts_with('"')) {
      value = replace_all(replace_all(value, "\\n", "\n"), "\\r", "\r");
    }
    entries.add({.key = std::string(found->key.of(text)),
                 .value = std::move(value),
                 .key_at = found->key,
                 .value_at = found->value});
  }
  return std::move(entries).take();
}

}  // namespace sluice::env
