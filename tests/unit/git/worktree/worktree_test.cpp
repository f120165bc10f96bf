// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "git/worktree.hpp"
#include "support/git_fixture.hpp"
#include "unit/git/repository_case.hpp"

#include <map>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

using namespace sluice;
using namespace sluice::test;

namespace fs = std::filesystem;

namespace {

struct Staged
{
  std::map<std::string, std::string> files;  ///< path to "replaced -> content"
  std::vector<Gap> gaps;
};

Staged
staged_in(const fs::path& path)
{
  Staged staged;
  for (const git::StagedFile& file : value_of(git::staged_files(open_repository(path), staged.gaps))) {
    staged.files[file.path] = file.replaced.value_or("(none)") + " -> " + file.content;
  }
  return staged;
}

struct Listed
{
  std::vector<std::string> files;
  std::vector<Gap> gaps;
};

Listed
listed_in(const fs::path& path)
{
  Listed listed;
  listed.files = value_of(git::worktree_files(open_repository(path), listed.gaps));
  return listed;
}

std::vector<std::string>
listed_by_git(GitFixture& fixture)
{
  const std::string output = fixture.git({"ls-files", "-z", "--cached", "--others", "--exclude-standard"});
  std::vector<std::string> files;
  for (const std::string_view name : split(output, '\0')) {
    if (!name.empty()) {
      files.emplace_back(name);
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Root may read everything, so what nobody may read is looked for as nobody.
class AsNobody
{
public:
  AsNobody() { was_root_ = ::geteuid() == 0 && ::seteuid(65534) == 0; }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;
  ~AsNobody()
  {
    if (was_root_ && ::seteuid(0) != 0) {
      std::abort();
    }
  }

private:
  bool was_root_ = false;
};

}  // namespace

TEST_CASE("staged files are those whose content differs from HEAD's")
{
  for (const char* format : {"--object-format=sha1", "--object-format=sha256"}) {
    GitFixture fixture({format});
    fixture.write("same", "s");
    fixture.write("changed/deep", "old");
    fixture.write("removed", "r");
    fixture.commit("one");
    fixture.write("changed/deep", "new");
    fixture.write("added file", "a");
    fixture.git({"rm", "-q", "removed"});
    fixture.git({"add", "."});
    fixture.git({"update-index", "--chmod=+x", "same"});
    fixture.write("same", "in the work tree only");
    fixture.write("untracked", "u");
    const Staged staged = staged_in(fixture.path());
    CHECK(staged.files
          == std::map<std::string, std::string>{{"changed/deep", "old -> new"}, {"added file", "(none) -> a"}});
    CHECK(staged.gaps.empty());
  }
}

TEST_CASE("before the first commit everything in the index is staged")
{
  GitFixture fixture;
  CHECK(staged_in(fixture.path()).files.empty());
  fixture.write("a", "1");
  fixture.git({"add", "."});
  CHECK(staged_in(fixture.path()).files == std::map<std::string, std::string>{{"a", "(none) -> 1"}});
}

TEST_CASE("an index of every version is read")
{
  GitFixture fixture;
  for (int i = 0; i < 30; ++i) {
    fixture.write(fmt::format("directory/with a long name {}/file{}", i / 3, std::string(i, 'x')), "c");
  }
  fixture.git({"add", "."});
  const auto expected = staged_in(fixture.path()).files;
  CHECK(expected.size() == 30);
  for (const char* version : {"2", "3", "4"}) {
    fixture.git({"update-index", "--index-version", version});
    CHECK(staged_in(fixture.path()).files == expected);
  }
}

TEST_CASE("intent to add is no staged content, and a submodule is a gap if the next commit brings or moves it")
{
  GitFixture fixture;
  fixture.commit("a", "1", "one");
  fixture.write("promised", "p");
  fixture.git({"add", "--intent-to-add", "promised"});
  fixture.git({"update-index", "--add", "--cacheinfo", "160000," + std::string(40, '1') + ",module"});
  const Staged staged = staged_in(fixture.path());
  CHECK(staged.files.empty());
  CHECK(subjects_of(staged.gaps) == std::vector<std::string>{"module"});
  fixture.git({"commit", "--quiet", "-m", "module"});
  CHECK(staged_in(fixture.path()).gaps.empty());
  fixture.git({"update-index", "--cacheinfo", "160000," + std::string(40, '2') + ",module"});
  CHECK(subjects_of(staged_in(fixture.path()).gaps) == std::vector<std::string>{"module"});
}

TEST_CASE("a submodule that becomes a file, and a file that becomes one")
{
  GitFixture fixture;
  fixture.write("file", "f");
  fixture.git({"add", "file"});
  fixture.git({"update-index", "--add", "--cacheinfo", "160000," + std::string(40, '1') + ",module"});
  fixture.git({"commit", "--quiet", "-m", "one"});
  fixture.git({"rm", "-q", "--cached", "file", "module"});
  fixture.write("module", "m");
  fixture.git({"add", "module"});
  fixture.git({"update-index", "--add", "--cacheinfo", "160000," + std::string(40, '1') + ",file"});
  const Staged staged = staged_in(fixture.path());
  CHECK(staged.files == std::map<std::string, std::string>{{"module", "(none) -> m"}});
  CHECK(subjects_of(staged.gaps) == std::vector<std::string>{"file"});
}

TEST_CASE("a file in conflict is a gap, once")
{
  GitFixture fixture;
  fixture.commit("f", "base", "base");
  fixture.git({"checkout", "-q", "-b", "side"});
  fixture.commit("f", "side", "side");
  fixture.git({"checkout", "-q", "main"});
  fixture.commit("f", "main", "main");
  CHECK_THROWS(fixture.git({"merge", "-q", "side"}));
  const Staged staged = staged_in(fixture.path());
  CHECK(staged.files.empty());
  REQUIRE(subjects_of(staged.gaps) == std::vector<std::string>{"f"});
  CHECK(staged.gaps[0].why.find("in conflict") != std::string::npos);
}

TEST_CASE("a staged file whose blob is missing is a gap")
{
  GitFixture fixture;
  fixture.git({"update-index", "--add", "--cacheinfo", "100644," + std::string(40, '3') + ",gone"});
  const Staged staged = staged_in(fixture.path());
  REQUIRE(subjects_of(staged.gaps) == std::vector<std::string>{"gone"});
  CHECK(staged.gaps[0].why.starts_with("is staged but was not examined: "));
}

TEST_CASE("an index that is damaged is a gap that says how to mend it, for what is staged and for the work tree")
{
  GitFixture fixture;
  fixture.write("a", "1");
  fixture.git({"add", "."});
  const fs::path index = fixture.path() / ".git/index";
  const std::string whole = value_of(read_file(index));
  const auto is_told = [&fixture] {
    for (const std::vector<Gap>& gaps : {staged_in(fixture.path()).gaps, listed_in(fixture.path()).gaps}) {
      REQUIRE(gaps.size() == 1);
      CHECK(gaps.front().kind == GapKind::corrupt_object);
      CHECK(gaps.front().subject == "index");
      CHECK(gaps.front().fix == "rm -f .git/index\ngit reset");
    }
  };
  SUBCASE("cut off at any place")
  {
    for (std::size_t size = 0; size < whole.size(); size += 7) {
      REQUIRE(write_file(index, std::string_view(whole).substr(0, size)));
      is_told();
    }
  }
  SUBCASE("one bit flipped, wherever")
  {
    for (std::size_t at = 0; at < whole.size() - 20; at += 5) {
      std::string flipped = whole;
      flipped[at] = static_cast<char>(flipped[at] ^ 4);
      REQUIRE(write_file(index, flipped));
      is_told();
    }
  }
  SUBCASE("no checksum was wanted: its content counts")
  {
    REQUIRE(write_file(index, whole.substr(0, whole.size() - 20) + std::string(20, '\0')));
    CHECK(staged_in(fixture.path()).files.size() == 1);
  }
}

TEST_CASE("an index that cannot be opened is a gap, and a bare repository has none")
{
  GitFixture fixture;
  fs::create_directory(fixture.path() / ".git/index");
  const Staged staged = staged_in(fixture.path());
  REQUIRE(staged.gaps.size() == 1);
  CHECK(staged.gaps.front().kind == GapKind::unreadable);
  GitFixture bare({"--bare"});
  std::vector<Gap> gaps;
  const auto files = git::worktree_files(open_repository(bare.path()), gaps);
  REQUIRE_FALSE(files);
  CHECK(files.error().message.find("is a bare repository") != std::string::npos);
}

TEST_CASE("a split index is read: what is new, replaced, deleted and resolved since")
{
  for (const char* format : {"--object-format=sha1", "--object-format=sha256"}) {
    for (const char* version : {"2", "3", "4"}) {
      GitFixture fixture({format});
      for (int i = 0; i < 200; ++i) {
        fixture.write(fmt::format("d{}/f{}", i % 7, i), fmt::format("{}", i));
      }
      fixture.commit("one");
      fixture.git({"update-index", "--index-version", version});
      fixture.git({"config", "splitIndex.maxPercentChange", "100"});
      fixture.git({"update-index", "--split-index"});
      fixture.write("d0/f0", "replaced");
      fixture.write("d6/f195", "replaced too");
      fixture.write("aaa", "new");
      fixture.write("zzz", "new");
      fixture.git({"add", "--all"});
      fixture.git({"rm", "--quiet", "d3/f3", "d1/f120"});
      CHECK(staged_in(fixture.path()).files
            == std::map<std::string, std::string>{{"aaa", "(none) -> new"},
                                                  {"d0/f0", "0 -> replaced"},
                                                  {"d6/f195", "195 -> replaced too"},
                                                  {"zzz", "(none) -> new"}});
      std::vector<Gap> gaps;
      std::string listed;
      for (const git::IndexedFile& file : value_of(git::indexed_files(open_repository(fixture.path()), gaps))) {
        listed += fmt::format("{:o} {} 0\t{}\n", file.mode, file.id.hex(), file.path);
      }
      listed.pop_back();
      CHECK(listed == fixture.git({"ls-files", "--stage"}));
      CHECK(gaps.empty());
    }
  }
}

TEST_CASE("a split index whose shared one is gone or another is a gap")
{
  GitFixture fixture;
  fixture.commit("a", "1", "one");
  fixture.git({"update-index", "--split-index"});
  fs::path shared;
  for (const auto& entry : fs::directory_iterator(fixture.path() / ".git")) {
    shared = entry.path().filename().string().starts_with("sharedindex.") ? entry.path() : shared;
  }
  REQUIRE_FALSE(shared.empty());
  REQUIRE(staged_in(fixture.path()).gaps.empty());
  SUBCASE("gone")
  {
    fs::remove(shared);
    CHECK(staged_in(fixture.path()).gaps.front().kind == GapKind::unreadable);
  }
  SUBCASE("another")
  {
    GitFixture other;
    other.commit("b", "2", "one");
    fs::copy_file(other.path() / ".git/index", shared, fs::copy_options::overwrite_existing);
    CHECK(staged_in(fixture.path()).gaps.front().kind == GapKind::corrupt_object);
  }
}

TEST_CASE("the index that git names is the one that counts, as seen from the work tree")
{
  GitFixture fixture;
  fixture.commit("a", "1", "one");
  const fs::path other = fixture.path() / ".git/other";
  fs::copy_file(fixture.path() / ".git/index", other);
  fixture.write("a", "2");
  fixture.git({"add", "a"});
  fs::rename(fixture.path() / ".git/index", fixture.path() / ".git/saved");
  fs::rename(other, fixture.path() / ".git/index");
  fs::create_directory(fixture.path() / "sub");
  for (const fs::path& directory : {fixture.path(), fixture.path() / "sub"}) {
    for (const std::string& name : {std::string(".git/saved"), (fixture.path() / ".git/saved").string()}) {
      const auto variables = git::RepositoryVariables::of({{"GIT_INDEX_FILE", name}}, directory);
      const git::Repository repository = value_of(git::Repository::open(directory, variables));
      std::vector<Gap> gaps;
      CHECK(value_of(git::staged_files(repository, gaps)).size() == 1);
      CHECK(gaps.empty());
    }
  }
  CHECK(staged_in(fixture.path()).files.empty());
  const auto gone = git::RepositoryVariables::of({{"GIT_INDEX_FILE", ".git/gone"}}, fixture.path());
  std::vector<Gap> gaps;
  CHECK(value_of(git::staged_files(value_of(git::Repository::open(fixture.path(), gone)), gaps)).empty());
  REQUIRE(gaps.size() == 1);
  CHECK(gaps.front().kind == GapKind::unreadable);
}

TEST_CASE("files of the work tree are tracked or not ignored, as git says")
{
  for (const char* format : {"--object-format=sha1", "--object-format=sha256"}) {
    GitFixture fixture({format});
    fixture.write(".gitignore", "*.log\n/build/\n!keep.log\nnested/*\n!nested/back\n");
    fixture.write("sub/.gitignore", "local\n");
    fixture.write("tracked.log", "t");
    fixture.write("build/tracked/a", "t");
    fixture.git({"add", "-f", "."});
    fixture.git({"commit", "-q", "-m", "one"});
    for (const char* path : {"new", "x.log", "keep.log", "build/tracked/b", "build/c", "sub/local", "sub/other",
                             "nested/lost", "nested/back", "excluded", "with space/\xC3\xA9", "deep/er/x.log"}) {
      fixture.write(path, "w");
    }
    REQUIRE(write_file(fixture.path() / ".git/info/exclude", "/excluded\n"));
    const Listed listed = listed_in(fixture.path());
    CHECK(listed.files == listed_by_git(fixture));
    CHECK(std::count(listed.files.begin(), listed.files.end(), "build/tracked/a") == 1);
    CHECK(listed.gaps.empty());
  }
}

TEST_CASE("links are not followed and not listed, nor what is deleted or no file")
{
  GitFixture fixture;
  fixture.write("deleted", "d");
  fixture.write("dir/file", "f");
  fs::create_symlink("/etc", fixture.path() / "outside");
  fs::create_symlink("/etc/passwd", fixture.path() / "passwd");
  fs::create_directory_symlink("dir", fixture.path() / "again");
  fixture.commit("one");
  fs::remove(fixture.path() / "deleted");
  REQUIRE(::mkfifo((fixture.path() / "pipe").c_str(), 0600) == 0);
  // A tracked path that now leads through a link.
  fs::rename(fixture.path() / "dir", fixture.path() / "moved");
  fs::create_directory_symlink("/etc", fixture.path() / "dir");
  CHECK(listed_in(fixture.path()).files == std::vector<std::string>{"moved/file"});
}

TEST_CASE("other repositories are not entered and are gaps, submodules of the index too")
{
  GitFixture module;
  module.commit("inner", "i", "one");
  GitFixture fixture;
  fixture.commit("outer", "o", "one");
  CHECK(git::submodule_gaps(open_repository(fixture.path())).empty());
  fixture.git({"submodule", "--quiet", "add", "file://" + module.path().string(), "libs/module"});
  fixture.commit("add");
  fs::create_directories(fixture.path() / "vendored/.git");
  fixture.write("vendored/file", "v");

  const Listed listed = listed_in(fixture.path());
  CHECK(listed.files == std::vector<std::string>{".gitmodules", "outer"});
  CHECK(subjects_of(listed.gaps) == std::vector<std::string>{"libs/module", "vendored"});
  CHECK(subjects_of(git::submodule_gaps(open_repository(fixture.path()))) == std::vector<std::string>{"libs/module"});
}

TEST_CASE("what nobody may read is a gap")
{
  GitFixture fixture;
  fixture.write("open", "o");
  fixture.write("secret", "s");
  fixture.write("closed/file", "c");
  fs::permissions(fixture.path().parent_path(), fs::perms::all);
  fs::permissions(fixture.path() / "secret", fs::perms::none);
  fs::permissions(fixture.path() / "closed", fs::perms::none);
  Listed listed;
  {
    const AsNobody nobody;
    listed = listed_in(fixture.path());
  }
  fs::permissions(fixture.path() / "closed", fs::perms::owner_all);
  CHECK(listed.files == std::vector<std::string>{"open"});
  const auto subjects = subjects_of(listed.gaps);
  CHECK(std::set<std::string>(subjects.begin(), subjects.end())
        == std::set<std::string>{"secret", "directory closed/"});
}
