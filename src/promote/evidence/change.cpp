// SPDX-License-Identifier: Apache-2.0
#include "promote/evidence/change.hpp"

#include "base/text.hpp"
#include "git/history.hpp"
#include "git/object_store.hpp"

#include <algorithm>
#include <set>

namespace sluice::promote {

namespace {

std::optional<git::ObjectId>
live_commit(const Situation& situation)
{
  return situation.here().live ? git::ObjectId::from_hex(situation.here().live->commit) : std::nullopt;
}

bool
is_here(const git::Repository& repository, const std::optional<git::ObjectId>& commit)
{
  return commit && repository.commit(*commit).has_value();
}

std::string_view
directory_of(std::string_view path)
{
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? "" : path.substr(0, slash);
}

bool
looks_like_migration(std::string_view path, const std::set<std::string_view>& directories)
{
  for (const char* other : {".md", ".toml", ".json", ".lock", ".snap"}) {
    if (path.ends_with(other)) {
      return false;
    }
  }
  const std::string directory = to_lower(directory_of(path));
  return directories.contains(directory_of(path)) || directory.find("migrat") != std::string::npos;
}

/// Adds who wrote the commit: its author, and whom its message names beside them. False: its content cannot be read.
bool
add_authors(std::set<std::string>& authors, const git::Repository& repository, const git::Commit& commit)
{
  constexpr std::string_view trailer{"co-authored-by:"};
  const auto object = repository.objects().read(commit.id);
  if (!object) {
    return false;
  }
  authors.insert(commit.author);
  for (const std::string_view line : split(object->content, '\n')) {
    if (to_lower(line.substr(0, trailer.size())) == trailer) {
      authors.insert(std::string(trim(line.substr(trailer.size()))));
    }
  }
  return true;
}

std::optional<std::set<std::pair<std::string, git::ObjectId>>>
files_at(const git::Repository& repository, const git::ObjectId& commit)
{
  std::vector<Gap> gaps;
  std::set<std::pair<std::string, git::ObjectId>> files;
  for (git::TreeFile& file : git::files_of(repository, commit, gaps)) {
    files.emplace(std::move(file.path), file.blob);
  }
  return gaps.empty() ? std::optional(std::move(files)) : std::nullopt;
}

}  // namespace

Course
course_of(const Situation& situation)
{
  if (!situation.here().live) {
    return Course::first;
  }
  if (situation.here().live->commit == situation.commit) {
    return Course::same;
  }
  const git::Repository* repository = situation.input.repository;
  const auto live = live_commit(situation);
  const auto asked = git::ObjectId::from_hex(situation.commit);
  if (repository == nullptr || !is_here(*repository, live) || !is_here(*repository, asked)) {
    return Course::unknown;
  }
  const auto base = git::merge_base(*repository, *live, *asked);
  if (base == live) {
    return Course::forward;
  }
  if (base == asked) {
    return Course::backward;
  }
  return !base && repository->is_shallow() ? Course::unknown : Course::aside;
}

bool
is_in_live(const Situation& situation, std::string_view base)
{
  const auto live = live_commit(situation);
  const auto from = git::ObjectId::from_hex(base);
  if (!live || !from) {
    return false;
  }
  const git::Repository* repository = situation.input.repository;
  return from == live || (repository != nullptr && git::is_ancestor(*repository, *from, *live));
}

std::optional<std::vector<std::string>>
authors_of(const Situation& situation)
{
  const git::Repository* repository = situation.input.repository;
  const auto asked = git::ObjectId::from_hex(situation.commit);
  if (repository == nullptr || !is_here(*repository, asked)) {
    return std::nullopt;
  }
  std::set<std::string> authors;
  bool is_whole = add_authors(authors, *repository, *repository->commit(*asked));
  if (const auto live = live_commit(situation)) {
    if (!is_here(*repository, live)) {
      return std::nullopt;
    }
    std::vector<Gap> gaps;
    for (const auto& commit : git::commits_between(*repository, std::span(&*asked, 1), std::span(&*live, 1), gaps)) {
      is_whole = add_authors(authors, *repository, commit) && is_whole;
    }
    is_whole = is_whole && gaps.empty();
  }
  if (!is_whole) {
    return std::nullopt;
  }
  return std::vector<std::string>(authors.begin(), authors.end());
}

std::optional<std::vector<std::string>>
pending_migrations(const Situation& situation, const SeenMigrations& seen)
{
  const git::Repository* repository = situation.input.repository;
  const auto asked = git::ObjectId::from_hex(situation.commit);
  const auto live = live_commit(situation);
  if (repository == nullptr || !is_here(*repository, asked) || (live && !is_here(*repository, live))) {
    return std::nullopt;
  }
  std::set<std::string_view> directories;
  for (const std::string& path : seen.paths) {
    directories.insert(directory_of(path));
  }
  const auto now = live ? files_at(*repository, *live) : std::set<std::pair<std::string, git::ObjectId>>();
  const auto next = files_at(*repository, *asked);
  if (!now || !next) {
    return std::nullopt;
  }
  std::vector<std::string> pending;
  for (const auto& file : *next) {
    if (!now->contains(file) && looks_like_migration(file.first, directories)) {
      pending.push_back(file.first);
    }
  }
  return pending;
}

Result<std::optional<std::string>>
file_of(const Situation& situation, std::string_view commit, std::string_view path)
{
  const auto id = git::ObjectId::from_hex(commit);
  if (situation.input.repository == nullptr || !id) {
    return fail(ErrorKind::input, "{}: there is no repository to read it from", printable(path));
  }
  return situation.input.repository->file_at(*id, path);
}

}  // namespace sluice::promote
