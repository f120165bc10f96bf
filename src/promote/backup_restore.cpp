// SPDX-License-Identifier: Apache-2.0
#include "promote/backup_restore.hpp"

#include "base/gzip.hpp"
#include "base/interruption.hpp"
#include "base/mapped_file.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "promote/backup_random.hpp"
#include "promote/backup_scratch.hpp"
#include "promote/backup_script.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <unistd.h>

namespace sluice::promote {

namespace {

namespace fs = std::filesystem;

/// psql's, of a connection that is lost or was never made; 3 is a script's error:
/// https://www.postgresql.org/docs/current/app-psql.html
constexpr int connection_is_bad = 2;

/// A dump unpacked, beside it, where there is room for dumps. It goes with the object.
class UnpackedFile
{
public:
  explicit UnpackedFile(const fs::path& packed)
      : name_(packed.string() + ".unpacked-" + random_hex())
  {}
  UnpackedFile(const UnpackedFile&) = delete;
  UnpackedFile& operator=(const UnpackedFile&) = delete;
  ~UnpackedFile()
  {
    if (file_ >= 0) {
      ::close(file_);
      ::unlink(name_.path().c_str());
    }
  }

  Result<>
  fill(std::string_view packed, const std::function<bool()>& tick)
  {
    file_ = ::open(name_.path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    std::error_code unknown;
    const fs::space_info space = fs::space(fs::path(name_.path()).parent_path(), unknown);
    if (file_ < 0 || unknown) {
      return failed();
    }
    const std::uint64_t room = space.available / 10 * 9;
    bool is_full = false;
    auto done = gunzip_to(packed, room, [&](std::string_view piece) -> Result<> {
      if (tick && !tick()) {
        return fail(ErrorKind::unavailable, "was not unpacked to its end, for the promotion was stopped");
      }
      written_ += piece.size();
      is_full = written_ + (std::uint64_t{1} << 20U) > room;
      return write(piece);
    });
    if (!done && done.error().kind == ErrorKind::input) {
      return is_full ? Result<>(fail(ErrorKind::unavailable, "there is no room to unpack it to"))
                     : Result<>(fail(ErrorKind::input, "is cut off or damaged: gzip cannot read it to its end"));
    }
    return done;
  }

  [[nodiscard]] fs::path
  path() const
  {
    return name_.path();
  }

private:
  [[nodiscard]] Failure
  failed() const
  {
    return fail(ErrorKind::environment, "{}: cannot write: {}", printable(name_.path()), std::strerror(errno));
  }

  Result<>
  write(std::string_view piece) const
  {
    while (!piece.empty()) {
      const ssize_t sent = ::write(file_, piece.data(), piece.size());
      if (sent < 0 && errno != EINTR) {
        return failed();
      }
      piece.remove_prefix(sent > 0 ? static_cast<std::size_t>(sent) : 0U);
    }
    return {};
  }

  TemporaryName name_;
  int file_ = -1;
  std::uint64_t written_ = 0;
};

bool
is_archive(BackupFormat format)
{
  return format == BackupFormat::custom || format == BackupFormat::tar;
}

/// The archive's table of contents as SQL, without the rows.
Result<BackupScript>
read_archive(const PostgresClient& scratch, const fs::path& file)
{
  TRY_ASSIGN(const TemporaryDirectory directory, TemporaryDirectory::create());
  const fs::path script = directory.path() / "schema.sql";
  ProgramRequest request{.argv = {"pg_restore", "--schema-only", "--file=" + script.string(), file.string()},
                         .input = {},
                         .environment = connection_environment(scratch.address, scratch.process),
                         .directory = scratch.directory,
                         .timeout = scratch.timeout,
                         .tick = scratch.tick};
  TRY_ASSIGN(const ProgramResult result, run_program(request));
  if (result.exit_status != 0) {
    return fail(ErrorKind::input, "is cut off or damaged: {}", reason_of(result, scratch.address));
  }
  TRY_ASSIGN(const MappedFile text, MappedFile::open(script));
  return read_backup_script(text.bytes(), scratch.tick);
}

Result<BackupScript>
read_needs(BackupFormat format, const PostgresClient& scratch, const fs::path& file)
{
  if (is_archive(format)) {
    return read_archive(scratch, file);
  }
  TRY_ASSIGN(const MappedFile text, MappedFile::open(file));
  return read_backup_script(text.bytes(), scratch.tick);
}

/// The words of a psql that obeys no command of the script's, if it can be told so (13.22, 14.19, 15.14, 16.10, 17.6
/// and newer); an older one is given nothing in which read_backup_script() saw a command. A script that restricts
/// itself cannot be restricted twice.
Result<std::vector<std::string>>
restricted_words(const ScratchDatabase& database, const BackupScript& script, const fs::path& directory,
                 const fs::path& file)
{
  if (!script.restrict_key.empty()) {
    return std::vector<std::string>{"--file=" + file.string()};
  }
  const fs::path beginning = directory / "restrict.sql";
  TRY(write_file(beginning, "\\restrict " + random_hex() + random_hex() + "\n"));
  TRY_ASSIGN(const ProgramResult known,
             run_program(psql_program(database.client(), {}, {"--file=" + beginning.string()})));
  if (known.exit_status != 0) {
    return std::vector<std::string>{"--file=" + file.string()};
  }
  return std::vector<std::string>{"--file=" + beginning.string(), "--file=" + file.string()};
}

Result<ProgramRequest>
restore_program(const ScratchDatabase& database, BackupFormat format, const BackupScript& script,
                const TemporaryDirectory& directory, const fs::path& file)
{
  if (is_archive(format)) {
    std::vector<std::string> words{"--exit-on-error", "--no-tablespaces", file.string()};
    if (!database.is_of_superuser()) {
      words.insert(words.begin(), {"--no-owner", "--no-privileges"});
    }
    return postgres_program(database.client(), "pg_restore", words);
  }
  TRY_ASSIGN(std::vector<std::string> words, restricted_words(database, script, directory.path(), file));
  words.push_back("--output=/dev/null");
  ProgramRequest request = psql_program(database.client(), {}, words);
  request.environment.erase("PGCLIENTENCODING");  // the dump says its own
  return request;
}

Result<std::chrono::milliseconds>
restore_to(const ScratchDatabase& database, BackupFormat format, const BackupScript& script, const fs::path& file)
{
  TRY_ASSIGN(const TemporaryDirectory directory, TemporaryDirectory::create());
  TRY_ASSIGN(const ProgramRequest request, restore_program(database, format, script, directory, file));
  TRY_ASSIGN(const ProgramResult result, run_program(request));
  if (result.exit_status != 0) {
    const std::string reason = reason_of(result, database.client().address);
    const bool is_lost = !is_archive(format) && result.exit_status == connection_is_bad;
    return is_lost ? fail(ErrorKind::unavailable, "scratch: the connection was lost: {}", reason)
                   : fail(ErrorKind::input, "cannot be restored: {}", reason);
  }
  return result.duration;
}

Result<Restored>
restore_file(const RestoreRequest& request, BackupFormat format, const fs::path& file)
{
  TRY_ASSIGN(const BackupScript script, read_needs(format, request.scratch, file));
  TRY_ASSIGN(ScratchDatabase database, ScratchDatabase::create(request.scratch, request.source));
  TRY(database.prepare(script, request.source));
  Restored restored;
  restored.format = format;
  TRY_ASSIGN(restored.duration, restore_to(database, format, script, file));
  TRY_ASSIGN(restored.contents, read_contents(database.client(), request.schemas));
  if (const auto dropped = database.drop(); !dropped) {
    restored.left_behind = dropped.error().message;
  }
  return restored;
}

}  // namespace

Result<Restored>
restore_backup(const RestoreRequest& request)
{
  TRY_ASSIGN(const MappedFile file, MappedFile::open(request.file));
  TRY_ASSIGN(const BackupFormat format, format_of_content(file.bytes()));
  if (format != BackupFormat::plain_gzip) {
    return restore_file(request, format, request.file);
  }
  UnpackedFile unpacked(request.file);
  TRY(unpacked.fill(file.bytes(), request.scratch.tick));
  TRY_ASSIGN(const MappedFile text, MappedFile::open(unpacked.path()));
  TRY_ASSIGN(const BackupFormat packed, format_of_content(text.bytes()));
  if (packed == BackupFormat::plain_gzip) {
    return fail(ErrorKind::input, "is packed twice");
  }
  TRY_ASSIGN(Restored restored, restore_file(request, packed, unpacked.path()));
  restored.format = packed == BackupFormat::plain ? BackupFormat::plain_gzip : packed;
  return restored;
}

}  // namespace sluice::promote
