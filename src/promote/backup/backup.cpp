// SPDX-License-Identifier: Apache-2.0
#include "promote/backup/backup.hpp"

#include "base/clock.hpp"
#include "base/enum_names.hpp"
#include "base/hash.hpp"
#include "base/mapped_file.hpp"
#include "base/text.hpp"
#include "promote/backup/backup_difference.hpp"
#include "promote/backup/backup_dump.hpp"
#include "promote/backup/backup_place.hpp"
#include "promote/backup/backup_restore.hpp"
#include "promote/time_words.hpp"

#include <algorithm>
#include <sys/stat.h>
#include <utility>

namespace sluice::promote {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_differences = 5;

/// Clocks of two machines that share a directory may be apart by this.
constexpr std::chrono::minutes clock_tolerance{5};

/// What tells a file from another that takes its name.
struct FileState
{
  std::uint64_t bytes = 0;
  std::uint64_t number = 0;
  std::chrono::nanoseconds written{};
  bool operator==(const FileState&) const = default;

  [[nodiscard]] std::chrono::sys_seconds
  written_at() const
  {
    return std::chrono::sys_seconds(std::chrono::floor<std::chrono::seconds>(written));
  }
};

Result<FileState>
state_of(const fs::path& path)
{
  struct stat status
  {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return fail(ErrorKind::input, "is not there, or is no file");
  }
  return FileState{static_cast<std::uint64_t>(status.st_size), status.st_ino,
                   std::chrono::seconds(status.st_mtim.tv_sec) + std::chrono::nanoseconds(status.st_mtim.tv_nsec)};
}

Result<PostgresClient>
client_of(const BackupCall& call, const std::string& address, std::string_view key)
{
  TRY_ASSIGN(PostgresAddress read, read_postgres_address(address, key, call.process));
  return PostgresClient{.address = std::move(read),
                        .process = call.process,
                        .directory = call.directory,
                        .timeout = call.setting.timeout,
                        .tick = call.tick};
}

Result<>
check_emptiness(const BackupCall& call, const BackupContents& contents)
{
  if (call.setting.empty_by_design || contents.row_total() > 0) {
    return {};
  }
  const std::size_t tables = contents.of_kind("table").size();
  return fail(ErrorKind::input,
              "holds {} and not one row, which is what a dump of the wrong or of a lost database looks like; if the "
              "database is meant to be empty, say so with `empty_by_design`",
              counted(tables, "table", "tables"));
}

/// That the restored database is what the source was.
Result<>
check_contents(const BackupContents& restored, const BackupSource& source)
{
  const std::vector<std::string> differences = differences_of(restored, source);
  if (differences.empty()) {
    return {};
  }
  const std::size_t shown = std::min(differences.size(), most_differences);
  std::string list = join(std::span(differences).first(shown), "; ");
  if (differences.size() > shown) {
    list += fmt::format("; and {} more", differences.size() - shown);
  }
  return fail(ErrorKind::input, "does not give back what {} holds: {}", printable(source.before.database), list);
}

/// A refusal of restore_backup() and its like is a clause about the dump.
template<typename T>
Result<T>
told_of(const std::string& dump, Result<T> result)
{
  if (!result && result.error().kind == ErrorKind::input) {
    result.error().message = "the dump " + printable(dump) + " " + result.error().message;
  }
  return result;
}

struct Examined
{
  BackupProof proof;
  std::vector<std::string> notes;
};

/// Restores the file and compares it, if there is something to compare it with.
Result<Examined>
examine(const BackupCall& call, const PostgresClient& scratch, const fs::path& file, const BackupSource* source)
{
  TRY_ASSIGN(const FileState before, state_of(file));
  TRY_ASSIGN(const Restored restored, restore_backup({.file = file,
                                                      .scratch = scratch,
                                                      .source = source != nullptr ? &source->before : nullptr,
                                                      .schemas = call.setting.schemas}));
  if (source != nullptr) {
    TRY(check_contents(restored.contents, *source));
  }
  TRY(check_emptiness(call, restored.contents));

  Examined examined;
  BackupProof& proof = examined.proof;
  TRY_ASSIGN(const MappedFile mapped, MappedFile::open(file));
  proof.sha256 = to_hex(sha256(mapped.bytes()));
  TRY_ASSIGN(const FileState after, state_of(file));
  if (before != after) {
    return fail(ErrorKind::input, "was changed while it was restored");
  }
  proof.bytes = after.bytes;
  proof.made = call.now;
  proof.restore_time = restored.duration;
  proof.format = std::string(name_of(restored.format));
  proof.server_version = source != nullptr ? source->before.server_version : restored.contents.server_version;
  proof.database = source != nullptr ? source->before.database : std::string();
  proof.tables = restored.contents.of_kind("table").size();
  proof.constraints = restored.contents.of_kind("constraint").size();
  proof.rows = restored.contents.row_total();
  proof.empty = proof.rows == 0;
  proof.compared = source != nullptr ? BackupProof::Compared::with_source : BackupProof::Compared::with_nothing;
  if (!restored.left_behind.empty()) {
    examined.notes.push_back(restored.left_behind);
  }
  return examined;
}

std::chrono::sys_seconds
when_proven(const BackupCall& call, const BackupProof& proof)
{
  return call.now + std::chrono::ceil<std::chrono::seconds>(proof.dump_time + proof.restore_time);
}

/// Of a dump that something else made.
Result<>
check_age(const BackupCall& call, std::chrono::sys_seconds written)
{
  const auto age = call.now - written;
  if (age > call.setting.max_age) {
    return fail(ErrorKind::input, "is {} old, and `max_age` is {}", shown_time(age), shown_time(call.setting.max_age));
  }
  if (age < -clock_tolerance) {
    return fail(ErrorKind::input, "is of a time that is yet to come, {}, so its age says nothing", rfc3339(written));
  }
  return {};
}

Result<Examined>
prove_found(const BackupCall& call, const PostgresClient& scratch)
{
  TRY_ASSIGN(const fs::path file, find_backup(call));
  TRY_ASSIGN(const FileState state, state_of(file));
  const std::string name = name_of_backup(call, file);
  TRY(told_of(name, check_age(call, state.written_at())));
  TRY_ASSIGN(Examined examined, told_of(name, examine(call, scratch, file, nullptr)));
  examined.proof.file = name;
  examined.proof.made = state.written_at();
  examined.proof.proven = when_proven(call, examined.proof);
  return examined;
}

Result<Examined>
take_and_prove(const BackupCall& call, const PostgresClient& source, const PostgresClient& scratch)
{
  using Writing = PendingBackup::Writing;
  TRY_ASSIGN(PendingBackup pending,
             PendingBackup::begin(call, call.setting.dump.empty() ? Writing::beside : Writing::in_place));
  TRY_ASSIGN(const TakenDump taken, take_dump(call, source, pending.written(), pending.target()));
  const std::string name = name_of_backup(call, pending.target());
  TRY_ASSIGN(Examined examined, told_of(name, examine(call, scratch, pending.written(), &taken.source)));
  TRY(pending.accept());
  examined.proof.file = name;
  examined.proof.dump_time = taken.duration;
  examined.proof.proven = when_proven(call, examined.proof);
  for (const std::string& removed : remove_earlier_backups(call, pending.target())) {
    examined.notes.push_back("removed the earlier backup " + printable(removed));
  }
  return examined;
}

Result<Examined>
prove(const BackupCall& call)
{
  const DatabaseBackup& setting = call.setting;
  if (setting.scratch.empty()) {
    return fail(
        ErrorKind::config,
        "database_backup.scratch: no server is named to restore the dump on, and a backup that is not restored is "
        "not proven");
  }
  TRY_ASSIGN(const PostgresClient scratch, client_of(call, setting.scratch, "database_backup.scratch"));
  if (!setting.source.empty()) {
    TRY_ASSIGN(const PostgresClient source, client_of(call, setting.source, "database_backup.source"));
    return take_and_prove(call, source, scratch);
  }
  if (!setting.dump.empty()) {
    return fail(ErrorKind::config,
                "database_backup.source: it must be named, for what the command dumps is compared with it");
  }
  return prove_found(call, scratch);
}

}  // namespace

Result<BackupOutcome>
take_backup(const BackupCall& call)
{
  Result<Examined> examined = prove(call);
  if (examined) {
    return BackupOutcome{BackupOutcome::Kind::proven, {}, std::move(examined->proof), std::move(examined->notes)};
  }
  Error& error = examined.error();
  if (error.kind == ErrorKind::input) {
    return BackupOutcome{BackupOutcome::Kind::refused, std::move(error.message), {}, {}};
  }
  if (error.kind == ErrorKind::unavailable) {
    return BackupOutcome{BackupOutcome::Kind::unavailable, std::move(error.message), {}, {}};
  }
  return Failure(std::move(error));
}

std::optional<std::string>
overdue_drill(const DatabaseBackup& setting, std::optional<std::chrono::sys_seconds> last_proven,
              std::chrono::sys_seconds now)
{
  if (setting.drill_max_age.count() == 0) {
    return std::nullopt;
  }
  if (!last_proven) {
    return "no restore was ever proven";
  }
  const auto age = now - *last_proven;
  if (age <= setting.drill_max_age) {
    return std::nullopt;
  }
  return fmt::format("the last restore was proven {} ago, and `drill_max_age` is {}", shown_time(age),
                     shown_time(setting.drill_max_age));
}

}  // namespace sluice::promote
