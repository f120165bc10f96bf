// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "git/object_store.hpp"
#include "git/objects/tree_cursor.hpp"
#include "git/repository.hpp"

#include <algorithm>
#include <charconv>

namespace sluice::git {

namespace {

/// Takes `key` and the id after it off the front of `rest`, if they are a header line there.
std::optional<ObjectId>
take_id_line(std::string_view& rest, std::string_view key, std::size_t digits)
{
  if (!rest.starts_with(key) || rest.size() <= key.size() + digits || rest[key.size() + digits] != '\n') {
    return std::nullopt;
  }
  auto id = ObjectId::from_hex(rest.substr(key.size(), digits));
  rest.remove_prefix(key.size() + digits + 1);
  return id;
}

/// Takes one line off the front of `rest`.
std::string_view
take_line(std::string_view& rest)
{
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

struct Signature
{
  std::string_view who;  ///< "Name <mail>"
  std::int64_t time = 0;
};

/// Nobody commits beyond this, and sums of it with anything sensible stay in range.
constexpr std::int64_t latest_time = std::int64_t{1} << 56U;

/// Reads `Name <mail> 1700000000 +0100`; a time that is missing or no number is 0, as git takes it.
Signature
parse_signature(std::string_view line)
{
  const std::size_t bracket = line.rfind('>');
  if (bracket == std::string_view::npos) {
    return {trim(line), 0};
  }
  Signature signature{trim(line.substr(0, bracket + 1)), 0};
  const std::string_view time = trim(line.substr(bracket + 1));
  std::from_chars(time.data(), time.data() + time.size(), signature.time);
  signature.time = std::clamp(signature.time, -latest_time, latest_time);
  return signature;
}

}  // namespace

Result<Commit>
parse_commit(const ObjectId& id, std::string_view content)
{
  const std::size_t digits = std::size_t{id.size} * 2;
  Commit commit;
  commit.id = id;
  std::string_view rest = content;
  const auto tree = take_id_line(rest, "tree ", digits);
  if (!tree) {
    return fail(ErrorKind::input, "commit {}: is corrupt: names no tree", id.hex());
  }
  commit.tree = *tree;
  while (rest.starts_with("parent ")) {
    const auto parent = take_id_line(rest, "parent ", digits);
    if (!parent) {
      return fail(ErrorKind::input, "commit {}: is corrupt: names a parent that is no id", id.hex());
    }
    commit.parents.push_back(*parent);
  }
  for (std::string_view line = take_line(rest); !line.empty(); line = take_line(rest)) {
    if (line.starts_with("author ") && commit.author.empty()) {
      const Signature author = parse_signature(line.substr(7));
      commit.author = author.who;
      commit.author_time = author.time;
    } else if (line.starts_with("committer ")) {
      commit.commit_time = parse_signature(line.substr(10)).time;
      break;
    }
  }
  return commit;
}

bool
for_each_entry(std::string_view tree_content, std::uint8_t id_size, const std::function<void(const TreeEntry&)>& visit)
{
  TreeCursor cursor(tree_content, id_size);
  RawTreeEntry entry;
  while (cursor.next(entry)) {
    visit({entry.mode, entry.name, ObjectId::from_raw(entry.id, id_size)});
  }
  return cursor.at_end();
}

bool
can_be_checked_out(const RawTreeEntry& entry)
{
  if (entry.name.empty() || entry.name == "." || entry.name == ".." || entry.name.find('/') != std::string_view::npos) {
    return false;
  }
  if (entry.name.front() != '.' && entry.name.front() != 'g' && entry.name.front() != 'G') {
    return true;
  }
  // NTFS does not tell these from `.git`: what a colon begins, and dots and blanks at the end.
  const std::string name = to_lower(entry.name.substr(0, entry.name.find_first_of(":\\")));
  const std::string_view plain = std::string_view(name).substr(0, name.find_last_not_of(". ") + 1);
  const bool is_link = is_type(entry.mode, FileMode::link);
  return plain != ".git" && plain != "git~1" && !(is_link && plain == ".gitmodules");
}

std::optional<ObjectId>
tag_target(std::string_view tag_content)
{
  const std::size_t end = tag_content.find('\n');
  if (!tag_content.starts_with("object ") || end == std::string_view::npos) {
    return std::nullopt;
  }
  return ObjectId::from_hex(tag_content.substr(7, end - 7));
}

Result<std::optional<ObjectId>>
peel_to_commit(const Repository& repository, const ObjectId& id)
{
  constexpr int max_tags = 64;
  ObjectId at = id;
  for (int i = 0; i < max_tags; ++i) {
    TRY_ASSIGN(const Object object, repository.objects().read(at));
    if (object.kind == ObjectKind::commit) {
      return at;
    }
    const auto target = object.kind == ObjectKind::tag ? tag_target(object.content) : std::nullopt;
    if (!target) {
      return std::optional<ObjectId>();
    }
    at = *target;
  }
  return std::optional<ObjectId>();
}

}  // namespace sluice::git
