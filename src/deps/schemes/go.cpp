// SPDX-License-Identifier: Apache-2.0
//
// Two orders in one: modules have the versions of golang.org/x/mod/semver ("v1.2.3", pseudo-versions, "+incompatible",
// the short forms "v1" and "v1.2"), the standard library and the toolchain those of Go's releases (go/version:
// "go1.19", "go1.21rc2", "go1.21.3-custom"). Advisories write both without a prefix and a release candidate as
// "1.21.0-rc.2", so the "v" and the "go" may be missing, and "1.21rc2" stands where "1.21.0-rc.2" does. "1.21" and what
// Semantic Versioning takes else is read so; only with its prefix "go1.21" is the language version, which comes before
// the first candidate (before 1.21 there was none: "go1.20" is 1.20.0).
#include "deps/scheme.hpp"
#include "deps/semver.hpp"
#include "deps/version_text.hpp"

namespace sluice::deps {

namespace {

constexpr SemverDialect dialect{.prefix = "v", .least_numbers = 1};

struct GoVersion
{
  Semver version;
  std::string_view kind;  ///< "rc" of "1.21rc2"
  std::string_view pre;   ///< "2" of "1.21rc2"
  bool is_language = false;
};

bool
is_integer(std::string_view digits)
{
  return !digits.empty() && (digits.size() == 1 || digits.front() != '0');
}

/// go/version without its prefix and suffix: MAJOR[.MINOR[.PATCH | KIND [PRE]]]
std::optional<GoVersion>
parse_release(std::string_view text)
{
  GoVersion go;
  auto& [numbers, written, prerelease, build] = go.version;
  do {
    numbers[written] = take_digits(text);
    if (!is_integer(numbers[written++])) {
      return std::nullopt;
    }
  } while (written < 3 && take(text, '.'));
  if (written == 2 && !text.empty()) {
    go.kind = take_while(text, is_lower);
    go.pre = take_digits(text);
    if (go.kind.empty() || (!go.pre.empty() && !is_integer(go.pre))) {
      return std::nullopt;
    }
  }
  go.is_language = written == 2 && go.kind.empty() && compare_numbers(numbers[1], "21") >= 0;
  return text.empty() ? std::optional(go) : std::nullopt;
}

std::optional<GoVersion>
parse(std::string_view text)
{
  if (text.starts_with("go")) {
    return parse_release(text.substr(2, text.find('-') - 2));
  }
  if (const auto version = parse_semver(text, dialect)) {
    return GoVersion{.version = *version, .kind = {}, .pre = {}, .is_language = false};
  }
  const auto release = parse_release(text);
  const bool is_candidate = release && (release->kind == "rc" || release->kind == "beta") && !release->pre.empty();
  return is_candidate ? release : std::nullopt;
}

/// Of what stands behind "rc"; nothing comes before "0".
std::weak_ordering
compare_pre(std::string_view a, std::string_view b)
{
  return a.empty() || b.empty() ? !a.empty() <=> !b.empty() : compare_identifier(a, b);
}

bool
is_before_release(const GoVersion& go)
{
  return !go.kind.empty() || !go.version.prerelease.empty();
}

/// Of what stands before 1.21.0; "rc2" and "rc.2" are the same.
std::weak_ordering
compare_candidates(const GoVersion& a, const GoVersion& b)
{
  if (a.kind.empty() && b.kind.empty()) {
    return compare_identifiers(a.version.prerelease, b.version.prerelease, compare_identifier);
  }
  if (!a.kind.empty() && !b.kind.empty()) {
    const auto order = compare_identifier(a.kind, b.kind);
    return order != 0 ? order : compare_pre(a.pre, b.pre);
  }
  if (a.kind.empty()) {
    return reversed(compare_candidates(b, a));
  }
  std::string_view rest = b.version.prerelease;
  if (const auto order = compare_identifier(a.kind, take_part(rest, '.')); order != 0) {
    return order;
  }
  const auto order = compare_pre(a.pre, take_part(rest, '.'));
  return order != 0 || rest.empty() ? order : std::weak_ordering::less;
}

std::weak_ordering
compare_go(const GoVersion& a, const GoVersion& b)
{
  for (std::size_t i = 0; i < a.version.numbers.size(); ++i) {
    if (const auto order = compare_numbers(a.version.numbers[i], b.version.numbers[i]); order != 0) {
      return order;
    }
  }
  if (a.is_language || b.is_language) {
    return b.is_language <=> a.is_language;
  }
  if (is_before_release(a) && is_before_release(b)) {
    return compare_candidates(a, b);
  }
  return is_before_release(b) <=> is_before_release(a);
}

}  // namespace

extern const Scheme scheme_go{.id = "go", .compare = [](std::string_view a, std::string_view b) {
                                return compare_parsed(a, b, parse, compare_go);
                              }};

}  // namespace sluice::deps
