// SPDX-License-Identifier: Apache-2.0
#include "credentials/foreign_pattern.hpp"
#include "env/type.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 2> names{"regexp", "pattern"};

/// Whether brackets and escapes close, which every kind of expression wants.
bool
is_closed(std::string_view text)
{
  std::size_t open = 0;
  bool in_class = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\') {
      if (++i == text.size()) {
        return false;
      }
    } else if (in_class || c == '[') {
      in_class = c != ']';
    } else if (c == '(') {
      ++open;
    } else if (c == ')' && open-- == 0) {
      return false;
    }
  }
  return open == 0 && !in_class;
}

/// What RE2 does not take (look-around) is right elsewhere, if it closes.
std::optional<std::string>
defect(std::string_view value, const TypeOptions& /*options*/)
{
  return credentials::finds(value, "") || is_closed(value) ? std::nullopt
                                                           : std::optional<std::string>("is not a regular expression");
}

}  // namespace

extern const Type type_regex{.id = "regex", .names = names, .option_names = {}, .defect = defect};

}  // namespace sluice::env
