// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/sink.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::output {

enum class Style { none, bold, dim, red, bold_red, yellow, cyan, blue, green };

/// The text that goes to the terminal, from 40 columns on: no line is longer, unless a word is. Every line starts with
/// a word or a mark of ours, never with text that was examined: a runner that reads the log for commands finds none.
class TextPage
{
public:
  explicit TextPage(const RenderOptions& options)
      : options_(options)
  {}

  [[nodiscard]] std::string styled(std::string_view safe, Style style) const;
  void line(std::string_view text);
  void blank();

  /// What a line of ours begins with, with the columns that it takes.
  struct Lead
  {
    std::string text;
    std::size_t width;
  };
  [[nodiscard]] Lead lead(std::string_view safe, Style style = Style::none) const;
  /// `pad` spaces, a bar and a space.
  [[nodiscard]] Lead bar(std::size_t pad) const;

  /// The lead, then the text, its further lines behind `pad` spaces and a bar.
  void paragraph(const Lead& lead, std::string_view untrusted, std::size_t pad);

  /// The lead, then a command for a shell, whole: where it does not fit, lines end before a flag, with a backslash that
  /// lets them be pasted together.
  void command(const Lead& lead, std::string_view untrusted);

  /// The lead, then the parts, which are never broken; what does not fit follows behind a bar.
  void clauses(const Lead& lead, const std::vector<std::string>& safe_parts, std::size_t pad);

  /// `-->` that ends at column `pad`, then the parts.
  void place(const std::vector<std::string>& safe_parts, std::size_t pad);

  /// `    = name   value`, further lines behind a bar.
  struct Item
  {
    std::string name;   ///< untrusted
    std::string value;  ///< untrusted, may hold several lines
    Style style = Style::none;
    auto operator<=>(const Item&) const = default;
  };
  void items(const std::vector<Item>& items, std::size_t pad);

  [[nodiscard]] const RenderOptions&
  options() const
  {
    return options_;
  }
  [[nodiscard]] std::size_t width() const;
  /// Columns that are left behind a lead, at least half of them all.
  [[nodiscard]] std::size_t width_behind(std::size_t lead_width) const;
  [[nodiscard]] std::string take() &&;

private:
  void item(const Item& item, std::size_t pad, std::size_t name_width);

  RenderOptions options_;
  std::string text_;
};

/// The two leads in one.
[[nodiscard]] TextPage::Lead operator+(const TextPage::Lead& a, const TextPage::Lead& b);

/// Columns of spaces that make the text as wide as `width`; none if it is wider.
[[nodiscard]] std::string padding(std::string_view safe, std::size_t width);

}  // namespace sluice::output
