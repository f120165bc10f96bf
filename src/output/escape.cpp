// SPDX-License-Identifier: Apache-2.0
#include "output/escape.hpp"

#include "base/text.hpp"
#include "base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::output {

namespace {

bool
is_alphanumeric(char c)
{
  return is_letter(c) || is_digit(c);
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
entity(char c)
{
  return fmt::format("&#{};", static_cast<unsigned>(static_cast<unsigned char>(c)));
}

/// Whether what follows a sign that a platform looks for can be a name or a number.
bool
begins_name(std::string_view rest)
{
  return !rest.empty() && (is_alphanumeric(rest.front()) || std::string_view("._-\"{").find(rest.front()) != rest.npos);
}

/// `:tada:`; of numbers, which stand between colons in every place, two are emoji.
bool
begins_emoji(std::string_view text)
{
  const std::size_t end = text.find(':', 1);
  if (end == std::string_view::npos || end == 1) {
    return false;
  }
  const std::string_view name = text.substr(1, end - 1);
  const auto is_of_name = [](char c) { return is_alphanumeric(c) || c == '_' || c == '+' || c == '-'; };
  const bool is_number = std::all_of(name.begin(), name.end(), is_digit);
  return is_number ? name == "100" || name == "1234" : std::all_of(name.begin(), name.end(), is_of_name);
}

/// Whether what follows `@` can be the host of an address: a point and a letter are in it.
bool
begins_host(std::string_view rest)
{
  const auto is_of_host = [](char c) { return is_alphanumeric(c) || c == '.' || c == '-' || c == '_'; };
  const std::string_view host(rest.begin(), std::find_if_not(rest.begin(), rest.end(), is_of_host));
  return host.find('.') != std::string_view::npos && std::any_of(host.begin(), host.end(), is_letter);
}

/// Whether `before`, up to a point or a hyphen, ends in the word, whatever its case.
bool
ends_in_word(std::string_view before, std::string_view word)
{
  const std::size_t begin = before.size() - std::min(before.size(), word.size());
  return to_lower(before.substr(begin)) == word && (begin == 0 || !is_alphanumeric(before[begin - 1]));
}

/// A run of hexadecimal digits that platforms take for a commit, at the front of `rest`; 0 if there is none.
std::size_t
commit_length(std::string_view rest, char before)
{
  constexpr std::string_view digits = "0123456789abcdefABCDEF";
  const std::size_t length = std::min(rest.find_first_not_of(digits), rest.size());
  const bool is_word = !is_alphanumeric(before) && before != '_'
                       && (length == rest.size() || (!is_alphanumeric(rest[length]) && rest[length] != '_'));
  return is_word && length >= 7 ? length : 0;
}

/// A URL with a scheme, `www.`, an address: where a platform finds the beginning of a link in a text that was rendered
/// already, at `at` in `text`.
bool
is_link_sign(std::string_view text, std::size_t at)
{
  const std::string_view rest = text.substr(at + 1);
  switch (text[at]) {
  case ':':
    return rest.starts_with("//");
  case '.':
    return ends_in_word(text.substr(0, at), "www");
  case '@':
    return begins_name(rest);
  default:
    return false;
  }
}

/// Where a platform finds the beginning of a reference, of mathematics, of a list's box or of a change of lines in a
/// text that was rendered already, apart from `@` and `#`.
bool
is_reference_sign(std::string_view text, std::size_t at)
{
  const std::string_view rest = text.substr(at + 1);
  switch (text[at]) {
  case '$':
  case '[':
    return true;
  case '~':
  case '%':
    return begins_name(rest);
  case '!':
  case '&':
    return !rest.empty() && is_digit(rest.front());
  case '{':
    return rest.starts_with('+') || rest.starts_with('-');
  case '*':
    return rest.starts_with("iteration");
  case '-':
    return !rest.empty() && is_digit(rest.front()) && ends_in_word(text.substr(0, at), "gh");
  case ':':
    return begins_emoji(text.substr(at));
  default:
    return false;
  }
}

/// Bytes at the front that make a block of the text where it comes first (a list, a heading's underline, code, a
/// command to GitLab); the last of them is what does. `1.` and `1)` do, too.
std::size_t
block_length(std::string_view text)
{
  constexpr std::string_view first = " -+=/:;~";
  if (!text.empty() && first.find(text.front()) != std::string_view::npos) {
    return 1;
  }
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const bool is_item = digits > 0 && digits < text.size() && (text[digits] == '.' || text[digits] == ')');
  return is_item ? digits + 1 : 0;
}

bool
is_markup(std::string_view text, std::size_t at)
{
  constexpr std::string_view special = "&<>\"'|\\`*_[]{}#@~$^!";
  const bool is_pair = text[at] == ':' && at + 1 < text.size() && text[at + 1] == ':';
  return special.find(text[at]) != std::string_view::npos || is_pair;
}

constexpr std::string_view zero_width_space = "&#8203;";

/// One character of prose, at `at`.
std::string
prose_token(std::string_view text, std::size_t at)
{
  const char c = text[at];
  if (is_reference_sign(text, at) || (c != '@' && is_link_sign(text, at))) {
    return fmt::format("<span>{}</span>", entity(c));
  }
  if (!is_markup(text, at)) {
    return {c};
  }
  const bool is_name = (c == '@' || c == '#') && begins_name(text.substr(at + 1));
  return fmt::format("{}{}", entity(c), is_name ? zero_width_space : "");
}

/// Prose from `begin` on.
std::string
prose(std::string_view safe, std::size_t begin)
{
  std::string text;
  for (std::size_t i = begin; i < safe.size(); ++i) {
    if (const std::size_t length = commit_length(safe.substr(i), i == 0 ? ' ' : safe[i - 1])) {
      text += fmt::format("<code>{}</code>", safe.substr(i, length));
      i += length - 1;
    } else {
      text += prose_token(safe, i);
    }
  }
  return text;
}

/// One character of what stands in `<code>`.
std::string
code_token(std::string_view text, std::size_t at)
{
  const char c = text[at];
  if (c == '$') {
    return fmt::format("<span>{}</span>", entity(c));
  }
  const bool is_link = c == '@' ? begins_host(text.substr(at + 1)) : is_link_sign(text, at);
  return (is_link || is_markup(text, at) ? entity(c) : std::string{c}) + (c == '@' && is_link ? "<wbr>" : "");
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
  return prose(plain(untrusted, max_bytes), 0);
}

std::string
markdown_block(std::string_view untrusted, std::size_t max_bytes)
{
  const std::string safe = plain(untrusted, max_bytes);
  const std::size_t length = block_length(safe);
  if (length == 0 || is_reference_sign(safe, length - 1)) {
    return prose(safe, 0);
  }
  return safe.substr(0, length - 1) + entity(safe[length - 1]) + prose(safe, length);
}

std::string
markdown_code(std::string_view untrusted, std::size_t max_bytes)
{
  const std::string safe = plain(untrusted, max_bytes);
  std::string text;
  for (std::size_t i = 0; i < safe.size(); ++i) {
    text += code_token(safe, i);
  }
  return text;
}

std::string
html(std::string_view untrusted, std::size_t max_bytes)
{
  std::string text;
  const std::string safe = plain(untrusted, max_bytes);
  for (std::size_t i = 0; i < safe.size(); ++i) {
    text += is_markup(safe, i) ? entity(safe[i]) : std::string{safe[i]};
  }
  return text;
}

std::string
linkless(std::string_view untrusted, std::size_t max_bytes)
{
  constexpr std::string_view invisible = "\u200b";
  const std::string safe = plain(untrusted, max_bytes);
  std::string text;
  for (std::size_t i = 0; i < safe.size(); ++i) {
    const std::string_view rest = std::string_view(safe).substr(i + 1);
    const char next = rest.empty() ? ' ' : rest.front();
    const bool is_number = safe[i] == '#' && is_alphanumeric(next);
    const bool is_tag =
        safe[i] == '<' && (is_letter(next) || std::string_view("/!?").find(next) != std::string_view::npos);
    const bool is_target = safe[i] == ']' && (next == '(' || next == ':');
    const bool is_command = safe[i] == '/' && i == 0;
    // Behind its point a host would only get a letter more.
    const bool is_host = safe[i] == '.' && is_link_sign(safe, i);
    text += is_command || is_host ? invisible : "";
    text += safe[i];
    text += (is_link_sign(safe, i) && !is_host) || is_number || is_tag || is_target ? invisible : "";
  }
  return text;
}

std::vector<std::string>
linkless_lines(std::string_view untrusted, std::size_t max_bytes)
{
  const std::string bounded = ellipsis(untrusted, max_bytes);
  std::vector<std::string> lines;
  for (const std::string_view line : lines_of(bounded)) {
    lines.push_back(linkless(line, max_bytes));
  }
  if (lines.empty()) {
    lines.emplace_back();
  }
  return lines;
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

std::string
shortened(std::string_view untrusted, std::size_t columns)
{
  std::string safe = plain(untrusted, 400);
  if (display_width(safe) <= columns) {
    return safe;
  }
  std::string_view rest = safe;
  std::string text;
  std::size_t used = 1;
  while (!rest.empty()) {
    const Cluster cluster = first_cluster(rest);
    if (used + cluster.width > columns || text.size() > 4 * columns) {
      break;
    }
    used += cluster.width;
    text += rest.substr(0, cluster.length);
    rest.remove_prefix(cluster.length);
  }
  return text + "…";
}

}  // namespace sluice::output
