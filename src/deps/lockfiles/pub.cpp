// SPDX-License-Identifier: Apache-2.0
//
// Dart's pubspec.lock (dart.dev, "Package layout conventions" and pub's own source: lock_file.dart). It says of each
// package whether the project names it, and not who else does.
#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/lockfile.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::deps {

namespace {

Source
source_of(std::string_view word)
{
  if (word == "git") {
    return Source::git;
  }
  // A word that is not known is told, and what it is about is judged.
  return word == "path" || word == "sdk" ? Source::path : Source::registry;
}

void
add(const Value& entry, PackageList& list)
{
  const Value description = entry["description"];
  if (!description.is_text() && !has_shape(description, Data::Kind::table, list)) {
    return;
  }
  const std::string_view kind = entry["dependency"].text();
  Package package;
  package.ecosystem = "Pub";
  package.name = description["name"].is_text() ? description["name"].text() : entry.key();
  package.version = entry["version"].scalar();
  package.line = entry.line();
  package.source = source_of(entry["source"].text());
  if (const std::string_view word = entry["source"].scalar();
      word != "hosted" && word != "git" && word != "path" && word != "sdk") {
    list.gap(GapKind::unknown_format, entry["source"] ? entry["source"].line() : package.line,
             fmt::format("{} is from a source that is not known: {}", printable(package.name), printable(word)));
  }
  package.location = description.is_text() ? description.text() : description["url"].text();
  package.integrity = description["sha256"].text();
  package.is_direct = kind.starts_with("direct");
  package.scope = kind == "direct dev" ? Scope::dev : Scope::runtime;
  if (package.version.empty()) {
    list.gap(GapKind::unparsable, package.line, incomplete_why(package.name));
  }
  list.add(package);
}

void
read(const LockText& file, PackageList& list)
{
  const Value root = yaml_document(file, list);
  if (!root) {
    return;
  }
  const Value packages = root["packages"];
  if (!packages && !root["sdks"]) {
    list.refuse(GapKind::unknown_format, 1, "it has neither `packages` nor `sdks`");
    return;
  }
  if (!packages.is_table() && packages.kind() != Data::Kind::null) {
    list.refuse(GapKind::unknown_format, packages.line(), "`packages` is not a mapping");
    return;
  }
  if (!have_shape(packages, Data::Kind::table, list)) {
    return;
  }
  for (const Value entry : packages) {
    add(entry, list);
  }
  // pub ends with `sdks`, and did not always.
  if (!root["sdks"] && !file.text.ends_with('\n')) {
    list.gap(GapKind::unparsable, static_cast<std::uint32_t>(lines_of(file.text).size()), "it ends within a line");
  }
}

constexpr std::array<std::string_view, 1> paths{"pubspec.lock"};

}  // namespace

extern const Lockfile lockfile_pub{.id = "pub",
                                   .title = "Dart pubspec.lock",
                                   .purpose = Purpose::install,
                                   .hashed = Hashed::all_or_none,
                                   .weak_hash = WeakHash::as_good_as_it_gets,
                                   .manifest = ManifestKind::pubspec,
                                   .installer = Installer::other,
                                   .paths = paths,
                                   .read = read,
                                   .upgrade = {"dart pub upgrade --major-versions {name}", "dart pub upgrade {name}"}};

}  // namespace sluice::deps
