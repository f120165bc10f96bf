// SPDX-License-Identifier: Apache-2.0
//
// Elixir's mix.lock (hexdocs.pm/mix, Mix.Dep.Lock, and Hex's own source): a map of application to a tuple whose first
// part is the kind of source. For Hex: the package's name, which may be another than the application's, its version,
// checksums, managers and what it needs. mix.exs tells what the project names, and for which environments.
#include "base/text.hpp"
#include "deps/beside.hpp"
#include "deps/elixir_term.hpp"
#include "deps/lockfile.hpp"
#include "deps/manifest_tables.hpp"
#include "deps/reading.hpp"

#include <fmt/format.h>

#include <array>
#include <map>
#include <unordered_map>

namespace sluice::deps {

namespace {

/// Applications that mix.exs names, with what they are needed for.
std::map<std::string_view, Scope>
named_in_project(std::string_view text)
{
  std::map<std::string_view, Scope> named;
  for (std::string_view name = next_in_mix_exs(text); !name.empty(); name = next_in_mix_exs(text)) {
    const std::string_view tuple = text.substr(0, text.find('}'));
    const std::size_t only = tuple.find("only:");
    const std::string_view environments =
        only == std::string_view::npos ? "" : tuple.substr(only, tuple.find(']') - only);
    const bool is_dev = only != std::string_view::npos && environments.find(":prod") == std::string_view::npos;
    const bool is_build = tuple.find("runtime: false") != std::string_view::npos;
    named.emplace(name, is_dev ? Scope::dev : (is_build ? Scope::build : Scope::runtime));
  }
  return named;
}

/// Where Hex fetches what is not of its public repository: of an organisation from a place of its own beside it; of
/// another repository only the name stands here, and its address in the configuration of whoever builds.
std::string
address_of_repository(std::string_view repository)
{
  constexpr std::string_view organisation = "hexpm:";
  return repository.starts_with(organisation)
             ? fmt::format("https://repo.hex.pm/repos/{}", repository.substr(organisation.size()))
             : fmt::format("hex://{}", repository);
}

class LockReader
{
public:
  LockReader(const Value& root, PackageList& list)
      : root_(root),
        list_(list)
  {}

  void
  run(const std::map<std::string_view, Scope>& named)
  {
    Package project;
    project.part = Part::root;
    const PackageId from = list_.add(project);
    for (const Value entry : root_) {
      add(entry);
    }
    for (const auto& [application, scope] : named) {
      if (const auto found = ids_.find(application); found != ids_.end()) {
        list_.need(from, found->second, scope);
      }
    }
    for (const Value entry : root_) {
      add_needs(entry);
    }
  }

private:
  std::string_view
  location_of(std::string_view repository)
  {
    return repository.empty() || repository == "hexpm" ? std::string_view()
                                                       : list_.keep(address_of_repository(repository));
  }

  void
  add(const Value& entry)
  {
    const std::string_view kind = entry.item(0).text();
    Package package;
    package.ecosystem = "Hex";
    package.line = entry.line();
    package.name = entry.key();
    if (kind == "hex") {
      package.name = entry.item(1).text();
      package.version = entry.item(2).text();
      package.integrity = entry.item(7).text();
      package.location = location_of(entry.item(6).text());
    } else if (kind == "git") {
      package.source = Source::git;
      package.location = entry.item(1).text();
      package.version = entry.item(2).text();
    } else {
      list_.gap(GapKind::unknown_format, entry.line(),
                fmt::format("{} comes from {}, which is not known", printable(entry.key()), printable(kind)));
      return;
    }
    if (package.version.empty() || package.name.empty()) {
      list_.gap(GapKind::unparsable, entry.line(), incomplete_why(entry.key()));
      return;
    }
    ids_[entry.key()] = list_.add(package);
  }

  void
  add_needs(const Value& entry)
  {
    const auto from = ids_.find(entry.key());
    if (from == ids_.end() || entry.item(0).text() != "hex") {
      return;
    }
    for (const Value needed : entry.item(5)) {
      if (const auto to = ids_.find(needed.item(0).text()); to != ids_.end()) {
        const bool is_optional = needed.item(2)["optional"].is_true() || needed.item(2).item(0)["optional"].is_true();
        list_.need(from->second, to->second, is_optional ? Scope::optional : Scope::runtime, needed.item(1).text());
      }
    }
  }

  const Value& root_;
  PackageList& list_;
  std::unordered_map<std::string_view, PackageId> ids_;
};

void
read(const LockText& file, PackageList& list)
{
  auto term = read_elixir_term(file.text);
  if (!term) {
    list.refuse(GapKind::unparsable, term.error().line, std::move(term.error().what));
    return;
  }
  const auto data = std::make_shared<const Data>(*std::move(term));
  list.keep(data);
  if (!data->root().is_table()) {
    list.refuse(GapKind::unknown_format, 1, "it is not a map");
    return;
  }
  const std::string project = text_beside(file.around, "mix.exs", list).value_or("");
  LockReader(data->root(), list).run(named_in_project(project));
}

constexpr std::array<std::string_view, 1> paths{"mix.lock"};

}  // namespace

extern const Lockfile lockfile_mix{.id = "mix",
                                   .title = "Elixir mix.lock",
                                   .purpose = Purpose::install,
                                   .hashed = Hashed::some,
                                   .weak_hash = WeakHash::as_good_as_it_gets,
                                   .manifest = ManifestKind::mix_exs,
                                   .installer = Installer::other,
                                   .paths = paths,
                                   .read = read,
                                   .upgrade = {"mix deps.update {name}", "mix deps.update {name}"}};

}  // namespace sluice::deps
