// SPDX-License-Identifier: Apache-2.0
//
// Texts that are not objects of a repository: files on disk, the index, standard input.
#include "base/parallel.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "gate/lfs_pointer.hpp"
#include "git/object_store.hpp"
#include "git/worktree.hpp"
#include "secrets/displacement.hpp"
#include "secrets/examination.hpp"
#include "secrets/readings.hpp"

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
          git::ObjectId::of(git::ObjectKind::blob, *content, repository->is_sha256() ? 32 : 20))) {
    return;
  }
  ++part.files;
  part.bytes += content->size();
  part.lfs_pointers += gate::is_lfs_pointer(*content) ? 1 : 0;
  add_readings(*content, part.worker, {SourceKind::worktree, {}, path}, part.leaks);
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

/// What the index holds and HEAD does not, matched.
struct StagedTexts
{
  std::vector<git::StagedFile> files;  ///< without those of excluded paths
  std::vector<LeakCollection> leaks;   ///< of each
  std::size_t excluded = 0;
  Displacement displacement;
  std::uint64_t bytes = 0, lfs_pointers = 0;
};

LeakCollection
leaks_of(const Assignment& assignment, std::string_view content, const std::string& path, MatchWorker& worker)
{
  LeakCollection leaks(assignment.matcher.rules());
  add_readings(content, worker, {SourceKind::index, {}, path}, leaks);
  return leaks;
}

/// What the next commit takes away, from the files that it changes and those that it removes.
void
add_taken_away(const Assignment& assignment, StagedTexts& staged, MatchWorker& worker)
{
  for (const git::StagedFile& file : staged.files) {
    if (file.replaced) {
      staged.displacement.add_before(
          file.path, told_at(assignment, leaks_of(assignment, *file.replaced, file.path, worker), file.path));
    }
  }
  const git::Repository& repository = *assignment.input.repository;
  std::vector<Gap> told_already;
  const auto removed = git::files_to_be_removed(repository, told_already);
  for (const git::IndexedFile& file : removed ? *removed : std::vector<git::IndexedFile>()) {
    // What cannot be read is not known to have held anything: then what is staged is new.
    if (const auto object = repository.objects().read(file.id, assignment.max_bytes())) {
      staged.displacement.add_before(
          file.path, told_at(assignment, leaks_of(assignment, object->content, file.path, worker), file.path));
    }
  }
}

Result<StagedTexts>
match_staged(const Assignment& assignment, std::vector<Gap>& gaps)
{
  StagedTexts staged;
  TRY_ASSIGN(staged.files, git::staged_files(*assignment.input.repository, gaps));
  staged.excluded = std::erase_if(
      staged.files, [&](const git::StagedFile& file) { return matches_any(assignment.exclude, file.path); });
  TRY_ASSIGN(std::vector<MatchWorker> workers, make_workers(assignment));
  bool has_secrets = false;
  for (const git::StagedFile& file : staged.files) {
    staged.bytes += file.content.size();
    staged.lfs_pointers += gate::is_lfs_pointer(file.content) ? 1 : 0;
    staged.leaks.push_back(leaks_of(assignment, file.content, file.path, workers.front()));
    staged.displacement.add_after(file.path, staged.leaks.back().secrets());
    has_secrets |= !staged.leaks.back().empty();
  }
  if (has_secrets) {
    add_taken_away(assignment, staged, workers.front());
    staged.displacement.settle();
  }
  return staged;
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
    result.extent = Extent::whole;
    note_no_files(assignment, result);
    return result;
  }
  if (repository->is_bare()) {
    return fail(ErrorKind::input, "scope worktree: the repository is bare, it has no files on disk");
  }
  TRY_ASSIGN(const auto paths, git::worktree_files(*repository, gaps));
  TRY_ASSIGN(Examination result, match_files(assignment, repository->work_tree(), paths, Committed::matched));
  result.gaps.insert(result.gaps.end(), gaps.begin(), gaps.end());
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
  TRY_ASSIGN(StagedTexts staged, match_staged(assignment, result.gaps));
  std::uint64_t known = 0;
  for (std::size_t i = 0; i < staged.files.size(); ++i) {
    known += staged.leaks[i].forget(staged.displacement.known_at(staged.files[i].path));
    result.leaks.merge(std::move(staged.leaks[i]));
  }
  if (staged.lfs_pointers != 0) {
    result.gaps.push_back(lfs_gap(staged.lfs_pointers));
  }
  result.coverage = {"what is staged for the next commit", {{staged.files.size(), "files"}, {staged.bytes, "bytes"}}};
  if (staged.files.empty() && result.gaps.empty()) {
    result.absence = Absence{Absence::Kind::nothing_to_do,
                             staged.excluded == 0 ? "nothing is staged" : "only what is excluded is staged"};
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
  if (auto staged = match_staged(assignment, index_gaps)) {
    for (LeakCollection& leaks : staged->leaks) {
      result.leaks.merge(std::move(leaks));
    }
    result.moves = staged->displacement.moves();
    for (auto& [secret, moves] : result.moves) {
      for (Move& move : moves) {
        move.is_pending = true;
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
  add_readings(*content, workers.front(), {SourceKind::standard_input, {}, {}}, result.leaks);
  result.coverage = {"standard input", {{content->size(), "bytes"}}};
  return result;
}

}  // namespace sluice::secrets
