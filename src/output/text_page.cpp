// SPDX-License-Identifier: Apache-2.0
#include "output/text_page.hpp"

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "output/escape.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::output {

namespace {

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

std::vector<std::string>
wrap(std::string_view safe, std::size_t first_width, std::size_t width)
{
  std::vector<std::string> lines{""};
  std::size_t used = 0;
  for (const std::string_view word : split(safe, ' ')) {
    const std::size_t word_width = display_width(word);
    if (used > 0 && used + 1 + word_width > (lines.size() == 1 ? first_width : width)) {
      lines.emplace_back();
      used = 0;
    }
    if (used > 0) {
      lines.back() += ' ';
      ++used;
    }
    lines.back() += word;
    used += word_width;
  }
  return lines;
}

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

void
TextPage::paragraph(std::string_view lead, std::size_t lead_width, std::string_view untrusted, std::size_t pad)
{
  const std::string bar = std::string(pad, ' ') + styled("|", Style::blue) + " ";
  std::string before(lead);
  std::size_t first_width = width_behind(lead_width);
  for (const std::string& safe : plain_lines(untrusted)) {
    for (const std::string& text : wrap(safe, first_width, width_behind(pad + 2))) {
      line(before + text);
      before = bar;
    }
    first_width = width_behind(pad + 2);
  }
}

void
TextPage::items(const std::vector<Item>& items, std::size_t pad)
{
  std::size_t name_width = 0;
  for (const Item& item : items) {
    name_width = std::max(name_width, display_width(plain(item.name, 24)));
  }
  for (const Item& each : items) {
    item(each, pad, name_width);
  }
}

void
TextPage::item(const Item& item, std::size_t pad, std::size_t name_width)
{
  const std::string indent(pad, ' ');
  const std::string name = plain(item.name, 24);
  const std::string gap(name_width - display_width(name) + 2, ' ');
  const std::size_t value_width = width_behind(pad + 2 + name_width + 2);
  const std::string next = indent + styled("|", Style::blue) + std::string(name_width + 3, ' ');
  std::string before = indent + styled("=", Style::blue) + " " + styled(name, Style::bold) + gap;
  for (const std::string& safe : plain_lines(item.value)) {
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
  return break_log_commands(text_, "\\x23");
}

}  // namespace sluice::output
