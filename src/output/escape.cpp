// SPDX-License-Identifier: Apache-2.0
#include "output/escape.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::output {

namespace {

bool
is_letter(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool
is_alphanumeric(char c)
{
  return is_letter(c) || (c >= '0' && c <= '9');
}

/// Whether `rest`, which follows a percent sign, would make it one of the runner's escapes.
bool
looks_like_escape(std::string_view rest)
{
  constexpr std::array<std::string_view, 5> codes{"25", "0a", "0d", "3a", "2c"};
  const std::string digits = to_lower(rest.substr(0, 2));
  return std::find(codes.begin(), codes.end(), digits) != codes.end();
}

/// The escaped form of the character at the front of `rest`, which is one line of printable text.
std::string
data_token(std::string_view rest, char before)
{
  const char c = rest.front();
  if (c == '%') {
    return looks_like_escape(rest.substr(1)) ? "\\x25" : "%25";
  }
  if (c == ':' && before == ':') {
    return " :";
  }
  return std::string(1, c);
}

/// Cuts at a character's boundary and never within an escape.
class BoundedText
{
public:
  explicit BoundedText(std::size_t max_bytes)
      : max_(max_bytes)
  {}

  /// False once nothing more fits.
  bool
  add(std::string_view token)
  {
    if (text_.size() + mark.size() <= max_ && (static_cast<unsigned char>(token.front()) & 0xC0U) != 0x80U) {
      cut_ = text_.size();
    }
    if (text_.size() + token.size() > max_) {
      text_.resize(cut_);
      text_ += mark;
      return false;
    }
    text_ += token;
    return true;
  }

  [[nodiscard]] std::string
  take() &&
  {
    return std::move(text_);
  }

private:
  static constexpr std::string_view mark = "…";

  std::size_t max_;
  std::size_t cut_ = 0;  ///< where a token starts and the mark still fits
  std::string text_;
};

std::string
entities(std::string_view safe, std::string_view behind_reference)
{
  constexpr std::string_view special = "&<>\"'|\\`*_[]{}#@~$^!";
  std::string escaped;
  escaped.reserve(safe.size());
  for (std::size_t i = 0; i < safe.size(); ++i) {
    const char c = safe[i];
    const bool is_www = c == '.' && i >= 3 && to_lower(safe.substr(i - 3, 3)) == "www";
    const bool is_scheme = c == ':' && safe.substr(i + 1).starts_with("//");
    if (special.find(c) == std::string_view::npos && !is_www && !is_scheme) {
      escaped += c;
      continue;
    }
    escaped += fmt::format("&#{};", static_cast<unsigned>(static_cast<unsigned char>(c)));
    if ((c == '@' || c == '#') && i + 1 < safe.size() && is_alphanumeric(safe[i + 1])) {
      escaped += behind_reference;
    }
  }
  return escaped;
}

}  // namespace

std::string
plain(std::string_view untrusted, std::size_t max_bytes)
{
  return printable(ellipsis(untrusted, max_bytes));
}

std::vector<std::string>
plain_lines(std::string_view untrusted, std::size_t max_bytes)
{
  const std::string bounded = ellipsis(untrusted, max_bytes);
  std::vector<std::string> lines;
  for (const std::string_view line : lines_of(bounded)) {
    lines.push_back(printable(line));
  }
  if (lines.empty()) {
    lines.emplace_back();
  }
  return lines;
}

std::string
break_log_commands(std::string_view text, std::string_view second_hash)
{
  std::string inert;
  inert.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    inert += text[i];
    if (text[i] != '#' || i + 1 >= text.size() || text[i + 1] != '#') {
      continue;
    }
    const auto bracket = std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(i) + 2, text.end(), is_letter);
    if (bracket != text.end() && *bracket == '[') {
      inert += second_hash;
      ++i;
    }
  }
  return inert;
}

std::string
inert_json(std::string_view dumped)
{
  return break_log_commands(dumped, "\\u0023") + "\n";
}

std::string
command_data(std::string_view untrusted, std::size_t max_bytes)
{
  BoundedText data(max_bytes);
  bool is_first_line = true;
  for (const std::string& raw : plain_lines(untrusted, max_bytes)) {
    if (!is_first_line && !data.add("%0A")) {
      break;
    }
    // The data follows the command's own `::`, as good as a colon before the first character.
    char before = is_first_line ? ':' : '\n';
    is_first_line = false;
    const std::string line = break_log_commands(raw, "\\x23");
    for (std::string_view rest = line; !rest.empty(); rest.remove_prefix(1)) {
      if (!data.add(data_token(rest, before))) {
        return std::move(data).take();
      }
      before = rest.front();
    }
  }
  return std::move(data).take();
}

std::string
command_property(std::string_view untrusted)
{
  std::string escaped;
  for (const char c : break_log_commands(plain(untrusted), "\\x23")) {
    switch (c) {
    case '%':
      escaped += "%25";
      break;
    case ':':
      escaped += "%3A";
      break;
    case ',':
      escaped += "%2C";
      break;
    default:
      escaped += c;
    }
  }
  return escaped;
}

std::string
markdown(std::string_view untrusted, std::size_t max_bytes)
{
  return entities(plain(untrusted, max_bytes), "&#8203;");
}

std::string
markdown_code(std::string_view untrusted, std::size_t max_bytes)
{
  return entities(plain(untrusted, max_bytes), "");
}

std::string
xml(std::string_view untrusted, std::size_t max_bytes)
{
  std::string escaped;
  for (const char c : break_log_commands(plain(untrusted, max_bytes), "\\x23")) {
    switch (c) {
    case '&':
      escaped += "&amp;";
      break;
    case '<':
      escaped += "&lt;";
      break;
    case '>':
      escaped += "&gt;";
      break;
    case '"':
      escaped += "&quot;";
      break;
    default:
      escaped += c;
    }
  }
  // The two characters that UTF-8 can say and XML 1.0 cannot.
  return replace_all(replace_all(escaped, "\xEF\xBF\xBE", "\xEF\xBF\xBD"), "\xEF\xBF\xBF", "\xEF\xBF\xBD");
}

std::string
uri_path(std::string_view path)
{
  std::string uri;
  for (const char c : path) {
    const bool is_root = c == '/' && uri.empty();
    if (is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~' || (c == '/' && !is_root)) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return uri;
}

}  // namespace sluice::output
