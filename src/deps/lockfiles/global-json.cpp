// SPDX-License-Identifier: Apache-2.0
//
// global.json of .NET (learn.microsoft.com, "global.json overview"; NuGet.Build.Tasks, "How To: Reference an MSBuild
// project SDK"). `msbuild-sdks` has a package of NuGet, at one exact version, for each SDK that project files name
// without one; its code runs in every build. Which .NET itself builds (`sdk`) is no package of a registry.
#include "deps/ecosystem.hpp"
#include "deps/not_locked.hpp"
#include "deps/reading.hpp"

#include <array>

namespace sluice::deps {

namespace {

void
add(const Value& sdk, PackageList& list)
{
  const bool is_locked = is_version(*scheme_of("NuGet"), sdk.text());
  Package package;
  package.ecosystem = "NuGet";
  package.name = sdk.key();
  package.version = is_locked ? sdk.text() : std::string_view();
  package.scope = Scope::build;
  package.is_direct = true;
  package.line = sdk.line();
  if (package.name.empty()) {
    list.gap(GapKind::unparsable, package.line, "an SDK has no name", "Write its name");
    return;
  }
  if (!is_locked) {
    not_locked(list, package.line, package.name, "Write its exact version into global.json");
  }
  list.add(package);
}

void
read(const LockText& file, PackageList& list)
{
  const Value root = json_document(file, list, {}, JsonDialect::with_comments);
  const Value sdks = root["msbuild-sdks"];
  if (sdks && !sdks.is_table()) {
    list.refuse(GapKind::unparsable, sdks.line(), "`msbuild-sdks` is no table");
    return;
  }
  for (const Value sdk : sdks) {
    add(sdk, list);
  }
}

constexpr std::array<std::string_view, 1> paths{"global.json"};

/// Other programs have files of that name. A key may be written with escapes.
bool
claims(std::string_view /*path*/, std::string_view text)
{
  return text.find("msbuild-sdks") != std::string_view::npos
         || (text.find("sdk") != std::string_view::npos && text.find("\\u") != std::string_view::npos);
}

}  // namespace

extern const Lockfile lockfile_global_json{.id = "global-json",
                                           .title = ".NET global.json",
                                           .purpose = Purpose::install,
                                           .hashed = Hashed::some,
                                           .weak_hash = WeakHash::as_good_as_it_gets,
                                           .manifest = ManifestKind::itself,
                                           .installer = Installer::other,
                                           .paths = paths,
                                           .claims = claims,
                                           .read = read};

}  // namespace sluice::deps
