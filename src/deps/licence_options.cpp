// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "deps/licence_policy.hpp"

#include <fmt/format.h>

namespace sluice::deps {

void
describe(LicenceException& exception, config::OptionTable& table)
{
  table.text(exception.package, {.key = "package", .value = "GLOB", .help = "The package."});
  table.required();
  table.text(exception.licence,
             {.key = "licence", .value = "GLOB", .help = "What the package says of its licence; anything if absent."});
  table.text(exception.reason, {.key = "reason", .value = "TEXT", .help = "Why this is acceptable."});
  table.required();
  table.date(exception.expires,
             {.key = "expires", .value = "YYYY-MM-DD", .help = "The last day on which this counts."});
  table.required();
}

void
describe(LicenceOptions& options, config::OptionTable& table)
{
  table.list(options.allow, {.key = "allow",
                             .value = "LICENCE",
                             .help = "SPDX identifiers, with their exception if it matters (`GPL-2.0-only WITH "
                                     "Classpath-exception-2.0`), or globs; if there is one, nothing else passes."});
  table.list(
      options.deny,
      {.key = "deny", .value = "LICENCE", .help = "The same of what is refused, also if an entry of `allow` fits."});
  table.choice(
      options.unknown,
      {.key = "unknown", .value = "ACTION", .help = "What a licence means that is not told or that nobody knows."});
  table.records(options.exceptions,
                {.key = "exceptions",
                 .value = "ENTRY",
                 .help = "Packages whose licence is accepted all the same, with a reason and a last day."});
}

void
check(const LicenceOptions& options, config::OptionChecks& checks)
{
  const auto check_list = [&checks](std::string_view key, const std::vector<std::string>& entries) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (const auto defect = LicenceEntry(entries[i]).defect()) {
        checks.refuse({"licences", key, i}, fmt::format("{} {}", printable(entries[i]), *defect));
      }
    }
  };
  check_list("allow", options.allow);
  check_list("deny", options.deny);
}

}  // namespace sluice::deps
