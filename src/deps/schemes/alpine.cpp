// SPDX-License-Identifier: Apache-2.0
//
// apk-tools 3 (src/version.c): NUMBER{.NUMBER}[LETTER]{_SUFFIX[NUMBER]}[~HASH][-rNUMBER]. Versions are compared part by
// part. Where one has another kind of part than the other, or none, a suffix that means "before the release" is least,
// then the end, a revision, a hash, the number of a suffix, any other suffix, a letter and a number, in this order. Of
// two numbers behind a dot of which one begins with a zero the order is that of the text.
#include "deps/scheme.hpp"
#include "deps/version_text.hpp"

namespace sluice::deps {

namespace {

enum class Token { before_release, end, revision, hash, suffix_number, suffix, letter, number, first_number, none };

constexpr std::array<std::string_view, 4> suffixes_before{"alpha", "beta", "pre", "rc"};
constexpr std::array<std::string_view, 5> suffixes_behind{"cvs", "svn", "git", "hg", "p"};

struct Part
{
  Token token = Token::none;
  std::string_view text;
  std::size_t rank = 0;  ///< of a suffix among its like
};

template<typename Names>
std::optional<Part>
suffix_of(const Names& names, std::string_view text, Token token)
{
  const auto found = std::find(names.begin(), names.end(), text);
  return found == names.end() ? std::nullopt
                              : std::optional(Part{token, text, static_cast<std::size_t>(found - names.begin())});
}

Part
number(std::string_view& text, Token token)
{
  const std::string_view digits = take_digits(text);
  return digits.empty() ? Part{} : Part{token, digits};
}

Part
suffix(std::string_view& text)
{
  const std::string_view name = take_while(text, is_lower);
  if (const auto before = suffix_of(suffixes_before, name, Token::before_release)) {
    return *before;
  }
  return suffix_of(suffixes_behind, name, Token::suffix).value_or(Part{});
}

Part
hash(std::string_view& text)
{
  const std::string_view digits = take_while(text, [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
  return digits.empty() ? Part{} : Part{Token::hash, digits};
}

/// The part behind one of that kind; Token::none if there can be none such.
Part
next(std::string_view& text, Token behind)
{
  if (text.empty()) {
    return {Token::end, {}};
  }
  const bool is_in_numbers = behind == Token::first_number || behind == Token::number;
  const bool is_before_hash = behind != Token::hash && behind != Token::revision;
  const bool is_suffix = behind == Token::suffix || behind == Token::before_release;
  if (is_suffix && is_digit(text.front())) {
    return number(text, Token::suffix_number);
  }
  if (is_in_numbers && is_lower(text.front())) {
    const std::string_view letter = text.substr(0, 1);
    text.remove_prefix(1);
    return {Token::letter, letter};
  }
  if (is_in_numbers && take(text, '.')) {
    return number(text, Token::number);
  }
  if (is_before_hash && take(text, '_')) {
    return suffix(text);
  }
  if (is_before_hash && take(text, '~')) {
    return hash(text);
  }
  if (behind != Token::revision && text.starts_with("-r")) {
    text.remove_prefix(2);
    return number(text, Token::revision);
  }
  return {};
}

std::optional<std::string_view>
parse(std::string_view text)
{
  std::string_view rest = text;
  Part part = number(rest, Token::first_number);
  while (part.token != Token::none && part.token != Token::end) {
    part = next(rest, part.token);
  }
  return part.token == Token::end ? std::optional(text) : std::nullopt;
}

std::weak_ordering
compare_parts(const Part& a, const Part& b)
{
  if (a.token != b.token) {
    return a.token <=> b.token;
  }
  switch (a.token) {
  case Token::before_release:
  case Token::suffix:
    return a.rank <=> b.rank;
  case Token::number:
    return a.text.front() == '0' || b.text.front() == '0' ? compare_bytes(a.text, b.text)
                                                          : compare_numbers(a.text, b.text);
  case Token::first_number:
  case Token::suffix_number:
  case Token::revision:
    return compare_numbers(a.text, b.text);
  default:
    return compare_bytes(a.text, b.text);
  }
}

std::weak_ordering
compare_versions(std::string_view a, std::string_view b)
{
  Part left = number(a, Token::first_number);
  Part right = number(b, Token::first_number);
  while (true) {
    if (const auto order = compare_parts(left, right); order != 0 || left.token == Token::end) {
      return order;
    }
    left = next(a, left.token);
    right = next(b, right.token);
  }
}

}  // namespace

extern const Scheme scheme_alpine{.id = "alpine", .compare = [](std::string_view a, std::string_view b) {
                                    return compare_parsed(a, b, parse, compare_versions);
                                  }};

}  // namespace sluice::deps
