// SPDX-License-Identifier: Apache-2.0
#include "deps/debian_order.hpp"
#include "deps/scheme.hpp"
#include "deps/version_text.hpp"

namespace sluice::deps {

namespace {

// opam (OpamVersionCompare) orders as Debian does, but knows no epoch, and "v0.16.0" is an ordinary version. It may
// hold letters, digits and - _ + . ~ (opam's manual, "package version"). opam would order any such text; one without a
// digit is no version here.
bool
is_version(std::string_view text)
{
  return std::any_of(text.begin(), text.end(), is_digit) && std::all_of(text.begin(), text.end(), [](char character) {
           return is_alphanumeric(character) || std::string_view("-_+.~").find(character) != std::string_view::npos;
         });
}

std::optional<std::string_view>
parse(std::string_view text)
{
  return is_version(text) ? std::optional(text) : std::nullopt;
}

std::weak_ordering
compare_versions(std::string_view a, std::string_view b)
{
  const std::size_t a_hyphen = std::min(a.rfind('-'), a.size());
  const std::size_t b_hyphen = std::min(b.rfind('-'), b.size());
  if (const auto order = compare_debian_part(a.substr(0, a_hyphen), b.substr(0, b_hyphen)); order != 0) {
    return order;
  }
  return compare_debian_part(a.substr(std::min(a_hyphen + 1, a.size())), b.substr(std::min(b_hyphen + 1, b.size())));
}

}  // namespace

extern const Scheme scheme_opam{.id = "opam", .compare = [](std::string_view a, std::string_view b) {
                                  return compare_parsed(a, b, parse, compare_versions);
                                }};

}  // namespace sluice::deps
