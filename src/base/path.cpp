// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"

#include "base/interruption.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace sluice {

namespace {

class FileDescriptor
{
public:
  explicit FileDescriptor(int number)
      : number_(number)
  {}
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor()
  {
    if (number_ >= 0) {
      ::close(number_);
    }
  }
  [[nodiscard]] int
  number() const
  {
    return number_;
  }

private:
  int number_;
};

Failure
failed(const std::filesystem::path& path, std::string_view what)
{
  return fail(ErrorKind::input, "{}: {}: {}", path.string(), what, std::strerror(errno));
}

Result<>
write_all(int descriptor, const std::filesystem::path& path, std::string_view text)
{
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0) {
      if (errno == EINTR) {
        continue;
      }
      return failed(path, "cannot write");
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

/// Of an open file; `path` is for messages.
Result<std::string>
read_open(const FileDescriptor& file, const std::filesystem::path& path, std::uint64_t max_bytes)
{
  struct stat status
  {};
  if (::fstat(file.number(), &status) != 0) {
    return failed(path, "cannot examine");
  }
  if (!S_ISREG(status.st_mode)) {
    return fail(ErrorKind::input, "{}: is not a regular file", path.string());
  }
  // One byte more than the file has shows its end, and callers that keep the text keep no more than that.
  std::string text(std::min<std::uint64_t>(static_cast<std::uint64_t>(status.st_size), max_bytes) + 1, '\0');
  for (std::size_t size = 0;;) {
    const ssize_t got = ::read(file.number(), text.data() + size, text.size() - size);
    if (got < 0 && errno != EINTR) {
      return failed(path, "cannot read");
    }
    size += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
    if (size > max_bytes) {
      return fail(ErrorKind::input, "{}: is larger than {} bytes", path.string(), max_bytes);
    }
    if (got == 0) {
      text.resize(size);
      return text;
    }
    if (size == text.size()) {
      text.resize(size + (std::size_t{1} << 16U));
    }
  }
}

}  // namespace

Result<std::string>
read_file(const std::filesystem::path& path, std::uint64_t max_bytes)
{
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.number() < 0) {
    return failed(path, "cannot open");
  }
  return read_open(file, path, max_bytes);
}

std::optional<Result<std::string>>
read_file_below(const std::filesystem::path& root, std::string_view path, std::uint64_t max_bytes)
{
  const FileDescriptor directory(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  open_how how{};
  how.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  const std::string name(path);
  const FileDescriptor file(
      static_cast<int>(::syscall(SYS_openat2, directory.number(), name.c_str(), &how, sizeof(how))));
  if (file.number() < 0) {
    return std::nullopt;
  }
  return read_open(file, root / name, max_bytes);
}

Result<bool>
is_there(const std::filesystem::path& path)
{
  struct stat status
  {};
  if (::stat(path.c_str(), &status) == 0) {
    return true;
  }
  return errno == ENOENT || errno == ENOTDIR ? Result<bool>(false) : failed(path, "cannot examine");
}

namespace {

/// In a container that runs as root, what is written into a mounted tree would belong to nobody who works there.
void
give_to_owner_of_directory(int descriptor, const std::filesystem::path& path)
{
  struct stat directory
  {};
  const std::filesystem::path parent = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  if (::geteuid() == 0 && ::stat(parent.c_str(), &directory) == 0 && directory.st_uid != 0) {
    // Not every file system knows owners; the file is as good without.
    [[maybe_unused]] const int ignored = ::fchown(descriptor, directory.st_uid, directory.st_gid);
  }
}

/// What is replaced keeps who may read it, and whose it is.
void
make_like_former(int descriptor, const std::filesystem::path& path)
{
  constexpr mode_t permissions = 0777;
  struct stat former
  {};
  if (::lstat(path.c_str(), &former) == 0 && S_ISREG(former.st_mode)) {
    // Only root can give files away; of anybody else's it is as good without.
    [[maybe_unused]] const int ignored = ::fchown(descriptor, former.st_uid, former.st_gid);
    ::fchmod(descriptor, former.st_mode & permissions);
  } else {
    ::fchmod(descriptor, 0644);
    give_to_owner_of_directory(descriptor, path);
  }
}

}  // namespace

Result<>
write_file(const std::filesystem::path& path, std::string_view text)
{
  std::string pattern = path.string() + ".XXXXXX";
  const FileDescriptor file(::mkostemp(pattern.data(), O_CLOEXEC));
  if (file.number() < 0) {
    return failed(path, "cannot create");
  }
  const TemporaryName temporary(std::move(pattern));
  if (auto written = write_all(file.number(), path, text); !written) {
    ::unlink(temporary.path().c_str());
    return written;
  }
  make_like_former(file.number(), path);
  if (::rename(temporary.path().c_str(), path.c_str()) != 0) {
    auto failure = failed(path, "cannot replace");
    ::unlink(temporary.path().c_str());
    return failure;
  }
  return {};
}

Result<>
append_file(const std::filesystem::path& path, std::string_view text)
{
  std::error_code ignored;
  const bool is_new = !std::filesystem::exists(path, ignored);
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
  if (file.number() < 0) {
    return failed(path, "cannot open");
  }
  if (is_new) {
    give_to_owner_of_directory(file.number(), path);
  }
  return write_all(file.number(), path, text);
}

Result<>
make_directories(const std::filesystem::path& directory)
{
  std::error_code error;
  if (directory.empty() || std::filesystem::is_directory(directory, error)) {
    return {};
  }
  TRY(make_directories(directory.parent_path()));
  if (::mkdir(directory.c_str(), 0755) != 0 && errno != EEXIST) {
    return failed(directory, "cannot make the directory");
  }
  const FileDescriptor made(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (made.number() >= 0) {
    give_to_owner_of_directory(made.number(), directory);
  }
  return {};
}

Result<>
refuse_links(const std::filesystem::path& root, const std::filesystem::path& path)
{
  const auto [end_of_root, begin] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
  if (end_of_root != root.end() || root == root.root_path()) {
    return {};
  }
  std::filesystem::path at = root;
  for (auto part = begin; part != path.end(); ++part) {
    at /= *part;
    std::error_code error;
    if (std::filesystem::is_symlink(std::filesystem::symlink_status(at, error))) {
      return fail(ErrorKind::input, "{} is a symbolic link", at.lexically_relative(root).generic_string());
    }
  }
  return {};
}

Result<>
check_writable(const std::filesystem::path& path)
{
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (std::filesystem::is_directory(status)) {
    return fail(ErrorKind::input, "{}: is a directory", path.string());
  }
  const bool is_special = std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
  const std::filesystem::path parent = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const std::filesystem::path& needed = is_special ? path : parent;
  if (::access(needed.c_str(), is_special ? W_OK : W_OK | X_OK) != 0) {
    return failed(path, "cannot be written");
  }
  return {};
}

Result<TemporaryDirectory>
TemporaryDirectory::create(std::string_view prefix)
{
  std::error_code error;
  const auto parent = std::filesystem::temp_directory_path(error);
  std::string name = fmt::format("{}/{}-XXXXXX", error ? "/tmp" : parent.string(), prefix);
  if (::mkdtemp(name.data()) == nullptr) {
    return failed(name, "cannot make a directory");
  }
  return TemporaryDirectory(std::filesystem::path(name));
}

TemporaryDirectory::TemporaryDirectory(TemporaryDirectory&& other) noexcept
    : path_(std::exchange(other.path_, {}))
{}

TemporaryDirectory&
TemporaryDirectory::operator=(TemporaryDirectory&& other) noexcept
{
  std::swap(path_, other.path_);
  return *this;
}

TemporaryDirectory::~TemporaryDirectory()
{
  if (!path_.empty()) {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
}

}  // namespace sluice
