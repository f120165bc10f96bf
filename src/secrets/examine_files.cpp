// SPDX-License-Identifier: Apache-2.0
//
// Texts that are not objects of a repository: files on disk, the index, standard input.
#include "base/parallel.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "git/blob_id.hpp"
#include "git/object_store.hpp"
#include "git/worktree.hpp"
#include "secrets/examination.hpp"

#include <algorithm>
#include <atomic>

namespace sluice::secrets {

namespace {

/// Whether files that the repository holds as objects are left out.
enum class Committed { matched, left_out };

struct ThreadPart
{
  MatchWorker worker;
  LeakCollection leaks;
  std::vector<Gap> gaps;
  std::uint64_t files = 0, bytes = 0, lfs_pointers = 0;
};

/// Every regular file below a directory that is in no repository.
Result<std::vector<std::string>>
files_below(const std::filesystem::path& directory, std::vector<Gap>& gaps)
{
  std::vector<std::string> paths;
  std::error_code error;
  std::filesystem::recursive_directory_iterator entry(directory, error), end;
  if (error) {
    return fail(ErrorKind::input, "{}: cannot be listed: {}", directory.string(), error.message());
  }
  while (entry != end) {
    const std::filesystem::path path = entry->path();
    if (path.filename() == ".git") {
      entry.disable_recursion_pending();
    } else if (entry->symlink_status(error).type() == std::filesystem::file_type::regular) {
      paths.push_back(path.lexically_relative(directory).generic_string());
    }
    entry.increment(error);
    if (error) {
      gaps.push_back({GapKind::unreadable, path.lexically_relative(directory).generic_string(), error.message(), {}});
      break;
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

void
match_file(const Assignment& assignment, const std::filesystem::path& root, const std::string& path,
           Committed committed, ThreadPart& part)
{
  std::error_code error;
  if (std::filesystem::is_symlink(root / path, error)) {
    return;  // its text is the name of another file, which is looked at by itself
  }
  const auto content = read_file(root / path, assignment.max_bytes());
  if (!content) {
    part.gaps.push_back({GapKind::unreadable, path, content.error().message, {}});
    return;
  }
  const git::Repository* repository = assignment.input.repository;
  if (committed == Committed::left_out && repository != nullptr
      && repository->objects().contains(
          git::blob_id(*content, repository->is_sha256() ? git::HashKind::sha256 : git::HashKind::sha1))) {
    return;
  }
  ++part.files;
  part.bytes += content->size();
  part.lfs_pointers += is_lfs_pointer(*content) ? 1 : 0;
  part.leaks.add(*content, part.worker.match(*content), {SourceKind::worktree, {}, path});
}

Result<Examination>
match_files(const Assignment& assignment, const std::filesystem::path& root, const std::vector<std::string>& paths,
            Committed committed)
{
  TRY_ASSIGN(std::vector<MatchWorker> workers, make_workers(assignment));
  std::vector<ThreadPart> parts;
  for (MatchWorker& worker : workers) {
    parts.push_back({std::move(worker), LeakCollection(assignment.matcher.rules()), {}, 0, 0, 0});
  }
  std::atomic<std::size_t> next = 0;
  on_threads(assignment.threads, [&](unsigned thread) {
    for (std::size_t i = next++; i < paths.size(); i = next++) {
      if (!matches_any(assignment.exclude, paths[i])) {
        match_file(assignment, root, paths[i], committed, parts[thread]);
      }
    }
  });
  Examination result(assignment.matcher.rules());
  std::uint64_t files = 0, bytes = 0, lfs_pointers = 0;
  for (ThreadPart& part : parts) {
    result.leaks.merge(std::move(part.leaks));
    result.gaps.insert(result.gaps.end(), part.gaps.begin(), part.gaps.end());
    files += part.files;
    bytes += part.bytes;
    lfs_pointers += part.lfs_pointers;
  }
  if (lfs_pointers != 0) {
    result.gaps.push_back(lfs_gap(lfs_pointers));
  }
  result.coverage.counts = {{files, "files"}, {bytes, "bytes"}};
  return result;
}

/// A repository may be new; a directory that somebody named or mounted and that is empty is the wrong one.
void
note_no_files(const Assignment& assignment, Examination& result)
{
  if (!result.coverage.is_empty()) {
    return;
  }
  if (assignment.input.repository != nullptr) {
    result.absence = Absence{Absence::Kind::no_subject, "there is no file to look at"};
  } else if (result.gaps.empty()) {
    result.gaps.push_back({GapKind::no_input, "the directory", "it holds no file",
                           "Name the right one with --repo DIR,\nor mount it where the gate looks"});
  }
}

}  // namespace

Result<Examination>
examine_worktree(const Assignment& assignment)
{
  const git::Repository* repository = assignment.input.repository;
  std::vector<Gap> gaps;
  if (repository == nullptr) {
    TRY_ASSIGN(const auto paths, files_below(assignment.input.directory, gaps));
    TRY_ASSIGN(Examination result, match_files(assignment, assignment.input.directory, paths, Committed::matched));
    result.gaps.insert(result.gaps.end(), gaps.begin(), gaps.end());
    result.coverage.scope = "every file below the directory";
    note_no_files(assignment, result);
    return result;
  }
  if (repository->is_bare()) {
    return fail(ErrorKind::input, "scope worktree: the repository is bare, it has no files on disk");
  }
  TRY_ASSIGN(const auto paths, git::worktree_files(*repository, gaps));
  TRY_ASSIGN(Examination result, match_files(assignment, repository->work_tree(), paths, Committed::matched));
  result.gaps.insert(result.gaps.end(), gaps.begin(), gaps.end());
  for (Gap& gap : git::submodule_gaps(*repository)) {
    result.gaps.push_back(std::move(gap));
  }
  result.coverage.scope = "files on disk that are tracked or not ignored";
  note_no_files(assignment, result);
  return result;
}

Result<Examination>
examine_staged(const Assignment& assignment)
{
  if (assignment.input.repository == nullptr) {
    return without_repository(assignment);
  }
  Examination result(assignment.matcher.rules());
  TRY_ASSIGN(const auto files, git::staged_files(*assignment.input.repository, result.gaps));
  TRY_ASSIGN(std::vector<MatchWorker> workers, make_workers(assignment));
  MatchWorker& worker = workers.front();
  std::uint64_t bytes = 0, known = 0, lfs_pointers = 0;
  for (const git::StagedFile& file : files) {
    if (matches_any(assignment.exclude, file.path)) {
      continue;
    }
    bytes += file.content.size();
    lfs_pointers += is_lfs_pointer(file.content) ? 1 : 0;
    LeakCollection leaks(assignment.matcher.rules());
    leaks.add(file.content, worker.match(file.content), {SourceKind::index, {}, file.path});
    if (!leaks.empty() && file.replaced) {
      LeakCollection before(assignment.matcher.rules());
      before.add(*file.replaced, worker.match(*file.replaced), {SourceKind::index, {}, file.path});
      known += leaks.forget(before.secrets());
    }
    result.leaks.merge(std::move(leaks));
  }
  if (lfs_pointers != 0) {
    result.gaps.push_back(lfs_gap(lfs_pointers));
  }
  result.coverage = {"what is staged for the next commit", {{files.size(), "files"}, {bytes, "bytes"}}};
  if (files.empty() && result.gaps.empty()) {
    result.absence = Absence{Absence::Kind::nothing_to_do, "nothing is staged"};
  }
  if (known != 0) {
    result.coverage.counts.push_back({known, "secrets that were there before"});
  }
  return result;
}

Result<Examination>
examine_uncommitted(const Assignment& assignment)
{
  Examination result(assignment.matcher.rules());
  const git::Repository& repository = *assignment.input.repository;
  if (repository.is_bare()) {
    return result;
  }
  // What a sparse checkout leaves out is committed: the history has it.
  std::vector<Gap> listing_gaps;
  TRY_ASSIGN(const auto paths, git::worktree_files(repository, listing_gaps));
  std::erase_if(listing_gaps, [](const Gap& gap) { return gap.subject == "sparse checkout"; });
  result.gaps = std::move(listing_gaps);
  TRY_ASSIGN(Examination files, match_files(assignment, repository.work_tree(), paths, Committed::left_out));
  result.leaks.merge(std::move(files.leaks));
  result.gaps.insert(result.gaps.end(), files.gaps.begin(), files.gaps.end());
  const std::uint64_t count = files.coverage.counts.front().value;
  // `git add` has made objects of the index's texts already: they are in the history. This is only for their paths.
  std::vector<Gap> index_gaps;
  if (const auto staged = git::staged_files(repository, index_gaps); staged && !staged->empty()) {
    TRY_ASSIGN(std::vector<MatchWorker> workers, make_workers(assignment));
    for (const git::StagedFile& file : *staged) {
      if (!matches_any(assignment.exclude, file.path)) {
        result.leaks.add(file.content, workers.front().match(file.content), {SourceKind::index, {}, file.path});
      }
    }
  }
  result.coverage = {"", {{count, "uncommitted files"}}};
  return result;
}

Result<Examination>
examine_standard_input(const Assignment& assignment)
{
  Examination result(assignment.matcher.rules());
  const auto content = assignment.input.read_standard_input();
  if (!content || content->empty()) {
    result.coverage.scope = "nothing of standard input";
    result.gaps.push_back({content ? GapKind::no_input : GapKind::unreadable, "standard input",
                           content ? "it is empty" : content.error().message,
                           "Hand the text to the gate, from a pipe or a file:\n"
                           "git diff | sluice-secrets --scope stdin"});
    return result;
  }
  TRY_ASSIGN(std::vector<MatchWorker> workers, make_workers(assignment));
  result.leaks.add(*content, workers.front().match(*content), {SourceKind::standard_input, {}, {}});
  result.coverage = {"standard input", {{content->size(), "bytes"}}};
  return result;
}

}  // namespace sluice::secrets
