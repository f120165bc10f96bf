// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/hash.hpp"
#include "finding/finding.hpp"
#include "git/object_id.hpp"
#include "secrets/vocabulary.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::secrets {

/// What kind of text a secret was seen in.
enum class SourceKind { blob, commit, tag, worktree, index, standard_input };

struct Source
{
  SourceKind kind = SourceKind::blob;
  git::ObjectId object;  ///< of blob, commit and tag
  std::string path;      ///< of worktree and index
  auto operator<=>(const Source&) const = default;
};

/// A line with a secret in it, as it may be shown, and the comment that allows it.
struct SightedLine
{
  std::string excerpt;
  Span covered;  ///< of the excerpt
  std::optional<InlineAllow> allow;
};

/// One place of one secret.
struct Sighting
{
  Source source;
  Position begin, end;  ///< of a commit's or tag's message; line 0 in its header
  std::shared_ptr<const SightedLine> line;
};

/// One secret as one rule knows it. The secret itself is not kept, only its keyed hash.
struct Leak
{
  std::uint32_t rule = 0;
  Sha256 secret{};
  Fingerprint fingerprint;  ///< of a weak secret a coarse one, which others share
  std::string redacted;
  Confidence confidence = Confidence::medium;
  ChecksumResult checksum;
  std::vector<Sighting> sightings;
  std::uint64_t not_kept = 0;  ///< further sightings
  bool lacks_texts = false;    ///< some of those are in texts of which no sighting is kept
};

/// How many sightings are kept, each about a hundred bytes. A secret in a file that changed ten thousand times is in
/// ten thousand texts. Where it is decides what becomes of it, so the first in each text has a limit of its own.
struct SightingLimits
{
  std::size_t repeated_of_leak = 50'000;
  std::size_t repeated = 1'000'000;
  std::size_t texts = 2'000'000;  ///< first sightings in a text
};

/// The secret with its line ends as LF, whatever they are: CRLF, CR, or the two characters `\n` of a string, as in a
/// key that stands in JSON or in a variable. Blanks at them (a YAML block is indented) and line ends at either end are
/// dropped. One without line ends stays as it is.
[[nodiscard]] std::string with_plain_line_ends(std::string_view secret);

/// The keyed hash by which a secret is known within a run, the same for all its spellings that with_plain_line_ends()
/// makes equal. The key is public, so whoever has the hash of a password can try a dictionary on it: it must not leave
/// the process.
[[nodiscard]] Sha256 identity_of(std::string_view secret);

/// What of a secret may leave the process: of a strong one (credentials/strength.hpp) its identity, of a weak one 16
/// bits.
[[nodiscard]] Fingerprint fingerprint_of(const Rule& rule, std::string_view secret);

/// The secrets that were seen, each with its places. One per thread while scanning, then merged.
class LeakCollection
{
public:
  explicit LeakCollection(std::span<const Rule> rules, SightingLimits limits = {})
      : rules_(rules),
        limits_(limits)
  {}

  /// No mark counts in the header of a commit or tag: people are called there as they like, and nobody reviews it.
  void add(std::string_view content, const Matches& matches, const Source& source);
  void merge(LeakCollection&& other);

  /// Texts with more secrets than are looked at, and secrets beyond those that are kept.
  [[nodiscard]] std::uint64_t
  overflows() const
  {
    return overflows_;
  }

  /// Takes out the secrets of `known` and returns how many sightings went with them.
  std::uint64_t forget(const std::set<Sha256>& known);
  /// Takes out all others and returns how many sightings went with them.
  std::uint64_t keep(const std::set<Sha256>& wanted);

  void for_each(const std::function<void(const Leak&)>& visit) const;

  /// Identities of the secrets.
  [[nodiscard]] std::set<Sha256> secrets() const;

  /// One leak per secret: where several rules know the same one, the best explained keeps all the places. Sorted by
  /// rule and identity.
  [[nodiscard]] std::vector<Leak> take();

  /// Whether nothing was seen and nothing was left out.
  [[nodiscard]] bool
  empty() const
  {
    return leaks_.empty() && overflows_ == 0;
  }

private:
  using Key = std::pair<std::uint32_t, Sha256>;

  /// Null if there are too many already.
  Leak* leak_of(const Match& match, std::string_view content);

  /// Whether there is room for a further sighting; if not, that is noted.
  [[nodiscard]] bool has_room(Leak& leak, const Source& source);

  std::span<const Rule> rules_;
  SightingLimits limits_;
  std::map<Key, Leak> leaks_;
  std::uint64_t texts_ = 0;     ///< first sightings in a text
  std::uint64_t repeated_ = 0;  ///< other sightings
  std::uint64_t overflows_ = 0;
};

}  // namespace sluice::secrets
