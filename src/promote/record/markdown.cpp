// SPDX-License-Identifier: Apache-2.0
#include "promote/record/markdown.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

/// ASCII that means nothing in Markdown, HTML or the text of a link, wherever it stands.
bool
is_plain(char c)
{
  return is_letter(c) || is_digit(c) || c == ' ' || c == ',' || static_cast<unsigned char>(c) >= 0x80;
}

/// Whether it can stand between backticks as it is, which whoever reads the file itself is glad of: nothing in it ends
/// them or a cell of a table, and no program that looks for links or mentions in the file finds one.
bool
is_quotable(std::string_view text)
{
  const bool is_harmless = std::all_of(text.begin(), text.end(), [](char c) {
    return (is_plain(c) && static_cast<unsigned char>(c) < 0x80) || is_any_of(c, "-_.:;()%/'\"");
  });
  const std::string lower = to_lower(text);
  return is_harmless && text == trim(text) && lower.find("://") == std::string::npos
         && lower.find("www.") == std::string::npos;
}

std::string
escaped(std::string_view untrusted)
{
  std::string text;
  for (const char c : printable(untrusted)) {
    if (is_plain(c)) {
      text += c;
    } else {
      // Programs make a link of an address of mail once entities are characters again; here a line may break.
      text += fmt::format("&#{};{}", static_cast<int>(c), c == '@' ? "<wbr>" : "");
    }
  }
  return text;
}

bool
is_address(std::string_view text)
{
  const bool is_of_web = text.starts_with("https://") || text.starts_with("http://") || text.starts_with("mailto:");
  return is_of_web && text.size() < 500 && std::all_of(text.begin(), text.end(), [](char c) {
           return is_letter(c) || is_digit(c) || is_any_of(c, ":/.?=&%+-_~#@");
         });
}

}  // namespace

std::string
markdown_code(std::string_view untrusted, std::size_t max_bytes)
{
  if (untrusted.empty()) {
    return {};
  }
  const std::string cut = ellipsis(untrusted, max_bytes);
  return is_quotable(cut) ? fmt::format("`{}`", cut) : fmt::format("<code>{}</code>", escaped(cut));
}

std::string
markdown_block(std::string_view untrusted, std::size_t max_bytes)
{
  std::string text = "<pre>";
  const std::string cut = ellipsis(untrusted, max_bytes);
  for (const std::string_view line : lines_of(cut)) {
    // A blank line ends such a block in some programs, and what follows would be Markdown.
    text += fmt::format("{}\n", line.empty() ? "&#32;" : escaped(line));
  }
  return text + "</pre>\n";
}

std::string
markdown_link(std::string_view address)
{
  return is_address(address) ? fmt::format("<{}>", address) : markdown_code(address);
}

}  // namespace sluice::promote
