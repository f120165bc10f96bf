// SPDX-License-Identifier: Apache-2.0
//
// [EPOCH:]VERSION[-RELEASE] by rpm's `rpmverCmp`: epoch, version, release in turn, a missing epoch being zero and a
// missing release coming first. Within each (`rpmvercmp`) runs of digits and of letters, whatever stands between; a
// number is above letters, `~` comes before the end and `^` behind the end but before anything else.
#include "deps/scheme.hpp"
#include "deps/version_text.hpp"

namespace sluice::deps {

namespace {

struct Version
{
  std::string_view epoch;
  std::string_view version;
  std::optional<std::string_view> release;
};

/// rpm orders any text. What a spec file may not have in its version (rpmbuild) and what has no digit is no version
/// here.
bool
is_part(std::string_view text)
{
  return std::all_of(text.begin(), text.end(), [](char character) {
    return is_alphanumeric(character) || std::string_view("._+~^-").find(character) != std::string_view::npos;
  });
}

std::optional<Version>
parse(std::string_view text)
{
  Version version;
  std::string_view rest = text;
  version.epoch = take_digits(rest);
  if (!take(rest, ':')) {
    version.epoch = {};
    rest = text;
  }
  const std::size_t hyphen = rest.rfind('-');
  version.version = rest.substr(0, hyphen);
  if (hyphen != std::string_view::npos) {
    version.release = rest.substr(hyphen + 1);
  }
  const bool has_digit = std::any_of(version.version.begin(), version.version.end(), is_digit);
  return has_digit && is_part(rest) ? std::optional(version) : std::nullopt;
}

void
skip_separators(std::string_view& text)
{
  static_cast<void>(take_while(text, [](char c) { return !is_alphanumeric(c) && c != '~' && c != '^'; }));
}

/// For a mark that one of them begins with: nothing if both do, and it is taken.
std::optional<std::weak_ordering>
compare_tilde(std::string_view& a, std::string_view& b)
{
  const bool a_has = take(a, '~');
  const bool b_has = take(b, '~');
  return a_has == b_has ? std::nullopt : std::optional<std::weak_ordering>(b_has <=> a_has);
}

std::optional<std::weak_ordering>
compare_caret(std::string_view& a, std::string_view& b)
{
  if (a.empty() || b.empty()) {
    return a.starts_with('^') || b.starts_with('^') ? std::optional<std::weak_ordering>(!a.empty() <=> !b.empty())
                                                    : std::nullopt;
  }
  const bool a_has = take(a, '^');
  const bool b_has = take(b, '^');
  return a_has == b_has ? std::nullopt : std::optional<std::weak_ordering>(b_has <=> a_has);
}

std::weak_ordering
compare_run(std::string_view& a, std::string_view& b)
{
  if (is_digit(a.front()) != is_digit(b.front())) {
    return is_digit(a.front()) <=> is_digit(b.front());
  }
  return is_digit(a.front()) ? compare_numbers(take_digits(a), take_digits(b))
                             : compare_bytes(take_while(a, is_letter), take_while(b, is_letter));
}

std::weak_ordering
compare_part(std::string_view a, std::string_view b)
{
  while (!a.empty() || !b.empty()) {
    skip_separators(a);
    skip_separators(b);
    if (a.starts_with('~') || b.starts_with('~')) {
      if (const auto order = compare_tilde(a, b)) {
        return *order;
      }
      continue;
    }
    if (a.starts_with('^') || b.starts_with('^')) {
      if (const auto order = compare_caret(a, b)) {
        return *order;
      }
      continue;
    }
    if (a.empty() || b.empty()) {
      break;
    }
    if (const auto order = compare_run(a, b); order != 0) {
      return order;
    }
  }
  return !a.empty() <=> !b.empty();
}

std::weak_ordering
compare_versions(const Version& a, const Version& b)
{
  if (const auto order = compare_numbers(a.epoch, b.epoch); order != 0) {
    return order;
  }
  if (const auto order = compare_part(a.version, b.version); order != 0) {
    return order;
  }
  return a.release && b.release ? compare_part(*a.release, *b.release)
                                : a.release.has_value() <=> b.release.has_value();
}

}  // namespace

extern const Scheme scheme_rpm{.id = "rpm", .compare = [](std::string_view a, std::string_view b) {
                                 return compare_parsed(a, b, parse, compare_versions);
                               }};

}  // namespace sluice::deps
