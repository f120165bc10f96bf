// SPDX-License-Identifier: Apache-2.0
#include "env/schema_commands.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "env/disk_survey.hpp"
#include "env/ignore_rules.hpp"
#include "env/json_schema.hpp"
#include "env/schema_draft.hpp"

#include <fmt/format.h>

#include <array>
#include <filesystem>

namespace sluice::env {

namespace {

constexpr std::string_view schema_name = ".env.schema";

std::string
need_of(const Item& item)
{
  if (item.need == Need::named) {
    return printable(fmt::format("required in {}", fmt::join(item.needed_in, ", ")));
  }
  constexpr std::array<std::string_view, 5> words{"", "required", "optional", "", "required by a function"};
  return std::string(words[static_cast<std::size_t>(item.need)]);
}

/// "PORT: port, required, has a default (.env.schema:3)".
std::string
line_of(const Wanted& wanted, const std::string& prefix)
{
  const Item& item = wanted.item;
  std::string text = printable(wanted.name) + ": " + (item.type.id.empty() ? "text" : item.type.id);
  const std::string need = need_of(item);
  text += need.empty() ? "" : ", " + need;
  text += item.exposure == Exposure::sensitive ? ", sensitive" : "";
  text += item.fallback && !item.fallback->empty() && !wanted.schema->is_example ? ", has a default" : "";
  text += item.is_elsewhere ? ", comes from elsewhere" : "";
  text += item.is_deprecated ? ", deprecated" : "";
  return text + fmt::format(" ({}{}:{})\n", printable(prefix), printable(wanted.schema->path), item.line);
}

}  // namespace

void
describe(SchemaOptions& options, config::OptionTable& table)
{
  table.toggle(
      options.json_schema,
      {.key = "json-schema",
       .help = "Print a JSON Schema (draft 7) of the variables, with the defaults of those that are no secrets."});
}

Result<gate::CommandOutcome>
schema_command(const SchemaOptions& options, const gate::CommandInput& input)
{
  TRY_ASSIGN(const DiskSurvey disk, survey_disk(input));
  const Survey& survey = *disk.survey;
  if (survey.wanted.empty()) {
    return fail(ErrorKind::input, "{}: has no schema of its environment; `sluice-env init` writes one",
                printable(input.input.directory.string()));
  }
  gate::CommandOutcome outcome;
  if (options.json_schema) {
    outcome.output = json_schema(survey.wanted);
  } else {
    for (const auto& [name, wanted] : survey.wanted) {
      outcome.output += line_of(wanted, survey.prefix);
    }
  }
  for (const Gap& gap : survey.gaps) {
    outcome.note += fmt::format("not known: {}: {}\n", printable(gap.subject), gap.why);
  }
  outcome.verdict = survey.gaps.empty() ? Verdict::pass : Verdict::incomplete;
  return outcome;
}

void
describe(InitOptions& options, config::OptionTable& table)
{
  table.toggle(options.print, {.key = "print", .help = "Print the schema and write no file."});
}

Result<gate::CommandOutcome>
init_command(const InitOptions& options, const gate::CommandInput& input)
{
  const std::filesystem::path file = input.input.directory / schema_name;
  std::error_code failed;
  if (!options.print && std::filesystem::symlink_status(file, failed).type() != std::filesystem::file_type::not_found) {
    return fail(ErrorKind::usage, "{}: is there already; move it away first, or print the new one with --print",
                printable(file.string()));
  }
  TRY_ASSIGN(const DiskSurvey disk, survey_disk(input));
  gate::CommandOutcome outcome;
  std::string text = schema_draft(*disk.survey);
  if (options.print) {
    outcome.output = std::move(text);
    return outcome;
  }
  TRY(write_file(file, text));
  outcome.note = fmt::format("wrote {}; read it through and commit it\n", printable(file.string()));
  if (const auto ignored = IgnoreRules(*disk.survey->tree).ignored(schema_name)) {
    outcome.note += fmt::format("{} hides it from git; add a line `!{}` behind line {}\n",
                                printable(disk.survey->prefix + ignored->path), schema_name, ignored->line);
  }
  return outcome;
}

}  // namespace sluice::env
