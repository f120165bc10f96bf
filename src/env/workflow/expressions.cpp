// SPDX-License-Identifier: Apache-2.0
#include "env/workflow/expressions.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <optional>

namespace sluice::env {

namespace {

bool
is_of_identifier(char c)
{
  return is_letter(c) || is_digit(c) || c == '_' || c == '-';
}

class Reader
{
public:
  Reader(std::string_view text, std::size_t at, std::size_t end, std::vector<ContextUse>& uses)
      : text_(text),
        at_(at),
        end_(end),
        uses_(uses)
  {}

  /// Reads up to the end, or behind `}}`; the place behind it.
  std::size_t
  read()
  {
    bool is_member = false;
    while (at_ < end_ && !text_.substr(at_).starts_with("}}")) {
      if (text_[at_] == '\'') {
        string();
      } else if (is_letter(text_[at_]) || text_[at_] == '_') {
        const std::size_t begin = at_;
        const std::string_view name = identifier();
        if (!is_member) {
          context(name, begin);
        }
      } else {
        is_member = text_[at_] == '.';
        ++at_;
        continue;
      }
      is_member = false;
    }
    return std::min(at_ + 2, end_);
  }

private:
  std::string_view
  identifier()
  {
    const std::size_t begin = at_;
    while (at_ < end_ && is_of_identifier(text_[at_])) {
      ++at_;
    }
    return text_.substr(begin, at_ - begin);
  }

  /// A doubled quote in it ends one and begins the next.
  std::string_view
  string()
  {
    const std::size_t begin = ++at_;
    at_ = std::min(text_.find('\'', at_), end_);
    const std::string_view content = text_.substr(begin, at_ - begin);
    at_ = std::min(at_ + 1, end_);
    return content;
  }

  void
  skip_blanks()
  {
    while (at_ < end_ && is_blank(text_[at_])) {
      ++at_;
    }
  }

  static std::optional<ContextUse::Context>
  context_named(std::string_view name)
  {
    const std::string lower = to_lower(name);
    if (lower == "secrets") {
      return ContextUse::Context::secrets;
    }
    if (lower == "vars") {
      return ContextUse::Context::vars;
    }
    return lower == "env" ? std::optional(ContextUse::Context::env) : std::nullopt;
  }

  void
  context(std::string_view name, std::size_t begin)
  {
    const auto context = context_named(name);
    if (!context) {
      return;
    }
    ContextUse use{*context, {}, begin};
    skip_blanks();
    const char next = at_ < end_ ? text_[at_] : '\0';
    if (next == '.' || next == '[') {
      ++at_;
      skip_blanks();
    }
    if (next == '.') {
      use.name = identifier();
    } else if (next == '[' && at_ < end_ && text_[at_] == '\'') {
      use.name = string();
    }
    uses_.push_back(use);
  }

  std::string_view text_;
  std::size_t at_;
  std::size_t end_;
  std::vector<ContextUse>& uses_;
};

}  // namespace

std::vector<ContextUse>
context_uses(std::string_view text, ExpressionForm form)
{
  std::vector<ContextUse> uses;
  std::size_t at = text.find("${{");
  if (at == std::string_view::npos && form == ExpressionForm::whole) {
    Reader(text, 0, text.size(), uses).read();
  }
  while (at != std::string_view::npos) {
    at = Reader(text, at + 3, text.size(), uses).read();
    at = text.find("${{", at);
  }
  return uses;
}

}  // namespace sluice::env
