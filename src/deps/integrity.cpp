// SPDX-License-Identifier: Apache-2.0
#include "deps/integrity.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace sluice::deps {

namespace {

struct Algorithm
{
  std::string_view name;
  std::size_t bytes;
  std::string_view shown;
  bool is_of_files;  ///< and bills of materials have a word for it
};

constexpr std::array<Algorithm, 7> algorithms{{{"md5", 16, "MD5", true},
                                               {"sha1", 20, "SHA-1", true},
                                               {"sha224", 28, "SHA-224", false},
                                               {"sha256", 32, "SHA-256", true},
                                               {"sha384", 48, "SHA-384", true},
                                               {"sha512", 64, "SHA-512", true},
                                               {"h1", 32, "h1", false}}};

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
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return hex_value(c) >= 0; });
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

/// "sha512-BASE64", "sha256:HEX", "sha256=HEX", and "SHA-256:HEX" as CycloneDX writes it; nothing if no algorithm is
/// named.
std::optional<Hash>
named_hash(std::string_view token)
{
  const std::size_t begin = token.starts_with("SHA-") ? 4 : 0;
  const std::size_t mark = token.find_first_of("-:=", begin);
  if (mark == std::string_view::npos) {
    return std::nullopt;
  }
  std::string name = to_lower(token.substr(0, mark));
  std::erase(name, '-');
  const Algorithm* algorithm = find_algorithm(name);
  if (algorithm == nullptr) {
    return std::nullopt;
  }
  std::string_view digest = token.substr(mark + 1);
  // Subresource integrity may have options behind the digest.
  digest = digest.substr(0, digest.find('?'));
  return Hash{std::move(name), normal_digest(digest, algorithm->bytes)};
}

Hash
hash_of(std::string_view token)
{
  if (auto named = named_hash(token)) {
    return *std::move(named);
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

/// Of sorted hashes.
std::span<const Hash>
of_algorithm(std::span<const Hash> hashes, std::string_view algorithm)
{
  const auto begin = std::partition_point(hashes.begin(), hashes.end(),
                                          [algorithm](const Hash& each) { return each.algorithm < algorithm; });
  const auto end =
      std::partition_point(begin, hashes.end(), [algorithm](const Hash& each) { return each.algorithm <= algorithm; });
  return {begin, end};
}

/// Without an algorithm, where the format has only one: crates.io's, Pub's and Hex's are SHA-256 of the archive,
/// Packagist's "shasum" is SHA-1.
bool
is_bare_file_hash(std::string_view ecosystem, std::string_view digest)
{
  constexpr std::array<std::string_view, 3> with_sha256{"crates.io", "Pub", "Hex"};
  const bool is_sha256 = std::find(with_sha256.begin(), with_sha256.end(), ecosystem) != with_sha256.end();
  return (is_sha256 && digest.size() == 64) || (ecosystem.starts_with("Packagist") && digest.size() == 40);
}

}  // namespace

std::vector<Hash>
file_hashes(const Package& package)
{
  std::vector<Hash> hashes;
  for (const std::string_view token : split(package.integrity, ' ')) {
    if (token.empty()) {
      continue;
    }
    auto hash = named_hash(token);
    if (!hash && is_bare_file_hash(package.ecosystem, token)) {
      hash = bare_hash(token);
    }
    const Algorithm* algorithm = hash ? find_algorithm(hash->algorithm) : nullptr;
    if (algorithm == nullptr || !algorithm->is_of_files || hash->digest.size() != algorithm->bytes * 2
        || !is_hex(hash->digest) || std::any_of(hashes.begin(), hashes.end(), [&hash](const Hash& each) {
             return each.algorithm == hash->algorithm;
           })) {
      return {};
    }
    hashes.push_back(*std::move(hash));
  }
  return hashes;
}

std::string_view
shown_algorithm(const Hash& hash)
{
  const Algorithm* known = find_algorithm(hash.algorithm);
  return known == nullptr ? std::string_view() : known->shown;
}

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
    const std::string_view shown = shown_algorithm(hash);
    std::string name(shown.empty() ? hash.algorithm : shown);
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
  bool is_comparable = false;
  for (std::span<const Hash> rest = after; !rest.empty();) {
    const auto now = of_algorithm(rest, rest.front().algorithm);
    const auto old = of_algorithm(before, rest.front().algorithm);
    rest = rest.subspan(now.size());
    const bool is_part = std::includes(old.begin(), old.end(), now.begin(), now.end());
    const bool is_more = std::includes(now.begin(), now.end(), old.begin(), old.end());
    if (!old.empty() && !is_part && (release == Release::one_file || !is_more)) {
      return ContentChange::changed;
    }
    is_comparable = is_comparable || !old.empty();
  }
  if (!is_comparable) {
    return is_weak(after) && !is_weak(before) ? ContentChange::weakened : ContentChange::incomparable;
  }
  return ContentChange::none;
}

}  // namespace sluice::deps
