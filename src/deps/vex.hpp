// SPDX-License-Identifier: Apache-2.0
//
// OpenVEX (github.com/openvex/spec, 0.2.0, and the 0.0.x before it): what somebody says of a vulnerability in a
// product. A document that is not what the specification asks for is a gap and no statement of it counts; a statement
// that is not is one by itself, and the others count.
#pragma once

#include "base/enum_names.hpp"
#include "deps/purl.hpp"
#include "finding/gap.hpp"

#include <chrono>
#include <cstdint>
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

struct VexProduct
{
  VexComponent self;
  std::vector<VexComponent> parts;  ///< "subcomponents"; empty: the product itself is meant
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
  std::string author;
  std::vector<VexStatement> statements;
  std::vector<Gap> gaps;
  std::vector<std::string> notices;
};

/// An OpenVEX document at `path`. What is none is a gap, and nothing of it counts; a statement that is none is a gap at
/// its line, and the others count.
[[nodiscard]] VexDocument read_vex(std::string path, std::string_view text);

}  // namespace sluice::deps

template<> struct sluice::EnumNames<sluice::deps::VexStatus>
{
  static constexpr std::array<std::string_view, 4> names{"not_affected", "affected", "fixed", "under_investigation"};
};
