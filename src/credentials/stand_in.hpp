// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/span.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::credentials {

/// A piece of a text and what is shown in its place.
struct Hidden
{
  Span where;
  std::string shown;
};

/// The text with everything hidden. Of pieces that overlap the union is hidden, and the first says how it is shown.
/// `piece` becomes where it is in the result, widened by the whole of what stands for something that it reaches into.
[[nodiscard]] std::string replaced(std::string_view text, std::vector<Hidden> hidden, Span& piece);

/// `…(20 characters)`: all that is shown of a value of which nothing is public.
[[nodiscard]] std::string mark_of(std::string_view value);

/// What stands in the place of a secret already: `…(20 characters)`, `…(8 to 15 characters)`; by place.
[[nodiscard]] std::vector<Span> marks_in(std::string_view text);

/// Whether the value is none that anybody could use: as a whole a variable (`$NAME`, `$1`, `${name}`, `{{ name }}`),
/// or asterisks.
[[nodiscard]] bool is_stand_in(std::string_view value);

/// A text as if its marks were not there: a mark that somebody wrote into a secret must not keep it from being seen.
class Unmarked
{
public:
  /// `marks` must outlive it.
  Unmarked(std::string_view text, std::span<const Span> marks);

  [[nodiscard]] const std::string&
  text() const
  {
    return text_;
  }
  /// Whether a piece of this text holds or touches a place where a mark was.
  [[nodiscard]] bool touches_mark(Span piece) const;
  /// The same piece in the text with its marks.
  [[nodiscard]] Span original(Span piece) const;

private:
  [[nodiscard]] std::size_t original(std::size_t offset) const;

  std::span<const Span> marks_;
  std::string text_;
  std::vector<std::size_t> cuts_;  ///< of each mark, where it was in `text_`
};

}  // namespace sluice::credentials
