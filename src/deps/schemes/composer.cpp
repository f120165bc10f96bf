// SPDX-License-Identifier: Apache-2.0
//
// Composer normalises a version (composer/semver, `VersionParser::normalize`) and compares what comes of it with PHP's
// version_compare. Normal is four numbers, or those of a date; behind them a stability with its numbers, and "dev". A
// numeric branch ("1.x-dev") has the number 9999999 for what is open.
//
// A branch with a name ("dev-main") is a version that is the same as itself and has no order against any other
// (`Constraint::versionCompare`). An inline alias ("dev-main as 1.0") does not count.
#include "base/number.hpp"
#include "deps/composer_text.hpp"
#include "deps/scheme.hpp"
#include "deps/version_text.hpp"

#include <limits>
#include <vector>

namespace sluice::deps {

namespace {

constexpr std::string_view open_number = "9999999";
constexpr std::size_t max_first_digits = 5;  // of a version that is no date

/// The forms that version_compare knows; a number and the end of the shorter one have their place among them.
enum class Form { unknown, dev, alpha, beta, rc, number, patch };

struct Token
{
  Form form;
  std::string_view digits;  ///< of a number
};

struct Version
{
  std::optional<std::string_view> branch;  ///< with a name; then there are no tokens
  std::vector<Token> tokens;
};

struct Stability
{
  std::string_view word;  ///< in lower case
  Form form;
};

/// Longer words first, where one begins with another.
constexpr std::array<Stability, 9> stabilities{{{"stable", Form::unknown},
                                                {"beta", Form::beta},
                                                {"b", Form::beta},
                                                {"rc", Form::rc},
                                                {"alpha", Form::alpha},
                                                {"a", Form::alpha},
                                                {"patch", Form::patch},
                                                {"pl", Form::patch},
                                                {"p", Form::patch}}};

bool
begins_with_word(std::string_view text, std::string_view lower)
{
  return text.size() >= lower.size() && to_lower(text.substr(0, lower.size())) == lower;
}

bool
take_word(std::string_view& text, std::string_view lower)
{
  if (!begins_with_word(text, lower)) {
    return false;
  }
  text.remove_prefix(lower.size());
  return true;
}

bool
take_one_of(std::string_view& text, std::string_view marks)
{
  if (text.empty() || marks.find(text.front()) == std::string_view::npos) {
    return false;
  }
  text.remove_prefix(1);
  return true;
}

void
take_v(std::string_view& text)
{
  static_cast<void>(take_one_of(text, "vV"));
}

/// One to four numbers; what is missing is zero.
bool
take_numbers(std::string_view& text, std::vector<Token>& tokens)
{
  take_v(text);
  const std::string_view first = take_digits(text);
  if (first.empty() || first.size() > max_first_digits) {
    return false;
  }
  tokens = {{Form::number, first}};
  while (tokens.size() < 4 && text.size() > 1 && text.front() == '.' && is_digit(text[1])) {
    text.remove_prefix(1);
    tokens.push_back({Form::number, take_digits(text)});
  }
  tokens.resize(4, {Form::number, "0"});
  return true;
}

/// The digits of a run of a date in as many numbers as have marks between: four digits, one to six pairs, and at the
/// end up to three digits, a mark before each pair or not.
bool
take_date(std::string_view& text, std::vector<Token>& tokens)
{
  take_v(text);
  tokens.clear();
  std::size_t pairs = 0;
  while (true) {
    const std::string_view digits = take_digits(text);
    const bool goes_on =
        text.size() > 1 && std::string_view(".:-").find(text.front()) != std::string_view::npos && is_digit(text[1]);
    const std::size_t before = tokens.empty() ? 4 : 0;
    if (digits.size() < before || pairs + digits.size() / 2 > 10) {
      return false;
    }
    tokens.push_back({Form::number, digits});
    const std::size_t here = digits.size() - before;
    if (goes_on) {
      if (here % 2 != 0) {
        return false;
      }
      pairs += here / 2;
      text.remove_prefix(1);
      continue;
    }
    for (std::size_t end = 0; end <= std::min<std::size_t>(3, here); ++end) {
      const std::size_t all = pairs + (here - end) / 2;
      if ((here - end) % 2 == 0 && all >= 1 && all <= 6) {
        return true;
      }
    }
    return false;
  }
}

/// Numbers with marks between, of which the first may have one before.
void
take_stability_numbers(std::string_view& text, std::vector<Token>& tokens)
{
  while (!text.empty()) {
    std::string_view rest = text;
    static_cast<void>(take_one_of(rest, ".-"));
    const std::string_view digits = take_digits(rest);
    if (digits.empty()) {
      return;
    }
    tokens.push_back({Form::number, digits});
    text = rest;
  }
}

/// [._-]?(WORD NUMBERS?)?([.-]?dev)? and the end. Behind "stable" nothing counts; in capitals Composer does not know
/// it.
bool
take_modifiers(std::string_view& text, std::vector<Token>& tokens)
{
  static_cast<void>(take_one_of(text, "._-"));
  const bool is_stable = text.starts_with("stable");
  const auto found = std::find_if(stabilities.begin(), stabilities.end(),
                                  [text](const Stability& each) { return begins_with_word(text, each.word); });
  std::vector<Token> modifiers;
  if (found != stabilities.end()) {
    text.remove_prefix(found->word.size());
    modifiers.push_back({found->form, {}});
    take_stability_numbers(text, modifiers);
  }
  if (!text.empty()) {
    static_cast<void>(take_one_of(text, ".-"));
    if (!take_word(text, "dev") || !text.empty()) {
      return false;
    }
    modifiers.push_back({Form::dev, {}});
  }
  if (!is_stable) {
    tokens.insert(tokens.end(), modifiers.begin(), modifiers.end());
  }
  return true;
}

/// "1.x-dev": one to four numbers, of which all but the first may be open, and are if missing.
bool
parse_numeric_branch(std::string_view text, std::vector<Token>& tokens)
{
  if (text.size() < 3 || !begins_with_word(text.substr(text.size() - 3), "dev")) {
    return false;
  }
  text.remove_suffix(3);
  text.remove_suffix(text.ends_with('.') || text.ends_with('-') ? 1 : 0);
  text = without_composer_blanks(text);
  take_v(text);
  tokens = {{Form::number, take_digits(text)}};
  while (tokens.size() < 4 && take(text, '.')) {
    const std::string_view digits = take_digits(text);
    if (digits.empty() && !take_one_of(text, "xX*")) {
      return false;
    }
    tokens.push_back({Form::number, digits.empty() ? open_number : digits});
  }
  tokens.resize(4, {Form::number, open_number});
  tokens.push_back({Form::dev, {}});
  return !tokens.front().digits.empty() && text.empty();
}

std::optional<Version>
parse(std::string_view text)
{
  text = without_composer_alias_and_flag(text);
  Version version;
  if (text == "master" || text == "trunk" || text == "default") {
    version.branch = text;
    return version;
  }
  if (begins_with_word(text, "dev-")) {
    version.branch = text.substr(4);
    return version;
  }
  text = without_composer_build(text);
  for (const auto take_start : {take_numbers, take_date}) {
    std::string_view rest = text;
    if (take_start(rest, version.tokens) && take_modifiers(rest, version.tokens)) {
      return version;
    }
  }
  const bool is_one_line = text.find('\n') == std::string_view::npos;
  return is_one_line && parse_numeric_branch(text, version.tokens) ? std::optional(version) : std::nullopt;
}

/// As strtol: a number that does not fit in 64 bits is the largest.
std::int64_t
php_integer(std::string_view digits)
{
  return number_of<std::int64_t>(digits).value_or(std::numeric_limits<std::int64_t>::max());
}

std::weak_ordering
compare_tokens(const Token& a, const Token& b)
{
  if (a.form == Form::number && b.form == Form::number) {
    return php_integer(a.digits) <=> php_integer(b.digits);
  }
  return a.form <=> b.form;
}

/// What one has more: a number is above nothing, and nothing stands where a number does otherwise.
std::weak_ordering
compare_more(const std::vector<Token>& more, std::size_t from)
{
  return more[from].form == Form::number ? std::weak_ordering::greater : more[from].form <=> Form::number;
}

std::optional<std::weak_ordering>
compare_versions(const Version& a, const Version& b)
{
  if (a.branch || b.branch) {
    return a.branch == b.branch ? std::optional(std::weak_ordering::equivalent) : std::nullopt;
  }
  const std::size_t common = std::min(a.tokens.size(), b.tokens.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (const auto order = compare_tokens(a.tokens[i], b.tokens[i]); order != 0) {
      return order;
    }
  }
  if (a.tokens.size() == b.tokens.size()) {
    return std::weak_ordering::equivalent;
  }
  return a.tokens.size() > common ? compare_more(a.tokens, common) : reversed(compare_more(b.tokens, common));
}

}  // namespace

extern const Scheme scheme_composer{
    .id = "composer",
    .compare = [](std::string_view a, std::string_view b) -> std::optional<std::weak_ordering> {
      const auto left = parse(a);
      const auto right = parse(b);
      return left && right ? compare_versions(*left, *right) : std::nullopt;
    },
    .is_in_line =
        [](std::string_view text) {
          const auto version = parse(text);
          return version && !version->branch;
        }};

}  // namespace sluice::deps
