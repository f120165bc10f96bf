// SPDX-License-Identifier: Apache-2.0
#include "deps/script_consent.hpp"

#include "base/glob.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/node_packages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_set>

namespace sluice::deps {

namespace {

/// More than any project reviews. What is beyond says nothing, so that its packages are told.
constexpr std::size_t most_entries = 5'000;
constexpr std::size_t most_patterns = 200;

enum class Reader { json, json_with_comments, yaml };

/// A file that is read, or nothing.
struct Document
{
  std::string path;
  std::string text;
  std::optional<Data> data;

  [[nodiscard]] Value
  root() const
  {
    return data ? data->root() : Value();
  }
};

std::optional<Data>
parsed(std::string_view text, Reader reader)
{
  if (reader == Reader::yaml) {
    auto documents = read_yaml_data(text);
    return documents && !documents->empty() ? std::optional(std::move(documents->front())) : std::nullopt;
  }
  auto data = read_json_data(text, reader == Reader::json ? JsonDialect::strict : JsonDialect::with_comments);
  return data ? std::optional(*std::move(data)) : std::nullopt;
}

/// Filled in place: the document's texts are views into `text`.
void
read_document(const Surroundings& around, std::string_view name, Reader reader, Document& document)
{
  if (auto text = around.read(name)) {
    document.path = around.resolve(name).value_or(std::string(name));
    document.text = *std::move(text);
    document.data = parsed(document.text, reader);
  }
}

/// "name@1.0.0 || 1.0.1", "name", "@scope/name@1.0.0", and with "npm:" before it.
ScriptEntry
entry_of(std::string_view key, bool may_run, const Document& document, std::uint32_t line)
{
  key.remove_prefix(key.starts_with("npm:") ? 4 : 0);
  ScriptEntry entry{.name = std::string(key), .versions = {}, .may_run = may_run, .path = document.path, .line = line};
  // Whatever else is no name but an address, which may have an @ anywhere.
  if (key.find(':') != std::string_view::npos) {
    return entry;
  }
  const NameAndRest parts = split_at_version(key);
  entry.name = parts.name;
  std::string_view rest = parts.rest;
  while (!trim(rest).empty()) {
    const std::size_t end = std::min(rest.find("||"), rest.size());
    if (const std::string_view version = trim(rest.substr(0, end)); !version.empty()) {
      entry.versions.emplace_back(version);
    }
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  return entry;
}

class ConsentReader
{
public:
  ConsentReader(const Surroundings& around, ScriptConsent& consent)
      : around_(around),
        consent_(consent)
  {}

  void
  read(Installer installer)
  {
    switch (installer) {
    case Installer::npm:
      return read_npm();
    case Installer::pnpm:
      return read_pnpm();
    case Installer::bun:
      return read_bun();
    case Installer::yarn_berry:
      return read_yarn();
    case Installer::deno:
      return read_deno();
    case Installer::composer:
      return read_composer();
    case Installer::yarn_classic:  // runs them all
    case Installer::other:
      return;
    }
  }

private:
  void
  read_npm()
  {
    read_document(around_, "package.json", Reader::json, manifest_);
    add_map(manifest_.root()["allowScripts"], manifest_);
    consent_.blocks_others =
        major_of("npm").value_or(0) >= 12 || is_set("ignore-scripts") || is_set("strict-allow-scripts");
    consent_.how = "Allow it with npm approve-scripts {name}, or refuse it with npm deny-scripts {name}";
  }

  void
  read_pnpm()
  {
    read_document(around_, "package.json", Reader::json, manifest_);
    read_document(around_, "pnpm-workspace.yaml", Reader::yaml, settings_);
    const bool is_in_manifest = read_pnpm_settings(manifest_.root()["pnpm"], manifest_);
    const bool has_list = read_pnpm_settings(settings_.root(), settings_) || is_in_manifest;
    const bool runs_all = settings_.root()["dangerouslyAllowAllBuilds"].is_true();
    const bool is_ignored = is_set("ignore-scripts") || settings_.root()["ignoreScripts"].is_true();
    consent_.blocks_others = is_ignored || (!runs_all && (has_list || major_of("pnpm").value_or(0) >= 10));
    consent_.how = "Write {name} under allowBuilds in pnpm-workspace.yaml, with true or false";
  }

  void
  read_bun()
  {
    read_document(around_, "package.json", Reader::json, manifest_);
    add_list(manifest_.root()["trustedDependencies"], true, manifest_);
    consent_.blocks_others = true;
    consent_.how = "Allow it with bun pm trust {name}";
  }

  void
  read_yarn()
  {
    read_document(around_, "package.json", Reader::json, manifest_);
    read_document(around_, ".yarnrc.yml", Reader::yaml, settings_);
    for (const Value each : manifest_.root()["dependenciesMeta"]) {
      if (const Value built = each["built"]) {
        add(each.key(), built.is_true(), manifest_, built.line());
      }
    }
    consent_.blocks_others = settings_.root()["enableScripts"].scalar() == "false";
    consent_.how = "Set enableScripts: false in .yarnrc.yml, and built under dependenciesMeta for what may run";
  }

  void
  read_deno()
  {
    read_document(around_, "deno.json", Reader::json_with_comments, manifest_);
    if (!manifest_.data) {
      read_document(around_, "deno.jsonc", Reader::json_with_comments, manifest_);
    }
    const Value allowed = manifest_.root()["allowScripts"];
    add_list(allowed.is_table() ? allowed["allow"] : allowed, true, manifest_);
    add_list(allowed["deny"], false, manifest_);
    consent_.blocks_others = !(allowed.kind() == Data::Kind::boolean && allowed.is_true());
    consent_.how = "Allow it with deno approve-scripts npm:{name}";
  }

  void
  read_composer()
  {
    read_document(around_, "composer.json", Reader::json, manifest_);
    const Value plugins = manifest_.root()["config"]["allow-plugins"];
    add_map(plugins, manifest_);
    for (ScriptEntry& entry : consent_.entries) {
      entry.name = to_lower(entry.name);
    }
    consent_.blocks_others = !plugins.is_true();
    consent_.how = "Write {name} under config.allow-plugins in composer.json, with true or false";
  }

private:
  void
  add(std::string_view key, bool may_run, const Document& document, std::uint32_t line)
  {
    ScriptEntry entry = entry_of(key, may_run, document, line);
    const bool is_pattern = entry.name.find_first_of(":*") != std::string::npos;
    std::vector<ScriptEntry>& entries = is_pattern ? consent_.patterns : consent_.entries;
    if (!key.empty() && entries.size() < (is_pattern ? most_patterns : most_entries)) {
      entries.push_back(std::move(entry));
    }
  }

  void
  add_map(Value map, const Document& document)
  {
    for (const Value each : map) {
      if (each.kind() == Data::Kind::boolean) {
        add(each.key(), each.is_true(), document, each.line());
      }
    }
  }

  void
  add_list(Value names, bool may_run, const Document& document)
  {
    for (const Value name : names) {
      add(name.text(), may_run, document, name.line());
    }
  }

  /// Whether there is a list outside of which nothing runs, in every version that knows it.
  bool
  read_pnpm_settings(Value settings, const Document& document)
  {
    add_map(settings["allowBuilds"], document);
    add_list(settings["onlyBuiltDependencies"], true, document);
    add_list(settings["neverBuiltDependencies"], false, document);
    add_list(settings["ignoredBuiltDependencies"], false, document);
    return settings["allowBuilds"] || settings["onlyBuiltDependencies"] || settings["onlyBuiltDependenciesFile"];
  }

  /// Of the package manager that the manifest asks for; nothing if it asks for another or none.
  [[nodiscard]] std::optional<unsigned>
  major_of(std::string_view manager) const
  {
    const Value root = manifest_.root();
    std::string_view asked = root["packageManager"].text();
    if (asked.starts_with(manager) && asked.substr(manager.size()).starts_with('@')) {
      asked.remove_prefix(manager.size() + 1);
    } else if (const Value engine = root["devEngines"]["packageManager"]; engine["name"].text() == manager) {
      asked = engine["version"].text();
      asked.remove_prefix(std::min(asked.find_first_not_of("^~>= "), asked.size()));
    } else {
      return std::nullopt;
    }
    return number_of<unsigned>(asked.substr(0, asked.find('.')));
  }

  /// Of the project's .npmrc.
  [[nodiscard]] bool
  is_set(std::string_view key) const
  {
    const auto text = around_.read(".npmrc");
    bool is_on = false;
    for (const std::string_view line : lines_of(text ? std::string_view(*text) : std::string_view())) {
      const std::size_t equals = line.find('=');
      if (equals != std::string_view::npos && trim(line.substr(0, equals)) == key) {
        is_on = trim(line.substr(equals + 1)) == "true";
      }
    }
    return is_on;
  }

  const Surroundings& around_;
  ScriptConsent& consent_;
  Document manifest_, settings_;
};

/// Composer compares names without regard to case.
std::string
listed_name(const Package& package)
{
  return package.ecosystem.starts_with("Packagist") ? to_lower(package.name) : std::string(package.name);
}

bool
is_of_version(const ScriptEntry& entry, const Package& package)
{
  return entry.versions.empty()
         || std::find(entry.versions.begin(), entry.versions.end(), package.version) != entry.versions.end();
}

bool
fits_pattern(const ScriptEntry& entry, const Package& package, const std::string& name)
{
  return entry.name.find(':') == std::string::npos ? matches_text(to_lower(entry.name), name)
                                                   : package.location.starts_with(entry.name);
}

struct ByName
{
  bool
  operator()(const ScriptEntry& entry, std::string_view name) const
  {
    return entry.name < name;
  }
  bool
  operator()(std::string_view name, const ScriptEntry& entry) const
  {
    return name < entry.name;
  }
};

}  // namespace

// Of several entries the one that refuses counts.
ScriptFate
ScriptConsent::fate_of(const Package& package) const
{
  bool is_allowed = false;
  bool is_denied = false;
  const auto count = [&](const ScriptEntry& entry) {
    is_allowed = is_allowed || entry.may_run;
    is_denied = is_denied || !entry.may_run;
  };
  const std::string name = listed_name(package);
  const auto [first, last] = std::equal_range(entries.begin(), entries.end(), std::string_view(name), ByName());
  for (auto each = first; each != last; ++each) {
    if (is_of_version(*each, package)) {
      count(*each);
    }
  }
  for (const ScriptEntry& each : patterns) {
    if (fits_pattern(each, package, name)) {
      count(each);
    }
  }
  if (is_denied || is_allowed) {
    return is_denied ? ScriptFate::denied : ScriptFate::allowed;
  }
  return blocks_others ? ScriptFate::blocked : ScriptFate::unsettled;
}

ScriptConsent
read_script_consent(Installer installer, const Surroundings& around)
{
  ScriptConsent consent;
  ConsentReader(around, consent).read(installer);
  std::stable_sort(consent.entries.begin(), consent.entries.end(),
                   [](const ScriptEntry& a, const ScriptEntry& b) { return a.name < b.name; });
  return consent;
}

std::vector<std::string>
stale_entries(const ScriptConsent& consent, const PackageList& list)
{
  std::vector<std::string> sentences;
  std::unordered_set<std::string> known;
  for (const Package& package : consent.entries.empty() ? std::span<const Package>() : list.packages()) {
    known.insert(listed_name(package));
  }
  for (const ScriptEntry& entry : consent.entries) {
    if (!known.contains(entry.name)) {
      sentences.push_back(fmt::format("{}:{}: {} {} run an install script, and {} has no such package",
                                      printable(entry.path), entry.line, printable(entry.name),
                                      entry.may_run ? "may" : "may not", printable(list.path)));
    }
  }
  return sentences;
}

}  // namespace sluice::deps
