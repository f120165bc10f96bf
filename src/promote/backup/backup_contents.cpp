// SPDX-License-Identifier: Apache-2.0
#include "promote/backup/backup_contents.hpp"

#include "base/json.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "promote/backup/backup_queries.hpp"
#include "promote/json_members.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace sluice::promote {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t most_bytes = std::uint64_t{1} << 30U;

/// A named pipe through which psql, which has its whole script from the beginning, is told to go on. It is open for
/// both directions from the beginning to the end, so that neither side waits for the other or misses what it wrote.
class Gate
{
public:
  explicit Gate(fs::path path)
      : path_(std::move(path))
  {}
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;
  ~Gate()
  {
    if (pipe_ >= 0) {
      ::close(pipe_);
    }
  }

  [[nodiscard]] Result<>
  open()
  {
    if (::mkfifo(path_.c_str(), 0600) == 0) {
      pipe_ = ::open(path_.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK);
    }
    if (pipe_ < 0) {
      return fail(ErrorKind::environment, "{}: cannot make a pipe: {}", path_.string(), std::strerror(errno));
    }
    return {};
  }

  /// `\q` ends what psql reads there and not psql; what it does not know ends psql, since it stops at errors.
  void
  let_pass(bool is_wanted) const
  {
    const std::string_view line = is_wanted ? "\\q\n" : "\\not_wanted\n\\q\n";
    (void)!::write(pipe_, line.data(), line.size());
  }

private:
  fs::path path_;
  int pipe_ = -1;
};

bool
read_line(std::string_view line, BackupContents& contents)
{
  const auto json = Json::parse(line);
  if (!json || json->size() < 3) {
    return false;
  }
  const std::string kind = text_of((*json)[0]);
  if (kind == "about") {
    contents.server_version = text_of((*json)[1]);
    contents.database = text_of((*json)[2]);
    contents.encoding = text_of((*json)[3]);
    contents.collation = text_of((*json)[4]);
    contents.character_type = text_of((*json)[5]);
  } else if (kind == "rows") {
    const auto count = (*json)[2].natural();
    contents.rows[text_of((*json)[1])] = count.value_or(0);
    return count.has_value();
  } else {
    contents.things[kind][text_of((*json)[1])] = {text_of((*json)[2]), text_of((*json)[3])};
  }
  return true;
}

Result<BackupContents>
read_output(const fs::path& path)
{
  TRY_ASSIGN(const std::string text, read_file(path, most_bytes));
  BackupContents contents;
  for (const std::string_view line : lines_of(text)) {
    if (!line.empty() && !read_line(line, contents)) {
      return fail(ErrorKind::unavailable, "what the database holds cannot be read: {}", ellipsis(printable(line), 100));
    }
  }
  return contents;
}

std::string
cannot_read(const PostgresClient& client)
{
  return "cannot read what " + place_of(client.address) + " holds";
}

}  // namespace

const BackupContents::Things&
BackupContents::of_kind(const std::string& kind) const
{
  static const Things none;
  const auto found = things.find(kind);
  return found == things.end() ? none : found->second;
}

std::uint64_t
BackupContents::row_total() const
{
  std::uint64_t total = 0;
  for (const auto& [table, count] : rows) {
    total += count;
  }
  return total;
}

Result<BackupContents>
read_contents(const PostgresClient& client, const std::vector<std::string>& schemas,
              const std::function<Result<>(std::string_view)>& while_held)
{
  TRY_ASSIGN(const TemporaryDirectory directory, TemporaryDirectory::create());
  const fs::path output = directory.path() / "contents";
  Gate gate(directory.path() / "gate");
  TRY(gate.open());
  const std::string gate_name = while_held ? (directory.path() / "gate").string() : std::string();

  ProgramRequest request = psql_program(client, contents_script(schemas, gate_name), {"--output=" + output.string()});
  std::optional<Result<>> held;
  request.timeout *= 3;  // for the dump has its own
  request.on_error_line = [&](std::string_view line) {
    if (!while_held || held || !line.starts_with(snapshot_mark)) {
      return;
    }
    held = while_held(trim(line.substr(snapshot_mark.size())));
    gate.let_pass(held->has_value());
  };
  TRY_ASSIGN(const ProgramResult result, run_program(request));
  if (held) {
    TRY(*held);
  }
  if (result.exit_status != 0) {
    return fail(ErrorKind::unavailable, "{}: {}", cannot_read(client), reason_of(result, client.address));
  }
  return read_output(output);
}

}  // namespace sluice::promote
