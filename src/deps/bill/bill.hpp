// SPDX-License-Identifier: Apache-2.0
//
// A bill of materials, the same for every format that one is written in. Lockfiles of one repository name the same
// package many times: installed in several directories, for several members, by several package managers. A bill has
// it once, with every place that names it and with everything that it needs anywhere, so that a reader counts what is
// there and not how often. Readers of bills know packages by their package URLs, so that is what makes two the same.
//
// What neither format has a field for (which of five scopes, that a package is one of the project's own, why
// something is missing) stands as "sluice:" properties and annotations, which others pass over and our own readers
// understand: what is written can be judged as the lockfile itself would be.
#pragma once

#include "deps/package.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::deps {

struct Bill
{
  /// Index among `components`, and what for.
  struct Need
  {
    std::size_t to = 0;
    Scope scope = Scope::runtime;
  };
  struct Place
  {
    std::string_view path;
    std::uint32_t line = 0;
    auto operator<=>(const Place&) const = default;
  };
  struct Component
  {
    std::string reference;  ///< its own alone within the bill
    std::string purl;       ///< empty: what is of the project, lies in it, or has a name that no package URL can have
    Package package;        ///< with the scope and directness that count for all entries
    std::vector<Place> places;
    std::vector<Need> needs;  ///< by index, each component once

    [[nodiscard]] bool
    is_member() const
    {
      return package.part == Part::member;
    }
  };

  std::string subject;  ///< what it is a bill of
  std::string tool_version;
  std::optional<std::chrono::sys_seconds> created;
  std::vector<Component> components;  ///< by reference
  std::vector<Need> root_needs;       ///< of the subject itself
  std::vector<std::string> gaps;      ///< why it is not complete; empty: it is, as far as lockfiles tell
};

/// The components of all lists, which must outlive it.
[[nodiscard]] Bill make_bill(std::span<const PackageList* const> lists);

/// Key and value of what our readers take from "sluice:KEY".
using Statements = std::vector<std::pair<std::string_view, std::string>>;
[[nodiscard]] Statements statements_of(const Bill::Component& component);

/// The document, with 64 hexadecimal digits of its content in its identity: the same bill gives the same bytes.
[[nodiscard]] std::string cyclonedx_text(const Bill& bill);
[[nodiscard]] std::string spdx_text(const Bill& bill);

}  // namespace sluice::deps
