// SPDX-License-Identifier: Apache-2.0
//
// What .NET writes beside a built program, <name>.deps.json (dotnet/sdk, runtime-configuration-file.md): the packages
// of each target as "name/version", and under "libraries" what each is. The runtime that is shipped along is a package
// too, named with "runtimepack." before it.
#include "base/text.hpp"
#include "deps/not_locked.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <array>
#include <unordered_map>

namespace sluice::deps {

namespace {

constexpr std::string_view runtime_pack = "runtimepack.";

using Libraries = std::unordered_map<std::string_view, Value>;

class Target
{
public:
  Target(Value entries, const Libraries& libraries, PackageList& list)
      : list_(list),
        libraries_(libraries)
  {
    bool is_first = true;
    for (const Value entry : entries) {
      add(entry, is_first);
      is_first = false;
    }
    for (const Value entry : entries) {
      for (const Value needed : entry["dependencies"]) {
        const auto found = by_name_.find(to_lower(needed.key()));
        if (found != by_name_.end()) {
          list_.need(by_key_.at(entry.key()), found->second, Scope::runtime, needed.text());
        }
      }
    }
  }

private:
  void
  add(Value entry, bool is_first)
  {
    const auto found = libraries_.find(entry.key());
    const Value library = found == libraries_.end() ? Value() : found->second;
    const std::string type = to_lower(library["type"].text());
    const std::size_t slash = entry.key().rfind('/');
    Package package;
    package.ecosystem = "NuGet";
    package.name = entry.key().substr(0, slash);
    package.version = slash == std::string_view::npos ? std::string_view() : entry.key().substr(slash + 1);
    package.integrity = library["sha512"].text();
    package.line = library ? library.line() : entry.line();
    package.scope = entry["compileOnly"].is_true() ? Scope::build : Scope::runtime;
    if (type == "project" || type == "msbuildproject") {
      package.part = is_first ? Part::root : Part::member;
      package.source = Source::path;
    } else if (type == "reference" || type == "referenceassembly") {
      package.source = Source::path;
    } else if (type != "package" && type != "runtimepack") {
      list_.gap(GapKind::unknown_format, package.line,
                fmt::format("{} is of a type that is not known: {}", printable(package.name), printable(type)));
    }
    const std::string_view key = package.name;
    if (package.name.starts_with(runtime_pack)) {
      package.name.remove_prefix(runtime_pack.size());
    }
    if (package.version.empty() && package.part == Part::third_party) {
      not_locked(list_, package.line, package.name, "Build the program anew");
    }
    const PackageId id = list_.add(package);
    by_name_[to_lower(key)] = id;
    by_key_[entry.key()] = id;
  }

  PackageList& list_;
  const Libraries& libraries_;
  std::unordered_map<std::string, PackageId> by_name_;
  std::unordered_map<std::string_view, PackageId> by_key_;
};

void
read(const LockText& file, PackageList& list)
{
  const Value root = json_document(file, list);
  if (!root) {
    return;
  }
  // Both are there even if the program needs nothing, for the program is a library itself.
  if (!root["targets"].is_table() || !root["libraries"].is_table()) {
    list.refuse(GapKind::unknown_format, root.line(), "it has no targets or no libraries");
    return;
  }
  if (!have_shape(root["targets"], Data::Kind::table, list)
      || !have_shape(root["libraries"], Data::Kind::table, list)) {
    return;
  }
  Libraries libraries;
  for (const Value library : root["libraries"]) {
    libraries.emplace(library.key(), library);
  }
  for (const Value target : root["targets"]) {
    Target(target, libraries, list);
  }
}

constexpr std::array<std::string_view, 1> paths{"*.deps.json"};

/// Others write files of that name too, as JSON objects with keys of their own. What is no such object is one of ours,
/// broken.
bool
claims(std::string_view /*path*/, std::string_view text)
{
  const auto has = [text](std::string_view key) { return text.find(key) != std::string_view::npos; };
  const std::string_view whole = trim(text);
  const bool is_object = whole.starts_with('{') && whole.ends_with('}') && has("\"");
  return !is_object || has("\"runtimeTarget\"") || has("\"libraries\"");
}

}  // namespace

extern const Lockfile lockfile_dotnet_deps{.id = "dotnet-deps",
                                           .title = ".NET deps.json",
                                           .purpose = Purpose::output,
                                           .hashed = Hashed::some,
                                           .weak_hash = WeakHash::as_good_as_it_gets,
                                           .manifest = ManifestKind::not_searched,
                                           .installer = Installer::other,
                                           .paths = paths,
                                           .claims = claims,
                                           .read = read};

}  // namespace sluice::deps
