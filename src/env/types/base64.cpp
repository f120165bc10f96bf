// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/type.hpp"
#include "env/type_options.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 4> names{"base64string", "base64bytes", "base64str", "bytes"};
constexpr std::array<std::string_view, 3> option_names{"maxLength", "minLength", "isLength"};

/// With the letters of either alphabet, but not of both; padding may be left out, as URL-safe encoders do.
bool
is_base64(std::string_view text)
{
  const std::string_view body = text.substr(0, text.find_last_not_of('=') + 1);
  const std::size_t padding = text.size() - body.size();
  const bool is_url_safe = body.find_first_of("-_") != std::string_view::npos;
  const auto is_fit = [is_url_safe](char c) {
    return is_letter(c) || is_digit(c) || is_any_of(c, is_url_safe ? "-_" : "+/");
  };
  return body.size() % 4 != 1 && (padding == 0 || (text.size() % 4 == 0 && padding <= 2))
         && std::all_of(body.begin(), body.end(), is_fit);
}

std::optional<std::string>
defect(std::string_view value, const TypeOptions& options)
{
  if (!is_base64(value)) {
    return "is not base64";
  }
  const std::size_t letters = value.find_last_not_of('=') + 1;
  return defect_of_length(letters * 3 / 4, "byte", options);
}

}  // namespace

extern const Type type_base64{.id = "base64", .names = names, .option_names = option_names, .defect = defect};

}  // namespace sluice::env
