// SPDX-License-Identifier: Apache-2.0
#include "promote/backup_format.hpp"

#include <string>
#include <utility>

namespace sluice::promote {

namespace {

constexpr std::pair<std::string_view, std::string_view> packings[]{
    {"\x28\xB5\x2F\xFD", "zstd"}, {"\x04\x22\x4D\x18", "lz4"}, {{"\xFD\x37zXZ\0", 6}, "xz"}, {"BZh", "bzip2"},
    {"PK\x03\x04", "zip"},
};

/// https://www.gnu.org/software/tar/manual/html_node/Standard.html
constexpr std::size_t offset_of_tar_magic = 257;
constexpr std::size_t looked_at = 4096;

}  // namespace

BackupFormat
format_of_name(const std::filesystem::path& name)
{
  const std::string text = name.filename().string();
  if (text.ends_with(".sql")) {
    return BackupFormat::plain;
  }
  return text.ends_with(".sql.gz") ? BackupFormat::plain_gzip : BackupFormat::custom;
}

Result<BackupFormat>
format_of_content(std::string_view bytes)
{
  if (bytes.empty()) {
    return fail(ErrorKind::input, "is empty");
  }
  if (bytes.starts_with("PGDMP")) {
    return BackupFormat::custom;
  }
  if (bytes.starts_with("\x1F\x8B")) {
    return BackupFormat::plain_gzip;
  }
  if (bytes.size() > offset_of_tar_magic && bytes.substr(offset_of_tar_magic).starts_with("ustar")) {
    return BackupFormat::tar;
  }
  for (const auto& [magic, name] : packings) {
    if (bytes.starts_with(magic)) {
      return fail(ErrorKind::input, "is packed with {}; gzip and pg_dump's own formats are read", name);
    }
  }
  if (bytes.substr(0, looked_at).find('\0') != std::string_view::npos) {
    return fail(ErrorKind::input, "is neither SQL nor one of pg_dump's formats");
  }
  return BackupFormat::plain;
}

}  // namespace sluice::promote
