// SPDX-License-Identifier: Apache-2.0
//
// A version that is out is never published again: a registry refuses it. So where a change keeps the version of a
// package and says something else of its content or its origin, either the registry was changed or the lockfile was
// edited. What of an edit is harmless is left out: a mirror that serves the same hash, hashes of a better algorithm
// beside the old ones, further files of a release where releases have several.
#include "base/text.hpp"
#include "deps/address.hpp"
#include "deps/integrity.hpp"
#include "deps/lock_finding.hpp"
#include "deps/node_packages.hpp"
#include "deps/subject.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

namespace sluice::deps {

namespace {

/// What all entries of one version of a package say of it.
struct Said
{
  std::vector<Hash> hashes;
  std::set<std::string> hosts;  ///< "" is the registry that is asked anyway
  std::set<Source> sources;
  const Package* first = nullptr;
  bool lacks_hash = false;  ///< some entry has none

  void
  add(const Package& package)
  {
    first = first == nullptr ? &package : first;
    const auto more = hashes_of(package);
    lacks_hash = lacks_hash || more.empty();
    hashes.insert(hashes.end(), more.begin(), more.end());
    const Address address = address_of(package.location);
    hosts.insert(is_public_registry(package.ecosystem, address) && package.source == Source::registry ? std::string()
                                                                                                      : address.host);
    sources.insert(package.source);
  }

  void
  settle()
  {
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  }
};

/// Registries that take further files for a release, or several artifacts of which a lockfile has one entry.
Release
release_of(std::string_view ecosystem)
{
  return ecosystem == "PyPI" || ecosystem == "RubyGems" || ecosystem == "Maven" ? Release::several_files
                                                                                : Release::one_file;
}

/// The first of `now` that `before` has not; nothing if it has all.
template<typename T>
const T*
first_new(const std::set<T>& before, const std::set<T>& now)
{
  const auto found = std::find_if(now.begin(), now.end(), [&before](const T& each) { return !before.contains(each); });
  return found == now.end() ? nullptr : &*found;
}

std::string
host_words(const std::string& host)
{
  return host.empty() ? "the public registry" : host;
}

std::string_view
source_words(Source source)
{
  constexpr std::array<std::string_view, 4> words{"a registry", "a repository", "an address", "the project itself"};
  return words.at(static_cast<std::size_t>(source));
}

/// What is wrong with a package, by which those of a file are told together.
struct Change
{
  enum class Kind { content, unknown_content, source, host, claim } kind = Kind::content;
  std::string one, many;  ///< "has another integrity than before", and the same of several
  auto operator<=>(const Change&) const = default;
};

/// A tag of three numbers stays where it is; "v4" goes on to every release.
bool
is_release_tag(std::string_view tag)
{
  tag.remove_prefix(tag.starts_with('v') ? 1 : 0);
  return is_exact_version(tag);
}

/// Composer's "dev-main" and "2.x-dev".
bool
is_branch_of_composer(const Package& package)
{
  return package.ecosystem.starts_with("Packagist")
         && (package.version.starts_with("dev-") || package.version.ends_with("-dev"));
}

/// Whether a version has one content for good, and the hash is of that: a directory or a branch changes as it pleases.
bool
keeps_content(const Package& package, const Lockfile& format)
{
  if (format.purpose == Purpose::pipeline) {
    return is_release_tag(package.version);
  }
  const bool is_repository = package.source == Source::git;
  return package.source != Source::path && format.fixed_content != FixedContent::nothing
         && (!is_repository || format.fixed_content == FixedContent::versions_and_tags)
         && !is_branch_of_composer(package);
}

std::optional<Change>
content_change(const Said& before, const Said& now, const Lockfile& format)
{
  if (now.first->may_lack_integrity || !keeps_content(*now.first, format)) {
    return std::nullopt;
  }
  const std::string had = algorithm_words(before.hashes);
  const std::string has = algorithm_words(now.hashes);
  // Where there are several entries, one of them may have lost it.
  const bool is_lost = now.lacks_hash && !before.lacks_hash;
  switch (is_lost ? ContentChange::lost : change_of(before.hashes, now.hashes, release_of(now.first->ecosystem))) {
  case ContentChange::changed:
    return Change{Change::Kind::content, "has another integrity than before at the same version",
                  "have another integrity than before at the same version"};
  case ContentChange::lost:
    return Change{Change::Kind::content, "lost its integrity at the same version",
                  "lost their integrity at the same version"};
  case ContentChange::weakened:
    return Change{Change::Kind::content,
                  fmt::format("has only {} for an integrity, and had {} before at the same version", has, had),
                  fmt::format("have only {} for an integrity, and had {} before at the same version", has, had)};
  case ContentChange::incomparable:
    return Change{Change::Kind::unknown_content,
                  fmt::format("has an integrity of {} that cannot be compared with the {} of before", has, had),
                  fmt::format("have an integrity of {} that cannot be compared with the {} of before", has, had)};
  case ContentChange::none:
    break;
  }
  return std::nullopt;
}

/// Whether every entry has a strong hash, and it is that of before.
bool
has_same_content(const Said& before, const Said& now)
{
  return !now.lacks_hash && !before.hashes.empty() && !is_weak(now.hashes)
         && change_of(before.hashes, now.hashes, release_of(now.first->ecosystem)) == ContentChange::none;
}

std::optional<Change>
origin_change(const Said& before, const Said& now, std::span<const std::string> registries)
{
  if (const Source* source = first_new(before.sources, now.sources)) {
    const std::string_view came = source_words(*before.sources.begin());
    return Change{
        Change::Kind::source,
        fmt::format("comes from {}, and came from {} before at the same version", source_words(*source), came),
        fmt::format("come from {}, and came from {} before at the same version", source_words(*source), came)};
  }
  const std::string* host = first_new(before.hosts, now.hosts);
  if (host == nullptr) {
    return std::nullopt;
  }
  const bool is_trusted = host->empty() || is_listed(registries, Address{.transport = {}, .host = *host, .path = {}});
  if (is_trusted && has_same_content(before, now)) {
    return std::nullopt;
  }
  const std::string now_from = host_words(*host);
  const std::string came_from = host_words(*before.hosts.begin());
  return Change{
      Change::Kind::host,
      fmt::format("is fetched from {}, and was fetched from {} before at the same version", now_from, came_from),
      fmt::format("are fetched from {}, and were fetched from {} before at the same version", now_from, came_from)};
}

/// Whether all that tells the version of an action is a comment, which whoever brings another commit writes, too.
bool
is_claimed(const Package& package, const Lockfile& format)
{
  return format.has_versions_in_comments && !package.integrity.empty() && package.version != package.integrity;
}

Change
claim()
{
  return {Change::Kind::claim, "is pinned by a commit of which a comment alone says that it is this version",
          "are pinned by commits of which comments alone say that they are these versions"};
}

using Key = std::tuple<std::string_view, std::string, std::string_view>;

Key
key_of(const Package& package)
{
  return {package.ecosystem, name_to_compare(package), package.version};
}

/// All that a lockfile says of where a version is from and by what it is known.
using Words =
    std::tuple<std::string_view, std::string_view, std::string_view, std::string_view, std::string_view, Source>;

Words
words_of(const Package& package)
{
  return {package.name, package.version, package.integrity, package.location, package.ecosystem, package.source};
}

/// For each version of which some entry is not word for word what one was before, the first such entry: most of a large
/// file are not worth a closer look.
std::map<Key, PackageId>
reworded(const PackageList& before, const PackageList& now)
{
  std::vector<Words> old;
  old.reserve(before.packages().size());
  std::transform(before.packages().begin(), before.packages().end(), std::back_inserter(old), words_of);
  std::sort(old.begin(), old.end());
  std::map<Key, PackageId> first;
  for (PackageId id = 0; id < now.packages().size(); ++id) {
    const Package& package = now.packages()[id];
    if (package.part == Part::third_party && !package.version.empty()
        && !std::binary_search(old.begin(), old.end(), words_of(package))) {
      first.emplace(key_of(package), id);
    }
  }
  return first;
}

std::map<Key, Said>
said_of(const std::map<Key, PackageId>& keys, const PackageList& list)
{
  std::map<Key, Said> said;
  for (const Package& package : keys.empty() ? std::span<const Package>() : list.packages()) {
    if (package.part != Part::root && keys.contains(key_of(package))) {
      said[key_of(package)].add(package);
    }
  }
  for (auto& [key, each] : said) {
    each.settle();
  }
  return said;
}

std::string
help_of(const Change& change)
{
  if (change.kind == Change::Kind::unknown_content) {
    return "Compare the hash with what the registry tells";
  }
  if (change.kind == Change::Kind::claim) {
    return "Compare the commit with the tag: git ls-remote https://github.com/OWNER/REPOSITORY VERSION";
  }
  return fmt::format("Find out why before anything is installed: compare the hash with what the registry tells, and "
                     "restore the entry from the base if nobody can say{}",
                     change.kind == Change::Kind::host ? "; a mirror of yours belongs under `deps: registries:`" : "");
}

void
report(const Rule& rule, const LockedFile& file, const Change& change, std::vector<PackageId> packages,
       std::vector<Finding>& found)
{
  PackageReport told;
  told.packages = std::move(packages);
  told.one = change.one;
  told.many = change.many;
  told.danger = "a version that is out does not change, so this is not what was reviewed when it was locked";
  told.help = help_of(change);
  told.aspect = change.kind == Change::Kind::source || change.kind == Change::Kind::host ? "origin" : "content";
  if (change.kind == Change::Kind::unknown_content) {
    told.danger = "whether it is what was reviewed, the lockfile does not tell";
    told.severity = Severity::low;
    told.ruling = OwnRuling{OwnRuling::Kind::warn, "a better algorithm is no change of content"};
  }
  if (change.kind == Change::Kind::claim) {
    told.danger = "whether it is, nothing here tells, and advisories are looked up for what the comment says";
    told.aspect = "claim";
    told.severity = Severity::info;
    told.ruling = OwnRuling{OwnRuling::Kind::warn, "pins are to have such comments"};
  }
  LockReporter(rule, file, found).add(told);
}

void
compare(const Rule& rule, const Audit& audit, const LockedFile& file, std::vector<Finding>& found)
{
  const std::map<Key, PackageId> keys = reworded(*file.before, file.list);
  const auto before = said_of(keys, *file.before);
  const auto now = said_of(keys, file.list);
  std::map<Change, std::vector<PackageId>> by_change;
  for (const auto& [key, id] : keys) {
    const auto old = before.find(key);
    if (old == before.end()) {
      if (is_claimed(file.list.packages()[id], *file.format)) {
        by_change[claim()].push_back(id);
      }
      continue;
    }
    const Said& said = now.at(key);
    if (const auto change = origin_change(old->second, said, audit.options->registries)) {
      by_change[*change].push_back(id);
    }
    if (const auto change = content_change(old->second, said, *file.format)) {
      by_change[*change].push_back(id);
    }
  }
  for (auto& [change, packages] : by_change) {
    std::sort(packages.begin(), packages.end());
    report(rule, file, change, std::move(packages), found);
  }
}

void
check(const Rule& rule, const Audit& audit, std::vector<Finding>& found)
{
  for (const LockedFile& file : audit.locked->files) {
    const bool may_differ = !file.is_unchanged || file.format->has_hashes_beside;
    const Purpose purpose = file.format->purpose;
    if (file.before && may_differ && !file.list.is_refused()
        && (purpose == Purpose::install || purpose == Purpose::pipeline)) {
      compare(rule, audit, file, found);
    }
  }
}

constexpr std::array<std::string_view, 2> references{
    "https://docs.npmjs.com/policies/unpublish",
    "https://snyk.io/blog/why-npm-lockfiles-can-be-a-security-blindspot-for-injecting-malicious-modules/"};
constexpr std::array<std::string_view, 1> tags{"supply-chain"};

}  // namespace

extern const Rule rule_changed_integrity{
    .meta =
        {.id = "changed-integrity",
         .title = "A change keeps a package's version and not its content",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(A change leaves a locked package at its version and gives it another hash, no hash, a weaker one, another kind of
source, or another host. Hashes are compared by the algorithms that both sides have; where they share none, it warns
that nothing can be told. A public registry or a listed one that serves the same strong hash is no change. Of an action
it is the commit, where a full version is the tag or stands in the comment beside it; that a new pin is of the version in
its comment is told as a notice, for nothing else says so.)",
              .why =
                  R"(Nobody reads a lockfile line by line, so it is the place to put another archive behind a name that everybody trusts: the
next install runs it.)",
              .instead =
                  R"(Find out where the other hash comes from. If nobody can say, restore the entry from the base branch and install
nothing until then.)",
              .known_problems =
                  R"(PyPI, RubyGems and Maven take further files for a release that is out, so hashes that come beside the old ones are no
change there.)",
              .references = references},
         .severity = Severity::high,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::deps
