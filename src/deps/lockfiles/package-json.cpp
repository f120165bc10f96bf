// SPDX-License-Identifier: Apache-2.0
//
// package.json alone. It names packages and locks none, so it counts only where no lockfile is about it: one in its own
// directory, or one above of whose project it is a member.
#include "base/text.hpp"
#include "deps/lockfile.hpp"
#include "deps/node_cover.hpp"
#include "deps/node_manifest.hpp"
#include "deps/node_packages.hpp"
#include "deps/reading.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::deps {

namespace {

constexpr std::string_view fix =
    "Commit the lockfile of your package manager (npm install --package-lock-only makes one)";

void
read(const LockText& file, PackageList& list)
{
  if (file.path.starts_with("node_modules/") || file.path.find("/node_modules/") != std::string_view::npos) {
    return;
  }
  // A broken one is told whether or not a lockfile is about it: what it overrides and which scripts it lets run stand
  // nowhere else.
  const auto manifest = parse_node_manifest(std::string(file.text));
  if (!manifest) {
    list.refuse(GapKind::unparsable, manifest.error().line, manifest.error().what);
    return;
  }
  if (has_node_lockfile(file)) {
    return;
  }
  list.keep(*manifest);
  report_unlocked(**manifest, ListOf::manifest, fix, list);
  tell_duplicates((*manifest)->data, list);
}

constexpr std::array<std::string_view, 1> paths{"package.json"};

}  // namespace

extern const Lockfile lockfile_package_json{.id = "package-json",
                                            .title = "package.json without a lockfile",
                                            .purpose = Purpose::install,
                                            .hashed = Hashed::some,
                                            .weak_hash = WeakHash::as_good_as_it_gets,
                                            .manifest = ManifestKind::itself,
                                            .installer = Installer::other,
                                            .paths = paths,
                                            .read = read};

}  // namespace sluice::deps
