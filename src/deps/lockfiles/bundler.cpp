// SPDX-License-Identifier: Apache-2.0
//
// Gemfile.lock, gems.locked and NAME.gemfile.lock (rubygems/bundler, lib/bundler/lockfile_parser.rb). Sections stand at
// the margin; a source's are GEM, GIT, PATH and PLUGIN SOURCE, with options two deep, gems four and what they need six.
// The version of a gem for a platform has the platform behind the first hyphen. DEPENDENCIES is what the Gemfile asks
// for; its groups are in the Gemfile alone.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "deps/beside.hpp"
#include "deps/entries_named.hpp"
#include "deps/gemfile.hpp"
#include "deps/lockfile.hpp"
#include "deps/missing.hpp"
#include "deps/not_locked.hpp"
#include "deps/reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::string_view again = "Make the lockfile anew with bundle lock";
constexpr std::array<std::pair<std::string_view, Source>, 4> source_sections{
    {{"GEM", Source::registry}, {"GIT", Source::git}, {"PATH", Source::path}, {"PLUGIN SOURCE", Source::registry}}};
constexpr std::array<std::string_view, 5> other_sections{"PLATFORMS", "DEPENDENCIES", "CHECKSUMS", "RUBY VERSION",
                                                         "BUNDLED WITH"};

/// "name (1.2-x86_64-linux)!", without its indentation.
struct NamedLine
{
  std::string_view name, inside;
};

NamedLine
named(std::string_view line)
{
  const std::size_t bracket = line.find(" (");
  NamedLine result{trim(line.substr(0, bracket)), {}};
  if (bracket != std::string_view::npos) {
    const std::string_view rest = line.substr(bracket + 2);
    result.inside = rest.substr(0, std::min(rest.find(')'), rest.size()));
  }
  if (result.name.ends_with('!')) {
    result.name.remove_suffix(1);
  }
  return result;
}

class Reader
{
public:
  explicit Reader(PackageList& list)
      : list_(list),
        root_(list.add({.ecosystem = "RubyGems", .part = Part::root}))
  {}

  void
  read(std::string_view text)
  {
    std::uint32_t number = 0;
    for (const std::string_view line : lines_of(text)) {
      ++number;
      const std::size_t depth = std::min(line.find_first_not_of(' '), line.size());
      if (trim(line).empty()) {
        continue;
      }
      if (depth == 0) {
        begin_section(line, number);
      } else if (is_source_) {
        source_line(line.substr(depth), depth, number);
      } else if (section_ == "DEPENDENCIES") {
        asked_.push_back({trim(line), number});
      } else if (section_ == "CHECKSUMS") {
        checksum(trim(line));
      }
    }
  }

  void
  conclude(const std::optional<Gemfile>& gemfile)
  {
    if (!has_dependencies_) {
      list_.refuse(GapKind::unparsable, 0, "it ends without the DEPENDENCIES that every one has", std::string(again));
      return;
    }
    set_parts();
    add_needs();
    for (const auto& [text, line] : asked_) {
      const NamedLine each = named(text);
      const auto found = entries_named(by_name_, each.name);
      for (const PackageId id : found) {
        list_.need(root_, id, scope_of(each.name, list_.at(id), gemfile), each.inside);
      }
      if (found.empty() && must_be_locked(each.name, gemfile)) {
        missing_.add(each.name, line);
      }
    }
    if (gemfile) {
      require_named(*gemfile);
    }
    if (!require_gems()) {
      missing_.tell(list_, "bundle lock");
    }
  }

private:
  /// Ships with Ruby, and no lockfile has it.
  static constexpr std::string_view bundler = "bundler";

  struct Asked
  {
    std::string_view text;
    std::uint32_t line = 0;
  };
  struct Wish
  {
    PackageId from = 0;
    std::string_view name, range;
    std::uint32_t line = 0;
  };

  void
  begin_section(std::string_view line, std::uint32_t number)
  {
    section_ = trim(line);
    is_source_ = false;
    location_ = {};
    for (const auto& [name, source] : source_sections) {
      if (section_ == name) {
        is_source_ = true;
        source_ = source;
      }
    }
    has_dependencies_ = has_dependencies_ || section_ == "DEPENDENCIES";
    if (!is_source_ && std::find(other_sections.begin(), other_sections.end(), section_) == other_sections.end()) {
      list_.gap(GapKind::unknown_format, number, fmt::format("the section {} is not known", printable(section_)),
                "Update Sluice");
    }
  }

  void
  source_line(std::string_view line, std::size_t depth, std::uint32_t number)
  {
    if (depth == 2) {
      if (line.starts_with("remote: ")) {
        location_ = trim(line.substr(8));
      }
    } else if (depth == 4) {
      add(line, number);
    } else if (depth == 6 && current_ != root_) {
      const NamedLine needed = named(line);
      wishes_.push_back({current_, needed.name, needed.inside, number});
    } else {
      list_.gap(GapKind::unparsable, number, "a line that is indented as none is", std::string(again));
    }
  }

  void
  add(std::string_view line, std::uint32_t number)
  {
    const NamedLine each = named(line);
    Package package{.ecosystem = "RubyGems", .name = each.name};
    package.version = each.inside.substr(0, each.inside.find('-'));
    package.line = number;
    package.source = source_;
    package.location = location_;
    if (package.version.empty()) {
      list_.gap(GapKind::unparsable, number, incomplete_why(each.name), std::string(again));
    }
    current_ = list_.add(package);
    by_name_[package.name].push_back(current_);
    by_written_.emplace(fmt::format("{} ({})", each.name, each.inside), current_);
  }

  /// "name (version) sha256=…,sha512=…".
  void
  checksum(std::string_view line)
  {
    const std::size_t end = line.find(") ");
    if (end == std::string_view::npos) {
      return;
    }
    const auto found = by_written_.find(std::string(line.substr(0, end + 1)));
    if (found != by_written_.end()) {
      list_.at(found->second).integrity = trim(line.substr(end + 2));
    }
  }

  /// The gem that lies where the lockfile does is the project; others with a path are its members.
  void
  set_parts()
  {
    std::vector<PackageId> here;
    for (PackageId id = 1; id < list_.packages().size(); ++id) {
      Package& package = list_.at(id);
      if (package.source == Source::path) {
        package.part = Part::member;
        if (package.location == ".") {
          here.push_back(id);
        }
      }
    }
    if (here.size() == 1) {
      list_.at(here.front()).part = Part::root;
    }
  }

  void
  add_needs()
  {
    for (const Wish& wish : wishes_) {
      const auto found = entries_named(by_name_, wish.name);
      // Of a gem that is locked for several platforms each may be the one.
      for (const PackageId id : found) {
        list_.need(wish.from, id, Scope::runtime, wish.range);
      }
      if (found.empty() && wish.name != bundler) {
        missing_.add(wish.name, wish.line);
      }
    }
  }

  [[nodiscard]] static Scope
  scope_of(std::string_view name, const Package& package, const std::optional<Gemfile>& gemfile)
  {
    if (!gemfile) {
      return Scope::runtime;
    }
    const auto found = gemfile->gems.find(std::string(name));
    if (found != gemfile->gems.end()) {
      return found->second;
    }
    return gemfile->has_gemspec && package.source != Source::path ? Scope::dev : Scope::runtime;
  }

  /// A gem of other platforms alone is among the DEPENDENCIES and not locked; the Gemfile says which those are. Without
  /// it they are the ones that the Gemfiles of `rails new` and `jekyll new` ask for on Windows and JRuby alone.
  [[nodiscard]] static bool
  must_be_locked(std::string_view name, const std::optional<Gemfile>& gemfile)
  {
    static constexpr std::array<std::string_view, 4> customary{"tzinfo", "tzinfo-data", "wdm", "http_parser.rb"};
    if (name == bundler) {
      return false;
    }
    const std::string key(name);
    return gemfile && gemfile->gems.contains(key)
               ? !gemfile->conditional.contains(key)
               : std::find(customary.begin(), customary.end(), name) == customary.end();
  }

  /// What the Gemfile asks for and the lockfile does not name at all: bundle install locks it unasked.
  void
  require_named(const Gemfile& gemfile)
  {
    std::unordered_set<std::string_view> names;
    for (const Asked& each : asked_) {
      names.insert(named(each.text).name);
    }
    std::set<std::string_view> lost;
    for (const auto& [gem, scope] : gemfile.gems) {
      if (gem != bundler && !names.contains(gem) && !gemfile.conditional.contains(gem)) {
        lost.insert(gem);
      }
    }
    for (const std::string_view gem : lost) {
      missing_.add(gem, 0);
    }
  }

  /// True if it tells that nothing is locked.
  bool
  require_gems()
  {
    const bool is_empty = by_name_.empty() && !asked_.empty();
    if (is_empty) {
      locks_nothing(list_, "the Gemfile", named(asked_.front().text).name, std::string(again));
    }
    return is_empty;
  }

  PackageList& list_;
  PackageId root_;
  PackageId current_ = root_;
  std::string_view section_, location_;
  Source source_ = Source::registry;
  bool is_source_ = false, has_dependencies_ = false;
  std::vector<Asked> asked_;
  Missing missing_;
  std::vector<Wish> wishes_;
  std::unordered_map<std::string_view, std::vector<PackageId>> by_name_;
  std::unordered_map<std::string, PackageId> by_written_;
};

/// The Gemfile of a lockfile: gems.rb of gems.locked, else the name without .lock.
std::string
gemfile_of(std::string_view path)
{
  const std::string_view name = file_name_of(path);
  return name == "gems.locked" ? "gems.rb" : std::string(name.substr(0, name.size() - 5));
}

void
read(const LockText& file, PackageList& list)
{
  Reader reader(list);
  reader.read(file.text);
  const auto text = text_beside(file.around, gemfile_of(file.path), list);
  reader.conclude(text ? std::optional(read_gemfile(*text)) : std::nullopt);
}

constexpr std::array<std::string_view, 3> paths{"Gemfile.lock", "gems.locked", "*.gemfile.lock"};

}  // namespace

extern const Lockfile lockfile_bundler{
    .id = "bundler",
    .title = "Bundler Gemfile.lock",
    .purpose = Purpose::install,
    .hashed = Hashed::all_or_none,
    .weak_hash = WeakHash::outgrown,
    .manifest = ManifestKind::gemfile,
    .installer = Installer::other,
    .paths = paths,
    .read = read,
    .upgrade = {"bundle update {name} --conservative", "bundle update {name} --conservative"}};

}  // namespace sluice::deps
