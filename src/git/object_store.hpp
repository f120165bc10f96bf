// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "base/span.hpp"
#include "finding/finding.hpp"
#include "git/object_id.hpp"
#include "git/repository.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace sluice::git {

/// Half-open range of bytes of an object.
using ByteRange = Span;

/// One object on its way through `ObjectStore::for_each`. Everything is valid only during the call.
struct ObjectView
{
  ObjectId id;
  ObjectKind kind = ObjectKind::blob;
  std::string_view content;

  /// What of `content` no object visited before holds in the same neighbourhood: bytes that a delta inserts, and the
  /// two bytes around each joint of two copied pieces. In order, disjoint. The whole content for an object that is
  /// stored whole. A matcher whose longest match is N bytes finds every match that its base has not by looking at
  /// these ranges widened by N on both sides.
  std::span<const ByteRange> fresh;

  /// The object that this one is stored as a delta of, which was visited before; null for one that is stored whole.
  /// What a reader knows of the base holds for the copied pieces too.
  const ObjectId* base = nullptr;
};

struct WalkRequest
{
  bool commits = true, trees = true, blobs = true, tags = true;
  unsigned threads = 0;                            ///< 0: one per core
  std::uint64_t max_object_bytes = 512U << 20U;    ///< a larger object is a gap
  std::atomic<std::uint64_t>* progress = nullptr;  ///< counts objects done, for a progress line
};

struct WalkTotals
{
  std::uint64_t objects = 0;         ///< visited, each once however many packs hold it
  std::uint64_t inflated_bytes = 0;  ///< sum of their sizes
  std::uint64_t fresh_bytes = 0;
  std::uint64_t stored_bytes = 0;  ///< size of the packs and loose files read
};

/// Of an object whose content does not hash to its name.
[[nodiscard]] Gap misnamed_gap(const ObjectId& id);

/// Every object of a repository: packs (mmap, delta forest), loose files, alternates (also nested and relative).
/// SHA-1 and SHA-256. Thread-safe for reading.
class ObjectStore
{
public:
  /// `objects_directory` is "<common>/objects"; `more` are read beside it. Packs or alternates that cannot be read
  /// become `gaps()`.
  [[nodiscard]] static Result<std::unique_ptr<ObjectStore>> open(const std::filesystem::path& objects_directory,
                                                                 std::uint8_t id_size,
                                                                 std::span<const std::filesystem::path> more = {});
  virtual ~ObjectStore() = default;

  [[nodiscard]] virtual bool contains(const ObjectId& id) const = 0;

  /// One object by random access. Errors: ErrorKind::input, naming the object ("is missing", "is corrupt: …").
  [[nodiscard]] virtual Result<Object> read(const ObjectId& id, std::uint64_t max_bytes = 512U << 20U) const = 0;

  /// All ids whose hexadecimal form starts with `prefix` (at least 4 digits), at most `limit`.
  [[nodiscard]] virtual std::vector<ObjectId> with_prefix(std::string_view prefix, std::size_t limit = 2) const = 0;

  /// Visits every object of the wanted kinds exactly once, on all threads, bases before what is stored as a
  /// delta of them. `visit` gets the number of the calling thread (0 … threads-1). Whatever cannot be decoded
  /// becomes a gap and the walk goes on; memory stays bounded by a few objects per thread.
  virtual WalkTotals for_each(const WalkRequest& request,
                              const std::function<void(const ObjectView&, unsigned thread)>& visit,
                              std::vector<Gap>& gaps) const = 0;

  /// Reads every pack once more to compare it with its checksum; one that differs is a gap (corrupt_object), whatever
  /// of it can still be decoded.
  virtual void check_packs(unsigned threads, std::vector<Gap>& gaps) const = 0;

  /// What could not be opened.
  [[nodiscard]] virtual std::span<const Gap> gaps() const = 0;

  [[nodiscard]] virtual std::uint64_t object_count() const = 0;  ///< counted once per pack, without loose ones
};

/// What an annotated tag names; nothing if the content is not a tag's.
[[nodiscard]] std::optional<ObjectId> tag_target(std::string_view tag_content);

/// The commit that `id` is or, over any number of tags (at most 64), names. Errors as of ObjectStore::read; nothing if
/// it is a tree or a blob or a tag of one.
[[nodiscard]] Result<std::optional<ObjectId>> peel_to_commit(const Repository& repository, const ObjectId& id);

}  // namespace sluice::git
