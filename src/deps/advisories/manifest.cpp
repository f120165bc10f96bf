// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/manifest.hpp"

#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/json_text.hpp"
#include "base/mapped_file.hpp"
#include "base/path.hpp"
#include "base/signature.hpp"
#include "base/text.hpp"
#include "deps/advisories/exploits.hpp"
#include "deps/advisories/index_format.hpp"

#include <algorithm>

namespace sluice::deps {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view format_name = "sluice-advisories";
constexpr std::uint64_t format_number = 1;
constexpr std::uint64_t most_bytes = 1U << 20U;

Failure
refused(const fs::path& directory, std::string_view name, std::string_view why)
{
  return fail(ErrorKind::unavailable, "{}: {} {}", printable(directory.string()), printable(name), why);
}

}  // namespace

const ManifestEntry*
Manifest::find(std::string_view name) const
{
  const auto found = std::find_if(files.begin(), files.end(), [name](const auto& file) { return file.name == name; });
  return found == files.end() ? nullptr : &*found;
}

bool
is_database_file(std::string_view name)
{
  const bool is_index = name.ends_with(index::file_suffix) && name.size() > index::file_suffix.size();
  return (is_index || name == exploits_file) && name.front() != '.' && name.find('/') == std::string_view::npos
         && name.find('\0') == std::string_view::npos;
}

std::string
write_manifest(const Manifest& manifest)
{
  return Json{{"format", format_name},
              {"version", format_number},
              {"made", manifest.made},
              {"files",
               Json::array_of(manifest.files,
                              [](const ManifestEntry& file) {
                                return Json{{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}};
                              })}}
             .dump(2)
         + "\n";
}

Result<Manifest>
read_manifest(std::string_view text)
{
  const auto json = Json::parse(text);
  if (!json || text_of((*json)["format"]) != format_name) {
    return fail(ErrorKind::unavailable, "{} is none of a database", manifest_file);
  }
  if ((*json)["version"].natural() != format_number) {
    return fail(ErrorKind::unavailable, "{} is of another version than this one reads", manifest_file);
  }
  Manifest manifest{text_of((*json)["made"]), {}};
  for (const Json& file : (*json)["files"].items()) {
    ManifestEntry entry{text_of(file["name"]), file["bytes"].natural().value_or(0), text_of(file["sha256"])};
    if (!is_database_file(entry.name) || entry.sha256.size() != 2 * sizeof(Sha256)
        || manifest.find(entry.name) != nullptr) {
      return fail(ErrorKind::unavailable, "{} names what is no file of a database: {}", manifest_file,
                  printable(entry.name));
    }
    manifest.files.push_back(std::move(entry));
  }
  if (!parse_date(manifest.made) || manifest.files.empty()) {
    return fail(ErrorKind::unavailable, "{} has no day or no files", manifest_file);
  }
  return manifest;
}

Result<std::optional<SignedManifest>>
manifest_of(const fs::path& directory)
{
  TRY_ASSIGN(const bool is_one, is_there(directory / manifest_file));
  if (!is_one) {
    return std::nullopt;
  }
  SignedManifest manifest;
  TRY_ASSIGN(manifest.text, read_file(directory / manifest_file, most_bytes));
  if (auto signature = read_file(directory / signature_file, most_bytes)) {
    manifest.signature = *std::move(signature);
  }
  return manifest;
}

Result<>
check_signature(const SignedManifest& manifest, std::string_view public_key)
{
  if (!manifest.signature) {
    return fail(ErrorKind::unavailable, "{} is not signed, and a key is demanded (`db-key`)", manifest_file);
  }
  const std::string signature = from_base64(trim(*manifest.signature)).value_or(std::string());
  auto is_signed = is_signed_by(public_key, manifest.text, signature);
  if (!is_signed) {
    return fail(is_signed.error().kind, "db-key: {}", is_signed.error().message);
  }
  if (!*is_signed) {
    return fail(ErrorKind::unavailable,
                "{} is not signed by the key that is demanded (`db-key`): it was changed, or another signed it",
                manifest_file);
  }
  return {};
}

Result<>
check_signed_database(const fs::path& directory, std::string_view public_key)
{
  TRY_ASSIGN(const auto text, manifest_of(directory));
  if (!text) {
    return refused(directory, manifest_file,
                   "is missing: a key is demanded (`db-key`), and only what "
                   "`sluice deps db export --sign` has made can be checked");
  }
  if (auto checked = check_signature(*text, public_key); !checked) {
    return fail(checked.error().kind, "{}: {}", printable(directory.string()), checked.error().message);
  }
  TRY_ASSIGN(const Manifest manifest, read_manifest(text->text));
  for (const ManifestEntry& file : manifest.files) {
    const auto mapped = MappedFile::open(directory / file.name);
    if (!mapped) {
      return refused(directory, file.name, "is missing, and its manifest names it");
    }
    if (to_hex(sha256(mapped->bytes())) != file.sha256) {
      return refused(directory, file.name, "is not the file that its manifest names");
    }
  }
  std::error_code failed;
  for (fs::directory_iterator at(directory, failed), end; !failed && at != end; at.increment(failed)) {
    const std::string name = at->path().filename().string();
    if (is_database_file(name) && manifest.find(name) == nullptr) {
      return refused(directory, name, "is not named by its manifest");
    }
  }
  return {};
}

void
forget_manifest(const fs::path& directory)
{
  std::error_code failed;
  fs::remove(directory / manifest_file, failed);
  fs::remove(directory / signature_file, failed);
}

}  // namespace sluice::deps
