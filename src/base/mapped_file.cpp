// SPDX-License-Identifier: Apache-2.0
#include "base/mapped_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sluice {

namespace {

Failure
failed(const std::filesystem::path& path, std::string_view why)
{
  return fail(ErrorKind::input, "{}: {}", path.string(), why);
}

Result<std::string_view>
map(int descriptor, const std::filesystem::path& path)
{
  struct stat status = {};
  if (::fstat(descriptor, &status) != 0) {
    return failed(path, std::strerror(errno));
  }
  if (!S_ISREG(status.st_mode)) {
    return failed(path, "is not a regular file");
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) {
    return std::string_view();
  }
  void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (address == MAP_FAILED) {
    return failed(path, std::strerror(errno));
  }
  return std::string_view(static_cast<const char*>(address), size);
}

}  // namespace

Result<MappedFile>
MappedFile::open(const std::filesystem::path& path)
{
  // O_NONBLOCK: a FIFO in place of the file must not hang the gate.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    return failed(path, std::strerror(errno));
  }
  auto bytes = map(descriptor, path);
  ::close(descriptor);
  if (!bytes) {
    return Failure(std::move(bytes).error());
  }
  return MappedFile(*bytes);
}

void
MappedFile::read_sparsely() const
{
  ::madvise(const_cast<char*>(bytes_.data()), bytes_.size(), MADV_NOHUGEPAGE);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : bytes_(std::exchange(other.bytes_, {}))
{}

MappedFile&
MappedFile::operator=(MappedFile&& other) noexcept
{
  std::swap(bytes_, other.bytes_);
  return *this;
}

MappedFile::~MappedFile()
{
  if (!bytes_.empty()) {
    ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
  }
}

}  // namespace sluice
