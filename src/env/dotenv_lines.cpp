// SPDX-License-Identifier: Apache-2.0
#include "env/dotenv_lines.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace sluice::env {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

bool
is_key(std::string_view text)
{
  return !text.empty() && (is_letter(text.front()) || text.front() == '_')
         && std::all_of(text.begin(), text.end(),
                        [](char c) { return is_letter(c) || is_digit(c) || is_any_of(c, "_-."); });
}

std::string_view
without_export(std::string_view line)
{
  constexpr std::string_view word = "export";
  const bool is_exported = line.starts_with(word) && line.size() > word.size() && is_blank(line[word.size()]);
  return is_exported ? trim(line.substr(word.size())) : line;
}

/// Parts what follows `=` on the line; `open` is the quote that a value leaves open, or NUL.
void
part_value(std::string_view rest, DotenvLine& line, char& open)
{
  const std::string_view text = trim(rest);
  const char quote = text.empty() ? '\0' : text.front();
  if (quote == '"' || quote == '\'') {
    const std::size_t end = text.find(quote, 1);
    open = end == std::string_view::npos ? quote : '\0';
    line.value = text.substr(1, end == std::string_view::npos ? end : end - 1);
    const std::string_view behind = open != '\0' ? std::string_view() : trim(text.substr(end + 1));
    if (behind.starts_with('#')) {
      line.comments.push_back(trim(behind.substr(1)));
    }
    return;
  }
  std::size_t comment = text.starts_with('#') ? 0 : std::min(text.find(" #"), text.find("\t#"));
  line.value = trim(text.substr(0, comment));
  if (comment != std::string_view::npos) {
    comment = text.find('#', comment);
    line.comments.push_back(trim(text.substr(comment + 1)));
  }
}

class LineReader
{
public:
  std::vector<DotenvLine>
  take(std::string_view text)
  {
    for (const std::string_view each :
         lines_of(text.substr(text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0))) {
      ++number_;
      open_ != '\0' ? go_on(each) : read(trim(each));
    }
    return std::move(lines_);
  }

private:
  /// Within a value of several lines.
  void
  go_on(std::string_view line)
  {
    const std::size_t end = line.find(open_);
    lines_.back().value.append("\n").append(line.substr(0, end));
    open_ = end == std::string_view::npos ? open_ : '\0';
  }

  void
  read(std::string_view line)
  {
    if (line.empty()) {
      comments_.clear();
    } else if (line.front() != '#') {
      read_assignment(line, false);
    } else {
      const std::string_view comment = trim(line.substr(std::min(line.find_first_not_of('#'), line.size())));
      if (!read_assignment(comment, true)) {
        comments_.push_back(comment);
      }
    }
  }

  bool
  read_assignment(std::string_view text, bool is_commented_out)
  {
    const std::string_view line = without_export(text);
    const std::size_t equals = line.find('=');
    const std::string_view name = trim(line.substr(0, equals));
    if (!is_key(name) || (equals == std::string_view::npos && is_commented_out)) {
      return false;
    }
    DotenvLine& added = lines_.emplace_back(DotenvLine{.name = std::string(name), .line = number_});
    added.is_commented_out = is_commented_out;
    added.comments = std::move(comments_);
    comments_.clear();
    if (equals != std::string_view::npos) {
      part_value(line.substr(equals + 1), added, open_);
    }
    open_ = is_commented_out ? '\0' : open_;
    return true;
  }

  std::vector<DotenvLine> lines_;
  std::vector<std::string_view> comments_;
  std::uint32_t number_ = 0;
  char open_ = '\0';
};

}  // namespace

std::vector<DotenvLine>
dotenv_lines(std::string_view text)
{
  return LineReader().take(text);
}

bool
has_decorators(std::string_view text)
{
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    const std::size_t before = at == 0 ? std::string_view::npos : text.find_last_not_of(" \t", at - 1);
    const bool is_named = at + 1 < text.size() && is_letter(text[at + 1]);
    if (is_named && before != std::string_view::npos && text[before] == '#') {
      return true;
    }
  }
  return false;
}

}  // namespace sluice::env
