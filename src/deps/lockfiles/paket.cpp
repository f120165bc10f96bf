// SPDX-License-Identifier: Apache-2.0
//
// Paket's paket.lock (fsprojects.github.io/Paket, "The paket.lock file"): groups, in each the sources, in each the
// packages with what they need, told apart by their indentation. What was asked for stands in paket.dependencies. Files
// from GitHub, other repositories and plain URLs are listed with the registry's packages and their own source.
#include "base/text.hpp"
#include "deps/lockfile.hpp"
#include "deps/not_locked.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::string_view fix = "Run paket install";

/// "name (version) - settings"; the name is empty for a whole repository.
struct Entry
{
  std::string_view name, version;
};

std::optional<Entry>
entry_in(std::string_view line)
{
  const std::size_t open = line.starts_with('(') ? 0 : line.find(" (");
  if (open == std::string_view::npos) {
    return Entry{trim(line.substr(0, line.find(" - "))), {}};
  }
  const std::size_t begin = line.find('(', open) + 1;
  const std::size_t close = line.find(')', begin);
  if (close == std::string_view::npos) {
    return std::nullopt;
  }
  return Entry{trim(line.substr(0, open)), trim(line.substr(begin, close - begin))};
}

/// The last word of a name in CamelCase, or behind a sign: "UnitTests", "unit-tests".
std::string
last_word(std::string_view name)
{
  std::size_t at = name.size();
  while (at > 0 && (std::isalnum(static_cast<unsigned char>(name[at - 1])) != 0)) {
    --at;
    if (std::isupper(static_cast<unsigned char>(name[at])) != 0
        && (at == 0 || std::islower(static_cast<unsigned char>(name[at - 1])) != 0)) {
      break;
    }
  }
  return to_lower(name.substr(at));
}

/// Groups have no meaning but what people give them; these names are customary, alone or behind another word.
Scope
scope_of_group(std::string_view group)
{
  static constexpr std::array<std::string_view, 7> dev{"test",  "tests",     "testing",   "unittests",
                                                       "bench", "benchmark", "benchmarks"};
  static constexpr std::array<std::string_view, 12> build{"build",     "netcorebuild", "tool",      "tools",
                                                          "fake",      "analyzer",     "analyzers", "analyser",
                                                          "analysers", "doc",          "docs",      "formatting"};
  const std::string word = last_word(group);
  if (std::find(dev.begin(), dev.end(), word) != dev.end()) {
    return Scope::dev;
  }
  return std::find(build.begin(), build.end(), word) != build.end() ? Scope::build : Scope::runtime;
}

/// "group TAB name" in lower case, of everything that paket.dependencies asks for.
std::unordered_set<std::string>
wishes(std::string_view dependencies)
{
  std::unordered_set<std::string> out;
  std::string group = "main";
  for (const std::string_view whole : lines_of(dependencies)) {
    const std::string_view line = trim(whole);
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos) {
      continue;
    }
    const std::string kind = to_lower(line.substr(0, blank));
    const std::string_view rest = trim(line.substr(blank));
    const std::string word = to_lower(rest.substr(0, rest.find_first_of(" \t:")));
    if (kind == "group") {
      group = to_lower(rest);
    } else if (kind == "nuget" || kind == "clitool" || kind == "github" || kind == "gist") {
      out.insert(group + "\t" + word);
    } else if (kind == "git" || kind == "http") {
      out.insert(group + "\t" + to_lower(rest.substr(0, rest.find_first_of(" \t"))));
    }
  }
  return out;
}

class PaketReader
{
public:
  PaketReader(const LockText& file, PackageList& list)
      : list_(list),
        text_(file.text),
        root_(list.add({.part = Part::root}))
  {
    if (const auto dependencies = file.around.read("paket.dependencies")) {
      wishes_ = wishes(*dependencies);
    }
  }

  void
  run()
  {
    std::uint32_t number = 0;
    for (const std::string_view line : lines_of(text_)) {
      ++number;
      if (!trim(line).empty() && !take(line, number)) {
        list_.refuse(GapKind::unparsable, number, "a line is none that paket.lock may have", std::string(fix));
        return;
      }
    }
    if (!source_.empty() && !has_entries_) {
      list_.refuse(GapKind::unparsable, number, "it ends ahead of the packages of a source", std::string(fix));
      return;
    }
    const std::string_view last = text_.substr(text_.rfind('\n') + 1);
    if (!last.empty() && (is_open_ended_ || trim(last).empty())) {
      list_.refuse(GapKind::unparsable, number, "it ends within a line", std::string(fix));
      return;
    }
    connect();
    if (list_.packages().size() == 1 && wishes_ && !wishes_->empty()) {
      locks_nothing(list_, "paket.dependencies", "packages", std::string(fix));
    }
  }

private:
  struct Wanted
  {
    PackageId from = 0;
    std::string to;  ///< as a key of by_name_
    std::string_view range;
  };

  bool
  take(std::string_view line, std::uint32_t number)
  {
    const std::size_t indent = line.find_first_not_of(' ');
    const std::string_view content = trim(line);
    is_open_ended_ = false;
    if (indent == 0) {
      return head(content);
    }
    if (indent == 2) {
      remote_ = content.starts_with("remote:") ? trim(content.substr(7)) : remote_;
      return !source_.empty() && content.find(':') != std::string_view::npos;
    }
    const std::optional<Entry> entry = entry_in(content);
    if (!entry || source_.empty()) {
      return false;
    }
    if (indent == 4 || indent == 5) {
      return add(*entry, number);
    }
    if (indent != 6) {
      return false;
    }
    // Of a repository: "build: …", "path: …".
    if (source_ == "NUGET" || content.find(": ") == std::string_view::npos) {
      is_open_ended_ = !content.ends_with(')');
      wanted_.push_back({current_, key_of(entry->name), entry->version});
    }
    return true;
  }

  /// What stands at the margin: a setting of the group, a group, or a source.
  bool
  head(std::string_view content)
  {
    if (content.starts_with("GROUP ")) {
      group_ = to_lower(trim(content.substr(6)));
      group_scope_ = scope_of_group(trim(content.substr(6)));
      source_ = {};
      return true;
    }
    if (content == "NUGET" || content == "GITHUB" || content == "GIST" || content == "GIT" || content == "HTTP") {
      source_ = content;
      remote_ = {};
      has_entries_ = false;
      return true;
    }
    return content.find(':') != std::string_view::npos;
  }

  [[nodiscard]] std::string
  key_of(std::string_view name) const
  {
    return group_ + "\t" + to_lower(name);
  }

  bool
  add(Entry entry, std::uint32_t number)
  {
    const bool is_registry = source_ == "NUGET";
    if (entry.name.empty() && (is_registry || remote_.empty())) {
      return false;
    }
    Package package;
    package.ecosystem = "NuGet";
    package.name = is_registry || source_ == "HTTP" ? entry.name : remote_;
    package.version = entry.version;
    package.scope = group_scope_;
    package.source = is_registry ? Source::registry : source_ == "HTTP" ? Source::url : Source::git;
    package.location = remote_;
    package.line = number;
    current_ = list_.add(package);
    has_entries_ = true;
    const std::string key = key_of(package.name);
    // A group has one version of a package, and of a repository perhaps several files.
    if (!by_name_.emplace(key, current_).second && is_registry) {
      list_.gap(GapKind::unparsable, number, fmt::format("{} stands twice in its group", printable(package.name)),
                std::string(fix));
    }
    if (wishes_ && (wishes_->contains(key) || wishes_->contains(key_of(remote_)))) {
      list_.need(root_, current_, package.scope);
    }
    if (package.version.empty()) {
      not_locked(list_, number, package.name, std::string(fix));
    }
    return true;
  }

  void
  connect()
  {
    std::vector<bool> is_needed(list_.packages().size());
    for (const Wanted& wanted : wanted_) {
      if (const auto found = by_name_.find(wanted.to); found != by_name_.end()) {
        list_.need(wanted.from, found->second, Scope::runtime, wanted.range);
        is_needed[found->second] = true;
      }
    }
    // Without paket.dependencies, what nothing needs was asked for.
    for (PackageId id = root_ + 1; !wishes_ && id < is_needed.size(); ++id) {
      if (!is_needed[id]) {
        list_.need(root_, id, list_.at(id).scope);
      }
    }
  }

  PackageList& list_;
  std::string_view text_;
  PackageId root_;
  std::optional<std::unordered_set<std::string>> wishes_;
  std::string group_ = "main";
  Scope group_scope_ = Scope::runtime;
  std::string_view source_, remote_;
  PackageId current_ = 0;
  bool is_open_ended_ = false;
  bool has_entries_ = false;  ///< of the source
  std::unordered_map<std::string, PackageId> by_name_;
  std::vector<Wanted> wanted_;
};

void
read(const LockText& file, PackageList& list)
{
  PaketReader(file, list).run();
}

constexpr std::array<std::string_view, 1> paths{"paket.lock"};

}  // namespace

extern const Lockfile lockfile_paket{.id = "paket",
                                     .title = "Paket paket.lock",
                                     .purpose = Purpose::install,
                                     .hashed = Hashed::some,
                                     .weak_hash = WeakHash::as_good_as_it_gets,
                                     .manifest = ManifestKind::not_searched,
                                     .installer = Installer::other,
                                     .paths = paths,
                                     .read = read};

}  // namespace sluice::deps
