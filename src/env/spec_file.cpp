// SPDX-License-Identifier: Apache-2.0
#include "env/spec_file.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace sluice::env {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::size_t min_patience = std::size_t{64} << 10U;  ///< bytes

bool
is_decorator_name(char c)
{
  return !is_any_of(c, " \t\r\n=()#@") && c != '\0';
}

class SpecReader
{
public:
  explicit SpecReader(std::string_view text)
      : cursor_{text}
  {
    cursor_.at = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  }

  SpecFile
  take()
  {
    while (cursor_.at < cursor_.text.size()) {
      read_line();
    }
    end_block();
    return std::move(file_);
  }

private:
  void
  read_line()
  {
    cursor_.skip_blanks();
    if (cursor_.at == cursor_.text.size() || cursor_.peek() == '\n') {
      end_block();
    } else if (cursor_.peek() == '#') {
      ++cursor_.at;
      is_divider() ? end_block() : read_comment(block_);
    } else {
      read_item();
    }
    end_line();
  }

  /// Past the newline, counting it.
  void
  end_line()
  {
    cursor_.at = std::min(cursor_.text.find('\n', cursor_.at), cursor_.text.size());
    cursor_.at += cursor_.at < cursor_.text.size() ? 1 : 0;
  }

  std::uint32_t
  line()
  {
    const std::string_view passed = cursor_.text.substr(counted_, cursor_.at - counted_);
    line_ += static_cast<std::uint32_t>(std::count(passed.begin(), passed.end(), '\n'));
    counted_ = cursor_.at;
    return line_;
  }

  void
  fault(std::uint32_t line, std::string_view why)
  {
    if (file_.faults.size() < max_spec_faults) {
      file_.faults.push_back({line, why});
    }
  }

  /// Each thing that does not close is followed to the end of the text, perhaps; a text of nothing else must not take
  /// forever.
  [[nodiscard]] bool
  is_patient() const
  {
    return wasted_ <= cursor_.text.size() + min_patience;
  }

  void
  waste(const SpecCursor& inner)
  {
    wasted_ += inner.reached > cursor_.at ? inner.reached - cursor_.at : 0;
  }

  /// Behind `#`: three or more of one kind of drawn character.
  [[nodiscard]] bool
  is_divider() const
  {
    const std::size_t begin = std::min(cursor_.text.find_first_not_of(" \t", cursor_.at), cursor_.text.size());
    const std::string_view drawn = cursor_.text.substr(begin, 3);
    return drawn.size() == 3 && drawn.find_first_not_of("-=*#") == std::string_view::npos;
  }

  /// A block of comments that no item follows is the header's, if no item came before.
  void
  end_block()
  {
    if (file_.items.empty()) {
      std::move(block_.begin(), block_.end(), std::back_inserter(file_.root));
    } else if (!block_.empty()) {
      fault(block_.front().line, "has decorators that belong to no variable");
    }
    block_.clear();
  }

  /// Behind `#`. A comment whose first character is no `@` has no decorators.
  void
  read_comment(std::vector<SpecDecorator>& decorators)
  {
    cursor_.skip_blanks();
    if (cursor_.peek() != '@') {
      return;
    }
    while (cursor_.at < cursor_.text.size() && cursor_.peek() != '\n' && cursor_.peek() != '#') {
      const char next = cursor_.at + 1 < cursor_.text.size() ? cursor_.text[cursor_.at + 1] : '\0';
      if (cursor_.peek() == '@' && is_letter(next)) {
        read_decorator(decorators);
      } else {
        // A word between decorators is prose.
        cursor_.at = std::min(cursor_.text.find_first_of(" \t\n", cursor_.at + 1), cursor_.text.size());
      }
      cursor_.skip_blanks();
    }
  }

  void
  read_decorator(std::vector<SpecDecorator>& decorators)
  {
    SpecDecorator decorator{.name = {}, .line = line()};
    ++cursor_.at;
    while (is_decorator_name(cursor_.peek())) {
      decorator.name += cursor_.peek();
      ++cursor_.at;
    }
    SpecCursor inner{cursor_.text, cursor_.at, SpecCursor::In::comment};
    bool is_right = true;
    if (inner.peek() == '(' && is_patient()) {
      auto arguments = take_arguments(inner);
      is_right = arguments.has_value();
      decorator.is_call = true;
      decorator.value = SpecExpression{.kind = SpecExpression::Kind::call, .text = decorator.name};
      decorator.value->arguments = arguments ? *std::move(arguments) : std::vector<SpecArgument>();
    } else if (inner.peek() == '=' && is_patient()) {
      ++inner.at;
      decorator.value = take_decorator_value(inner);
      is_right = decorator.value.has_value();
    }
    waste(inner);
    if (!is_right) {
      fault(decorator.line, "has a decorator that is not closed");
      cursor_.at = std::min(cursor_.text.find('\n', cursor_.at), cursor_.text.size());
      return;
    }
    cursor_.at = inner.at;
    decorators.push_back(std::move(decorator));
  }

  static std::optional<SpecExpression>
  take_decorator_value(SpecCursor& inner)
  {
    if (auto compound = take_compound(inner); compound || inner.is_broken) {
      return compound;
    }
    if (auto quoted = take_quoted(inner, QuotedLines::one)) {
      return quoted;
    }
    const std::size_t end = std::min(inner.text.find_first_of("# \t\r\n", inner.at), inner.text.size());
    const std::string_view word = inner.text.substr(inner.at, end - inner.at);
    inner.at = end;
    return word.empty() ? std::nullopt : std::optional(plain_text(word));
  }

  void
  read_item()
  {
    SpecItem item{.name = {}, .line = line()};
    constexpr std::string_view exported = "export";
    if (cursor_.is_at(exported) && cursor_.text.substr(cursor_.at + exported.size()).find_first_of(" \t") == 0) {
      cursor_.at += exported.size();
      cursor_.skip_blanks();
    }
    item.name = take_key();
    cursor_.skip_blanks();
    if (item.name.empty() || cursor_.peek() != '=') {
      fault(item.line, "is neither a comment nor `NAME=value`");
      block_.clear();
      return;
    }
    ++cursor_.at;
    item.decorators = std::move(block_);
    block_.clear();
    item.value = take_value();
    cursor_.skip_blanks();
    if (cursor_.peek() == '#') {
      ++cursor_.at;
      read_comment(item.decorators);
    } else if (cursor_.at < cursor_.text.size() && cursor_.peek() != '\n') {
      fault(item.line, "has a quote that does not close, or something behind it");
    }
    file_.items.push_back(std::move(item));
  }

  std::string
  take_key()
  {
    std::string key;
    while (is_letter(cursor_.peek()) || cursor_.peek() == '_'
           || (!key.empty() && (is_digit(cursor_.peek()) || is_any_of(cursor_.peek(), ".-")))) {
      key += cursor_.peek();
      ++cursor_.at;
    }
    return key;
  }

  /// Whether the rest of the line is empty or a comment.
  [[nodiscard]] bool
  is_at_end(const SpecCursor& cursor) const
  {
    const std::size_t next = cursor.text.find_first_not_of(" \t\r", cursor.at);
    return next == std::string_view::npos || is_any_of(cursor.text[next], "\n#");
  }

  std::optional<SpecExpression>
  take_value()
  {
    SpecCursor ahead = cursor_;
    ahead.skip_blanks();
    if (auto compound = is_patient() ? take_compound(ahead) : std::nullopt; compound && is_at_end(ahead)) {
      cursor_.at = ahead.at;
      return compound;
    }
    waste(ahead);
    ahead = cursor_;
    ahead.skip_blanks();
    if (auto quoted = take_quoted(ahead, QuotedLines::several)) {
      cursor_.at = ahead.at;
      return quoted;
    }
    if (is_any_of(ahead.peek(), "\"'`")) {
      cursor_.at = ahead.at;
      return std::nullopt;
    }
    const std::size_t end = std::min(cursor_.text.find_first_of("#\n", cursor_.at), cursor_.text.size());
    const std::string_view text = trim(cursor_.text.substr(cursor_.at, end - cursor_.at));
    cursor_.at = end;
    return text.empty() ? std::nullopt : std::optional(plain_text(text));
  }

  SpecCursor cursor_;
  SpecFile file_;
  std::vector<SpecDecorator> block_;
  std::size_t counted_ = 0;
  std::size_t wasted_ = 0;
  std::uint32_t line_ = 1;
};

}  // namespace

SpecFile
read_spec_file(std::string_view text)
{
  return SpecReader(text).take();
}

}  // namespace sluice::env
