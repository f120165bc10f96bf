// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "output/escape.hpp"
#include "output/sink.hpp"

#include <fmt/format.h>

namespace sluice::output {

std::string
inert(std::string_view untrusted)
{
  // `::name::` is a command only at the start of a line, `##[name]` anywhere.
  std::string text = break_log_commands(plain(untrusted), "\\x23");
  return trim(text).starts_with("::") ? replace_all(text, "::", ": :") : text;
}

std::string
error_annotation(std::string_view title, std::string_view message)
{
  constexpr std::size_t message_limit = 4096;
  return fmt::format("::error title={}::{}\n", command_property(title), command_data(message, message_limit));
}

}  // namespace sluice::output
