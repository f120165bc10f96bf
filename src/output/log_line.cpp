// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "output/escape.hpp"
#include "output/sink.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

std::string
inert_line(std::string_view untrusted, std::size_t max_bytes)
{
  // `::name::` is a command only at the start of a line, `##[name]` anywhere. .NET's blanks are all of Unicode's, so
  // whatever is not ASCII counts for one.
  std::string text = break_log_commands(plain(untrusted, max_bytes), "\\x23");
  const auto is_visible = [](char c) { return c > ' ' && c != ':'; };
  const std::string_view before = std::string_view(text).substr(0, text.find("::"));
  const bool may_begin = before.size() < text.size() && std::none_of(before.begin(), before.end(), is_visible);
  return may_begin ? replace_all(text, "::", ": :") : text;
}

}  // namespace

std::string
inert(std::string_view untrusted)
{
  return inert_line(untrusted, field_limit);
}

std::string
inert_text(std::string_view untrusted)
{
  std::string text;
  for (const std::string_view line : lines_of(untrusted)) {
    text += inert_line(line, line.size()) + "\n";
  }
  if (!untrusted.ends_with('\n') && !text.empty()) {
    text.pop_back();
  }
  return text;
}

std::string
error_annotation(std::string_view title, std::string_view message)
{
  constexpr std::size_t message_limit = 4096;
  return fmt::format("::error title={}::{}\n", command_property(title), command_data(message, message_limit));
}

std::string
inert_json_text(std::string_view dumped)
{
  return break_log_commands(dumped, "\\u0023");
}

}  // namespace sluice::output
