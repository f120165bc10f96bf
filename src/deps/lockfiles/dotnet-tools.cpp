// SPDX-License-Identifier: Apache-2.0
//
// The manifest of local tools of .NET (learn.microsoft.com, "dotnet tool install", "Local tools";
// dotnet/sdk, ToolManifestEditor). Each tool is a package of NuGet at one exact version, which `dotnet tool restore`
// installs and the build runs; what a tool needs lies within its package.
#include "deps/ecosystem.hpp"
#include "deps/not_locked.hpp"
#include "deps/reading.hpp"

#include <array>

namespace sluice::deps {

namespace {

constexpr std::string_view fix = "Write its exact version, as dotnet tool install does";

void
add(const Value& tool, PackageList& list)
{
  const std::string_view version = tool["version"].text();
  const bool is_locked = is_version(*scheme_of("NuGet"), version);
  Package package;
  package.ecosystem = "NuGet";
  package.name = tool.key();
  package.version = is_locked ? version : std::string_view();
  package.scope = Scope::dev;
  package.is_direct = true;
  package.line = tool.line();
  if (package.name.empty()) {
    list.gap(GapKind::unparsable, package.line, "a tool has no name", "Write its name");
    return;
  }
  if (!is_locked) {
    not_locked(list, package.line, package.name, std::string(fix));
  }
  list.add(package);
}

void
read(const LockText& file, PackageList& list)
{
  const Value root = json_document(file, list);
  if (!root) {
    return;
  }
  if (const Value version = root["version"]; version.scalar() != "1") {
    refuse_version(list, version, "format version");
    return;
  }
  if (!root["tools"].is_table()) {
    list.refuse(GapKind::unparsable, root["tools"] ? root["tools"].line() : root.line(), "it has no table of tools");
    return;
  }
  for (const Value tool : root["tools"]) {
    add(tool, list);
  }
}

// The one in .config counts, and one beside it where there is none.
constexpr std::array<std::string_view, 1> paths{"dotnet-tools.json"};

}  // namespace

extern const Lockfile lockfile_dotnet_tools{
    .id = "dotnet-tools",
    .title = ".NET tool manifest",
    .purpose = Purpose::install,
    .hashed = Hashed::some,
    .weak_hash = WeakHash::as_good_as_it_gets,
    .manifest = ManifestKind::itself,
    .installer = Installer::other,
    .paths = paths,
    .read = read,
    .upgrade = {"dotnet tool update {name} --version {version}", "dotnet tool update {name} --version {version}"}};

}  // namespace sluice::deps
