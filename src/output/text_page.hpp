// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "output/sink.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::output {

enum class Style { none, bold, dim, red, bold_red, yellow, cyan, blue, green };

/// Words of `safe` in lines of at most `width` columns of a terminal (`first_width` for the first); a longer word has
/// a line of its own, so that a URL or a command can still be copied. Never empty.
[[nodiscard]] std::vector<std::string> wrap(std::string_view safe, std::size_t first_width, std::size_t width);

/// The text that goes to the terminal. Every line starts with a word or a mark of ours, never with text that was
/// examined: a runner that reads the log for commands finds none.
class TextPage
{
public:
  explicit TextPage(const RenderOptions& options)
      : options_(options)
  {}

  [[nodiscard]] std::string styled(std::string_view safe, Style style) const;
  void line(std::string_view text);
  void blank();

  /// `lead` (of `lead_width` columns), then the text, its further lines behind `pad` spaces and a bar.
  void paragraph(std::string_view lead, std::size_t lead_width, std::string_view untrusted, std::size_t pad);

  /// `    = name   value`, further lines behind a bar.
  struct Item
  {
    std::string name;
    std::string value;  ///< untrusted, may hold several lines
    Style style = Style::none;
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

}  // namespace sluice::output
