// SPDX-License-Identifier: Apache-2.0
//
// The tables of README.md, between `<!-- generated:NAME -->` and `<!-- /generated -->`.
#include "base/path.hpp"
#include "base/text.hpp"
#include "cli/help.hpp"
#include "dev/generate.hpp"
#include "dev/option_tables.hpp"
#include "finding/executable.hpp"
#include "output/sink.hpp"

#include <fmt/format.h>

namespace sluice::dev {

namespace {

std::string
cell(std::string_view text)
{
  return replace_all(text, "|", "\\|");
}

std::string
gates_table(Gates gates)
{
  std::string text = "| gate | question it answers | rules |\n|---|---|---|\n";
  for (const gate::Type* gate : gates) {
    text += fmt::format("| `{}` | {} | {} |\n", executable_name(gate->face->info.name), cell(gate->face->info.question),
                        gate->rules.size());
  }
  return text;
}

std::string_view
trust_text(const config::Option& option)
{
  if (config::holds_records(option.kind)) {
    return "file, of the base branch";
  }
  switch (option.spec.trust) {
  case config::Trust::anywhere:
    return "anywhere";
  case config::Trust::base_ref:
    return "flag, environment, file of the base branch";
  case config::Trust::operator_only:
    break;
  }
  return option.spec.surface == config::Surface::flags ? "flag" : "flag, environment";
}

std::string
options_table(const config::OptionTable& table, std::string_view section)
{
  std::string text = "| option | what it does | where a pull request's run takes it from |\n|---|---|---|\n";
  for (const config::Option& option : table.options()) {
    if (option.section == section) {
      text += fmt::format("| `{}` | {} | {} |\n", option.spec.key, cell(cli::full_help(option)), trust_text(option));
    }
  }
  return text;
}

std::string
formats_table()
{
  std::string text = "| format | what it is |\n|---|---|\n";
  for (const output::Sink& sink : output::sinks()) {
    text += fmt::format("| `{}` | {} |\n", sink.name, cell(sink.help));
  }
  return text;
}

std::string
statuses_table()
{
  std::string text = "| status | verdict | meaning |\n|---|---|---|\n";
  for (const VerdictMeaning& row : verdict_meanings()) {
    text += fmt::format("| {} | {} | {} |\n", row.status, name_of(row.verdict), cell(row.meaning));
  }
  return text;
}

std::string
block(std::string_view name, Gates gates)
{
  if (name == "gates") {
    return gates_table(gates);
  }
  if (name == "statuses") {
    return statuses_table();
  }
  if (name == "formats") {
    return formats_table();
  }
  const GateOptions any(*gates.front());
  if (name == "options") {
    return options_table(any.table, "");
  }
  for (const gate::Type* gate : gates) {
    if (name == fmt::format("options-{}", gate->face->info.name)) {
      return options_table(GateOptions(*gate).table, gate->face->info.name);
    }
  }
  return fmt::format("(nothing is generated under the name {})\n", name);
}

}  // namespace

Result<GeneratedFile>
readme(Gates gates, const std::filesystem::path& root)
{
  TRY_ASSIGN(const std::string text, read_file(root / "README.md"));
  constexpr std::string_view open = "<!-- generated:";
  constexpr std::string_view close = "<!-- /generated -->";
  std::string result;
  std::string_view rest = text;
  for (std::size_t at = 0; (at = rest.find(open)) != std::string_view::npos;) {
    const std::size_t name_end = rest.find(" -->", at);
    const std::size_t end = rest.find(close, at);
    if (name_end == std::string_view::npos || end == std::string_view::npos) {
      return fail(ErrorKind::input, "README.md: a {}…--> has no {}", open, close);
    }
    const std::string_view name = rest.substr(at + open.size(), name_end - at - open.size());
    result += fmt::format("{}\n{}{}", rest.substr(0, name_end + 4), block(name, gates), close);
    rest.remove_prefix(end + close.size());
  }
  return GeneratedFile{"README.md", result.append(rest)};
}

}  // namespace sluice::dev
