// SPDX-License-Identifier: Apache-2.0
#include "deps/spdx_document.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

enum class Direction { forward, backward };

struct RelationKind
{
  std::string_view name;
  Direction direction = Direction::forward;
  Scope scope = Scope::runtime;
};

/// SPDX 2.3, 11.1 "Relationship field".
constexpr std::array kinds{
    RelationKind{"DEPENDS_ON", Direction::forward, Scope::runtime},
    RelationKind{"DEPENDENCY_OF", Direction::backward, Scope::runtime},
    RelationKind{"RUNTIME_DEPENDENCY_OF", Direction::backward, Scope::runtime},
    RelationKind{"OPTIONAL_DEPENDENCY_OF", Direction::backward, Scope::optional},
    RelationKind{"OPTIONAL_COMPONENT_OF", Direction::backward, Scope::optional},
    RelationKind{"PROVIDED_DEPENDENCY_OF", Direction::backward, Scope::build},
    RelationKind{"BUILD_DEPENDENCY_OF", Direction::backward, Scope::build},
    RelationKind{"BUILD_TOOL_OF", Direction::backward, Scope::build},
    RelationKind{"DEV_DEPENDENCY_OF", Direction::backward, Scope::dev},
    RelationKind{"DEV_TOOL_OF", Direction::backward, Scope::dev},
    RelationKind{"TEST_DEPENDENCY_OF", Direction::backward, Scope::dev},
    RelationKind{"TEST_TOOL_OF", Direction::backward, Scope::dev},
    RelationKind{"STATIC_LINK", Direction::forward, Scope::runtime},
    RelationKind{"DYNAMIC_LINK", Direction::forward, Scope::runtime},
    RelationKind{"HAS_PREREQUISITE", Direction::forward, Scope::runtime},
    RelationKind{"PREREQUISITE_FOR", Direction::backward, Scope::runtime},
};

constexpr std::string_view document_id = "SPDXRef-DOCUMENT";

void
find_described(SpdxDocument& document)
{
  for (const SpdxRelation& relation : document.relations) {
    if (relation.type == "DESCRIBES" && relation.from == document_id) {
      document.described.push_back(relation.to);
    } else if (relation.type == "DESCRIBED_BY" && relation.to == document_id) {
      document.described.push_back(relation.from);
    }
  }
  std::sort(document.described.begin(), document.described.end());
  const auto end = std::unique(document.described.begin(), document.described.end());
  document.described.erase(end, document.described.end());
}

void
add_needs(const SpdxDocument& document, Sbom& sbom)
{
  for (const SpdxRelation& relation : document.relations) {
    const auto* kind =
        std::find_if(kinds.begin(), kinds.end(), [&](const RelationKind& each) { return each.name == relation.type; });
    if (kind != kinds.end()) {
      const bool is_forward = kind->direction == Direction::forward;
      sbom.need(is_forward ? relation.from : relation.to, is_forward ? relation.to : relation.from, kind->scope);
    } else if (relation.type == "CONTAINS") {
      sbom.contain(relation.from, relation.to);
    } else if (relation.type == "CONTAINED_BY") {
      sbom.contain(relation.to, relation.from);
    }
  }
}

}  // namespace

void
list_spdx_document(SpdxDocument& document, PackageList& list)
{
  find_described(document);
  Sbom sbom(list);
  sbom.add_root(document_id);
  const bool has_root = document.described.size() == 1;
  if (has_root) {
    sbom.add_root(document.described.front());
  }
  for (const Sbom::Component& package : document.packages) {
    if (to_lower(package.kind).starts_with("operating")) {
      sbom.set_system(fmt::format("{}-{}", package.name, package.version));
    }
  }
  for (const Sbom::Component& package : document.packages) {
    sbom.add(package);
  }
  for (const std::string_view described : document.described) {
    if (!has_root) {
      sbom.need(document_id, described);
    }
  }
  add_needs(document, sbom);
  sbom.finish();
}

}  // namespace sluice::deps
