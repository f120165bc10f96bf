// SPDX-License-Identifier: Apache-2.0
#include "git/object_store.hpp"

#include "base/parallel.hpp"
#include "base/text.hpp"
#include "git/objects/delta_forest.hpp"
#include "git/objects/object_reader.hpp"
#include "git/objects/object_walk.hpp"

#include <set>

namespace sluice::git {

namespace {

/// A damaged pack can cost thousands of objects; more gaps than this tell nobody more.
constexpr std::size_t most_gaps = 100;
/// Trying other copies of what failed is random access, which a forged pack can make slow.
constexpr std::size_t most_recoveries = 1000;

constexpr std::string_view fix_for_objects =
    "Check the repository with git fsck, and fetch what is damaged again from a remote that has it";

Gap
gap_for(const ObjectId& id, DecodeFault fault, std::uint64_t max_bytes)
{
  std::string why(explain(fault));
  if (fault == DecodeFault::too_large) {
    why += " of " + human_bytes(max_bytes);
    return {GapKind::too_large, "object " + id.hex(), std::move(why), "Raise the limit, or accept the gap"};
  }
  const bool is_absent = fault == DecodeFault::missing || fault == DecodeFault::missing_base;
  const GapKind kind = fault == DecodeFault::unreadable ? GapKind::unreadable
                       : is_absent                      ? GapKind::missing_object
                                                        : GapKind::corrupt_object;
  return {kind, "object " + id.hex(), std::move(why), std::string(fix_for_objects)};
}

/// The ids that a prefix of hexadecimal digits allows: from `lowest` on, as long as they start with the digits.
struct Prefix
{
  std::string digits;
  ObjectId lowest;
};

std::optional<Prefix>
parse_prefix(std::string_view text, std::uint8_t id_size)
{
  constexpr std::size_t least_digits = 4;
  std::string digits = to_lower(text);
  if (digits.size() < least_digits || digits.size() > std::size_t{id_size} * 2) {
    return std::nullopt;
  }
  std::string padded = digits;
  padded.resize(std::size_t{id_size} * 2, '0');
  const auto lowest = ObjectId::from_hex(padded);
  if (!lowest) {
    return std::nullopt;
  }
  return Prefix{std::move(digits), *lowest};
}

/// Git has this one without storing it.
bool
is_empty_tree(const ObjectId& id)
{
  static const std::array ids{ObjectId::from_hex("4b825dc642cb6eb9a060e54bf8d69288fbee4904"),
                              ObjectId::from_hex("6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321")};
  return id == ids[0] || id == ids[1];
}

class DiskObjectStore final : public ObjectStore
{
public:
  DiskObjectStore(const std::filesystem::path& objects_directory, std::uint8_t id_size,
                  std::span<const std::filesystem::path> more)
      : sources_(objects_directory, id_size, more),
        reader_(sources_)
  {}

  bool
  contains(const ObjectId& id) const override
  {
    return sources_.contains(id) || is_empty_tree(id);
  }
  Result<Object>
  read(const ObjectId& id, std::uint64_t max_bytes) const override
  {
    return is_empty_tree(id) ? Object{ObjectKind::tree, {}} : reader_.read(id, max_bytes);
  }
  std::span<const Gap>
  gaps() const override
  {
    return sources_.gaps();
  }

  std::vector<ObjectId> with_prefix(std::string_view prefix, std::size_t limit) const override;
  WalkTotals for_each(const WalkRequest& request, const Visit& visit, std::vector<Gap>& gaps) const override;
  void check_packs(unsigned threads, std::vector<Gap>& gaps) const override;
  std::uint64_t
  object_count() const override
  {
    return sources_.object_count();
  }

private:
  bool recover(const ObjectId& id, const WalkRequest& request, const Visit& visit, WalkTotals& totals) const;

  ObjectSources sources_;
  ObjectReader reader_;
};

std::vector<ObjectId>
DiskObjectStore::with_prefix(std::string_view prefix, std::size_t limit) const
{
  const auto wanted = parse_prefix(prefix, sources_.id_size());
  std::set<ObjectId> found;
  const auto fits = [&](const ObjectId& id) { return id.hex().starts_with(wanted->digits); };
  for (std::size_t i = 0; wanted && i < sources_.packs().size(); ++i) {
    const PackIndex& index = sources_.packs()[i].index();
    // No more than `limit` of one pack are needed, even if all of them are known already.
    std::uint32_t ordinal = index.lower_bound(wanted->lowest);
    for (std::size_t taken = 0; taken < limit && ordinal < index.count() && fits(index.id(ordinal)); ++taken) {
      found.insert(index.id(ordinal++));
    }
  }
  for (std::size_t i = 0; wanted && i < sources_.loose().size(); ++i) {
    std::vector<Gap> unlisted;
    for (const ObjectId& id : sources_.loose()[i].list(wanted->lowest.bytes[0], unlisted)) {
      if (fits(id)) {
        found.insert(id);
      }
    }
  }
  std::vector<ObjectId> ids(found.begin(), found.end());
  ids.resize(std::min(ids.size(), limit));
  return ids;
}

void
DiskObjectStore::check_packs(unsigned threads, std::vector<Gap>& gaps) const
{
  std::vector<char> is_intact(sources_.packs().size());  // not bool: its elements share bytes
  std::atomic<std::size_t> next = 0;
  on_threads(thread_count(threads), [&](unsigned) {
    for (std::size_t i = next++; i < is_intact.size(); i = next++) {
      is_intact[i] = sources_.packs()[i].is_intact() ? 1 : 0;
    }
  });
  for (std::size_t i = 0; i < is_intact.size(); ++i) {
    if (is_intact[i] == 0) {
      gaps.push_back({GapKind::corrupt_object, sources_.packs()[i].path().filename().string(),
                      "the pack is corrupt: its content does not have the checksum at its end",
                      std::string(fix_for_objects)});
    }
  }
}

WalkTotals
DiskObjectStore::for_each(const WalkRequest& request, const Visit& visit, std::vector<Gap>& gaps) const
{
  const DeltaForest forest(sources_, thread_count(request.threads), gaps);
  WalkOutcome outcome = walk_objects(sources_, forest, request, visit);
  std::size_t tried = 0;
  std::size_t lost = 0;
  for (const BrokenNode& failure : outcome.failures) {
    const ObjectId id = forest.id(failure.node);
    if (tried < most_recoveries && sources_.copies(id) > 1) {
      ++tried;
      if (recover(id, request, visit, outcome.totals)) {
        continue;
      }
    }
    if (++lost <= most_gaps) {
      gaps.push_back(gap_for(id, failure.fault, request.max_object_bytes));
    }
  }
  if (lost > most_gaps) {
    gaps.push_back({GapKind::missing_object, counted(lost - most_gaps, "more object", "more objects"),
                    "cannot be read either", std::string(fix_for_objects)});
  }
  return outcome.totals;
}

/// Visits an object whose first copy is damaged by way of another copy.
bool
DiskObjectStore::recover(const ObjectId& id, const WalkRequest& request, const Visit& visit, WalkTotals& totals) const
{
  const auto object = reader_.read(id, request.max_object_bytes);
  if (!object) {
    return false;
  }
  if (wants(request, object->kind)) {
    const ByteRange whole{0, object->content.size()};
    visit({id, object->kind, object->content, {&whole, object->content.empty() ? 0U : 1U}, nullptr}, 0);
    ++totals.objects;
    totals.inflated_bytes += object->content.size();
    totals.fresh_bytes += object->content.size();
  }
  return true;
}

}  // namespace

Gap
misnamed_gap(const ObjectId& id)
{
  return gap_for(id, DecodeFault::wrong_name, 0);
}

Result<std::unique_ptr<ObjectStore>>
ObjectStore::open(const std::filesystem::path& objects_directory, std::uint8_t id_size,
                  std::span<const std::filesystem::path> more)
{
  std::error_code error;
  if (!std::filesystem::is_directory(objects_directory, error)) {
    return fail(ErrorKind::input, "{}: is no directory of git objects", objects_directory.string());
  }
  return std::make_unique<DiskObjectStore>(objects_directory, id_size, more);
}

}  // namespace sluice::git
