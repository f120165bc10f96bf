// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/documents.hpp"

#include "base/parallel.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "deps/advisories/zip_library.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <iterator>
#include <memory>
#include <mutex>
#include <vector>

namespace sluice::deps {

namespace {

namespace fs = std::filesystem;

bool
is_document(std::string_view name)
{
  constexpr std::array<std::string_view, 5> ends{".json", ".yaml", ".yml", ".csv", ".csv.gz"};
  return std::any_of(ends.begin(), ends.end(), [name](std::string_view end) { return name.ends_with(end); });
}

/// Counts, and keeps the first names, whatever order they come in.
void
note(std::uint64_t& count, std::set<std::string>& names, std::string name)
{
  ++count;
  names.insert(std::move(name));
  if (names.size() > PassedOver::most_names) {
    names.erase(std::prev(names.end()));
  }
}

std::string
words_of(std::uint64_t count, const std::set<std::string>& names, std::string_view why)
{
  std::vector<std::string> shown;
  for (const std::string& name : names) {
    shown.push_back(printable(name));
  }
  const std::string rest =
      count > names.size() ? fmt::format(" and {} more", with_thousands(count - names.size())) : std::string();
  return fmt::format("{} passed over, {}: {}{}", counted(count, "file", "files"), why, join(shown, ", "), rest);
}

/// The first failure of several threads.
class FirstFailure
{
public:
  void
  note(Error error)
  {
    const std::lock_guard lock(mutex_);
    if (!error_) {
      error_ = std::move(error);
    }
    is_set_ = true;
  }
  [[nodiscard]] bool
  is_set() const
  {
    return is_set_;
  }
  [[nodiscard]] Result<>
  result()
  {
    return error_ ? Result<>(Failure(*std::move(error_))) : Result<>();
  }

private:
  std::mutex mutex_;
  std::optional<Error> error_;
  std::atomic<bool> is_set_{false};
};

class Archive
{
public:
  [[nodiscard]] static Result<Archive>
  open(const fs::path& path)
  {
    TRY_ASSIGN(const ZipLibrary* const library, zip_library());
    int code = 0;
    zip_t* const zip = library->open(path.c_str(), ZIP_RDONLY, &code);
    if (zip == nullptr) {
      zip_error_t error;
      library->error_init_with_code(&error, code);
      const std::string why = library->error_strerror(&error);
      library->error_fini(&error);
      return fail(ErrorKind::input, "{}: not an archive that can be read: {}", printable(path.string()), why);
    }
    return Archive(*library, path, zip);
  }

  [[nodiscard]] std::uint64_t
  size() const
  {
    return static_cast<std::uint64_t>(std::max<zip_int64_t>(library_->get_num_entries(zip_.get(), 0), 0));
  }

  /// What all entries say that they hold.
  [[nodiscard]] std::uint64_t
  unpacked_bytes() const
  {
    std::uint64_t bytes = 0;
    for (std::uint64_t i = 0; i < size() && bytes <= max_archive_bytes; ++i) {
      zip_stat_t about;
      library_->stat_init(&about);
      const bool is_known = library_->stat_index(zip_.get(), i, 0, &about) == 0 && (about.valid & ZIP_STAT_SIZE) != 0;
      bytes += is_known ? std::min(about.size, max_archive_bytes) : 0;
    }
    return bytes;
  }

  /// The text of an entry; nothing if it is no document.
  [[nodiscard]] Result<std::optional<std::string>>
  document(std::uint64_t number, std::string& name) const
  {
    zip_stat_t about;
    library_->stat_init(&about);
    if (library_->stat_index(zip_.get(), number, 0, &about) != 0 || (about.valid & ZIP_STAT_NAME) == 0) {
      return broken(number, "an entry cannot be read");
    }
    name = about.name;
    if (!is_document(name)) {
      return std::nullopt;
    }
    if ((about.valid & ZIP_STAT_SIZE) == 0 || about.size > max_document_bytes) {
      return broken(number, "an entry is too large");
    }
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(library_->fopen_index(zip_.get(), number, 0),
                                                                 library_->fclose);
    std::string text(about.size, '\0');
    char after = 0;
    // The checksum is compared at the end, which only who reads on comes to.
    if (file == nullptr
        || library_->fread(file.get(), text.data(), text.size()) != static_cast<zip_int64_t>(text.size())
        || library_->fread(file.get(), &after, 1) != 0) {
      return broken(number, "an entry is damaged");
    }
    return text;
  }

private:
  Archive(const ZipLibrary& library, fs::path path, zip_t* zip)
      : library_(&library),
        path_(std::move(path)),
        zip_(zip, library.discard)
  {}

  [[nodiscard]] Failure
  broken(std::uint64_t number, std::string_view what) const
  {
    return fail(ErrorKind::input, "{}: {} (number {})", printable(path_.string()), what, number);
  }

  const ZipLibrary* library_;
  fs::path path_;
  std::unique_ptr<zip_t, void (*)(zip_t*)> zip_;
};

Result<>
read_archive(const fs::path& path, unsigned threads, const TakeDocument& take, PassedOver& passed)
{
  TRY_ASSIGN(const Archive counted, Archive::open(path));
  const std::uint64_t count = counted.size();
  if (count > max_documents) {
    return fail(ErrorKind::input, "{}: more than {} entries", printable(path.string()), max_documents);
  }
  if (counted.unpacked_bytes() > max_archive_bytes) {
    return fail(ErrorKind::input, "{}: it unpacks to more than {}", printable(path.string()),
                human_bytes(max_archive_bytes));
  }
  FirstFailure failure;
  std::mutex mutex;
  std::atomic<std::uint64_t> next{0};
  on_threads(threads, [&](unsigned /*thread*/) {
    // An archive of libzip is for one thread.
    const auto archive = Archive::open(path);
    if (!archive) {
      return failure.note(archive.error());
    }
    std::string name;
    for (std::uint64_t i = next++; i < count && !failure.is_set(); i = next++) {
      const auto text = archive->document(i, name);
      if (!text) {
        return failure.note(text.error());
      }
      const std::string shown = path.filename().string() + ":" + name;
      if (*text) {
        take(shown, **text);
      } else if (!name.ends_with('/')) {
        const std::lock_guard lock(mutex);
        note(passed.others, passed.other_names, shown);
      }
    }
  });
  return failure.result();
}

Result<>
read_files(const std::vector<fs::path>& files, unsigned threads, const TakeDocument& take)
{
  FirstFailure failure;
  in_parallel(threads, files.size(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end && !failure.is_set(); ++i) {
      const auto text = read_file(files[i], max_document_bytes);
      if (!text) {
        return failure.note(text.error());
      }
      take(files[i].string(), *text);
    }
  });
  return failure.result();
}

Result<>
collect(const fs::path& directory, std::vector<fs::path>& files, std::vector<fs::path>& archives, PassedOver& passed)
{
  std::error_code failed;
  for (fs::recursive_directory_iterator at(directory, failed), end; !failed && at != end; at.increment(failed)) {
    const bool is_file = at->symlink_status().type() == fs::file_type::regular;
    if (is_file && at->path().extension() == ".zip") {
      archives.push_back(at->path());
    } else if (is_file && is_document(at->path().string())) {
      files.push_back(at->path());
    } else if (is_file) {
      note(passed.others, passed.other_names, at->path().string());
    } else if (at->is_symlink()) {
      note(passed.links, passed.link_names, at->path().string());
    }
    if (files.size() > max_documents) {
      return fail(ErrorKind::input, "{}: more than {} files", printable(directory.string()), max_documents);
    }
  }
  return failed ? Result<>(fail(ErrorKind::input, "{}: {}", printable(directory.string()), failed.message()))
                : Result<>();
}

}  // namespace

std::vector<std::string>
PassedOver::words() const
{
  std::vector<std::string> lines;
  if (others != 0) {
    lines.push_back(words_of(others, other_names, "neither .json, .yaml, .yml, .csv, .csv.gz nor .zip"));
  }
  if (links != 0) {
    lines.push_back(words_of(links, link_names, links == 1 ? "a link" : "links"));
  }
  return lines;
}

Result<PassedOver>
for_each_document(std::span<const fs::path> paths, unsigned threads, const TakeDocument& take)
{
  PassedOver passed;
  std::vector<fs::path> files;
  std::vector<fs::path> archives;
  for (const fs::path& path : paths) {
    std::error_code failed;  // then reading it says why
    if (fs::is_directory(path, failed)) {
      TRY(collect(path, files, archives, passed));
    } else {
      (path.extension() == ".zip" ? archives : files).push_back(path);
    }
  }
  // In one order on every machine, so that the last of several records with one id is the same.
  std::sort(files.begin(), files.end());
  TRY(read_files(files, thread_count(threads), take));
  std::sort(archives.begin(), archives.end());
  for (const fs::path& archive : archives) {
    TRY(read_archive(archive, thread_count(threads), take, passed));
  }
  return passed;
}

}  // namespace sluice::deps
