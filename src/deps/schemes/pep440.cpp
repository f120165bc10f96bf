// SPDX-License-Identifier: Apache-2.0
//
// PEP 440 as `packaging` reads it. What it does not read was ordered before version 22 as a legacy version: before all
// others, and among each other as setuptools did. Advisories still list such ("2012h", "0.1.dev-r1716"); there any text
// was one, here only what begins with a digit and has only letters, digits and . _ + ! ~ - behind.
#include "deps/legacy_python_version.hpp"
#include "deps/scheme.hpp"
#include "deps/version_text.hpp"

namespace sluice::deps {

namespace {

enum class Pre { alpha, beta, candidate };

struct Version
{
  std::string_view epoch;
  std::string_view release;
  std::optional<Pre> pre;
  std::string_view pre_number;
  std::optional<std::string_view> post;
  std::optional<std::string_view> dev;
  std::string_view local;
};

bool
is_separator(char character)
{
  return character == '-' || character == '_' || character == '.';
}

void
skip_separator(std::string_view& text)
{
  text.remove_prefix(!text.empty() && is_separator(text.front()) ? 1 : 0);
}

/// [-_.]?WORD[-_.]?NUMBER?, the word being in lower case here and in any there: the number, empty if there is none.
std::optional<std::string_view>
take_segment(std::string_view& text, std::string_view word)
{
  std::string_view rest = text;
  skip_separator(rest);
  if (rest.size() < word.size() || to_lower(rest.substr(0, word.size())) != word) {
    return std::nullopt;
  }
  rest.remove_prefix(word.size());
  skip_separator(rest);
  const std::string_view number = take_digits(rest);
  text = rest;
  return number;
}

void
take_pre(std::string_view& text, Version& version)
{
  struct Word
  {
    std::string_view word;
    Pre pre;
  };
  constexpr std::array<Word, 8> words{{{"alpha", Pre::alpha},
                                       {"a", Pre::alpha},
                                       {"beta", Pre::beta},
                                       {"b", Pre::beta},
                                       {"preview", Pre::candidate},
                                       {"pre", Pre::candidate},
                                       {"c", Pre::candidate},
                                       {"rc", Pre::candidate}}};
  for (const Word& each : words) {
    if (const auto number = take_segment(text, each.word)) {
      version.pre = each.pre;
      version.pre_number = *number;
      return;
    }
  }
}

void
take_post(std::string_view& text, Version& version)
{
  if (text.size() > 1 && text[0] == '-' && is_digit(text[1])) {
    text.remove_prefix(1);
    version.post = take_digits(text);
    return;
  }
  for (const std::string_view word : {"post", "rev", "r"}) {
    if (const auto number = take_segment(text, word)) {
      version.post = number;
      return;
    }
  }
}

/// NUMBER(.NUMBER)*
std::string_view
take_release(std::string_view& text)
{
  std::string_view rest = text;
  if (take_digits(rest).empty()) {
    return {};
  }
  while (rest.size() > 1 && rest[0] == '.' && is_digit(rest[1])) {
    rest.remove_prefix(1);
    static_cast<void>(take_digits(rest));
  }
  const std::string_view release = text.substr(0, text.size() - rest.size());
  text = rest;
  return release;
}

bool
is_local(std::string_view text)
{
  while (!take_while(text, is_alphanumeric).empty()) {
    if (text.empty()) {
      return true;
    }
    if (!is_separator(text.front())) {
      return false;
    }
    text.remove_prefix(1);
  }
  return false;
}

std::string_view
without_blanks(std::string_view text)
{
  return without_ends(text, " \t\n\v\f\r\x1c\x1d\x1e\x1f");
}

std::optional<Version>
parse(std::string_view text)
{
  if (text.starts_with('v') || text.starts_with('V')) {
    text.remove_prefix(1);
  }
  Version version;
  std::string_view rest = text;
  version.epoch = take_digits(rest);
  if (!version.epoch.empty() && take(rest, '!')) {
    text = rest;
  } else {
    version.epoch = {};
  }
  version.release = take_release(text);
  if (version.release.empty()) {
    return std::nullopt;
  }
  take_pre(text, version);
  take_post(text, version);
  version.dev = take_segment(text, "dev");
  if (take(text, '+')) {
    version.local = text;
    return is_local(text) ? std::optional(version) : std::nullopt;
  }
  return text.empty() ? std::optional(version) : std::nullopt;
}

std::weak_ordering
compare_releases(std::string_view a, std::string_view b)
{
  while (!a.empty() || !b.empty()) {
    if (const auto order = compare_numbers(take_part(a, '.'), take_part(b, '.')); order != 0) {
      return order;
    }
  }
  return std::weak_ordering::equivalent;
}

/// A dev release of a release is before its prereleases.
int
pre_rank(const Version& version)
{
  if (version.pre) {
    return static_cast<int>(*version.pre);
  }
  return !version.post && version.dev ? -1 : 3;
}

std::weak_ordering
compare_local_segment(std::string_view a, std::string_view b)
{
  const bool a_is_number = is_numeric(a);
  const bool b_is_number = is_numeric(b);
  if (a_is_number != b_is_number) {
    return a_is_number <=> b_is_number;
  }
  return a_is_number ? compare_numbers(a, b) : to_lower(a) <=> to_lower(b);
}

std::weak_ordering
compare_locals(std::string_view a, std::string_view b)
{
  while (!a.empty() && !b.empty()) {
    const auto order = compare_local_segment(take_while(a, is_alphanumeric), take_while(b, is_alphanumeric));
    if (order != 0) {
      return order;
    }
    skip_separator(a);
    skip_separator(b);
  }
  return !a.empty() <=> !b.empty();
}

std::weak_ordering
compare_optional(const std::optional<std::string_view>& a, const std::optional<std::string_view>& b)
{
  return a && b ? compare_numbers(*a, *b) : a.has_value() <=> b.has_value();
}

std::weak_ordering
compare_versions(const Version& a, const Version& b)
{
  const std::array<std::weak_ordering, 4> main{compare_numbers(a.epoch, b.epoch),
                                               compare_releases(a.release, b.release), pre_rank(a) <=> pre_rank(b),
                                               compare_numbers(a.pre_number, b.pre_number)};
  const auto decided = std::find_if(main.begin(), main.end(), [](std::weak_ordering order) { return order != 0; });
  if (decided != main.end()) {
    return *decided;
  }
  if (const auto order = compare_optional(a.post, b.post); order != 0) {
    return order;
  }
  if (a.dev && b.dev) {
    if (const auto order = compare_numbers(*a.dev, *b.dev); order != 0) {
      return order;
    }
  } else if (a.dev || b.dev) {
    return b.dev.has_value() <=> a.dev.has_value();
  }
  return compare_locals(a.local, b.local);
}

std::optional<std::weak_ordering>
compare(std::string_view a, std::string_view b)
{
  a = without_blanks(a);
  b = without_blanks(b);
  const auto left = parse(a);
  const auto right = parse(b);
  if ((!left && !is_legacy_python_version(a)) || (!right && !is_legacy_python_version(b))) {
    return std::nullopt;
  }
  if (!left && !right) {
    return compare_legacy_python_versions(a, b);
  }
  return left && right ? compare_versions(*left, *right) : left.has_value() <=> right.has_value();
}

}  // namespace

extern const Scheme scheme_pep440{.id = "pep440", .compare = compare};

}  // namespace sluice::deps
