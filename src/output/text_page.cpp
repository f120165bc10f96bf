// SPDX-License-Identifier: Apache-2.0
#include "output/text_page.hpp"

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "base/wrap.hpp"
#include "output/escape.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

/// Columns of text that are worth to stand behind a lead.
constexpr std::size_t least_text = 20;
constexpr std::size_t name_limit = 24;
constexpr std::string_view broken_hash = "\\x23";

/// Commands for runners are broken before widths are measured.
std::vector<std::string>
inert_lines(std::string_view untrusted)
{
  std::vector<std::string> lines = plain_lines(untrusted);
  for (std::string& line : lines) {
    line = break_log_commands(line, broken_hash);
  }
  return lines;
}

std::string
inert_name(const TextPage::Item& item)
{
  return break_log_commands(plain(item.name, name_limit), broken_hash);
}

/// A command for a shell, cut before each flag that stands outside of quotes.
std::vector<std::string_view>
command_parts(std::string_view command)
{
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  bool is_quoted = false;
  for (std::size_t i = 0; i < command.size(); ++i) {
    if (command[i] == '\'') {
      is_quoted = !is_quoted;
    } else if (command[i] == '\\' && !is_quoted) {
      ++i;
    } else if (!is_quoted && command.substr(i).starts_with(" --")) {
      parts.push_back(command.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  parts.push_back(command.substr(begin));
  return parts;
}

std::string_view
code_of(Style style)
{
  switch (style) {
  case Style::none:
    break;
  case Style::bold:
    return "1";
  case Style::dim:
    return "2";
  case Style::red:
    return "31";
  case Style::bold_red:
    return "1;31";
  case Style::yellow:
    return "33";
  case Style::cyan:
    return "36";
  case Style::blue:
    return "1;34";
  case Style::green:
    return "32";
  }
  return {};
}

}  // namespace

std::string
TextPage::styled(std::string_view safe, Style style) const
{
  const std::string_view code = code_of(style);
  if (options_.colour == Colour::off || code.empty() || safe.empty()) {
    return std::string(safe);
  }
  return fmt::format("\x1b[{}m{}\x1b[0m", code, safe);
}

void
TextPage::line(std::string_view text)
{
  text_ += text.substr(0, text.find_last_not_of(' ') + 1);
  text_ += '\n';
}

void
TextPage::blank()
{
  text_ += '\n';
}

TextPage::Lead
TextPage::lead(std::string_view safe, Style style) const
{
  return {styled(safe, style), display_width(safe)};
}

TextPage::Lead
TextPage::bar(std::size_t pad) const
{
  return {std::string(pad, ' ') + styled("|", Style::blue) + " ", pad + 2};
}

TextPage::Lead
operator+(const TextPage::Lead& a, const TextPage::Lead& b)
{
  return {a.text + b.text, a.width + b.width};
}

std::string
padding(std::string_view safe, std::size_t width)
{
  const std::size_t used = display_width(safe);
  return std::string(width > used ? width - used : 0, ' ');
}

void
TextPage::paragraph(const Lead& lead, std::string_view untrusted, std::size_t pad)
{
  const Lead next = bar(pad);
  const std::size_t next_width = width_behind(next.width);
  std::string before = lead.text;
  std::size_t first_width = next_width;
  if (lead.width + least_text > width()) {
    line(before);
    before = next.text;
  } else {
    first_width = width() - lead.width;
  }
  for (const std::string& safe : inert_lines(untrusted)) {
    for (const std::string& text : wrap(safe, first_width, next_width)) {
      line(before + text);
      before = next.text;
    }
    first_width = next_width;
  }
}

void
TextPage::command(const Lead& lead, std::string_view untrusted)
{
  constexpr std::string_view more = " \\";
  const std::string safe = break_log_commands(plain(untrusted), broken_hash);
  std::string text = lead.text;
  std::size_t used = lead.width;
  bool is_at_begin = true;
  for (const std::string_view part : command_parts(safe)) {
    const std::size_t part_width = display_width(part);
    if (!is_at_begin && used + 1 + part_width + more.size() > width()) {
      line(text + std::string(more));
      text = std::string(lead.width, ' ');
      used = lead.width;
      is_at_begin = true;
    }
    text += (is_at_begin ? "" : " ") + std::string(part);
    used += part_width + (is_at_begin ? 0 : 1);
    is_at_begin = false;
  }
  line(text);
}

void
TextPage::clauses(const Lead& lead, const std::vector<std::string>& safe_parts, std::size_t pad)
{
  std::string text = lead.text;
  std::size_t used = lead.width;
  bool is_at_begin = true;
  for (const std::string& part : safe_parts) {
    const std::size_t part_width = display_width(part);
    if (!is_at_begin && used + 1 + part_width > width()) {
      line(text);
      text = bar(pad).text;
      used = pad + 2;
      is_at_begin = true;
    }
    text += (is_at_begin ? "" : " ") + part;
    used += part_width + (is_at_begin ? 0 : 1);
    is_at_begin = false;
  }
  line(text);
}

void
TextPage::place(const std::vector<std::string>& safe_parts, std::size_t pad)
{
  const std::string before(pad - std::min<std::size_t>(pad, 1), ' ');
  clauses({before + styled("-->", Style::blue) + " ", before.size() + 4}, safe_parts, pad);
}

void
TextPage::items(const std::vector<Item>& items, std::size_t pad)
{
  std::size_t name_width = 0;
  for (const Item& item : items) {
    name_width = std::max(name_width, display_width(inert_name(item)));
  }
  for (const Item& each : items) {
    item(each, pad, name_width);
  }
}

/// Where the names leave too little room, the value stands below its name.
void
TextPage::item(const Item& item, std::size_t pad, std::size_t name_width)
{
  const std::string name = inert_name(item);
  std::string before = std::string(pad, ' ') + styled("=", Style::blue) + " " + styled(name, Style::bold)
                       + padding(name, name_width + 2);
  std::size_t value_column = pad + 2 + name_width + 2;
  if (value_column + least_text > width()) {
    line(before);
    value_column = pad + 4;
    before = bar(pad).text + "  ";
  }
  const std::string next = bar(pad).text + std::string(value_column - pad - 2, ' ');
  const std::size_t value_width = width_behind(value_column);
  for (const std::string& safe : inert_lines(item.value)) {
    for (const std::string& text : wrap(safe, value_width, value_width)) {
      line(before + styled(text, item.style));
      before = next;
    }
  }
}

std::size_t
TextPage::width() const
{
  return std::clamp(options_.width, 40U, 1000U);
}

std::size_t
TextPage::width_behind(std::size_t lead_width) const
{
  return width() - std::min(width() / 2, lead_width);
}

std::string
TextPage::take() &&
{
  return break_log_commands(text_, broken_hash);
}

}  // namespace sluice::output
