// SPDX-License-Identifier: Apache-2.0
#include "git/objects/loose_objects.hpp"

#include "base/mapped_file.hpp"
#include "base/number.hpp"

#include <unistd.h>

namespace sluice::git {

namespace {

constexpr std::size_t longest_header = 32;

std::optional<ObjectKind>
kind_named(std::string_view name)
{
  for (const ObjectKind kind : {ObjectKind::commit, ObjectKind::tree, ObjectKind::blob, ObjectKind::tag}) {
    if (name_of(kind) == name) {
      return kind;
    }
  }
  return std::nullopt;
}

/// Splits "<kind> <size>\0<content>".
DecodeFault
parse(std::string_view bytes, LooseObject& object)
{
  const std::size_t end = bytes.substr(0, longest_header).find('\0');
  const std::size_t space = bytes.substr(0, longest_header).find(' ');
  if (end == std::string_view::npos || space == std::string_view::npos || space > end) {
    return DecodeFault::bad_header;
  }
  const auto kind = kind_named(bytes.substr(0, space));
  const std::string_view digits = bytes.substr(space + 1, end - space - 1);
  const auto size = number_of<std::uint64_t>(digits);
  if (!kind || !size) {
    return DecodeFault::bad_header;
  }
  object.kind = *kind;
  object.content = bytes.substr(end + 1);
  return object.content.size() == *size ? DecodeFault::none : DecodeFault::wrong_size;
}

/// The size is inside the stream and libdeflate inflates whole streams only, so the room is guessed and quadrupled. It
/// never needs to exceed what deflate can make of so many bytes (1,032 times as many).
DecodeFault
inflate(std::string_view compressed, std::uint64_t max_bytes, Inflater& inflater, Buffer& storage)
{
  const std::size_t most = std::min<std::uint64_t>(max_bytes, compressed.size() * 1032 + 4096) + longest_header;
  for (std::size_t room = compressed.size() * 4 + 4096;; room *= 4) {
    if (!storage.resize(std::min(room, most))) {
      return DecodeFault::no_memory;
    }
    std::size_t written = 0;
    const DecodeFault fault = inflater.at_most(compressed, {storage.data(), storage.size()}, written);
    if (fault == DecodeFault::none) {
      storage.shrink(written);
      return fault;
    }
    if (fault != DecodeFault::wrong_size || room >= most) {
      return fault == DecodeFault::wrong_size ? DecodeFault::too_large : fault;
    }
  }
}

}  // namespace

std::filesystem::path
LooseObjects::path_of(const ObjectId& id) const
{
  const std::string hex = id.hex();
  return directory_ / hex.substr(0, 2) / hex.substr(2);
}

bool
LooseObjects::contains(const ObjectId& id) const
{
  return ::access(path_of(id).c_str(), F_OK) == 0;
}

std::vector<ObjectId>
LooseObjects::list(std::vector<Gap>& gaps) const
{
  std::vector<ObjectId> ids;
  for (unsigned byte = 0; byte < 256; ++byte) {
    const std::vector<ObjectId> some = list(static_cast<std::uint8_t>(byte), gaps);
    ids.insert(ids.end(), some.begin(), some.end());
  }
  return ids;
}

std::vector<ObjectId>
LooseObjects::list(std::uint8_t first_byte, std::vector<Gap>& gaps) const
{
  const std::string prefix = fmt::format("{:02x}", first_byte);
  const std::filesystem::path folder = directory_ / prefix;
  std::vector<ObjectId> ids;
  std::error_code error;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string hex = prefix + it->path().filename().string();
    const auto id = ObjectId::from_hex(hex);
    // Other files may lie there (tmp_obj_…), and git knows no capital digits.
    if (id && id->size == id_size_ && id->hex() == hex) {
      ids.push_back(*id);
    }
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    gaps.push_back({GapKind::unreadable, folder.string(), "cannot be listed: " + error.message(),
                    "Give the gate read access to it"});
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

DecodeFault
LooseObjects::read(const ObjectId& id, std::uint64_t max_bytes, Inflater& inflater, LooseObject& object) const
{
  const auto file = MappedFile::open(path_of(id));
  if (!file) {
    return contains(id) ? DecodeFault::unreadable : DecodeFault::missing;
  }
  object.file_size = file->bytes().size();
  if (const DecodeFault fault = inflate(file->bytes(), max_bytes, inflater, object.storage);
      fault != DecodeFault::none) {
    return fault;
  }
  const DecodeFault fault = parse(object.storage.view(), object);
  if (fault == DecodeFault::none && object.content.size() > max_bytes) {
    return DecodeFault::too_large;
  }
  // Whoever can write a file can put another object's content in it; git refuses such a one.
  const bool is_other = fault == DecodeFault::none && ObjectId::hash(object.storage.view(), {}, id.size) != id;
  return is_other ? DecodeFault::wrong_name : fault;
}

}  // namespace sluice::git
