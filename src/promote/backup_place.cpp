// SPDX-License-Identifier: Apache-2.0
#include "promote/backup_place.hpp"

#include "base/clock.hpp"
#include "base/hash.hpp"
#include "base/mapped_file.hpp"
#include "base/number.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "promote/backup_random.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace sluice::promote {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view time_mark{"{time}"};

Failure
failed(const fs::path& path, std::string_view what)
{
  return fail(ErrorKind::environment, "{}: {}: {}", printable(path.string()), what, std::strerror(errno));
}

bool
is_taken(const fs::path& path)
{
  struct stat status
  {};
  return ::lstat(path.c_str(), &status) == 0;
}

bool
is_file(const fs::path& path)
{
  std::error_code unknown;
  return fs::is_regular_file(fs::symlink_status(path, unknown));
}

std::chrono::sys_seconds
written_at(const fs::path& path)
{
  struct stat status
  {};
  return std::chrono::sys_seconds(
      std::chrono::seconds(::lstat(path.c_str(), &status) == 0 ? status.st_mtim.tv_sec : 0));
}

/// The path of both, or the first that nothing has of those with "-2", "-3", … between.
fs::path
free_name(std::string_view begin, std::string_view end)
{
  fs::path path = std::string(begin) + std::string(end);
  for (int number = 2; is_taken(path); ++number) {
    path = fmt::format("{}-{}{}", begin, number, end);
  }
  return path;
}

fs::path
free_aside_name(const fs::path& target)
{
  return free_name(target.string() + "." + compact_time(written_at(target)), "");
}

/// Never over another file, whoever made it in between.
Result<>
rename_to_new(const fs::path& from, const fs::path& to)
{
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) {
    return {};
  }
  // Not every file system knows how; a second name is never one over another.
  const bool is_done =
      (errno == EINVAL || errno == ENOSYS) && ::link(from.c_str(), to.c_str()) == 0 && ::unlink(from.c_str()) == 0;
  return is_done ? Result<>() : failed(to, "cannot rename a dump to it");
}

/// The time that is in a name, and the number behind it where there was one of that time already.
struct TimedName
{
  std::string_view time;
  unsigned number = 1;
  auto operator<=>(const TimedName&) const = default;
};

std::optional<TimedName>
timed_name(std::string_view text)
{
  constexpr std::string_view form{"00000000T000000Z"};
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (i >= text.size() || (form[i] == '0' ? !is_digit(text[i]) : text[i] != form[i])) {
      return std::nullopt;
    }
  }
  const std::string_view rest = text.substr(form.size());
  const auto number = rest.starts_with('-') ? number_of<unsigned>(rest.substr(1)) : std::optional(1U);
  const bool is_whole = rest.empty() || rest.starts_with('-');
  return number && is_whole ? std::optional(TimedName{text.substr(0, form.size()), *number}) : std::nullopt;
}

/// What the names of the files of a setting have in common.
struct NamePattern
{
  fs::path directory;
  std::string begin;
  std::string end;
};

NamePattern
pattern_of(const BackupCall& call)
{
  const fs::path path = (call.directory / call.setting.file).lexically_normal();
  const std::string name = path.filename().string();
  const std::size_t mark = name.find(time_mark);
  if (mark == std::string::npos) {
    return {path.parent_path(), name + ".", ""};
  }
  return {path.parent_path(), name.substr(0, mark), name.substr(mark + time_mark.size())};
}

/// What of a file's name is the pattern's time; nothing if it does not fit.
std::optional<std::string>
middle_of(const NamePattern& pattern, const fs::path& path)
{
  const std::string name = path.filename().string();
  const std::size_t common = pattern.begin.size() + pattern.end.size();
  if (name.size() <= common || !name.starts_with(pattern.begin) || !name.ends_with(pattern.end)) {
    return std::nullopt;
  }
  return name.substr(pattern.begin.size(), name.size() - common);
}

std::vector<fs::path>
files_of(const NamePattern& pattern)
{
  std::vector<fs::path> files;
  std::error_code failed_to_list;
  fs::directory_iterator entry(pattern.directory, failed_to_list);
  for (; !failed_to_list && entry != fs::directory_iterator(); entry.increment(failed_to_list)) {
    if (is_file(entry->path()) && middle_of(pattern, entry->path())) {
      files.push_back(entry->path());
    }
  }
  return files;
}

/// A file whose digest cannot be told may be one that is needed.
bool
must_be_kept(const BackupCall& call, const fs::path& path)
{
  if (call.keep.empty()) {
    return false;
  }
  const auto file = MappedFile::open(path);
  return !file || call.keep.contains(name_of_backup(call, path)) || call.keep.contains(path.string())
         || call.keep.contains(to_hex(sha256(file->bytes())));
}

/// Dumps hold what the database holds: nobody else may read them.
Result<>
make_private_file(const fs::path& path)
{
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) {
    return failed(path, "cannot create");
  }
  ::close(file);
  return {};
}

Result<fs::path>
new_target(const BackupCall& call)
{
  const std::string& file = call.setting.file;
  if (file.empty()) {
    return fail(ErrorKind::config, "database_backup.file: where the dump is written is not set");
  }
  const std::size_t mark = file.find(time_mark);
  fs::path target = call.directory / file;
  if (mark != std::string::npos) {
    target = free_name((call.directory / file.substr(0, mark)).string() + compact_time(call.now),
                       file.substr(mark + time_mark.size()));
  }
  target = target.lexically_normal();
  if (fs::path(file).is_relative()) {
    TRY(refuse_links(call.directory, target));
  }
  if (is_taken(target) && !is_file(target)) {
    return fail(ErrorKind::input, "{}: is there and is no file", printable(target.string()));
  }
  TRY(make_directories(target.parent_path()));
  return target;
}

}  // namespace

std::string
compact_time(std::chrono::sys_seconds time)
{
  return replace_all(replace_all(rfc3339(time), "-", ""), ":", "");
}

Result<PendingBackup>
PendingBackup::begin(const BackupCall& call, Writing writing)
{
  PendingBackup pending;
  TRY_ASSIGN(pending.target_, new_target(call));
  if (writing == Writing::beside) {
    pending.written_ = pending.target_.string() + ".partial-" + random_hex();
    pending.partial_ = std::make_unique<TemporaryName>(pending.written_.string());
    TRY(make_private_file(pending.written_));
    return pending;
  }
  pending.written_ = pending.target_;
  if (is_taken(pending.target_)) {
    const fs::path aside = free_aside_name(pending.target_);
    TRY(rename_to_new(pending.target_, aside));
    pending.aside_ = aside;
  }
  return pending;
}

PendingBackup::PendingBackup(PendingBackup&& other) noexcept
    : target_(std::move(other.target_)),
      written_(std::move(other.written_)),
      aside_(std::move(other.aside_)),
      partial_(std::move(other.partial_)),
      is_settled_(std::exchange(other.is_settled_, true))
{}

PendingBackup::~PendingBackup()
{
  if (!is_settled_ && !written_.empty()) {
    put_out_of_the_way();
  }
}

Result<>
PendingBackup::accept()
{
  if (written_ != target_) {
    if (is_taken(target_)) {
      TRY(rename_to_new(target_, free_aside_name(target_)));
    }
    TRY(rename_to_new(written_, target_));
  }
  is_settled_ = true;
  return {};
}

/// An empty file shows nobody why it was not proven.
void
PendingBackup::put_out_of_the_way() const
{
  std::error_code ignored;
  if (is_file(written_) && fs::file_size(written_, ignored) > 0) {
    fs::rename(written_, target_.string() + ".unproven", ignored);
  } else {
    fs::remove(written_, ignored);
  }
  if (!aside_.empty()) {
    (void)rename_to_new(aside_, target_);
  }
}

std::vector<std::string>
remove_earlier_backups(const BackupCall& call, const fs::path& newest)
{
  const NamePattern pattern = pattern_of(call);
  std::vector<std::pair<fs::path, std::string>> files;
  for (fs::path& path : files_of(pattern)) {
    std::string middle = middle_of(pattern, path).value_or("");
    if (path != newest && timed_name(middle)) {
      files.emplace_back(std::move(path), std::move(middle));
    }
  }
  std::sort(files.begin(), files.end(),
            [](const auto& a, const auto& b) { return timed_name(a.second) > timed_name(b.second); });
  std::vector<std::string> removed;
  const auto kept = static_cast<std::size_t>(std::max<std::int64_t>(call.setting.keep, 1));
  for (std::size_t i = kept - 1; i < files.size(); ++i) {
    std::error_code failed_to_remove;
    const fs::path& path = files[i].first;
    if (!must_be_kept(call, path) && fs::remove(path, failed_to_remove)) {
      removed.push_back(name_of_backup(call, path));
    }
  }
  return removed;
}

Result<fs::path>
find_backup(const BackupCall& call)
{
  const fs::path path = (call.directory / call.setting.file).lexically_normal();
  std::vector<fs::path> files;
  if (path.filename().string().find(time_mark) != std::string::npos) {
    files = files_of(pattern_of(call));
  } else if (is_taken(path)) {
    files = {path};
  }
  const auto newest = std::max_element(
      files.begin(), files.end(), [](const fs::path& a, const fs::path& b) { return written_at(a) < written_at(b); });
  if (newest == files.end()) {
    return fail(ErrorKind::input, "{}: there is no such file", printable(call.setting.file));
  }
  return *newest;
}

std::string
name_of_backup(const BackupCall& call, const fs::path& path)
{
  const fs::path relative = path.lexically_relative(call.directory.lexically_normal());
  const bool is_below = !relative.empty() && *relative.begin() != "..";
  return is_below ? relative.generic_string() : path.generic_string();
}

}  // namespace sluice::promote
