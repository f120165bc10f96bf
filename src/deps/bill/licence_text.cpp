// SPDX-License-Identifier: Apache-2.0
//
// Annex D of SPDX 2.3. Whether an expression is one can be told without a tree: operands and operators take turns, and
// parentheses are counted.
#include "deps/bill/licence_text.hpp"

#include "base/text.hpp"
#include "deps/licence_ids.hpp"

#include <vector>

namespace sluice::deps {

namespace {

constexpr std::size_t longest = 4096;

std::vector<std::string_view>
tokens_of(std::string_view text)
{
  std::vector<std::string_view> tokens;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ' ') {
      ++at;
      continue;
    }
    const bool is_mark = text[at] == '(' || text[at] == ')';
    const std::size_t end = is_mark ? at + 1 : std::min(text.find_first_of(" ()", at), text.size());
    tokens.push_back(text.substr(at, end - at));
    at = end;
  }
  return tokens;
}

/// With the plus of "or any later version", if there is one; empty if it is no licence of the list.
std::string
licence_id(std::string_view token)
{
  // "GPL-2.0+" is an identifier of its own.
  if (const std::string_view whole = spdx_id(token); !whole.empty() || !token.ends_with('+')) {
    return std::string(whole);
  }
  std::string id(spdx_id(token.substr(0, token.size() - 1)));
  return id.empty() ? id : id + "+";
}

class Expression
{
public:
  /// Empty if the tokens are no expression; operators in upper case, ids as the list spells them.
  std::string
  normalised(std::string_view text)
  {
    for (const std::string_view token : tokens_of(text)) {
      if (!take(token)) {
        return {};
      }
    }
    return expects_ == Expects::operation && open_ == 0 ? std::move(text_) : std::string();
  }

private:
  enum class Expects { licence, exception, operation };

  bool
  take(std::string_view token)
  {
    switch (expects_) {
    case Expects::licence:
      return token == "(" ? open() : operand(licence_id(token));
    case Expects::exception:
      can_have_exception_ = false;
      return operand(std::string(spdx_exception(token)));
    case Expects::operation:
      return token == ")" ? close() : operation(to_upper(token));
    }
    return false;
  }

  bool
  open()
  {
    ++open_;
    text_ += "(";
    return true;
  }

  bool
  close()
  {
    if (open_ == 0) {
      return false;
    }
    --open_;
    text_ += ")";
    can_have_exception_ = false;
    return true;
  }

  bool
  operand(const std::string& id)
  {
    can_have_exception_ = expects_ == Expects::licence;
    expects_ = Expects::operation;
    text_ += id;
    return !id.empty();
  }

  bool
  operation(const std::string& word)
  {
    const bool is_with = word == "WITH" && can_have_exception_;
    if (!is_with && word != "AND" && word != "OR") {
      return false;
    }
    expects_ = is_with ? Expects::exception : Expects::licence;
    text_ += " " + word + " ";
    return true;
  }

  static std::string
  to_upper(std::string_view text)
  {
    std::string upper(text);
    for (char& c : upper) {
      c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return upper;
  }

  Expects expects_ = Expects::licence;
  bool can_have_exception_ = false;
  std::size_t open_ = 0;
  std::string text_;
};

}  // namespace

LicenceText
licence_text(std::string_view written)
{
  using Kind = LicenceText::Kind;
  written = trim(written);
  if (written.empty()) {
    return {};
  }
  if (const std::string_view id = spdx_id(written); !id.empty()) {
    return {Kind::id, std::string(id)};
  }
  std::string expression = written.size() > longest ? std::string() : Expression().normalised(written);
  return expression.empty() ? LicenceText{Kind::name, std::string(written)}
                            : LicenceText{Kind::expression, std::move(expression)};
}

}  // namespace sluice::deps
