// SPDX-License-Identifier: Apache-2.0
//
// A file is "sluice-cache 1 <seconds since 1970> <SHA-256 of time, key and bytes>\n" and the bytes. The time is in the
// file, because archives that CI systems restore caches from do not keep the file system's; the hash tells a file that
// was cut off or belongs to another key.
#include "net/cache.hpp"

#include "base/hash.hpp"
#include "base/number.hpp"
#include "base/path.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

namespace sluice::net {

namespace {

constexpr std::string_view magic = "sluice-cache 1 ";
constexpr std::size_t max_first_line = 128;

std::int64_t
seconds_of(Cache::Time time)
{
  return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

std::string
seal(std::string_view key, std::int64_t time, std::string_view bytes)
{
  return to_hex(sha256(fmt::format("{} {}\n{}{}", time, key.size(), key, bytes)));
}

struct Entry
{
  std::int64_t time = 0;
  std::string_view seal;
  std::string_view bytes;
};

std::optional<Entry>
parse(std::string_view file)
{
  const std::size_t newline = file.substr(0, max_first_line).find('\n');
  if (!file.starts_with(magic) || newline == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view line = file.substr(magic.size(), newline - magic.size());
  const std::size_t space = std::min(line.find(' '), line.size());
  const auto time = number_of<decltype(Entry::time)>(line.substr(0, space));
  if (!time || space == line.size()) {
    return std::nullopt;
  }
  Entry entry;
  entry.time = *time;
  entry.seal = line.substr(space + 1);
  entry.bytes = file.substr(newline + 1);
  return entry;
}

struct CachedFile
{
  std::filesystem::path path;
  std::filesystem::file_time_type written;
  std::uint64_t bytes = 0;
};

/// Only files that a cache names, so that a directory given by mistake loses nothing. Temporary neighbours that a
/// killed process left count, or they would stay for ever.
bool
is_cached(std::string_view name)
{
  constexpr std::size_t hash = 64;
  const bool named = name.size() == hash || (name.size() > hash && name[hash] == '.');
  return named && name.substr(0, hash).find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::vector<CachedFile>
files_in(const std::filesystem::path& directory)
{
  std::vector<CachedFile> files;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code gone;
    const bool is_file = std::filesystem::is_regular_file(entry->symlink_status(gone));
    const auto written = entry->last_write_time(gone);
    const std::uint64_t bytes = entry->file_size(gone);
    if (is_file && !gone && is_cached(entry->path().filename().string())) {
      files.push_back({entry->path(), written, bytes});
    }
  }
  return files;
}

}  // namespace

Result<Cache>
Cache::open(std::filesystem::path directory, std::uint64_t max_bytes)
{
  std::error_code error;
  const bool made = std::filesystem::create_directories(directory, error);
  if (made) {
    std::filesystem::permissions(directory, std::filesystem::perms::owner_all, error);
  }
  if (error || !std::filesystem::is_directory(directory, error)) {
    return fail(ErrorKind::environment, "{}: cannot be a cache: {}", directory.string(),
                error ? error.message() : "it is not a directory");
  }
  return Cache(std::move(directory), max_bytes);
}

std::filesystem::path
Cache::file_of(std::string_view key) const
{
  return directory_ / to_hex(sha256(key));
}

std::optional<std::string>
Cache::get(std::string_view key, std::chrono::seconds max_age, Time now) const
{
  auto file = read_file(file_of(key), max_bytes_);
  const auto entry = file ? parse(*file) : std::nullopt;
  if (!entry || entry->seal != seal(key, entry->time, entry->bytes)) {
    return std::nullopt;
  }
  const std::int64_t today = seconds_of(now);
  if (entry->time > today || today - entry->time > max_age.count()) {
    return std::nullopt;
  }
  return std::string(entry->bytes);
}

Result<>
Cache::put(std::string_view key, std::string_view bytes, Time now)
{
  const std::string text = fmt::format("{}{} {}\n{}", magic, seconds_of(now), seal(key, seconds_of(now), bytes), bytes);
  if (text.size() > max_bytes_) {
    return {};
  }
  if (auto written = write_file(file_of(key), text); !written) {
    return fail(ErrorKind::environment, "{}", written.error().message);
  }
  drop_oldest(file_of(key));
  return {};
}

void
Cache::drop_oldest(const std::filesystem::path& newest) const
{
  std::vector<CachedFile> files = files_in(directory_);
  // A file system's clock may tick too slowly to tell which of two files was written last.
  std::sort(files.begin(), files.end(), [&newest](const CachedFile& a, const CachedFile& b) {
    return std::tuple(b.path == newest, b.written, b.path) < std::tuple(a.path == newest, a.written, a.path);
  });
  std::uint64_t kept = 0;
  for (const CachedFile& file : files) {
    kept += file.bytes;
    if (kept > max_bytes_) {
      std::error_code gone;
      std::filesystem::remove(file.path, gone);
    }
  }
}

}  // namespace sluice::net
