// SPDX-License-Identifier: Apache-2.0
//
// A database that is handed on. The indexes are copied as they are: they are complete, mapped without another step, and
// the same bytes give the same verdict on both sides, which documents that are imported again with another version
// would not promise. What is handed on is said by one small text, which is all that is signed:
//
//   manifest.json  day, and of every file its name, length and SHA-256
//   manifest.sig   Ed25519 signature of manifest.json's bytes, in base64
//   *.advisories, exploits.tsv
//
// Whoever can write to the mirror can put an old manifest there, whose signature is good: one that is older than what
// is there already is refused.
#pragma once

#include "base/hash.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

inline constexpr std::string_view manifest_file = "manifest.json";
inline constexpr std::string_view signature_file = "manifest.sig";

struct ManifestEntry
{
  std::string name;  ///< of a file beside it, "npm.advisories"
  std::uint64_t bytes = 0;
  std::string sha256;  ///< lower-case hexadecimal
};

struct Manifest
{
  std::string made;  ///< the day, "2026-11-26"
  std::vector<ManifestEntry> files;

  [[nodiscard]] const ManifestEntry* find(std::string_view name) const;
};

[[nodiscard]] std::string write_manifest(const Manifest& manifest);
/// Errors (ErrorKind::unavailable): not such a text, or it names a file that is none of a database.
[[nodiscard]] Result<Manifest> read_manifest(std::string_view text);

/// A manifest's text and what is beside it.
struct SignedManifest
{
  std::string text;
  std::optional<std::string> signature;  ///< the file's text
};

/// The manifest of a directory; nothing if it has none.
[[nodiscard]] Result<std::optional<SignedManifest>> manifest_of(const std::filesystem::path& directory);

/// Errors (ErrorKind::unavailable): there is no signature, or it is not that key's; (ErrorKind::usage): the key is
/// none.
[[nodiscard]] Result<> check_signature(const SignedManifest& manifest, std::string_view public_key);

/// Whether a file of a database may be called so.
[[nodiscard]] bool is_database_file(std::string_view name);

/// Compares everything in the directory of a database with a manifest that is signed by the key. Errors
/// (ErrorKind::unavailable): a file is another, is missing or is not named; as of check_signature.
[[nodiscard]] Result<> check_signed_database(const std::filesystem::path& directory, std::string_view public_key);

/// What was changed is not what the manifest says any more.
void forget_manifest(const std::filesystem::path& directory);

}  // namespace sluice::deps
