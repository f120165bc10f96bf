// SPDX-License-Identifier: Apache-2.0
#include "deps/starter.hpp"

#include "base/text.hpp"
#include "deps/lockfile.hpp"

#include <fmt/format.h>

namespace sluice::deps {

namespace {

// What the defaults say, so that whoever wants another limit sees where it is.
constexpr std::string_view policy =
    R"(  # The first rule that fits decides. Without any these hold; malware and what is known to be exploited always fail.
  # rules:
  #   - {severity: high, fix: true, scope: [runtime, peer], action: fail}
  #   - {severity: critical, scope: [runtime, peer], action: fail}
  #   - {severity: high, fix: true, ecosystem: [GitHub Actions], action: fail}
  #   - {action: warn}
  # What is accepted, by any of its names, and until when:
  # ignore:
  #   - {id: CVE-2024-0001, package: left-pad, reason: "not reachable", expires: 2027-03-31}
  # Days after which the advisories are too old to judge by:
  # max-age: 14
)";

constexpr std::size_t most_shown = 20;

}  // namespace

std::string
starter(const gate::FileTree& tree)
{
  std::string text = "# deps:\n";
  std::size_t count = 0;
  for (const std::string& path : tree.tracked().files) {
    if (may_be_lockfile(path) && ++count <= most_shown) {
      text += fmt::format("{}  #   {}\n", count == 1 ? "  # Judged are the lockfiles that git tracks:\n" : "",
                          printable(path));
    }
  }
  if (count > most_shown) {
    text += fmt::format("  #   and {} more\n", count - most_shown);
  }
  return text + std::string(policy);
}

}  // namespace sluice::deps
