// SPDX-License-Identifier: Apache-2.0
//
// A delta is a list of instructions that make an object out of its base: copy a piece of the base, or insert bytes that
// follow (git's Documentation/gitformat-pack). While they are carried out it is known, at no cost, what the object has
// that its base has not: the inserted bytes, and the joints where two copied pieces meet that did not meet in the base.
// A matcher that has seen the base needs to look there only. Pieces that are neighbours in the base as well (git splits
// copies at 64 KiB, and often for no reason) make no joint. The object's own start and end count as joints where the
// base did not start or end there, so that a pattern which wants a boundary sees it.
#include "git/objects/delta.hpp"

namespace sluice::git {

namespace {

struct Cursor
{
  const unsigned char* next;
  const unsigned char* end;
};

std::optional<std::uint64_t>
take_size(Cursor& cursor)
{
  std::uint64_t size = 0;
  for (unsigned shift = 0; cursor.next < cursor.end && shift < 63; shift += 7) {
    const unsigned char byte = *cursor.next++;
    size |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if ((byte & 0x80U) == 0) {
      return size;
    }
  }
  return std::nullopt;
}

struct Copy
{
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
};

/// How many operand bytes follow, by the opcode's low seven bits. (x86-64 without extensions has no instruction for
/// it.)
constexpr std::array<std::uint8_t, 128> operand_counts = [] {
  std::array<std::uint8_t, 128> counts{};
  for (unsigned opcode = 1; opcode < counts.size(); ++opcode) {
    counts.at(opcode) = static_cast<std::uint8_t>(counts.at(opcode / 2) + opcode % 2);
  }
  return counts;
}();

/// The operands that the opcode's low seven bits announce. False if the delta ends among them.
bool
take_copy(Cursor& cursor, unsigned opcode, Copy& copy)
{
  if (cursor.end - cursor.next < operand_counts[opcode & 0x7FU]) {
    return false;
  }
  for (unsigned bit = 0; bit < 4; ++bit) {
    if ((opcode & (1U << bit)) != 0) {
      copy.offset |= static_cast<std::uint32_t>(*cursor.next++) << (bit * 8);
    }
  }
  for (unsigned bit = 0; bit < 3; ++bit) {
    if ((opcode & (0x10U << bit)) != 0) {
      copy.size |= static_cast<std::uint32_t>(*cursor.next++) << (bit * 8);
    }
  }
  if (copy.size == 0) {
    copy.size = 0x10000;
  }
  return true;
}

/// Carries out the instructions one by one; each returns false if it cannot.
class Application
{
public:
  Application(std::string_view base, const DeltaHeader& header, char* target, FreshRanges* fresh)
      : base_(base),
        target_(target),
        size_(header.result_size),
        fresh_(fresh)
  {}

  bool
  copy(Copy piece)
  {
    if (piece.size > size_ - filled_ || piece.offset > base_.size() || piece.size > base_.size() - piece.offset) {
      return false;
    }
    if (piece.offset != base_end_) {
      joint();
    }
    std::memcpy(target_ + filled_, base_.data() + piece.offset, piece.size);
    filled_ += piece.size;
    base_end_ = std::uint64_t{piece.offset} + piece.size;
    return true;
  }

  bool
  insert(Cursor& cursor, std::size_t count)
  {
    if (count > size_ - filled_ || count > static_cast<std::size_t>(cursor.end - cursor.next)) {
      return false;
    }
    std::memcpy(target_ + filled_, cursor.next, count);
    if (fresh_ != nullptr) {
      fresh_->insert(filled_, filled_ + count);
    }
    cursor.next += count;
    filled_ += count;
    // What follows is next to the inserted bytes, whose range covers the joint.
    base_end_ = after_insert;
    return true;
  }

  bool
  finish()
  {
    if (base_end_ != base_.size()) {
      joint();
    }
    return filled_ == size_;
  }

private:
  static constexpr std::uint64_t after_insert = ~std::uint64_t{0};

  void
  joint()
  {
    if (fresh_ != nullptr && base_end_ != after_insert) {
      fresh_->joint(filled_, size_);
    }
  }

  std::string_view base_;
  char* target_;
  std::uint64_t size_;
  FreshRanges* fresh_;
  std::uint64_t filled_ = 0;
  std::uint64_t base_end_ = 0;  ///< where in the base the last copied piece ended
};

}  // namespace

std::optional<DeltaHeader>
parse_delta(std::string_view delta)
{
  const auto* bytes = reinterpret_cast<const unsigned char*>(delta.data());
  Cursor cursor{bytes, bytes + delta.size()};
  const auto base_size = take_size(cursor);
  const auto result_size = base_size ? take_size(cursor) : std::nullopt;
  if (!result_size) {
    return std::nullopt;
  }
  return DeltaHeader{*base_size, *result_size, delta.substr(static_cast<std::size_t>(cursor.next - bytes))};
}

void
FreshRanges::insert(std::uint64_t begin, std::uint64_t end)
{
  if (!ranges_.empty() && (begin <= ranges_.back().end || ranges_.size() >= most_ranges)) {
    ranges_.back().end = std::max(ranges_.back().end, end);
    return;
  }
  ranges_.push_back({begin, end});
}

void
FreshRanges::joint(std::uint64_t place, std::uint64_t content_size)
{
  const std::uint64_t begin = place > 0 ? place - 1 : 0;
  const std::uint64_t end = place < content_size ? place + 1 : content_size;
  if (begin < end) {
    insert(begin, end);
  }
}

std::uint64_t
FreshRanges::byte_count() const
{
  std::uint64_t count = 0;
  for (const ByteRange& range : ranges_) {
    count += range.end - range.begin;
  }
  return count;
}

bool
apply_delta(std::string_view base, const DeltaHeader& header, char* target, FreshRanges* fresh)
{
  if (fresh != nullptr) {
    fresh->clear();
  }
  if (header.base_size != base.size()) {
    return false;
  }
  const auto* bytes = reinterpret_cast<const unsigned char*>(header.instructions.data());
  Cursor cursor{bytes, bytes + header.instructions.size()};
  Application application(base, header, target, fresh);
  while (cursor.next < cursor.end) {
    const unsigned opcode = *cursor.next++;
    Copy piece;
    const bool done = (opcode & 0x80U) != 0 ? take_copy(cursor, opcode, piece) && application.copy(piece)
                                            : opcode != 0 && application.insert(cursor, opcode);
    if (!done) {
      return false;
    }
  }
  return application.finish();
}

}  // namespace sluice::git
