// SPDX-License-Identifier: Apache-2.0
//
// What a lockfile says by which the content of a package is known. Subresource integrity, pip's hashes, bare digests of
// Cargo and Composer, go.sum's trees and Yarn's cache keys are read into one shape, so that two of them can be compared
// whoever wrote them.
#pragma once

#include "deps/package.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

struct Hash
{
  std::string algorithm;  ///< "sha512", "md5"; "h1" of go.sum; what Yarn packs by, "yarn 10c0"; empty: not known
  std::string digest;     ///< hexadecimal in lower case, or as written where it is of another length
  auto operator<=>(const Hash&) const = default;
};

/// What `Package::integrity` holds, sorted and each once; for npm's formats also the digest that Yarn 1 writes behind
/// the address.
[[nodiscard]] std::vector<Hash> hashes_of(const Package& package);

/// The hashes of the file that a package is fetched as, each algorithm once. None if the integrity is of something else
/// (a tree, a manifest, Yarn's own archive), or of several files of which any may be installed.
[[nodiscard]] std::vector<Hash> file_hashes(const Package& package);

/// "SHA-512", as CycloneDX spells it; empty if it is not known.
[[nodiscard]] std::string_view shown_algorithm(const Hash& hash);

/// Whether nothing but MD5 and SHA-1 vouches for the content, for both of which two contents of one hash can be made.
[[nodiscard]] bool is_weak(const std::vector<Hash>& hashes);

/// "SHA-1", "MD5 and SHA-1": the algorithms, for people.
[[nodiscard]] std::string algorithm_words(const std::vector<Hash>& hashes);

/// What became of the integrity of a package that kept its version.
enum class ContentChange {
  none,          ///< or nothing was said before
  changed,       ///< of one algorithm there are other hashes
  lost,          ///< there were hashes and are none
  weakened,      ///< only weak hashes are left, of none of the algorithms that there were
  incomparable,  ///< of none of the algorithms that there were
};

/// Whether a registry may get further files for a release that is out (a wheel for another platform): then hashes that
/// come or go alone are no change.
enum class Release { one_file, several_files };

[[nodiscard]] ContentChange change_of(const std::vector<Hash>& before, const std::vector<Hash>& after, Release release);

}  // namespace sluice::deps
