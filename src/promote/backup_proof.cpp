// SPDX-License-Identifier: Apache-2.0
#include "promote/backup_proof.hpp"

#include "base/clock.hpp"
#include "base/hash.hpp"
#include "base/mapped_file.hpp"
#include "base/text.hpp"

#include <limits>

namespace sluice::promote {

namespace {

/// Reads members, and remembers the first that is not as it should be.
class Members
{
public:
  explicit Members(const Json& json)
      : json_(json)
  {}

  void
  read(std::string_view key, std::string& into)
  {
    const std::string* const text = json_[key].text();
    note(key, text != nullptr);
    into = text != nullptr ? *text : std::string();
  }

  void
  read(std::string_view key, std::uint64_t& into)
  {
    const auto number = json_[key].natural();
    note(key, number.has_value());
    into = number.value_or(0);
  }

  void
  read(std::string_view key, bool& into)
  {
    const auto value = json_[key].boolean();
    note(key, value.has_value());
    into = value.value_or(false);
  }

  void
  read(std::string_view key, std::chrono::sys_seconds& into)
  {
    const std::string* const text = json_[key].text();
    const auto time = text != nullptr ? parse_rfc3339(*text) : std::nullopt;
    note(key, time.has_value());
    into = time ? std::chrono::floor<std::chrono::seconds>(*time) : std::chrono::sys_seconds();
  }

  void
  read(std::string_view key, std::chrono::milliseconds& into)
  {
    const auto number = json_[key].integer();
    note(key, number.has_value() && *number >= 0);
    into = std::chrono::milliseconds(number.value_or(0));
  }

  [[nodiscard]] Result<>
  outcome() const
  {
    return wrong_.empty() ? Result<>()
                          : fail(ErrorKind::input, "the record of a backup: `{}` is not as it should be", wrong_);
  }

private:
  void
  note(std::string_view key, bool is_right)
  {
    if (!is_right && wrong_.empty()) {
      wrong_ = key;
    }
  }

  const Json& json_;
  std::string wrong_;
};

}  // namespace

Json
json_of(const BackupProof& proof)
{
  return Json{{"file", proof.file},
              {"sha256", proof.sha256},
              {"bytes", proof.bytes},
              {"made", rfc3339(proof.made)},
              {"proven", rfc3339(proof.proven)},
              {"dump_ms", proof.dump_time.count()},
              {"restore_ms", proof.restore_time.count()},
              {"format", proof.format},
              {"server_version", proof.server_version},
              {"database", proof.database},
              {"tables", proof.tables},
              {"constraints", proof.constraints},
              {"rows", proof.rows},
              {"empty", proof.empty},
              {"compared", proof.compared == BackupProof::Compared::with_source}};
}

Result<BackupProof>
read_backup_proof(const Json& json)
{
  BackupProof proof;
  bool is_compared = false;
  Members members(json);
  members.read("file", proof.file);
  members.read("sha256", proof.sha256);
  members.read("bytes", proof.bytes);
  members.read("made", proof.made);
  members.read("proven", proof.proven);
  members.read("dump_ms", proof.dump_time);
  members.read("restore_ms", proof.restore_time);
  members.read("format", proof.format);
  members.read("server_version", proof.server_version);
  members.read("database", proof.database);
  members.read("tables", proof.tables);
  members.read("constraints", proof.constraints);
  members.read("rows", proof.rows);
  members.read("empty", proof.empty);
  members.read("compared", is_compared);
  TRY(members.outcome());
  proof.compared = is_compared ? BackupProof::Compared::with_source : BackupProof::Compared::with_nothing;
  return proof;
}

Result<>
check_backup_file(const BackupProof& proof, const std::filesystem::path& root)
{
  const auto file = MappedFile::open(root / proof.file);
  if (!file) {
    return fail(ErrorKind::input, "the backup that was proven is not there: {}", printable(file.error().message));
  }
  if (file->bytes().size() != proof.bytes || to_hex(sha256(file->bytes())) != proof.sha256) {
    return fail(ErrorKind::input, "{}: this is not the file that was proven, its digest is another",
                printable(proof.file));
  }
  return {};
}

}  // namespace sluice::promote
