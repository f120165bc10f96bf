// SPDX-License-Identifier: Apache-2.0
#include "git/repository/config_file.hpp"

#include "base/number.hpp"
#include "base/text.hpp"

namespace sluice::git {

namespace {

constexpr char end_of_text = '\0';

bool
is_name_character(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

bool
is_blank(char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

/// One pass over the characters, in the order of git's own grammar. Members return false where git gives up.
class Parser
{
public:
  Parser(std::string_view text, std::vector<GitConfig::Entry>& entries)
      : text_(text),
        entries_(entries)
  {}

  [[nodiscard]] bool
  parse()
  {
    if (text_.starts_with("\xEF\xBB\xBF")) {
      at_ += 3;
    }
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n') {
        ++line_;
        ++at_;
      } else if (is_blank(c)) {
        ++at_;
      } else if (c == '#' || c == ';') {
        skip_line();
      } else if (!(c == '[' ? section() : entry())) {
        return false;
      }
    }
    return true;
  }

  [[nodiscard]] std::size_t
  line() const
  {
    return line_;
  }

private:
  [[nodiscard]] char
  peek() const
  {
    return at_ < text_.size() ? text_[at_] : end_of_text;
  }

  void
  skip_line()
  {
    at_ = std::min(text_.find('\n', at_), text_.size());
  }

  void
  skip_blanks()
  {
    while (is_blank(peek())) {
      ++at_;
    }
  }

  /// `[core]`, `[remote "origin"]` and the old `[remote.origin]`.
  bool
  section()
  {
    const std::size_t begin = ++at_;
    while (is_name_character(peek()) || peek() == '.') {
      ++at_;
    }
    section_ = to_lower(text_.substr(begin, at_ - begin));
    if (section_.empty()) {
      return false;
    }
    if (is_blank(peek())) {
      skip_blanks();
      if (!subsection()) {
        return false;
      }
    }
    return peek() == ']' && ++at_ != 0;
  }

  bool
  subsection()
  {
    if (peek() != '"') {
      return false;
    }
    section_ += '.';
    for (++at_; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == '"') {
        ++at_;
        return true;
      }
      if (c == '\\') {
        ++at_;
        c = peek();
      }
      if (c == '\n' || at_ >= text_.size()) {
        return false;
      }
      section_ += c;
    }
    return false;
  }

  bool
  entry()
  {
    const std::size_t begin = at_;
    while (is_name_character(peek())) {
      ++at_;
    }
    if (section_.empty() || at_ == begin) {
      return false;
    }
    GitConfig::Entry entry{section_ + '.' + to_lower(text_.substr(begin, at_ - begin)), "true"};
    skip_blanks();
    if (peek() == '=') {
      ++at_;
      skip_blanks();
      if (!value(entry.value)) {
        return false;
      }
    } else if (at_ < text_.size() && peek() != '\n' && peek() != '#' && peek() != ';') {
      return false;
    }
    entries_.push_back(std::move(entry));
    return true;
  }

  bool
  value(std::string& into)
  {
    into.clear();
    bool quoted = false;
    std::size_t kept = 0;  // what follows are blanks that count only if something comes after them
    for (; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
      const char c = text_[at_];
      if (!quoted && (c == '#' || c == ';')) {
        skip_line();
        break;
      }
      if (c == '"') {
        quoted = !quoted;
        kept = into.size();
      } else if (c == '\\') {
        if (!escape(into)) {
          return false;
        }
        kept = into.size();
      } else {
        into += c;
        kept = !quoted && is_blank(c) ? kept : into.size();
      }
    }
    into.resize(kept);
    return !quoted;
  }

  bool
  escape(std::string& into)
  {
    ++at_;
    if (peek() == '\r' && text_.substr(at_).starts_with("\r\n")) {
      ++at_;
    }
    switch (peek()) {
    case '\n':
      ++line_;
      return true;
    case 'n':
      into += '\n';
      return true;
    case 't':
      into += '\t';
      return true;
    case 'b':
      into += '\b';
      return true;
    case '\\':
    case '"':
      into += peek();
      return true;
    default:
      return false;
    }
  }

  std::string_view text_;
  std::vector<GitConfig::Entry>& entries_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::string section_;
};

}  // namespace

Result<GitConfig>
GitConfig::parse(std::string_view text, std::string_view name)
{
  GitConfig file;
  Parser parser(text, file.entries_);
  if (!parser.parse()) {
    return fail(ErrorKind::input, "{}:{}: is not a line of a git configuration file", name, parser.line());
  }
  return file;
}

std::optional<std::string_view>
GitConfig::get(std::string_view name) const
{
  for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
    if (entry->name == name) {
      return entry->value;
    }
  }
  return std::nullopt;
}

std::optional<bool>
GitConfig::get_bool(std::string_view name) const
{
  const auto value = get(name);
  return value ? config_bool(*value) : std::nullopt;
}

std::optional<bool>
config_bool(std::string_view value)
{
  const std::string lower = to_lower(value);
  if (lower == "true" || lower == "yes" || lower == "on") {
    return true;
  }
  if (lower == "false" || lower == "no" || lower == "off" || lower.empty()) {
    return false;
  }
  const auto number = number_of<long>(lower);
  return number ? std::optional(*number != 0) : std::nullopt;
}

}  // namespace sluice::git
