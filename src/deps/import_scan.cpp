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
      } else if (character == '`' && was_import_) {
        take_template();
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
    add_mentions();
    return std::move(sites_);
  }

private:
  /// From and to where, as offsets.
  struct Stretch
  {
    std::size_t begin = 0, end = 0;
  };

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
      add_site(at_ + 1, end);
    }
    was_import_ = false;
    line_ += static_cast<std::uint32_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                   text_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    at_ = end + 1;
  }

  void
  add_site(std::size_t begin, std::size_t end)
  {
    sites_.push_back({text_.substr(begin, end - begin), line_, true});
    known_.push_back(begin);
  }

  /// One without expressions is a text.
  void
  take_template()
  {
    was_import_ = false;
    const std::size_t end = text_.find_first_of("`$\\\n", at_ + 1);
    if (end != std::string_view::npos && text_[end] == '`') {
      add_site(at_ + 1, end);
      at_ = end;
    }
    ++at_;
  }

  /// A comment that begins its line, and in which nothing can end a template or another comment around it.
  [[nodiscard]] bool
  is_surely_comment(std::size_t end) const
  {
    const std::size_t line = at_ == 0 ? 0 : text_.rfind('\n', at_ - 1) + 1;
    const std::string_view comment = text_.substr(at_, end - at_);
    return text_.substr(line, at_ - line).find_first_not_of(" \t\r") == std::string_view::npos
           && comment.find('`') == std::string_view::npos && comment.find("${") == std::string_view::npos
           && (comment.starts_with("/*") || comment.find("*/") == std::string_view::npos);
  }

  void
  skip_comment()
  {
    if (peek(1) == '/') {
      const std::size_t end = std::min(text_.find('\n', at_), text_.size());
      if (is_surely_comment(end)) {
        comments_.push_back({at_, end});
      }
      at_ = end;
      return;
    }
    const std::size_t end = has_no_end_ ? std::string_view::npos : text_.find("*/", at_ + 2);
    if (end == std::string_view::npos) {
      // A star in a template or an expression, not a comment.
      has_no_end_ = true;
      at_ += 2;
      return;
    }
    if (is_surely_comment(end)) {
      comments_.push_back({at_, end});
    }
    for (; at_ < end + 2; ++at_) {
      line_ += text_[at_] == '\n' ? 1 : 0;
    }
  }

  /// Everything in quotes that names a package and is not listed so far.
  void
  add_mentions()
  {
    std::uint32_t line = 1;
    std::size_t counted = 0;
    auto comment = comments_.begin();
    auto known = known_.begin();
    for (std::size_t at = text_.find_first_of(quotes); at != std::string_view::npos;
         at = text_.find_first_of(quotes, at + 1)) {
      const std::string_view rest = text_.substr(at + 1);
      if (std::none_of(beginnings.begin(), beginnings.end(),
                       [rest](std::string_view each) { return rest.starts_with(each); })) {
        continue;
      }
      for (; comment != comments_.end() && comment->end <= at; ++comment) {
      }
      for (; known != known_.end() && *known < at + 1; ++known) {
      }
      const bool is_comment = comment != comments_.end() && comment->begin <= at;
      const bool is_known = known != known_.end() && *known == at + 1;
      const std::string_view named = rest.substr(0, rest.find_first_of("\"'`\r\n"));
      if (is_comment || is_known || named.ends_with(':')) {
        continue;
      }
      line += static_cast<std::uint32_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(counted),
                                                    text_.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
      counted = at;
      sites_.push_back({named, line, false});
    }
  }

  static constexpr std::array<std::string_view, 4> beginnings{"npm:", "jsr:", "https://", "http://"};
  static constexpr std::string_view quotes = "\"'`";

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  bool was_import_ = false;
  bool has_no_end_ = false;  ///< no comment that begins from here on ends
  /// Of each quote: up to here none closes. One that is met before was escaped when the line was looked through, so
  /// what stands behind it was seen as it would be now.
  std::array<std::size_t, 2> unclosed_{};
  std::vector<ImportSite> sites_;
  std::vector<std::size_t> known_;  ///< where their texts begin, ascending
  std::vector<Stretch> comments_;   ///< that surely are some, ascending
};

}  // namespace

std::vector<ImportSite>
find_imports(std::string_view text)
{
  return ImportScanner(text).run();
}

}  // namespace sluice::deps
