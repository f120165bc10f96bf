// SPDX-License-Identifier: Apache-2.0
#include "deps/integrity.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>

namespace sluice::deps {

namespace {

struct Algorithm
{
  std::string_view name;
  std::size_t bytes;
  std::string_view shown;
};

constexpr std::array<Algorithm, 7> algorithms{{{"md5", 16, "MD5"},
                                               {"sha1", 20, "SHA-1"},
                                               {"sha224", 28, "SHA-224"},
                                               {"sha256", 32, "SHA-256"},
                                               {"sha384", 48, "SHA-384"},
                                               {"sha512", 64, "SHA-512"},
                                               {"h1", 32, "h1"}}};

const Algorithm*
find_algorithm(std::string_view name)
{
  const auto* const found =
      std::find_if(algorithms.begin(), algorithms.end(), [name](const Algorithm& each) { return each.name == name; });
  return found == algorithms.end() ? nullptr : found;
}

bool
is_hex(std::string_view text)
{
  return !text.empty() && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// Hexadecimal if it is of that many bytes, in base 64 or hexadecimal.
std::string
normal_digest(std::string_view digest, std::size_t bytes)
{
  if (digest.size() == bytes * 2 && is_hex(digest)) {
    return to_lower(digest);
  }
  const auto decoded = from_base64(digest);
  if (decoded && decoded->size() == bytes) {
    return to_hex(std::span(reinterpret_cast<const std::uint8_t*>(decoded->data()), decoded->size()));
  }
  return std::string(digest);
}

/// A digest without the name of its algorithm is known by its length.
Hash
bare_hash(std::string_view digest)
{
  for (const Algorithm& each : algorithms) {
    if (is_hex(digest) && digest.size() == each.bytes * 2) {
      return {std::string(each.name), to_lower(digest)};
    }
  }
  // NuGet writes the SHA-512 of a package in base 64.
  if (const auto decoded = from_base64(digest); decoded && decoded->size() == 64) {
    return {"sha512", normal_digest(digest, 64)};
  }
  return {{}, std::string(digest)};
}

Hash
hash_of(std::string_view token)
{
  // "SHA-256:…" is how CycloneDX writes it.
  const std::size_t begin = token.starts_with("SHA-") ? 4 : 0;
  const std::size_t mark = token.find_first_of("-:=", begin);
  if (mark != std::string_view::npos) {
    std::string name = to_lower(token.substr(0, mark));
    std::erase(name, '-');
    if (const Algorithm* algorithm = find_algorithm(name)) {
      std::string_view digest = token.substr(mark + 1);
      // Subresource integrity may have options behind the digest.
      digest = digest.substr(0, digest.find('?'));
      return {std::move(name), normal_digest(digest, algorithm->bytes)};
    }
  }
  if (const std::size_t slash = token.find('/'); slash != std::string_view::npos && is_hex(token.substr(slash + 1))) {
    return {fmt::format("yarn {}", token.substr(0, slash)), to_lower(token.substr(slash + 1))};
  }
  return bare_hash(token);
}

/// "https://registry.yarnpkg.com/a/-/a-1.0.0.tgz#<SHA-1>".
void
add_fragment(std::string_view location, std::vector<Hash>& hashes)
{
  const std::size_t mark = location.rfind('#');
  if (mark != std::string_view::npos && location.size() - mark - 1 == 40 && is_hex(location.substr(mark + 1))) {
    hashes.push_back({"sha1", to_lower(location.substr(mark + 1))});
  }
}

bool
is_weak_algorithm(const Hash& hash)
{
  return hash.algorithm == "md5" || hash.algorithm == "sha1";
}

std::vector<Hash>
of_algorithm(const std::vector<Hash>& hashes, std::string_view algorithm)
{
  std::vector<Hash> some;
  std::copy_if(hashes.begin(), hashes.end(), std::back_inserter(some),
               [algorithm](const Hash& each) { return each.algorithm == algorithm; });
  return some;
}

}  // namespace

std::vector<Hash>
hashes_of(const Package& package)
{
  std::vector<Hash> hashes;
  std::string_view rest = package.integrity;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of(" ,"), rest.size());
    const std::string_view token = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    // Stack writes the size of the file behind the digest.
    constexpr std::size_t shortest_digest = 32;
    if (token.size() >= shortest_digest || token.find_first_not_of("0123456789") != std::string_view::npos) {
      hashes.push_back(hash_of(token));
    }
  }
  if (package.ecosystem == "npm" && package.source == Source::registry) {
    add_fragment(package.location, hashes);
  }
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return hashes;
}

bool
is_weak(const std::vector<Hash>& hashes)
{
  return !hashes.empty() && std::all_of(hashes.begin(), hashes.end(), is_weak_algorithm);
}

std::string
algorithm_words(const std::vector<Hash>& hashes)
{
  std::vector<std::string> names;
  for (const Hash& hash : hashes) {
    const Algorithm* known = find_algorithm(hash.algorithm);
    std::string name = known == nullptr ? hash.algorithm : std::string(known->shown);
    if (!name.empty() && (names.empty() || names.back() != name)) {
      names.push_back(std::move(name));
    }
  }
  return join(names, " and ");
}

ContentChange
change_of(const std::vector<Hash>& before, const std::vector<Hash>& after, Release release)
{
  if (before.empty()) {
    return ContentChange::none;
  }
  if (after.empty()) {
    return ContentChange::lost;
  }
  std::set<std::string_view> of_both;
  for (const Hash& each : after) {
    if (!of_algorithm(before, each.algorithm).empty()) {
      of_both.insert(each.algorithm);
    }
  }
  if (of_both.empty()) {
    return is_weak(after) && !is_weak(before) ? ContentChange::weakened : ContentChange::incomparable;
  }
  const bool is_changed = std::any_of(of_both.begin(), of_both.end(), [&](std::string_view algorithm) {
    const auto old = of_algorithm(before, algorithm);
    const auto now = of_algorithm(after, algorithm);
    const bool is_part = std::includes(old.begin(), old.end(), now.begin(), now.end());
    const bool is_more = std::includes(now.begin(), now.end(), old.begin(), old.end());
    return !is_part && (release == Release::one_file || !is_more);
  });
  return is_changed ? ContentChange::changed : ContentChange::none;
}

}  // namespace sluice::deps
