// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "cli/gate_command.hpp"
#include "cli/help.hpp"
#include "cli/sluice.hpp"
#include "cli/version.hpp"
#include "dev/generate.hpp"
#include "dev/option_tables.hpp"
#include "finding/executable.hpp"
#include "output/sink.hpp"

#include <fmt/format.h>

namespace sluice::dev {

namespace {

/// Text for roff: backslashes, hyphens and a control character at the start of a line.
std::string
roff(std::string_view text)
{
  std::string safe = replace_all(replace_all(text, "\\", "\\e"), "-", "\\-");
  return safe.starts_with('.') || safe.starts_with('\'') ? "\\&" + safe : safe;
}

std::string
options_text(const config::OptionTable& table)
{
  std::string text;
  for (const config::Option& option : table.options()) {
    if (config::holds_records(option.kind)) {
      continue;
    }
    const std::string letter = option.spec.letter == 0 ? "" : fmt::format("\\fB\\-{}\\fR, ", option.spec.letter);
    const std::string value = option.spec.value.empty() ? "" : fmt::format(" \\fI{}\\fR", roff(option.spec.value));
    text += fmt::format(".TP\n{}\\fB\\-\\-{}\\fR{}\n{}\n", letter, roff(option.spec.key), value,
                        roff(cli::full_help(option)));
  }
  return text;
}

/// What a configuration file has and no flag: mappings, each key by its whole path.
std::string
records_text(const config::OptionTable& table, const std::string& above)
{
  std::string text;
  for (const config::Option& option : table.options()) {
    const bool is_record = config::holds_records(option.kind);
    if (above.empty() && !is_record) {
      continue;
    }
    const std::string tool = option.section.empty() ? "" : fmt::format("{}.", option.section);
    const std::string path = above + tool + std::string(option.spec.key);
    text += fmt::format(".TP\n\\fB{}\\fR{}\n{}\n", roff(path), option.required ? " (required)" : "",
                        roff(is_record ? std::string(option.spec.help) : cli::full_help(option)));
    if (is_record) {
      config::OptionTable fields;
      option.records.describe_one(fields);
      const std::string_view inside = option.kind == config::OptionKind::record_map ? ".NAME."
                                      : option.kind == config::OptionKind::records  ? "[]."
                                                                                    : ".";
      text += records_text(fields, path + std::string(inside));
    }
  }
  return text;
}

std::string
programs_text(std::span<const gate::StepVariable> variables)
{
  if (variables.empty()) {
    return "";
  }
  std::string text = ".SH PROGRAMS\nWhat programs that it runs find in their environment, beside its own:\n";
  for (const gate::StepVariable& variable : variables) {
    text += fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(own_variable(variable.name)), roff(variable.meaning));
  }
  return text;
}

std::string
statuses_text()
{
  std::string text = ".SH EXIT STATUS\n";
  for (const VerdictMeaning& row : verdict_meanings()) {
    text += fmt::format(".TP\n{}\n{}: {}\n", row.status, roff(name_of(row.verdict)), roff(row.meaning));
  }
  return text;
}

std::string
commands_text(const gate::Type& type)
{
  std::string text = ".SH COMMANDS\n";
  for (const gate::Command* command : cli::commands_of(type)) {
    const std::string arguments =
        command->arguments.empty() ? std::string() : fmt::format(" \\fI{}\\fR", roff(command->arguments));
    text += fmt::format(".TP\n\\fB{}\\fR{}\n{}\n", roff(command->name), arguments, roff(command->help));
  }
  return text;
}

/// What `sluice check` takes beside the options that each gate's own page tells of.
std::string
check_options_text()
{
  cli::CheckOptions own;
  config::CommonOptions common;
  config::OptionTable table;
  cli::describe(own, table);
  config::describe(common, table);
  return ".SH OPTIONS OF CHECK\nThose of every gate are understood by their full names, such as "
         "\\fB\\-\\-secrets.scope\\fR; the gates' pages tell of them.\n"
         + options_text(table);
}

std::string
formats_text()
{
  std::string text = ".SH FORMATS\n";
  for (const output::Sink& sink : output::sinks()) {
    const std::string file = sink.file_name.empty() ? std::string() : fmt::format(" Usual file: {}.", sink.file_name);
    text += fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(sink.name), roff(fmt::format("{}{}", sink.help, file)));
  }
  return text;
}

struct Term
{
  std::string_view name;
  std::string_view meaning;
};

std::string
terms_text(std::string_view heading, std::span<const Term> terms)
{
  std::string text = fmt::format(".SH {}\n", heading);
  for (const Term& term : terms) {
    text += fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(term.name), roff(term.meaning));
  }
  return text;
}

constexpr std::array<Term, 1> files{{
    {".sluice.yml", "The configuration at the root of the repository, which sluice init writes. For a change under "
                    "test the base branch's file decides what could weaken a gate."},
}};

constexpr std::array<Term, 4> variables{{
    {"SLUICE_OPTION, SLUICE_GATE_OPTION",
     "Every option, in upper case with underscores, of all gates or of one: SLUICE_FAIL_ON, SLUICE_SECRETS_SCOPE. Wins "
     "over the configuration file; flags win over it. What the platform calls an input (INPUT_FAIL-ON) counts on "
     "GitHub."},
    {"NO_COLOR", "Set to anything but nothing: no colours, unless --colour always."},
    {"FORCE_COLOR",
     "Set to anything but nothing: colours also where no terminal is, unless NO_COLOR or --colour never."},
    {"SOURCE_DATE_EPOCH",
     "The time that reports tell as theirs, in seconds since 1970, so that they are reproducible."},
}};

std::string
umbrella_commands_text()
{
  std::string text = ".SH COMMANDS\n";
  for (const cli::SluiceCommand& command : cli::sluice_commands()) {
    const std::string arguments =
        command.arguments.empty() ? std::string() : fmt::format(" \\fI{}\\fR", roff(command.arguments));
    text += fmt::format(".TP\n\\fB{}\\fR{}\n{}\n", roff(command.name), arguments, roff(command.help));
  }
  return text;
}

std::string
gates_text(Gates gates)
{
  std::string text = ".SH GATES\n\\fBsluice\\fR \\fINAME\\fR is \\fBsluice\\-\\fINAME\\fR.\n";
  for (const gate::Type* gate : gates) {
    text += fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(gate->face->info.name), roff(gate->face->info.question));
  }
  return text;
}

std::string
see_also_text(Gates gates)
{
  std::vector<std::string> names{"git(1)"};
  for (const gate::Type* gate : gates) {
    // Not hyphenated, so that the name can be searched for.
    names.push_back("\\%" + roff(executable_name(gate->face->info.name) + "(1)"));
  }
  return fmt::format(".SH SEE ALSO\n{}\n", fmt::join(names, ", "));
}

constexpr std::string_view comment = ".\\\"";

/// The page of `sluice`.
GeneratedFile
umbrella_page(Gates gates)
{
  std::string text = fmt::format("{}.TH sluice 1 \"\" \"Sluice {}\"\n", head_of_generated(comment), cli::version);
  text += ".SH NAME\nsluice \\- gates between a commit and production\n.SH SYNOPSIS\n"
          "\\fBsluice\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR ...]\n.SH DESCRIPTION\n"
          "Each gate answers one question about a repository before it goes to production. sluice runs them side by "
          "side, merges what they report into one verdict, and shows it in any format.\n";
  text += umbrella_commands_text() + gates_text(gates) + check_options_text() + statuses_text() + formats_text();
  text += terms_text("FILES", files) + terms_text("ENVIRONMENT", variables) + see_also_text(gates);
  return {"docs/man/sluice.1", text};
}

GeneratedFile
page(const gate::Type& type)
{
  const GateOptions options(type);
  const std::string name = executable_name(type.face->info.name);
  std::string text =
      fmt::format("{}.TH {} 1 \"\" \"Sluice {}\"\n", head_of_generated(comment), roff(name), cli::version);
  text += fmt::format(".SH NAME\n{} \\- {}\n.SH SYNOPSIS\n\\fB{}\\fR [\\fIOPTION\\fR ...]\n", roff(name),
                      roff(type.face->info.question), roff(name));
  text += fmt::format(".SH DESCRIPTION\n{}\n.SH OPTIONS\n{}", roff(type.face->info.description),
                      options_text(options.table));
  text += ".SH CONFIGURATION\nKeys of \\fI.sluice.yml\\fR that are no flags.\n" + records_text(options.table, "");
  text += programs_text(type.face->info.programs_get);
  text += statuses_text() + commands_text(type) + ".SH EXAMPLES\n";
  for (const gate::Example& example : type.face->info.examples) {
    text += fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(example.command), roff(example.comment));
  }
  return {fmt::format("docs/man/{}.1", name), text};
}

}  // namespace

std::vector<GeneratedFile>
man_pages(Gates gates)
{
  std::vector<GeneratedFile> pages{umbrella_page(gates)};
  for (const gate::Type* gate : gates) {
    pages.push_back(page(*gate));
  }
  return pages;
}

}  // namespace sluice::dev
