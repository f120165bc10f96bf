// SPDX-License-Identifier: Apache-2.0
#include "deps/bill/integrity.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace sluice::deps {

namespace {

struct Algorithm
{
  std::string_view prefix, name;
  std::size_t bytes = 0;
};

constexpr std::array algorithms{Algorithm{"md5", "MD5", 16}, Algorithm{"sha1", "SHA-1", 20},
                                Algorithm{"sha256", "SHA-256", 32}, Algorithm{"sha384", "SHA-384", 48},
                                Algorithm{"sha512", "SHA-512", 64}};

std::optional<Hash>
hash_of(const Algorithm& algorithm, std::string_view digest)
{
  // Options of Subresource Integrity stand behind a question mark.
  digest = digest.substr(0, digest.find('?'));
  const auto text = digest.size() == 2 * algorithm.bytes ? from_hex(digest) : from_base64(digest);
  if (!text || text->size() != algorithm.bytes) {
    return std::nullopt;
  }
  const std::vector<std::uint8_t> bytes(text->begin(), text->end());
  return Hash{algorithm.name, to_hex(bytes)};
}

/// Without an algorithm, where the format has only one: crates.io's, Pub's and Hex's are SHA-256 of the archive,
/// Packagist's "shasum" is SHA-1.
std::optional<Hash>
bare_hash(std::string_view ecosystem, std::string_view digest)
{
  constexpr std::array<std::string_view, 3> with_sha256{"crates.io", "Pub", "Hex"};
  const bool is_sha256 = std::find(with_sha256.begin(), with_sha256.end(), ecosystem) != with_sha256.end();
  if (is_sha256 && digest.size() == 64) {
    return hash_of(algorithms[2], digest);
  }
  return ecosystem.starts_with("Packagist") && digest.size() == 40 ? hash_of(algorithms[1], digest) : std::nullopt;
}

/// "sha512-BASE64", "sha256:HEX", "SHA-256:HEX", "sha256=HEX".
std::optional<Hash>
named_hash(std::string_view text)
{
  for (const Algorithm& algorithm : algorithms) {
    for (const std::string_view spelling : {algorithm.prefix, algorithm.name}) {
      const std::string_view rest = text.substr(std::min(spelling.size(), text.size()));
      if (to_lower(text.substr(0, spelling.size())) == to_lower(spelling) && !rest.empty()
          && std::string_view("-:=").find(rest.front()) != std::string_view::npos) {
        return hash_of(algorithm, rest.substr(1));
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<Hash>
file_hashes(const Package& package)
{
  std::vector<Hash> hashes;
  for (const std::string_view one : split(package.integrity, ' ')) {
    if (one.empty()) {
      continue;
    }
    auto hash = named_hash(one);
    hash = hash ? std::move(hash) : bare_hash(package.ecosystem, one);
    if (!hash) {
      return {};
    }
    for (const Hash& other : hashes) {
      if (other.algorithm == hash->algorithm) {
        return {};
      }
    }
    hashes.push_back(*std::move(hash));
  }
  return hashes;
}

}  // namespace sluice::deps
