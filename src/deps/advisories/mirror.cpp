// SPDX-License-Identifier: Apache-2.0
#include "deps/advisories/mirror.hpp"

#include "base/path.hpp"
#include "base/signature.hpp"
#include "base/text.hpp"
#include "deps/advisories/database.hpp"
#include "deps/advisories/exploits.hpp"
#include "deps/advisories/server.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::deps {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t most_manifest_bytes = 1U << 20U;
constexpr std::uint64_t most_file_bytes = std::uint64_t{2} << 30U;

std::vector<std::string>
database_files(const fs::path& directory)
{
  std::vector<std::string> names;
  std::error_code failed;
  for (fs::directory_iterator at(directory, failed), end; !failed && at != end; at.increment(failed)) {
    std::string name = at->path().filename().string();
    if (is_database_file(name)) {
      names.push_back(std::move(name));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// That the bytes are what a file of this name should hold.
Result<>
check_file(std::string_view name, std::string_view bytes)
{
  if (name == exploits_file) {
    TRY(read_exploits(bytes));
    return {};
  }
  TRY_ASSIGN(const Index index, Index::of_bytes(bytes, std::string(name)));
  TRY(index.verify());
  if (index_file({}, index.ecosystem()) != name) {
    return fail(ErrorKind::unavailable, "{}: it is of another ecosystem, {}", printable(name),
                printable(index.ecosystem()));
  }
  return {};
}

/// Files of a database of which the manifest says nothing.
void
remove_others(const fs::path& directory, const Manifest& manifest)
{
  for (const std::string& name : database_files(directory)) {
    if (manifest.find(name) == nullptr) {
      std::error_code failed;
      fs::remove(directory / name, failed);
    }
  }
}

Result<>
write_with_signature(const fs::path& directory, std::string_view text, const std::optional<std::string>& signature)
{
  // Without a manifest nothing is trusted: the old one goes first, and the new one comes last.
  if (signature) {
    TRY(write_file(directory / signature_file, *signature));
  }
  return write_file(directory / manifest_file, text);
}

Result<>
refuse_older(const fs::path& directory, const Manifest& manifest)
{
  TRY_ASSIGN(const auto present, manifest_of(directory));
  const auto known = present ? read_manifest(present->text) : Result<Manifest>(Manifest());
  if (known && known->made > manifest.made) {
    return fail(ErrorKind::unavailable,
                "its manifest is of {}, and the database is of {} already; whoever wants to go back removes {}",
                manifest.made, known->made, printable((directory / manifest_file).string()));
  }
  return {};
}

/// The files that are not there yet, each checked.
Result<std::vector<std::pair<std::string, std::string>>>
fetch_changed(const Mirror& mirror, const fs::path& directory, const Manifest& manifest)
{
  std::vector<std::pair<std::string, std::string>> changed;
  for (const ManifestEntry& file : manifest.files) {
    const auto there = read_file(directory / file.name, most_file_bytes);
    if (there && to_hex(sha256(*there)) == file.sha256) {
      continue;
    }
    TRY_ASSIGN(std::optional<std::string> bytes, mirror.read(file.name, std::min(file.bytes, most_file_bytes)));
    if (!bytes || bytes->size() != file.bytes || to_hex(sha256(*bytes)) != file.sha256) {
      return fail(ErrorKind::unavailable, "{} is {}", printable(file.name),
                  bytes ? "not the file that the manifest names" : "missing, and the manifest names it");
    }
    TRY(check_file(file.name, *bytes));
    changed.emplace_back(file.name, *std::move(bytes));
  }
  return changed;
}

/// Where what was fetched waits until all of it is there.
constexpr std::string_view incoming = ".incoming";

/// Puts files into a directory by way of a neighbour of them, so that a full disk changes nothing.
Result<>
replace_files(const fs::path& directory, const std::vector<std::pair<std::string, std::string>>& files)
{
  const fs::path waiting = directory / incoming;
  std::error_code failed;
  fs::remove_all(waiting, failed);
  TRY(make_directories(waiting));
  for (const auto& [name, bytes] : files) {
    if (auto written = write_file(waiting / name, bytes); !written) {
      fs::remove_all(waiting, failed);
      return written;
    }
  }
  // Without a manifest nothing is trusted: the old one goes before the first file changes, and the new one comes last.
  forget_manifest(directory);
  for (const auto& [name, bytes] : files) {
    fs::rename(waiting / name, directory / name, failed);
    if (failed) {
      return fail(ErrorKind::unavailable, "{}: {}", printable((directory / name).string()), failed.message());
    }
  }
  fs::remove_all(waiting, failed);
  return {};
}

Result<std::optional<Adopted>>
adopt_from(const Mirror& mirror, const fs::path& directory, std::string_view public_key)
{
  TRY_ASSIGN(std::optional<std::string> text, mirror.read(manifest_file, most_manifest_bytes));
  if (!text) {
    return std::nullopt;
  }
  TRY_ASSIGN(std::optional<std::string> signature, mirror.read(signature_file, most_manifest_bytes));
  const SignedManifest given{*std::move(text), std::move(signature)};
  if (!public_key.empty()) {
    TRY(check_signature(given, public_key));
  }
  TRY_ASSIGN(Manifest manifest, read_manifest(given.text));
  TRY(refuse_older(directory, manifest));
  TRY_ASSIGN(const auto changed, fetch_changed(mirror, directory, manifest));
  Adopted adopted{std::move(manifest), {}, !public_key.empty()};
  TRY(make_directories(directory));
  TRY(replace_files(directory, changed));
  for (const auto& [name, bytes] : changed) {
    adopted.changed.push_back(name);
  }
  remove_others(directory, adopted.manifest);
  TRY(write_with_signature(directory, given.text, given.signature));
  return adopted;
}

}  // namespace

Result<Manifest>
export_database(const ExportOrder& order)
{
  std::error_code failed;
  if (fs::equivalent(order.from, order.to, failed)) {
    return fail(ErrorKind::usage, "{} is the database itself; export it to another directory",
                printable(order.to.string()));
  }
  if (!order.private_key.empty()) {
    TRY(sign_ed25519(order.private_key, {}));  // before anything is written
  }
  Manifest manifest{to_string(order.today), {}};
  TRY(make_directories(order.to));
  forget_manifest(order.to);
  for (const std::string& name : database_files(order.from)) {
    TRY_ASSIGN(const std::string bytes, read_file(order.from / name, most_file_bytes));
    TRY(check_file(name, bytes));
    TRY(write_file(order.to / name, bytes));
    manifest.files.push_back({name, bytes.size(), to_hex(sha256(bytes))});
  }
  if (manifest.files.empty()) {
    return fail(ErrorKind::unavailable, "{}: there is no index in it; make one with `sluice deps db import`",
                printable(order.from.string()));
  }
  remove_others(order.to, manifest);
  const std::string text = write_manifest(manifest);
  std::optional<std::string> signature;
  if (!order.private_key.empty()) {
    TRY_ASSIGN(const std::string bytes, sign_ed25519(order.private_key, text));
    signature = to_base64(bytes) + "\n";
  }
  TRY(write_with_signature(order.to, text, signature));
  return manifest;
}

Mirror
mirror_in(const fs::path& directory)
{
  return {directory.string(),
          [directory](std::string_view file, std::uint64_t max_bytes) -> Result<std::optional<std::string>> {
            TRY_ASSIGN(const bool is_one, is_there(directory / file));
            if (!is_one) {
              return std::nullopt;
            }
            TRY_ASSIGN(std::string text, read_file(directory / file, max_bytes));
            return text;
          }};
}

Mirror
mirror_at(net::HttpClient& http, std::string address)
{
  return {address, [&http, address](std::string_view file, std::uint64_t max_bytes) {
            return page_of(http, fmt::format("{}/{}", address, replace_all(file, " ", "%20")), max_bytes);
          }};
}

Result<std::optional<Adopted>>
adopt(const Mirror& mirror, const fs::path& directory, std::string_view public_key)
{
  auto adopted = adopt_from(mirror, directory, public_key);
  if (!adopted) {
    const Error& error = adopted.error();
    const ErrorKind kind = error.kind == ErrorKind::usage ? ErrorKind::usage : ErrorKind::unavailable;
    return fail(kind, "{}: {}", printable(mirror.name), error.message);
  }
  return adopted;
}

}  // namespace sluice::deps
