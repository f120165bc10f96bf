// SPDX-License-Identifier: Apache-2.0
//
// A bill has to write an expression as annex D of SPDX 2.3 has it. Whether one is an expression, of licences that are
// on the list, the parser of the policy tells; what it makes of "GPL-2.0+" or of parentheses is not asked, for the text
// is to stay the one of whoever wrote it.
#include "deps/bill/licence_text.hpp"

#include "base/text.hpp"
#include "deps/licence.hpp"
#include "deps/licence_ids.hpp"

#include <algorithm>
#include <vector>

namespace sluice::deps {

namespace {

/// Words and parentheses.
std::vector<std::string_view>
tokens_of(std::string_view text)
{
  std::vector<std::string_view> tokens;
  for (std::size_t at = 0; at < text.size();) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    const bool is_mark = text[at] == '(' || text[at] == ')';
    const std::size_t end = is_mark ? at + 1 : std::min(text.find_first_of(" \t\r\n()", at), text.size());
    tokens.push_back(text.substr(at, end - at));
    at = end;
  }
  return tokens;
}

/// With the plus of "or any later version", if there is one.
std::string
spelled_id(std::string_view token)
{
  // "GPL-2.0+" is an identifier of its own.
  if (const std::string_view whole = spdx_id(token); !whole.empty() || !token.ends_with('+')) {
    return std::string(whole);
  }
  return std::string(spdx_id(token.substr(0, token.size() - 1))) + "+";
}

/// An expression with operators in upper case and names as the list spells them.
std::string
spelled(std::string_view expression)
{
  std::string text;
  bool is_exception = false;
  for (const std::string_view token : tokens_of(expression)) {
    const std::string lower = to_lower(token);
    if (token == "(" || token == ")") {
      text += token;
    } else if (lower == "and" || lower == "or" || lower == "with") {
      text += lower == "and" ? " AND " : lower == "or" ? " OR " : " WITH ";
    } else {
      text += is_exception ? std::string(spdx_exception(token)) : spelled_id(token);
    }
    is_exception = lower == "with";
  }
  return text;
}

/// Whether all that an expression names is on the list, and nothing was taken for what is not written.
bool
is_plain(const LicenceExpression& expression)
{
  return expression.read_as.empty()
         && std::all_of(expression.steps.begin(), expression.steps.end(), [](const LicenceExpression::Step& step) {
              return step.kind != LicenceExpression::Kind::term || step.term.kind == LicenceTerm::Kind::listed;
            });
}

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
  // "MIT/Apache-2.0" is a choice to Cargo alone.
  if (written.find('/') == std::string_view::npos) {
    if (const auto expression = parse_licence(written); expression && is_plain(*expression)) {
      return {Kind::expression, spelled(written)};
    }
  }
  return {Kind::name, std::string(written)};
}

}  // namespace sluice::deps
