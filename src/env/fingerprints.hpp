// SPDX-License-Identifier: Apache-2.0
//
// How secrets of two environments are compared without being brought together: where an environment's values are, a job
// makes a keyed digest of each and hands those on. Without the key, which an organisation keeps as a secret of its own,
// a digest says nothing; with it a value that can be guessed could be found by trying, so such a value has none.
//
//   {"version":1,"environment":"production","key":"5f1c…","fingerprints":{"JWT_SECRET":"…"},"guessable":["PIN"]}
#pragma once

#include "base/result.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace sluice::env {

inline constexpr std::size_t min_fingerprint_key_bytes = 16;

struct FingerprintSet
{
  std::string path;         ///< of its file, as it was given; empty of one that was just made
  std::string environment;  ///< never empty
  std::string key;          ///< tells keys apart and nothing of them: 16 hexadecimal digits
  std::map<std::string, std::string, std::less<>> prints;  ///< by name; 64 hexadecimal digits
  std::set<std::string, std::less<>> guessable;            ///< names whose values have none
};

/// Adds what is to be told of one value. Empty values are passed over.
void add_fingerprint(FingerprintSet& set, std::string_view name, std::string_view value, std::string_view key);

/// An empty set for an environment.
[[nodiscard]] FingerprintSet begin_fingerprints(std::string environment, std::string_view key);

/// As the file has it, with a newline at its end.
[[nodiscard]] std::string text_of(const FingerprintSet& set);

/// Errors (ErrorKind::input): it is no such text.
[[nodiscard]] Result<FingerprintSet> parse_fingerprints(std::string_view text);

}  // namespace sluice::env
