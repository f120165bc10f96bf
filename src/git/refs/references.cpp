// SPDX-License-Identifier: Apache-2.0
#include "git/refs/references.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "git/refs.hpp"

#include <algorithm>

namespace sluice::git {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t max_loose_bytes = 64U << 10U;
constexpr std::uint64_t max_packed_bytes = 1U << 30U;
constexpr int max_symbolic_depth = 5;  // git's SYMREF_MAXDEPTH
constexpr int max_directory_depth = 256;

bool
is_component(std::string_view component)
{
  return !component.empty() && !component.starts_with('.') && !component.ends_with(".lock")
         && !component.ends_with('.');
}

bool
is_forbidden(char c)
{
  return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || std::string_view("~^:?*[\\").find(c) < 7;
}

bool
is_own_to_worktree(std::string_view name)
{
  return !name.starts_with("refs/") || name.starts_with("refs/bisect/") || name.starts_with("refs/worktree/")
         || name.starts_with("refs/rewritten/");
}

/// What a loose ref says: a name after "ref:", or an id.
struct Loose
{
  std::string symbolic;
  std::optional<ObjectId> id;
};

/// FETCH_HEAD has more after the id, so only the first word counts.
Loose
read_loose(const fs::path& file, std::size_t digits)
{
  std::error_code ignored;
  if (fs::is_symlink(file, ignored)) {  // how git wrote symbolic refs before 1.6
    const std::string target = fs::read_symlink(file, ignored).string();
    if (target.starts_with("refs/")) {
      return {target, std::nullopt};
    }
  }
  const auto text = read_file(file, max_loose_bytes);
  if (!text) {
    return {};
  }
  if (text->starts_with("ref:")) {
    return {std::string(trim(std::string_view(*text).substr(4))), std::nullopt};
  }
  const std::string_view word = std::string_view(*text).substr(0, text->find_first_of(" \t\r\n"));
  return {{}, word.size() == digits ? ObjectId::from_hex(word) : std::nullopt};
}

std::map<std::string, ObjectId, std::less<>>
parse_packed(std::string_view text, std::size_t digits)
{
  std::map<std::string, ObjectId, std::less<>> packed;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    // "# pack-refs with: …" and "^<peeled id>" fail both tests.
    if (line.size() <= digits + 1 || line[digits] != ' ') {
      continue;
    }
    const auto id = ObjectId::from_hex(line.substr(0, digits));
    const std::string_view name = trim(line.substr(digits + 1));
    if (id && is_reference_name(name)) {
      packed.insert_or_assign(packed.end(), std::string(name), *id);
    }
  }
  return packed;
}

}  // namespace

bool
is_reference_name(std::string_view name)
{
  if (name.empty() || name == "@" || name.find("..") != std::string_view::npos
      || name.find("@{") != std::string_view::npos || std::any_of(name.begin(), name.end(), is_forbidden)) {
    return false;
  }
  const auto components = split(name, '/');
  return std::all_of(components.begin(), components.end(), is_component);
}

Result<ReferenceFiles>
ReferenceFiles::open(const Repository& repository)
{
  ReferenceFiles files;
  files.own_ = repository.git_directory();
  files.common_ = repository.common_directory();
  files.digits_ = repository.is_sha256() ? 64 : 40;
  const fs::path packed = files.common_ / "packed-refs";
  std::error_code ignored;
  if (fs::exists(packed, ignored)) {
    TRY_ASSIGN(const std::string text, read_file(packed, max_packed_bytes));
    files.packed_ = parse_packed(text, files.digits_);
  }
  return files;
}

fs::path
ReferenceFiles::file_of(std::string_view name) const
{
  constexpr std::string_view main_worktree = "main-worktree/";
  if (name.starts_with(main_worktree)) {
    return common_ / name.substr(main_worktree.size());
  }
  if (name.starts_with("worktrees/")) {
    return common_ / name;
  }
  return (is_own_to_worktree(name) ? own_ : common_) / name;
}

std::optional<ObjectId>
ReferenceFiles::find(std::string_view name) const
{
  std::string at(name);
  for (int depth = 0; depth <= max_symbolic_depth && is_reference_name(at); ++depth) {
    Loose loose = read_loose(file_of(at), digits_);
    if (loose.id) {
      return loose.id;
    }
    if (loose.symbolic.empty()) {
      const auto packed = packed_.find(at);
      return packed != packed_.end() ? std::optional(packed->second) : std::nullopt;
    }
    at = std::move(loose.symbolic);
  }
  return std::nullopt;
}

std::optional<std::string>
ReferenceFiles::symbolic_target(std::string_view name) const
{
  Loose loose = is_reference_name(name) ? read_loose(file_of(name), digits_) : Loose{};
  return loose.symbolic.empty() ? std::nullopt : std::optional(std::move(loose.symbolic));
}

void
ReferenceFiles::add(std::string name, std::map<std::string, ObjectId>& into) const
{
  if (const auto id = find(name)) {
    into.insert_or_assign(std::move(name), *id);
  }
}

void
ReferenceFiles::collect(const fs::path& directory, std::string prefix, int depth,
                        std::map<std::string, ObjectId>& into) const
{
  std::error_code error;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    std::string name = prefix + at->path().filename().string();
    const fs::file_status status = at->symlink_status(error);
    if (fs::is_directory(status) && depth < max_directory_depth) {
      collect(at->path(), name + '/', depth + 1, into);
    } else if (!fs::is_directory(status)) {
      add(std::move(name), into);
    }
  }
}

void
ReferenceFiles::collect_worktrees(std::map<std::string, ObjectId>& into) const
{
  if (own_ != common_) {
    add("main-worktree/HEAD", into);
  }
  std::error_code error;
  for (fs::directory_iterator at(common_ / "worktrees", error), end; !error && at != end; at.increment(error)) {
    const fs::path id = at->path().filename();
    if (id != own_.filename() || own_ == common_) {
      add("worktrees/" + id.string() + "/HEAD", into);
      collect(at->path() / "refs", "worktrees/" + id.string() + "/refs/", 0, into);
    }
  }
}

std::vector<Reference>
ReferenceFiles::all() const
{
  std::map<std::string, ObjectId> found(packed_.begin(), packed_.end());
  collect(common_ / "refs", "refs/", 0, found);
  if (own_ != common_) {
    collect(own_ / "refs", "refs/", 0, found);
  }
  add("HEAD", found);
  collect_worktrees(found);

  std::vector<Reference> references;
  references.reserve(found.size());
  for (const auto& [name, id] : found) {
    references.push_back({name, id});
  }
  return references;
}

}  // namespace sluice::git
