// SPDX-License-Identifier: Apache-2.0
//
// What bills of materials have in common, whatever their format: components with references, needs between references,
// and a root that they describe.
#pragma once

#include "deps/package.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sluice::deps {

class Sbom
{
public:
  struct Component
  {
    std::string_view reference;  ///< by which needs name it; may be empty
    std::string_view name, version, purl, licence, integrity;
    bool has_whole_purl = false;  ///< it is not made of a name for one registry
    std::string_view kind;        ///< "library", "file"; empty: not told
    Scope scope = Scope::runtime;
    std::uint32_t line = 0;

    // What bills of our own (bill/bill.hpp) say beside.
    std::string_view own;                 ///< package URL of what has none that others should see
    std::string_view ecosystem, spelled;  ///< where the package URL has another ecosystem or name
    std::string_view published;
    std::optional<Source> source;
    Part part = Part::third_party;
    bool is_direct = false;
    bool has_install_script = false;
  };

  /// One of Statements, without the "sluice:"; others are passed over.
  static void take_statement(Component& component, std::string_view key, std::string_view value);

  explicit Sbom(PackageList& list)
      : list_(list)
  {}

  /// The distribution that the document is of ("debian-12"), for package URLs that do not name theirs.
  void
  set_system(std::string system)
  {
    system_ = std::move(system);
  }
  /// What the document describes.
  void add_root(std::string_view reference);
  void add(const Component& component);
  /// Named ahead of the components or after; counts when `finish` is called. A reference that is none is passed over.
  void need(std::string_view from, std::string_view to, Scope scope = Scope::runtime);
  /// `part` lies in `whole`. That says that it is there, not who asked for it: it counts where nothing else leads to
  /// it.
  void contain(std::string_view whole, std::string_view part);
  /// Whether a reference is a component's or the root's.
  [[nodiscard]] bool
  knows(std::string_view reference) const
  {
    return by_reference_.contains(reference);
  }
  void finish();

private:
  struct Wanted
  {
    std::string_view from, to;
    Scope scope = Scope::runtime;
  };

  void add_package(const Component& component, std::string_view text);
  /// One whose advisories nobody can look up: listed without an ecosystem, and a gap.
  void add_unjudged(const Component& component, std::string_view name, std::string_view version, std::string_view why);
  void register_as(const Component& component, PackageId id);
  void need_parts();

  PackageList& list_;
  std::string system_;
  std::optional<PackageId> root_;
  std::unordered_map<std::string_view, PackageId> by_reference_;
  std::unordered_map<std::string_view, std::string_view> purl_of_;
  std::vector<Wanted> wanted_;
  std::vector<std::pair<std::string_view, std::string_view>> contained_;  ///< whole and part
};

/// Why there is less in a bill of our own than in what it is of.
[[nodiscard]] std::string incomplete_bill(std::string_view gap);

/// An identifier or expression of SPDX; empty for NONE and NOASSERTION.
[[nodiscard]] std::string_view spdx_licence(std::string_view text);

}  // namespace sluice::deps
