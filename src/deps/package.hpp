// SPDX-License-Identifier: Apache-2.0
//
// What a lockfile says, the same for every format: packages, who needs whom, and what could not be read.
//
// Texts are views into the lockfile or into what the list keeps beside it, so that three thousand packages cost no
// allocation each; a list owns both and can be moved, never copied.
#pragma once

#include "base/enum_names.hpp"
#include "finding/gap.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// What a package is needed for. In the order in which one that is reached by several ways has it: the first counts.
enum class Scope { runtime, peer, optional, build, dev };

/// Where a package comes from.
enum class Source { registry, git, url, path };

/// Index of a package in its list.
using PackageId = std::uint32_t;

/// Whether a lockfile's entry is one of the project's own.
enum class Part {
  third_party,
  member,  ///< a workspace member: a way into the graph, listed, never judged
  root,    ///< the project itself: a way into the graph, not listed
};

struct Package
{
  std::string_view ecosystem;  ///< as OSV spells it, perhaps with a suffix ("Debian:12"); empty: OSV has none, a gap
  std::string_view name;       ///< the registry's, aliases resolved
  std::string_view version;    ///< empty: named but not locked
  Scope scope = Scope::runtime;
  bool is_direct = false;  ///< a member or the root names it
  Source source = Source::registry;
  Part part = Part::third_party;
  std::uint32_t line = 0;  ///< of the entry's name, from 1

  std::string_view location;   ///< the URL, repository or path that it is fetched from; empty: not said
  std::string_view integrity;  ///< as written ("sha512-…", "sha256:…"), several with blanks between; may be empty
  std::string_view licence;    ///< SPDX expression; may be empty
  std::string_view published;  ///< RFC 3339, where the lockfile carries it
  bool has_install_script = false;  ///< something of it runs when it is installed
  bool may_lack_integrity = false;  ///< the format writes no integrity for it, though it is of a registry
  /// The path from the root of the tree of another file that this one includes, where the package stands; empty: here.
  std::string_view written_in;
};

/// `from` needs `to`.
struct Need
{
  PackageId from = 0, to = 0;
  Scope scope = Scope::runtime;
  std::string_view range;  ///< as `from` asks for it; may be empty
};

/// Something that is fetched by a name whose meaning its owner may change, or by one that nobody can.
struct Reference
{
  enum class Kind { action, image, tool } kind = Kind::action;
  std::string_view text;  ///< as it is written: "actions/checkout@v6", "docker://alpine:3.20", "alpine:3.20"
  std::uint32_t line = 0;
  bool is_pinned = false;  ///< by a commit or digest, or by a lockfile
};

/// A version that the lockfile was made to use in place of what packages ask for, as pnpm and Bun write it down.
struct LockedOverride
{
  std::string_view key, value;
};

/// What a reader makes of a lockfile.
class PackageList
{
public:
  PackageList() = default;
  PackageList(PackageList&&) = default;
  PackageList& operator=(PackageList&&) = default;

  /// Makes room for so many packages.
  void
  reserve(std::size_t packages)
  {
    packages_.reserve(packages);
    needs_.reserve(2 * packages);
  }
  PackageId add(Package package);
  /// `scope` is what `from` says of this need alone; `settle` draws the conclusions. What is more than `max_needs` is
  /// left out, which is a gap.
  void need(PackageId from, PackageId to, Scope scope = Scope::runtime, std::string_view range = {});
  /// Whether there is room for another. Whoever goes through each entry of a name stops where there is none: a hostile
  /// file has a thousand packages that need a name of a thousand entries.
  [[nodiscard]] bool
  takes_needs() const
  {
    return !lacks_needs_ && !is_refused_;
  }
  /// Tells once that needs are left out.
  void leave_needs_out();
  /// A text that lives as long as the list.
  std::string_view keep(std::string text);
  /// Keeps alive what views point into.
  void keep(std::shared_ptr<const void> owner);

  void refer(Reference reference);
  void override_by(LockedOverride override);

  /// Something that was not read. What was stays.
  void gap(GapKind kind, std::uint32_t line, std::string why, std::string fix = {});
  /// As `gap`, in another file, "path:line".
  void gap_elsewhere(GapKind kind, std::string subject, std::string why, std::string fix = {});
  /// Takes packages out of a list in which none needs another; of others it takes none.
  void leave_out(const std::function<bool(const Package&)>& is_out);
  /// The file cannot be read: a gap, and nothing of it counts, never the half that was read. A reader may go on: what
  /// it adds from then on is none, and `at` gives it one that is nobody's.
  void refuse(GapKind kind, std::uint32_t line, std::string why, std::string fix = {});

  /// Sets scope and directness of every package that members and roots lead to, by the needs. A way is as optional or
  /// as much for development as the worst of its needs; of several ways the best counts. What no way leads to keeps
  /// what its reader said.
  void settle();

  [[nodiscard]] std::span<const Package>
  packages() const
  {
    return packages_;
  }
  /// Whether any is of others.
  [[nodiscard]] bool has_third_party() const;
  [[nodiscard]] Package&
  at(PackageId id)
  {
    return is_refused_ ? refused_ : packages_.at(id);
  }
  [[nodiscard]] std::span<const Need>
  needs() const
  {
    return needs_;
  }
  [[nodiscard]] std::span<const Reference>
  references() const
  {
    return references_;
  }
  [[nodiscard]] std::span<const LockedOverride>
  overrides() const
  {
    return overrides_;
  }
  [[nodiscard]] const std::vector<Gap>&
  gaps() const
  {
    return gaps_;
  }
  [[nodiscard]] bool
  is_refused() const
  {
    return is_refused_;
  }

  /// For gaps' subjects, "path" or "path:line".
  std::string path;
  /// Whether the format and its version tell which packages have an install script.
  bool tells_install_scripts = false;
  /// A name that is needed means each entry of that name, so that a short text may make needs without number.
  std::size_t max_needs = 1'000'000;

private:
  std::vector<Package> packages_;
  std::vector<Need> needs_;
  std::vector<Reference> references_;
  std::vector<LockedOverride> overrides_;
  std::vector<Gap> gaps_;
  std::deque<std::string> texts_;
  std::vector<std::shared_ptr<const void>> owners_;
  bool is_refused_ = false;
  bool lacks_needs_ = false;
  Package refused_;
};

}  // namespace sluice::deps

template<> struct sluice::EnumNames<sluice::deps::Scope>
{
  static constexpr std::array<std::string_view, 5> names{"runtime", "peer", "optional", "build", "dev"};
};

template<> struct sluice::EnumNames<sluice::deps::Source>
{
  static constexpr std::array<std::string_view, 4> names{"registry", "git", "url", "path"};
};
