// SPDX-License-Identifier: Apache-2.0
//
// What Deno imports where no deno.lock covers it: the import maps of deno.json and import_map.json, and the imports in
// the code of Supabase's edge functions, which have no other place for them (supabase.com/docs/guides/functions,
// "Managing dependencies").
#include "base/text.hpp"
#include "deps/data.hpp"
#include "deps/deno_specifier.hpp"
#include "deps/import_scan.hpp"
#include "deps/lockfile.hpp"
#include "deps/node_packages.hpp"

#include <fmt/format.h>

#include <array>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::string_view fix = "Name one version and commit deno.lock (deno install makes one)";
constexpr std::array<std::string_view, 1> lockfile_names{"deno.lock"};

bool
is_map(std::string_view path)
{
  return path.ends_with(".json") || path.ends_with(".jsonc");
}

class Imports
{
public:
  explicit Imports(PackageList& list)
      : list_(list)
  {}

  void
  add(std::string_view specifier, std::uint32_t line)
  {
    const auto parsed = parse_deno_specifier(specifier);
    if (!parsed || !seen_.insert(specifier).second) {
      return;
    }
    const bool is_exact = is_exact_version(version_of(parsed->range));
    Package package;
    package.ecosystem = parsed->ecosystem;
    package.name = parsed->name;
    package.version = is_exact ? version_of(parsed->range) : std::string_view();
    package.source = parsed->source;
    package.location = parsed->source == Source::url ? specifier : std::string_view();
    package.is_direct = true;
    package.line = line;
    list_.add(package);
    if (!is_exact) {
      list_.gap(GapKind::unjudged, line, fmt::format("{} is not locked to a version", printable(specifier)),
                std::string(fix));
    } else if (parsed->ecosystem != deno_url_ecosystem) {
      // The files of a URL name their own; a package leaves that to who installs it.
      list_.gap(GapKind::unjudged, line,
                fmt::format("what {} {} needs is not locked", printable(package.name), printable(package.version)),
                std::string(fix));
    }
  }

private:
  /// Tags of deno.land begin with a v, as those of git do.
  static std::string_view
  version_of(std::string_view range)
  {
    return range.starts_with('v') || range.starts_with('=') ? range.substr(1) : range;
  }

  PackageList& list_;
  std::unordered_set<std::string_view> seen_;
};

void
read_map(const LockText& file, PackageList& list)
{
  auto data = read_json_data(file.text, JsonDialect::with_comments);
  if (!data) {
    list.refuse(GapKind::unparsable, data.error().line, std::move(data.error().what));
    return;
  }
  const auto kept = std::make_shared<const Data>(*std::move(data));
  list.keep(kept);
  Imports imports(list);
  for (const Value import : kept->root()["imports"]) {
    imports.add(import.text(), import.line());
  }
  for (const Value scope : kept->root()["scopes"]) {
    for (const Value import : scope) {
      imports.add(import.text(), import.line());
    }
  }
  report_duplicates(*kept, list);
}

void
read(const LockText& file, PackageList& list)
{
  if (covering_lockfile(file, lockfile_names)) {
    return;
  }
  if (is_map(file.path)) {
    read_map(file, list);
    return;
  }
  Imports imports(list);
  for (const ImportSite& site : find_imports(file.text)) {
    imports.add(site.specifier, site.line);
  }
}

constexpr std::array<std::string_view, 10> paths{
    "deno.json",
    "deno.jsonc",
    "import_map.json",
    "importmap.json",
    "**/supabase/functions/**/*.ts",
    "**/supabase/functions/**/*.tsx",
    "**/supabase/functions/**/*.mts",
    "**/supabase/functions/**/*.js",
    "**/supabase/functions/**/*.jsx",
    "**/supabase/functions/**/*.mjs",
};

}  // namespace

extern const Lockfile lockfile_deno_imports{
    .id = "deno-imports", .title = "imports of Deno without a lockfile", .paths = paths, .read = read};

}  // namespace sluice::deps
