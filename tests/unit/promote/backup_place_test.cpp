// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"
#include "base/path.hpp"
#include "promote/backup_place.hpp"
#include "promote/backup_proof.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace sluice::promote {

namespace {

namespace fs = std::filesystem;

/// 2026-11-21T04:05:06Z
constexpr std::chrono::sys_seconds now{std::chrono::seconds(1795233906)};

struct Place
{
  TemporaryDirectory directory = TemporaryDirectory::create().value();
  DatabaseBackup setting;
  Environment process;
  std::set<std::string> keep;

  explicit Place(std::string file) { setting.file = std::move(file); }

  [[nodiscard]] BackupCall
  call() const
  {
    return {
        .setting = setting, .directory = directory.path(), .process = process, .now = now, .tick = {}, .keep = keep};
  }

  void
  write(const std::string& name, std::string_view text) const
  {
    REQUIRE(make_directories((directory.path() / name).parent_path()));
    REQUIRE(write_file(directory.path() / name, text));
  }

  [[nodiscard]] std::set<std::string>
  names() const
  {
    std::set<std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(directory.path())) {
      if (entry.is_regular_file()) {
        all.insert(entry.path().lexically_relative(directory.path()).string());
      }
    }
    return all;
  }

  [[nodiscard]] std::string
  text(const std::string& name) const
  {
    return read_file(directory.path() / name).value();
  }
};

using Writing = PendingBackup::Writing;

/// "app.dump.20261121T…" or whatever the clock says of it.
std::string
aside_of(const Place& place)
{
  for (const std::string& name : place.names()) {
    if (name.starts_with("app.dump.") && name != "app.dump.unproven") {
      return name;
    }
  }
  return "";
}

}  // namespace

TEST_CASE("a dump gets its name when it is accepted, and the former one another")
{
  const Place place("app.dump");
  place.write("app.dump", "former");
  {
    PendingBackup pending = PendingBackup::begin(place.call(), Writing::beside).value();
    CHECK(place.text("app.dump") == "former");
    REQUIRE(write_file(pending.written(), "new"));
    CHECK((fs::status(pending.written()).permissions() & fs::perms::others_all) == fs::perms::none);
    REQUIRE(pending.accept());
  }
  CHECK(place.text("app.dump") == "new");
  CHECK(place.text(aside_of(place)) == "former");
  CHECK(place.names().size() == 2);
}

TEST_CASE("a dump that is not accepted leaves the former one where it was")
{
  const Place place("app.dump");
  place.write("app.dump", "former");
  {
    PendingBackup pending = PendingBackup::begin(place.call(), Writing::beside).value();
    REQUIRE(write_file(pending.written(), "bad"));
  }
  CHECK(place.text("app.dump") == "former");
  CHECK(place.text("app.dump.unproven") == "bad");
  {
    PendingBackup pending = PendingBackup::begin(place.call(), Writing::in_place).value();
    CHECK(pending.written() == pending.target());
    CHECK_FALSE(fs::exists(pending.target()));
    place.write("app.dump", "worse");
  }
  CHECK(place.text("app.dump") == "former");
  CHECK(place.text("app.dump.unproven") == "worse");
  {
    (void)PendingBackup::begin(place.call(), Writing::in_place).value();
  }
  CHECK(place.text("app.dump") == "former");
  CHECK(place.names() == std::set<std::string>{"app.dump", "app.dump.unproven"});
}

TEST_CASE("two dumps of one moment are two files")
{
  const Place place("backups/app-{time}.dump");
  for (const char* text : {"one", "two", "three"}) {
    PendingBackup pending = PendingBackup::begin(place.call(), Writing::beside).value();
    REQUIRE(write_file(pending.written(), text));
    REQUIRE(pending.accept());
  }
  CHECK(place.text("backups/app-20261121T040506Z.dump") == "one");
  CHECK(place.text("backups/app-20261121T040506Z-2.dump") == "two");
  CHECK(place.text("backups/app-20261121T040506Z-3.dump") == "three");
}

TEST_CASE("a name that is no file, or that a link leads elsewhere, is refused")
{
  const Place place("app.dump");
  fs::create_directory(place.directory.path() / "app.dump");
  CHECK_FALSE(PendingBackup::begin(place.call(), Writing::beside));
  const Place linked("backups/app.dump");
  fs::create_directory_symlink("/tmp", linked.directory.path() / "backups");
  CHECK_FALSE(PendingBackup::begin(linked.call(), Writing::beside));
  const auto unnamed = PendingBackup::begin(Place("").call(), Writing::beside);
  REQUIRE_FALSE(unnamed);
  CHECK(unnamed.error().kind == ErrorKind::config);
}

TEST_CASE("retention removes the oldest, and nothing else")
{
  Place place("b/app-{time}.dump");
  place.setting.keep = 3;
  for (const char* day : {"01", "02", "03", "04", "05"}) {
    place.write(fmt::format("b/app-202611{}T000000Z.dump", day), day);
  }
  place.write("b/app-20261105T000000Z-10.dump", "ten");
  place.write("b/app-20261105T000000Z-2.dump", "two");
  place.write("b/app-2026.dump", "somebody's");
  place.write("b/app-20261101T000000Z.dump.old", "somebody's");
  place.write("b/other-20261101T000000Z.dump", "somebody's");
  const auto newest = place.directory.path() / "b/app-20261105T000000Z-10.dump";
  const std::vector<std::string> removed = remove_earlier_backups(place.call(), newest);
  CHECK(removed
        == std::vector<std::string>{"b/app-20261104T000000Z.dump", "b/app-20261103T000000Z.dump",
                                    "b/app-20261102T000000Z.dump", "b/app-20261101T000000Z.dump"});
  CHECK(place.names()
        == std::set<std::string>{"b/app-2026.dump", "b/app-20261101T000000Z.dump.old", "b/app-20261105T000000Z-10.dump",
                                 "b/app-20261105T000000Z-2.dump", "b/app-20261105T000000Z.dump",
                                 "b/other-20261101T000000Z.dump"});
}

TEST_CASE("retention keeps what a release needs, by its digest or its name")
{
  Place place("app.dump");
  place.setting.keep = 1;
  place.write("app.dump", "newest");
  for (const char* day : {"01", "02", "03", "04"}) {
    place.write(fmt::format("app.dump.202611{}T000000Z", day), day);
  }
  place.keep = {to_hex(sha256("01")), "app.dump.20261103T000000Z"};
  const std::vector<std::string> removed = remove_earlier_backups(place.call(), place.directory.path() / "app.dump");
  CHECK(removed == std::vector<std::string>{"app.dump.20261104T000000Z", "app.dump.20261102T000000Z"});
  CHECK(place.names() == std::set<std::string>{"app.dump", "app.dump.20261101T000000Z", "app.dump.20261103T000000Z"});
}

TEST_CASE("the newest of the files that something else makes")
{
  const Place place("nightly-{time}.sql");
  CHECK_FALSE(find_backup(place.call()));
  place.write("nightly-monday.sql", "1");
  place.write("nightly-tuesday.sql", "2");
  fs::last_write_time(place.directory.path() / "nightly-tuesday.sql",
                      fs::last_write_time(place.directory.path() / "nightly-monday.sql") - std::chrono::hours(24));
  CHECK(find_backup(place.call()).value().filename() == "nightly-monday.sql");
  CHECK_FALSE(find_backup(Place("missing.sql").call()));
}

TEST_CASE("the record of a proof comes back as it was, and knows its file")
{
  const Place place("app.dump");
  place.write("app.dump", "bytes");
  const BackupProof proof{.file = "app.dump",
                          .sha256 = to_hex(sha256("bytes")),
                          .bytes = 5,
                          .made = now,
                          .proven = now + std::chrono::seconds(90),
                          .dump_time = std::chrono::milliseconds(1234),
                          .restore_time = std::chrono::milliseconds(5678),
                          .format = "custom",
                          .server_version = "15.18",
                          .database = "shop",
                          .tables = 12,
                          .constraints = 34,
                          .rows = 56,
                          .empty = false,
                          .compared = BackupProof::Compared::with_nothing};
  const Json json = json_of(proof);
  CHECK(json["made"] == Json("2026-11-21T04:05:06Z"));
  const BackupProof again = read_backup_proof(json).value();
  CHECK(json_of(again) == json);
  CHECK(again.proven == proof.proven);
  CHECK(again.compared == proof.compared);
  CHECK_FALSE(read_backup_proof(Json{{"file", "app.dump"}}));
  Json wrong = json;
  wrong.at("rows") = Json("many");
  CHECK(read_backup_proof(wrong).error().message == "the record of a backup: `rows` is not as it should be");

  CHECK(check_backup_file(proof, place.directory.path()));
  place.write("app.dump", "bytez");
  CHECK_FALSE(check_backup_file(proof, place.directory.path()));
  fs::remove(place.directory.path() / "app.dump");
  CHECK_FALSE(check_backup_file(proof, place.directory.path()));
}

}  // namespace sluice::promote
