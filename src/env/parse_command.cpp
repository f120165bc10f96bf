// SPDX-License-Identifier: Apache-2.0
#include "env/parse_command.hpp"

#include "base/hash.hpp"
#include "base/json_text.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "config/option_checks.hpp"
#include "config/option_table.hpp"
#include "env/dialect.hpp"

#include <fmt/format.h>

#include <string_view>
#include <unordered_map>

namespace sluice::env {

namespace {

Environment
environment_of(const std::vector<std::string>& pairs)
{
  Environment environment;
  for (const std::string& pair : pairs) {
    const std::size_t sign = pair.find('=');
    environment.insert_or_assign(pair.substr(0, sign), pair.substr(sign + 1));
  }
  return environment;
}

Json
json_of(const Entry& entry, bool show_values)
{
  if (entry.executes) {
    return "executes";
  }
  if (!entry.value) {
    return nullptr;
  }
  return show_values ? Json(*entry.value) : Json(to_hex(sha256(*entry.value)));
}

/// Written piece by piece: an object of Json looks through its members for each that is added.
std::string
object_of(const Reading& reading, bool show_values)
{
  std::unordered_map<std::string_view, const Entry*> last;
  for (const Entry& entry : reading.entries) {
    last.insert_or_assign(entry.key, &entry);
  }
  std::string out = "{";
  for (const Entry& entry : reading.entries) {
    const auto counts = last.find(entry.key);
    if (counts != last.end()) {
      out += fmt::format("{}{}:{}", out.size() > 1 ? "," : "", trim(json_line(entry.key)),
                         trim(json_line(json_of(*counts->second, show_values))));
      last.erase(counts);
    }
  }
  return out + "}\n";
}

}  // namespace

void
describe(ParseOptions& options, config::OptionTable& table)
{
  table.text(options.dialect,
             {.key = "dialect",
              .value = "NAME",
              .help = "The program to read as: motdotla, motdotla-fast, dotenvx, node, python, docker, "
                      "compose, godotenv, ruby, php, bash or dash.",
              .trust = config::Trust::operator_only});
  table.list(options.outer, {.key = "env",
                             .value = "NAME=VALUE",
                             .help = "A variable of the environment, which references see beside the file.",
                             .trust = config::Trust::operator_only});
  table.toggle(
      options.show_values,
      {.key = "show-values", .help = "Print values in place of their SHA-256.", .trust = config::Trust::operator_only});
}

void
check(const ParseOptions& options, config::OptionChecks& checks)
{
  for (std::size_t i = 0; i < options.outer.size(); ++i) {
    const std::size_t sign = options.outer[i].find('=');
    if (sign == 0 || sign == std::string::npos) {
      checks.refuse({"env", i}, "is not a name and a value, such as HOST=localhost");
    }
  }
}

Result<gate::CommandOutcome>
parse_command(const ParseOptions& options, const gate::CommandInput& input)
{
  const Dialect* dialect = find_dialect(options.dialect);
  if (options.dialect.empty()) {
    return fail(ErrorKind::usage, "parse needs --dialect NAME; see --help");
  }
  if (dialect == nullptr) {
    return fail(ErrorKind::usage, "--dialect {}: not a dialect that is known{}", printable(options.dialect),
                did_you_mean(options.dialect, dialect_ids()));
  }
  TRY_ASSIGN(const std::string text, read_file(input.file(0)));
  const Reading reading = dialect->read(text, environment_of(options.outer));
  if (reading.refusal) {
    return gate::CommandOutcome{.output = "null\n",
                                .note =
                                    fmt::format("{}:{}: {} refuses the file: {}\n", printable(input.arguments.front()),
                                                reading.refusal->line, dialect->title, reading.refusal->why),
                                .verdict = Verdict::fail};
  }
  return gate::CommandOutcome{.output = object_of(reading, options.show_values)};
}

}  // namespace sluice::env
