// SPDX-License-Identifier: Apache-2.0
//
// Repositories as pipelines have them, each of which made some scanner fail or, worse, pass without looking. Every one
// must be read as git reads it or be a gap with a name; which of both is what these tests say.
#include "base/text.hpp"
#include "git/history.hpp"
#include "git/object_store.hpp"
#include "git/worktree.hpp"
#include "support/git_fixture.hpp"
#include "unit/git/repository_case.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unistd.h>

using namespace sluice;
using namespace sluice::test;

namespace fs = std::filesystem;

namespace {

/// What is seen through every door of the module.
struct Seen
{
  std::size_t commits = 0;
  std::set<std::string> introduced;  ///< paths over the whole history
  std::vector<std::string> files;    ///< of the work tree; "(error)" if it cannot be listed
  std::vector<std::string> staged;
  std::vector<std::string> gaps;  ///< subjects, of everything
  git::Reach reach = git::Reach::dangling;
  std::vector<std::string> places;  ///< "path@commit" of the blob asked for
};

Seen
see(const fs::path& path, const std::string& blob)
{
  const git::Repository repository = open_repository(path);
  Seen seen;
  std::vector<Gap> gaps(repository.objects().gaps().begin(), repository.objects().gaps().end());
  if (const auto head = repository.head()) {
    const auto commits = git::commits_between(repository, {&*head, 1}, {}, gaps);
    seen.commits = commits.size();
    for (const git::Change& change : git::changes_of(repository, commits, gaps)) {
      for (const git::Introduced& introduced : change.introduced) {
        seen.introduced.insert(introduced.path);
      }
    }
  }
  const auto attributed = git::attribute(repository, {id_of(blob)}, gaps);
  seen.reach = attributed.at(id_of(blob)).reach;
  for (const git::Occurrence& occurrence : attributed.at(id_of(blob)).occurrences) {
    seen.places.push_back(occurrence.path + "@" + occurrence.commit.brief());
  }
  seen.files = git::worktree_files(repository, gaps).value_or(std::vector<std::string>{"(error)"});
  for (const git::StagedFile& file :
       git::staged_files(repository, gaps).value_or(std::vector<git::StagedFile>{{"(error)", "", std::nullopt}})) {
    seen.staged.push_back(file.path);
  }
  const auto modules = git::submodule_gaps(repository);
  gaps.insert(gaps.end(), modules.begin(), modules.end());
  seen.gaps = subjects_of(gaps);
  seen.gaps.erase(std::unique(seen.gaps.begin(), seen.gaps.end()), seen.gaps.end());
  return seen;
}

/// Three commits; "wanted" comes in the second and goes in the third. The index has one staged file more.
struct Sample
{
  explicit Sample(const std::vector<std::string>& init = {})
      : repository(init)
  {
    repository.commit("kept", "k", "one");
    repository.write("dir/other", "o");
    second = repository.commit("dir/wanted", "wanted", "two");
    repository.git({"rm", "-q", "dir/wanted"});
    third = repository.commit("three");
    blob = repository.git({"rev-parse", "HEAD~1:dir/wanted"});
  }

  GitFixture repository;
  std::string second, third, blob;
};

void
stage_something(GitFixture& repository)
{
  repository.write("staged", "s");
  repository.git({"add", "staged"});
}

/// That everything is seen, with a staged file and its own work tree.
void
check_everything(const Seen& seen, const Sample& sample)
{
  CHECK(seen.commits == 3);
  CHECK(seen.introduced == std::set<std::string>{"dir/other", "dir/wanted", "kept"});
  CHECK(seen.files == std::vector<std::string>{"dir/other", "kept", "staged"});
  CHECK(seen.staged == std::vector<std::string>{"staged"});
  CHECK(seen.reach == git::Reach::ref);
  CHECK(seen.places == std::vector<std::string>{"dir/wanted@" + sample.second.substr(0, 8)});
  CHECK(seen.gaps.empty());
}

}  // namespace

TEST_CASE("ordinary: works")
{
  Sample sample;
  stage_something(sample.repository);
  check_everything(see(sample.repository.path(), sample.blob), sample);
}

TEST_CASE("owned by somebody else: works")
{
  Sample sample;
  stage_something(sample.repository);
  if (::geteuid() == 0) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(sample.repository.path())) {
      REQUIRE(::lchown(entry.path().c_str(), 12345, 12345) == 0);
    }
    REQUIRE(::lchown(sample.repository.path().c_str(), 12345, 12345) == 0);
  }
  check_everything(see(sample.repository.path(), sample.blob), sample);
}

TEST_CASE("SHA-256: works")
{
  Sample sample({"--object-format=sha256"});
  stage_something(sample.repository);
  CHECK(open_repository(sample.repository.path()).is_sha256());
  check_everything(see(sample.repository.path(), sample.blob), sample);
}

TEST_CASE("shallow: what is there is seen, and the history is a gap")
{
  Sample sample;
  GitFixture shallow = sample.repository.clone({"--depth", "1"});
  CHECK(open_repository(shallow.path()).is_shallow());
  const Seen seen = see(shallow.path(), sample.blob);
  CHECK(seen.commits == 1);
  CHECK(seen.introduced == std::set<std::string>{"dir/other", "kept"});
  CHECK(seen.files == std::vector<std::string>{"dir/other", "kept"});
  CHECK(seen.reach == git::Reach::dangling);
  CHECK(seen.gaps == std::vector<std::string>{"shallow clone"});
}

TEST_CASE("without blobs: commits, trees and places are seen, old content is missing by name")
{
  Sample sample;
  GitFixture blobless = sample.repository.clone({"--filter=blob:none"});
  const git::Repository repository = open_repository(blobless.path());
  CHECK(repository.is_partial());
  CHECK_FALSE(repository.objects().contains(id_of(sample.blob)));
  const auto missing = repository.objects().read(id_of(sample.blob));
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::input);
  CHECK(missing.error().message.find("is missing") != std::string::npos);
  const Seen seen = see(blobless.path(), sample.blob);
  CHECK(seen.commits == 3);
  CHECK(seen.introduced == std::set<std::string>{"dir/other", "dir/wanted", "kept"});
  CHECK(seen.places == std::vector<std::string>{"dir/wanted@" + sample.second.substr(0, 8)});
  CHECK(seen.gaps.empty());
}

TEST_CASE("without trees: a gap that names the filter")
{
  Sample sample;
  GitFixture treeless = sample.repository.clone({"--filter=tree:0", "--no-checkout"});
  const Seen seen = see(treeless.path(), sample.blob);
  CHECK(seen.commits == 3);
  CHECK(seen.introduced.empty());
  REQUIRE_FALSE(seen.gaps.empty());
  CHECK(std::all_of(seen.gaps.begin(), seen.gaps.end(), [](const auto& gap) { return gap.starts_with("tree "); }));
  const git::Repository repository = open_repository(treeless.path());
  std::vector<Gap> gaps;
  const auto head = repository.head();
  const auto commits = git::commits_between(repository, {&*head, 1}, {}, gaps);
  static_cast<void>(git::changes_of(repository, commits, gaps));
  REQUIRE_FALSE(gaps.empty());
  CHECK(gaps[0].fix == "Clone without --filter; actions/checkout: remove its `filter`");
}

TEST_CASE("sparse, with extensions.worktreeConfig: history works, absent files are a gap")
{
  Sample sample;
  GitFixture& repository = sample.repository;
  repository.git({"sparse-checkout", "set", "--cone", "elsewhere"});
  REQUIRE(repository.git({"config", "extensions.worktreeConfig"}) == "true");
  REQUIRE_FALSE(fs::exists(repository.path() / "dir/other"));
  stage_something(repository);
  for (const char* sparse_index : {"--no-sparse-index", "--sparse-index"}) {
    repository.git({"sparse-checkout", "reapply", sparse_index});
    const Seen seen = see(repository.path(), sample.blob);
    CHECK(seen.commits == 3);
    CHECK(seen.files == std::vector<std::string>{"kept", "staged"});
    CHECK(seen.staged == std::vector<std::string>{"staged"});
    CHECK(seen.places.size() == 1);
    CHECK(seen.gaps == std::vector<std::string>{"sparse checkout"});
  }
}

TEST_CASE("a linked worktree: works, with its own HEAD and index")
{
  Sample sample;
  const fs::path path = sample.repository.path().parent_path() / "linked";
  sample.repository.git({"worktree", "add", "--quiet", "-b", "other", path.string(), "HEAD"});
  GitFixture linked(path);
  stage_something(linked);
  const git::Repository repository = open_repository(path / "dir");
  CHECK(repository.work_tree() == fs::canonical(path));
  CHECK(repository.git_directory() == fs::canonical(sample.repository.path() / ".git/worktrees/linked"));
  CHECK(repository.common_directory() == fs::canonical(sample.repository.path() / ".git"));
  check_everything(see(path, sample.blob), sample);
  CHECK(see(sample.repository.path(), sample.blob).staged.empty());
  CHECK(open_repository(repository.git_directory()).work_tree() == fs::canonical(path));

  // Of a bare repository too: core.bare speaks of the main worktree only.
  sample.repository.git({"config", "core.bare", "true"});
  CHECK(open_repository(sample.repository.path()).is_bare());
  CHECK_FALSE(open_repository(path).is_bare());
}

TEST_CASE("a linked worktree whose repository is not mounted: an error that names it")
{
  Sample sample;
  const fs::path path = sample.repository.path().parent_path() / "linked";
  sample.repository.git({"worktree", "add", "--quiet", "--detach", path.string()});
  fs::rename(sample.repository.path(), sample.repository.path().parent_path() / "away");
  const auto repository = git::Repository::open(path);
  REQUIRE_FALSE(repository);
  CHECK(repository.error().message.find("which is no git directory here") != std::string::npos);
}

TEST_CASE("bare: history works, a work tree is an error")
{
  Sample sample;
  GitFixture bare = sample.repository.clone({"--bare"});
  const git::Repository repository = open_repository(bare.path());
  CHECK(repository.is_bare());
  CHECK(repository.git_directory() == fs::canonical(bare.path()));
  const Seen seen = see(bare.path(), sample.blob);
  CHECK(seen.commits == 3);
  CHECK(seen.places.size() == 1);
  CHECK(seen.files == std::vector<std::string>{"(error)"});
  CHECK(seen.staged == std::vector<std::string>{"(error)"});
  CHECK(seen.gaps.empty());
}

TEST_CASE("with a submodule: a gap for it, and it can be opened itself")
{
  GitFixture module;
  const std::string inner = module.commit("inner", "i", "one");
  Sample sample;
  sample.repository.git({"submodule", "--quiet", "add", "file://" + module.path().string(), "module"});
  sample.repository.commit("add a submodule");
  const Seen seen = see(sample.repository.path(), sample.blob);
  CHECK(seen.commits == 4);
  CHECK(seen.introduced == std::set<std::string>{".gitmodules", "dir/other", "dir/wanted", "kept"});
  CHECK(seen.files == std::vector<std::string>{".gitmodules", "dir/other", "kept"});
  CHECK(seen.gaps == std::vector<std::string>{"module"});

  const git::Repository opened = open_repository(sample.repository.path() / "module");
  CHECK(opened.head() == id_of(inner));
  CHECK(opened.work_tree() == fs::canonical(sample.repository.path() / "module"));
}

TEST_CASE("objects borrowed from elsewhere: works")
{
  Sample sample;
  const fs::path parent = sample.repository.path().parent_path();
  for (const std::vector<std::string>& how :
       std::vector<std::vector<std::string>>{{"--shared"}, {"--reference", sample.repository.path().string()}}) {
    const fs::path path = parent / how[0].substr(2);
    std::vector<std::string> command{"clone", "--quiet"};
    command.insert(command.end(), how.begin(), how.end());
    command.push_back(sample.repository.path().string());
    command.push_back(path.string());
    sample.repository.git(command);
    GitFixture borrower(path);
    stage_something(borrower);
    REQUIRE(fs::exists(path / ".git/objects/info/alternates"));
    check_everything(see(path, sample.blob), sample);
  }
}

TEST_CASE("objects borrowed from a place that is gone: gaps")
{
  Sample sample;
  const fs::path lender = sample.repository.path().parent_path() / "lender";
  const fs::path path = sample.repository.path().parent_path() / "borrower";
  sample.repository.git({"clone", "--quiet", "--bare", sample.repository.path().string(), lender.string()});
  sample.repository.git({"clone", "--quiet", "--shared", lender.string(), path.string()});
  fs::remove_all(lender);
  const git::Repository repository = open_repository(path);
  CHECK_FALSE(repository.objects().gaps().empty());
  CHECK(repository.head() == id_of(sample.third));
  const Seen seen = see(path, sample.blob);
  CHECK(seen.commits == 0);
  CHECK(std::count(seen.gaps.begin(), seen.gaps.end(), "object " + sample.third) == 1);
  CHECK(std::count(seen.gaps.begin(), seen.gaps.end(), "commit " + sample.third) == 2);
}

TEST_CASE("several packs beside loose objects: works")
{
  Sample sample;
  sample.repository.git({"repack", "-a", "-d", "-q"});
  sample.repository.git({"commit", "-q", "--allow-empty", "-m", "loose"});
  sample.repository.commit("more", "m", "four");
  sample.repository.git({"repack", "-d", "-q"});
  const std::string fifth = sample.repository.commit("again/wanted", "wanted", "five");
  const Seen seen = see(sample.repository.path(), sample.blob);
  CHECK(seen.commits == 6);
  CHECK(seen.places
        == std::vector<std::string>{"dir/wanted@" + sample.second.substr(0, 8), "again/wanted@" + fifth.substr(0, 8)});
  CHECK(seen.reach == git::Reach::head);
  CHECK(seen.gaps.empty());
}

TEST_CASE("empty: nothing to see, no gap")
{
  GitFixture empty;
  const Seen seen = see(empty.path(), std::string(40, '1'));
  CHECK(seen.commits == 0);
  CHECK(seen.files.empty());
  CHECK(seen.staged.empty());
  CHECK(seen.gaps.empty());
}

TEST_CASE("replace refs hide nothing")
{
  Sample sample;
  const std::string harmless = sample.repository.git({"commit-tree", "HEAD^{tree}", "-m", "harmless"});
  sample.repository.git({"replace", sample.second, harmless});
  stage_something(sample.repository);
  check_everything(see(sample.repository.path(), sample.blob), sample);
}
