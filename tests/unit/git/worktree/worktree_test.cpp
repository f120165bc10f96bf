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

TEST_CASE("intent to add and submodules are not staged content")
{
  GitFixture fixture;
  fixture.commit("a", "1", "one");
  fixture.write("promised", "p");
  fixture.git({"add", "--intent-to-add", "promised"});
  fixture.git({"update-index", "--add", "--cacheinfo", "160000," + std::string(40, '1') + ",module"});
  const Staged staged = staged_in(fixture.path());
  CHECK(staged.files.empty());
  CHECK(staged.gaps.empty());
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

TEST_CASE("an index that cannot be read is an error that says why")
{
  GitFixture fixture;
  fixture.write("a", "1");
  fixture.git({"add", "."});
  std::vector<Gap> gaps;
  const auto failure = [&] {
    const auto staged = git::staged_files(open_repository(fixture.path()), gaps);
    const auto files = git::worktree_files(open_repository(fixture.path()), gaps);
    REQUIRE_FALSE(staged);
    REQUIRE_FALSE(files);
    CHECK(staged.error().message == files.error().message);
    return staged.error().message;
  };
  SUBCASE("split")
  {
    fixture.git({"update-index", "--split-index"});
    const std::string message = failure();
    INFO(message);
    CHECK(message.find("is a split index") != std::string::npos);
  }
  SUBCASE("cut off at any place")
  {
    const std::string whole = value_of(read_file(fixture.path() / ".git/index"));
    for (std::size_t size = 0; size < whole.size() - 20; size += 7) {
      REQUIRE(write_file(fixture.path() / ".git/index", std::string_view(whole).substr(0, size)));
      CHECK(failure().find("index: is ") != std::string::npos);
    }
  }
  SUBCASE("bare")
  {
    GitFixture bare({"--bare"});
    const auto files = git::worktree_files(open_repository(bare.path()), gaps);
    REQUIRE_FALSE(files);
    CHECK(files.error().message.find("is a bare repository") != std::string::npos);
  }
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

TEST_CASE("other repositories are not entered: submodules quietly, since they have their own gap, others as a gap")
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
  CHECK(subjects_of(listed.gaps) == std::vector<std::string>{"vendored"});
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
