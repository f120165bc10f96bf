// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/sbom.hpp"

#include <string_view>
#include <vector>

namespace sluice::deps {

/// "from DEPENDS_ON to", as written.
struct SpdxRelation
{
  std::string_view from, type, to;
};

struct SpdxDocument
{
  std::vector<Sbom::Component> packages;
  std::vector<SpdxRelation> relations;
  std::vector<std::string_view> described;  ///< beside what relations say
};

/// Lists what a document of SPDX says, whichever way it was written. A document that describes one package is about it;
/// one that describes several lists them.
void list_spdx_document(SpdxDocument& document, PackageList& list);

}  // namespace sluice::deps
