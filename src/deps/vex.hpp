// SPDX-License-Identifier: Apache-2.0
//
// VEX: what somebody says of a vulnerability in a product. Three formats say it, and which one a document has, it tells
// itself: OpenVEX (vex_openvex.cpp), CSAF (vex_csaf.cpp), CycloneDX (vex_cyclonedx.cpp). All become the same
// statements.
//
// A document that is not what its specification asks for is a gap and no statement of it counts; a statement that is
// not is one by itself, and the others count.
#pragma once

#include "base/enum_names.hpp"
#include "deps/purl.hpp"
#include "finding/gap.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

enum class VexStatus { not_affected, affected, fixed, under_investigation };

/// What a statement names, by every package URL of it; hashes and CPEs are names that no lockfile has.
struct VexComponent
{
  std::string id;  ///< the first name; empty: it has none
  std::vector<Purl> purls;
};

/// Shared, for a document may name one product in each of its statements.
using VexName = std::shared_ptr<const VexComponent>;
using VexParts = std::shared_ptr<const std::vector<VexName>>;

struct VexProduct
{
  VexName self;         ///< never null
  VexParts parts;       ///< what is meant of what the product holds; null or empty: the product itself is
  std::string version;  ///< the one that is meant; empty: those of its package URLs
};

struct VexStatement
{
  std::vector<std::string> vulnerabilities;  ///< its names, never empty
  VexStatus status = VexStatus::affected;
  std::string reason;  ///< the justification and what is said beside it; may be empty
  std::chrono::sys_time<std::chrono::nanoseconds> time;
  std::vector<VexProduct> products;
  std::uint32_t line = 0;
};

struct VexDocument
{
  std::string path;
  std::string_view format;  ///< "OpenVEX", a literal; empty: none that is known
  std::string author;       ///< may be empty where the format does not ask for one
  std::vector<VexStatement> statements;
  std::vector<Gap> gaps;
  std::vector<std::string> notices;
};

/// The document at `path`. What is none is a gap, and nothing of it counts; a statement that is none is a gap at its
/// line, and the others count.
[[nodiscard]] VexDocument read_vex(std::string path, std::string_view text);

}  // namespace sluice::deps

template<> struct sluice::EnumNames<sluice::deps::VexStatus>
{
  static constexpr std::array<std::string_view, 4> names{"not_affected", "affected", "fixed", "under_investigation"};
};
