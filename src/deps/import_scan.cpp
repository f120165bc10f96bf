// SPDX-License-Identifier: Apache-2.0
#include "deps/import_scan.hpp"

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

bool
is_word(char character)
{
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
         || (character >= '0' && character <= '9') || character == '_' || character == '$';
}

/// Goes over the text once, knowing the word and the sign that came last.
class ImportScanner
{
public:
  explicit ImportScanner(std::string_view text)
      : text_(text)
  {}

  std::vector<ImportSite>
  run()
  {
    while (at_ < text_.size()) {
      const char character = text_[at_];
      if (character == '"' || character == '\'') {
        take_text(character);
      } else if (character == '/' && (peek(1) == '/' || peek(1) == '*')) {
        skip_comment();
      } else if (is_word(character)) {
        take_word();
      } else {
        line_ += character == '\n' ? 1 : 0;
        if (character != ' ' && character != '\t' && character != '\r' && character != '\n') {
          // "import (" goes on with the import, everything else ends it.
          was_import_ = character == '(' && was_import_;
        }
        ++at_;
      }
    }
    return std::move(sites_);
  }

private:
  [[nodiscard]] char
  peek(std::size_t ahead) const
  {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  void
  take_word()
  {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_word(text_[at_])) {
      ++at_;
    }
    const std::string_view word = text_.substr(begin, at_ - begin);
    was_import_ = word == "from" || word == "import" || word == "require";
  }

  /// No text of quotes goes over a line's end: a quote that does not close on its line is no text's beginning.
  void
  take_text(char quote)
  {
    std::size_t& unclosed = unclosed_[quote == '"' ? 0 : 1];
    std::size_t end = std::max(at_ + 1, unclosed);
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
      end += text_[end] == '\\' ? 2 : 1;
    }
    if (end >= text_.size() || text_[end] != quote) {
      unclosed = end;
      ++at_;
      was_import_ = false;
      return;
    }
    if (was_import_) {
      sites_.push_back({text_.substr(at_ + 1, end - at_ - 1), line_});
    }
    was_import_ = false;
    line_ += static_cast<std::uint32_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                   text_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    at_ = end + 1;
  }

  void
  skip_comment()
  {
    if (peek(1) == '/') {
      at_ = text_.find('\n', at_);
      at_ = at_ == std::string_view::npos ? text_.size() : at_;
      return;
    }
    const std::size_t end = has_no_end_ ? std::string_view::npos : text_.find("*/", at_ + 2);
    if (end == std::string_view::npos) {
      // A star in a template or an expression, not a comment.
      has_no_end_ = true;
      at_ += 2;
      return;
    }
    for (; at_ < end + 2; ++at_) {
      line_ += text_[at_] == '\n' ? 1 : 0;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  bool was_import_ = false;
  bool has_no_end_ = false;  ///< no comment that begins from here on ends
  /// Of each quote: up to here none closes. One that is met before was escaped when the line was looked through, so
  /// what stands behind it was seen as it would be now.
  std::array<std::size_t, 2> unclosed_{};
  std::vector<ImportSite> sites_;
};

}  // namespace

std::vector<ImportSite>
find_imports(std::string_view text)
{
  return ImportScanner(text).run();
}

}  // namespace sluice::deps
