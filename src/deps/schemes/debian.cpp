// SPDX-License-Identifier: Apache-2.0
#include "base/number.hpp"
#include "deps/debian_order.hpp"
#include "deps/scheme.hpp"
#include "deps/version_text.hpp"

namespace sluice::deps {

namespace {

// [EPOCH:]UPSTREAM[-REVISION] as `dpkg --validate-version` takes it.
struct Version
{
  std::int32_t epoch = 0;
  std::string_view upstream;
  std::string_view revision;
};

bool
has_only(std::string_view text, std::string_view marks)
{
  return std::all_of(text.begin(), text.end(), [marks](char character) {
    return is_alphanumeric(character) || marks.find(character) != std::string_view::npos;
  });
}

std::optional<std::int32_t>
epoch_of(std::string_view digits)
{
  const std::string_view significant = without_leading_zeros(digits);
  return is_numeric(digits) ? number_of<std::int32_t>(significant.empty() ? "0" : significant) : std::nullopt;
}

std::optional<Version>
parse(std::string_view text)
{
  text = trim(text);
  Version version;
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    const auto epoch = epoch_of(text.substr(0, colon));
    if (!epoch) {
      return std::nullopt;
    }
    version.epoch = *epoch;
    text.remove_prefix(colon + 1);
  }
  const std::size_t hyphen = text.rfind('-');
  version.upstream = text.substr(0, hyphen);
  if (hyphen != std::string_view::npos) {
    version.revision = text.substr(hyphen + 1);
    if (version.revision.empty()) {
      return std::nullopt;
    }
  }
  const bool is_right = !version.upstream.empty() && is_digit(version.upstream.front())
                        && has_only(version.upstream, ".-+~:") && has_only(version.revision, ".+~");
  return is_right ? std::optional(version) : std::nullopt;
}

std::weak_ordering
compare_versions(const Version& a, const Version& b)
{
  if (a.epoch != b.epoch) {
    return a.epoch <=> b.epoch;
  }
  const auto order = compare_debian_part(a.upstream, b.upstream);
  return order != 0 ? order : compare_debian_part(a.revision, b.revision);
}

}  // namespace

extern const Scheme scheme_debian{.id = "debian", .compare = [](std::string_view a, std::string_view b) {
                                    return compare_parsed(a, b, parse, compare_versions);
                                  }};

}  // namespace sluice::deps
