// SPDX-License-Identifier: Apache-2.0
//
// What Deno imports where no deno.lock covers it: the import maps of deno.json and import_map.json, and the imports in
// the code of Supabase's edge functions, which have no other place for them (supabase.com/docs/guides/functions,
// "Managing dependencies").
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "data/data.hpp"
#include "deps/deno_specifier.hpp"
#include "deps/import_scan.hpp"
#include "deps/lockfile.hpp"
#include "deps/node_cover.hpp"
#include "deps/node_packages.hpp"
#include "deps/not_locked.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <array>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::string_view fix = "Name one version and commit deno.lock (deno install makes one)";

bool
is_map(std::string_view path)
{
  return path.ends_with(".json") || path.ends_with(".jsonc");
}

bool
is_import_map(std::string_view path)
{
  const std::string_view name = file_name_of(path);
  return name == "import_map.json" || name == "importmap.json";
}

class Imports
{
public:
  /// `path` is where they stand if that is not the list's own file; it lives as long as the list.
  explicit Imports(PackageList& list, std::string_view path = {})
      : list_(list),
        path_(path)
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
    package.written_in = path_;
    list_.add(package);
    if (!is_exact) {
      gap(line, not_locked_why(specifier));
    } else if (parsed->ecosystem != deno_url_ecosystem) {
      // The files of a URL name their own; a package leaves that to who installs it.
      gap(line, fmt::format("what {} {} needs is not locked", printable(package.name), printable(package.version)));
    }
  }

private:
  void
  gap(std::uint32_t line, std::string why)
  {
    list_.gap_elsewhere(GapKind::unjudged, fmt::format("{}:{}", path_.empty() ? list_.path : path_, line),
                        std::move(why), std::string(fix));
  }

  /// Tags of deno.land begin with a v, as those of git do.
  static std::string_view
  version_of(std::string_view range)
  {
    return range.starts_with('v') || range.starts_with('=') ? range.substr(1) : range;
  }

  PackageList& list_;
  std::string_view path_;
  std::unordered_set<std::string_view> seen_;
};

/// Lists "imports" and "scopes" of an import map; whether it has any.
bool
add_map(Value root, Imports& imports, PackageList& list)
{
  const Value direct = root["imports"];
  const Value scopes = root["scopes"];
  if (!has_shape(root, Data::Kind::table, list) || !has_shape(direct, Data::Kind::table, list)
      || !has_shape(scopes, Data::Kind::table, list) || !have_shape(scopes, Data::Kind::table, list)) {
    return true;
  }
  for (const Value import : direct) {
    imports.add(import.text(), import.line());
  }
  for (const Value scope : scopes) {
    for (const Value import : scope) {
      imports.add(import.text(), import.line());
    }
  }
  return direct || scopes;
}

/// "importMap" of deno.json, which counts where that has no imports itself. What has a name of import maps is listed by
/// itself.
void
follow_map(Value named, const LockText& file, PackageList& list)
{
  const auto path = file.around.resolve(named.text());
  const auto text = path ? file.around.read(named.text()) : std::nullopt;
  if (!text) {
    list.gap(
        GapKind::unjudged, named.line(),
        fmt::format("the import map {} cannot be read, so that it is not known what it names", printable(named.text())),
        "Keep the import map in the repository");
    return;
  }
  if (is_import_map(*path)) {
    return;
  }
  const auto kept = std::make_shared<const std::string>(*text);
  list.keep(kept);
  auto read = read_json_data(*kept, JsonDialect::with_comments);
  if (!read) {
    list.gap_elsewhere(GapKind::unparsable, fmt::format("{}:{}", *path, read.error().line),
                       std::move(read.error().what));
    return;
  }
  const auto data = std::make_shared<const Data>(*std::move(read));
  list.keep(data);
  Imports imports(list, list.keep(*path));
  add_map(data->root(), imports, list);
}

void
read_map(const LockText& file, PackageList& list)
{
  const Value root = json_document(file, list, {}, JsonDialect::with_comments);
  if (!root) {
    return;
  }
  Imports imports(list);
  if (const Value map = root["importMap"]; !add_map(root, imports, list) && map) {
    follow_map(map, file, list);
  }
}

/// Whether a text is hardly there for anything else: any URL may be, unless it is that of a version of something.
bool
names_package(std::string_view text)
{
  const auto parsed = parse_deno_specifier(text);
  return parsed && (parsed->ecosystem != deno_url_ecosystem || !parsed->range.empty());
}

void
read(const LockText& file, PackageList& list)
{
  if (has_deno_lockfile(file)) {
    return;
  }
  if (is_map(file.path)) {
    read_map(file, list);
    return;
  }
  Imports imports(list);
  for (const ImportSite& site : find_imports(file.text)) {
    if (!site.is_sure && !names_package(site.specifier)) {
      continue;
    }
    imports.add(site.specifier, site.line);
    if (!site.is_sure) {
      list.gap(GapKind::unjudged, site.line,
               fmt::format("whether {} is imported cannot be told", printable(site.specifier)),
               "Import it by a statement of its own, or take it out of the text");
    }
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

extern const Lockfile lockfile_deno_imports{.id = "deno-imports",
                                            .title = "imports of Deno without a lockfile",
                                            .purpose = Purpose::install,
                                            .hashed = Hashed::some,
                                            .weak_hash = WeakHash::as_good_as_it_gets,
                                            .manifest = ManifestKind::itself,
                                            .installer = Installer::other,
                                            .paths = paths,
                                            .read = read,
                                            .names_by_address = true};

}  // namespace sluice::deps
