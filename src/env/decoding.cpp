// SPDX-License-Identifier: Apache-2.0
#include "env/decoding.hpp"

#include "base/utf8.hpp"
#include "env/spaces.hpp"

#include <cstdint>

namespace sluice::env {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Bytes that may follow a first byte, and between which the first of them lies.
struct Lead
{
  std::size_t more = 0;
  std::uint8_t least = 0x80;
  std::uint8_t most = 0xBF;
};

Lead
lead_of(std::uint8_t byte)
{
  if (byte >= 0xC2 && byte <= 0xDF) {
    return {.more = 1};
  }
  if (byte >= 0xE0 && byte <= 0xEF) {
    const std::uint8_t least = byte == 0xE0 ? 0xA0 : 0x80;
    const std::uint8_t most = byte == 0xED ? 0x9F : 0xBF;
    return {.more = 2, .least = least, .most = most};
  }
  if (byte >= 0xF0 && byte <= 0xF4) {
    const std::uint8_t least = byte == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t most = byte == 0xF4 ? 0x8F : 0xBF;
    return {.more = 3, .least = least, .most = most};
  }
  return {};
}

/// How much of the front, which is no character, is one fault.
std::size_t
fault_length(std::string_view bytes)
{
  const Lead lead = lead_of(static_cast<std::uint8_t>(bytes.front()));
  std::size_t length = 1;
  while (length <= lead.more && length < bytes.size()) {
    const auto byte = static_cast<std::uint8_t>(bytes[length]);
    const bool fits = length == 1 ? byte >= lead.least && byte <= lead.most : byte >= 0x80 && byte <= 0xBF;
    if (!fits) {
      break;
    }
    ++length;
  }
  return length;
}

}  // namespace

std::string
with_replacements(std::string_view bytes, std::string_view mark)
{
  if (is_utf8(bytes)) {
    return std::string(bytes);
  }
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const DecodedCharacter decoded = decode_utf8(bytes);
    const std::size_t length = decoded.character ? decoded.length : fault_length(bytes);
    out += decoded.character ? bytes.substr(0, length) : mark;
    bytes.remove_prefix(length);
  }
  return out;
}

std::string
with_replacements(std::string_view bytes)
{
  return with_replacements(bytes, replacement);
}

std::string
with_line_feeds(std::string_view text)
{
  std::string out;
  out.reserve(text.size());
  std::size_t from = 0;
  for (std::size_t at = text.find('\r'); at != std::string_view::npos; at = text.find('\r', from)) {
    out += text.substr(from, at - from);
    out += '\n';
    from = at + line_end_at(text, at);
  }
  out += text.substr(from);
  return out;
}

std::string
as_javascript_text(std::string_view bytes)
{
  return with_line_feeds(with_replacements(bytes));
}

}  // namespace sluice::env
