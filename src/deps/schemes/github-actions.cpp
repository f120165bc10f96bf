// SPDX-License-Identifier: Apache-2.0
//
// What stands behind the @ of `uses:` is a git reference, and GitHub knows no order. Publishers move tags: "v4" is
// today's newest 4.x.y, "v4.1" the newest 4.1.x, and only three numbers name one release. So a reference with fewer is
// the family of all releases that begin so. A family is surely below what is above all of it, and surely above what is
// below all of it: "v45" < "46.0.1" < "v47". What lies inside of it can be before or behind where it points today, so
// there is no answer: "v46" against "46.0.1" or "v46.1". A family is the same as itself, with or without its "v".
//
// A commit, a branch and a tag of any other form are no versions.
#include "deps/scheme.hpp"
#include "deps/semver.hpp"
#include "deps/version_text.hpp"

namespace sluice::deps {

namespace {

constexpr SemverDialect dialect{.prefix = "vV", .least_numbers = 1, .leading_zeros = LeadingZeros::taken};
constexpr std::size_t sha1_length = 40;
constexpr std::size_t sha256_length = 64;

bool
is_commit(std::string_view text)
{
  return (text.size() == sha1_length || text.size() == sha256_length) && is_numeric(text);
}

std::optional<Semver>
parse(std::string_view text)
{
  return is_commit(text) ? std::nullopt : parse_semver(text, dialect);
}

std::optional<std::weak_ordering>
compare_references(const Semver& a, const Semver& b)
{
  for (std::size_t i = 0; i < std::min(a.written, b.written); ++i) {
    if (const auto order = compare_numbers(a.numbers[i], b.numbers[i]); order != 0) {
      return order;
    }
  }
  return a.written == b.written ? std::optional(compare_precedence(a, b)) : std::nullopt;
}

}  // namespace

extern const Scheme scheme_github_actions{
    .id = "github-actions",
    .compare = [](std::string_view a, std::string_view b) -> std::optional<std::weak_ordering> {
      const auto left = parse(a);
      const auto right = parse(b);
      return left && right ? compare_references(*left, *right) : std::nullopt;
    },
    .is_in_line =
        [](std::string_view text) {
          const auto reference = parse(text);
          return reference && reference->written == reference->numbers.size();
        },
    .unordered = Unordered::undecided};

}  // namespace sluice::deps
