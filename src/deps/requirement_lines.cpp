// SPDX-License-Identifier: Apache-2.0
#include "deps/requirement_lines.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace sluice::deps {

namespace {

/// Behind "#" at the start or after a blank.
std::size_t
comment_in(std::string_view line)
{
  for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
    if (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t') {
      return at;
    }
  }
  return std::string_view::npos;
}

/// How many bytes end a line here, as Python's str.splitlines has it: 0 if none does.
std::size_t
line_end_at(std::string_view text, std::size_t at)
{
  const auto first = static_cast<unsigned char>(text[at]);
  if (first > 0x1E && first != 0xC2 && first != 0xE2) {
    return 0;
  }
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("\r\n")) {
    return 2;
  }
  // The next line of C1, and the separators of lines and paragraphs.
  if (rest.starts_with("\xC2\x85")) {
    return 2;
  }
  if (rest.starts_with("\xE2\x80\xA8") || rest.starts_with("\xE2\x80\xA9")) {
    return 3;
  }
  return std::string_view("\n\r\v\f\x1C\x1D\x1E").find(rest.front()) == std::string_view::npos ? 0 : 1;
}

bool
is_one_of(std::string_view name, std::initializer_list<std::string_view> names)
{
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// What stands behind "coding:" or "coding=" in a comment; empty if nothing does.
std::string
declared_encoding(std::string_view line)
{
  std::size_t at = line.starts_with('#') ? line.find("coding") : std::string_view::npos;
  for (; at != std::string_view::npos; at = line.find("coding", at + 1)) {
    std::string_view rest = line.substr(at + 6);
    if (!rest.starts_with(':') && !rest.starts_with('=')) {
      continue;
    }
    rest.remove_prefix(1);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\f\v"), rest.size()));
    std::string name = to_lower(rest.substr(
        0, std::min(rest.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."),
                    rest.size())));
    if (!name.empty()) {
      std::replace(name.begin(), name.end(), '_', '-');
      return name;
    }
  }
  return {};
}

}  // namespace

RequirementLines::RequirementLines(std::string_view text)
{
  std::uint32_t number = 1;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = line_end_at(text, at);
    if (end == 0) {
      ++at;
      continue;
    }
    add(text.substr(begin, at - begin), number);
    number += text[at + end - 1] == '\n' ? 1 : 0;
    begin = at += end;
  }
  add(text.substr(begin), number);
  finish();
}

void
RequirementLines::add(std::string_view physical, std::uint32_t number)
{
  if (trim(physical).starts_with('#')) {
    note_via(trim(trim(physical).substr(1)));
    finish();
    return;
  }
  if (open_.number == 0) {
    open_.number = number;
  }
  const std::size_t comment = comment_in(physical);
  if (comment == std::string_view::npos && physical.ends_with('\\')) {
    open_.text += physical.substr(0, physical.size() - 1);
    return;
  }
  open_.text += physical.substr(0, comment);
  finish();
  if (comment != std::string_view::npos) {
    note_via(trim(physical.substr(comment + 1)));
  } else if (!trim(physical).empty()) {
    is_in_via_ = false;
  }
}

// "via flask", or "via" and then a line for each.
void
RequirementLines::note_via(std::string_view comment)
{
  if (lines.empty()) {
    return;
  }
  if (comment == "via" || comment.starts_with("via ")) {
    has_via = is_in_via_ = true;
    lines.back().is_via_package = true;
    comment = trim(comment.substr(3));
  }
  // A file that asks for it: "-r requirements.in", "app (pyproject.toml)", "(via …)".
  if (is_in_via_ && (comment.starts_with("-r ") || comment.ends_with(")"))) {
    lines.back().is_via_package = false;
    is_in_via_ = false;
  }
}

void
RequirementLines::finish()
{
  if (open_.number != 0 && !trim(open_.text).empty()) {
    lines.push_back(std::move(open_));
  }
  open_ = {};
}

std::string
foreign_requirement_encoding(std::string_view text)
{
  const std::size_t second = std::min(text.find('\n'), text.size());
  std::string name = declared_encoding(text.substr(0, second));
  if (name.empty() && second < text.size()) {
    name = declared_encoding(text.substr(second + 1, text.find('\n', second + 1) - second - 1));
  }
  if (name.empty() || is_one_of(name, {"utf-8", "utf8", "u8", "utf-8-sig"})) {
    return {};
  }
  // What these have in common with UTF-8 is ASCII.
  const bool is_ascii =
      std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return is_ascii
                 && is_one_of(name, {"ascii", "us-ascii", "latin-1", "latin1", "iso-8859-1", "iso8859-1", "l1",
                                     "iso-8859-15", "cp1252", "windows-1252"})
             ? std::string()
             : name;
}

}  // namespace sluice::deps
