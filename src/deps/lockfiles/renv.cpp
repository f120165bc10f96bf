// SPDX-License-Identifier: Apache-2.0
//
// renv.lock of R (rstudio.github.io/renv, "Lockfiles"). It says what a package requires: since renv 1.1 in the fields
// of its DESCRIPTION, before as a list of names; not what the project itself does: a DESCRIPTION beside it does, where
// there is one; else what nobody requires is taken for named.
#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/lockfile.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <array>
#include <set>
#include <unordered_map>
#include <vector>

namespace sluice::deps {

namespace {

/// Fields of a DESCRIPTION that name packages, and what these are needed for.
constexpr std::array<std::pair<std::string_view, Scope>, 4> fields{{{"Depends:", Scope::runtime},
                                                                    {"Imports:", Scope::runtime},
                                                                    {"LinkingTo:", Scope::build},
                                                                    {"Suggests:", Scope::optional}}};

std::unordered_map<std::string, Scope>
named_in_description(std::string_view text)
{
  std::unordered_map<std::string, Scope> named;
  std::optional<Scope> scope;
  for (std::string_view line : lines_of(text)) {
    if (!line.empty() && line.front() != ' ' && line.front() != '\t') {
      scope.reset();
      for (const auto& [field, of_field] : fields) {
        if (line.starts_with(field)) {
          scope = of_field;
          line.remove_prefix(field.size());
        }
      }
    }
    for (const std::string_view part : scope ? split(line, ',') : std::vector<std::string_view>()) {
      const std::string_view name = trim(part.substr(0, part.find('(')));
      if (!name.empty()) {
        named.emplace(name, *scope);
      }
    }
  }
  return named;
}

constexpr std::array<std::string_view, 4> requirements{"Requirements", "Depends", "Imports", "LinkingTo"};

bool
has_known_shape(Value packages, PackageList& list)
{
  if (!have_shape(packages, Data::Kind::table, list)) {
    return false;
  }
  for (const Value entry : packages) {
    for (const std::string_view field : requirements) {
      if (!has_shape(entry[field], Data::Kind::list, list)) {
        return false;
      }
    }
  }
  return true;
}

/// The names of what a package requires; each may have a range behind it.
std::vector<std::string_view>
required_by(const Value& entry)
{
  std::vector<std::string_view> names;
  for (const std::string_view field : requirements) {
    for (const Value needed : entry[field]) {
      names.push_back(needed.text().substr(0, needed.text().find_first_of(" (")));
    }
  }
  return names;
}

Package
package_of(const Value& entry)
{
  const std::string_view source = entry["Source"].text();
  Package package;
  package.ecosystem = source == "Bioconductor" ? "Bioconductor" : "CRAN";
  package.name = entry["Package"].is_text() ? entry["Package"].text() : entry.key();
  package.version = entry["Version"].scalar();
  package.line = entry.line();
  package.integrity = entry["Hash"].text();
  package.licence = entry["License"].text();
  // Of what it calls unknown renv asks the repositories all the same.
  if (source == "Local") {
    package.source = Source::path;
  } else if (entry["RemoteType"].is_text() && entry["RemoteType"].text() != "standard") {
    package.source = Source::git;
    package.location = entry["RemoteUrl"].text();
  }
  return package;
}

void
read(const LockText& file, PackageList& list)
{
  const Value root = json_document(file, list);
  if (!root) {
    return;
  }
  const Value packages = root["Packages"];
  if (!root["R"] || (packages && !packages.is_table())) {
    list.refuse(GapKind::unknown_format, 1, "it has no `R` and `Packages`");
    return;
  }
  if (!has_known_shape(packages, list)) {
    return;
  }
  Package project;
  project.part = Part::root;
  const PackageId from = list.add(project);
  std::unordered_map<std::string_view, PackageId> ids;
  for (const Value entry : packages) {
    const Package package = package_of(entry);
    if (package.version.empty()) {
      list.gap(GapKind::unparsable, package.line, incomplete_why(package.name));
    }
    ids.emplace(entry.key(), list.add(package));
  }
  std::set<std::string_view> required;
  for (const Value entry : packages) {
    for (const std::string_view needed : required_by(entry)) {
      if (const auto to = ids.find(needed); to != ids.end()) {
        list.need(ids.at(entry.key()), to->second);
        required.insert(needed);
      }
    }
  }
  const auto named = named_in_description(file.around.read("DESCRIPTION").value_or(""));
  for (const auto& [name, id] : ids) {
    const auto found = named.find(std::string(name));
    if (found != named.end() || (named.empty() && !required.contains(name))) {
      list.need(from, id, found == named.end() ? Scope::runtime : found->second);
    }
  }
}

constexpr std::array<std::string_view, 1> paths{"renv.lock"};

}  // namespace

extern const Lockfile lockfile_renv{.id = "renv",
                                    .title = "R renv.lock",
                                    .purpose = Purpose::install,
                                    .hashed = Hashed::some,
                                    .weak_hash = WeakHash::as_good_as_it_gets,
                                    .manifest = ManifestKind::not_searched,
                                    .installer = Installer::other,
                                    .paths = paths,
                                    .read = read,
                                    .upgrade = {"Rscript -e 'renv::update(\"{name}\"); renv::snapshot()'",
                                                "Rscript -e 'renv::update(\"{name}\"); renv::snapshot()'"},
                                    // It has changed what it hashes.
                                    .fixed_content = FixedContent::nothing};

}  // namespace sluice::deps
