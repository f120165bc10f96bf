// SPDX-License-Identifier: Apache-2.0
#include "env/commands.hpp"

#include "env/check_command.hpp"
#include "env/fingerprint_command.hpp"
#include "env/parse_command.hpp"
#include "env/schema_commands.hpp"
#include "env/usage_command.hpp"

#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 1> json_only{"json"};
constexpr std::array<std::string_view, 9> heeds_check{
    "repo", "format", "fail-on", "environments", "exclude", "client-prefixes", "rotation", "store", "as-of"};
constexpr std::array<std::string_view, 4> heeds_usage{"repo", "exclude", "ambient", "store"};

constexpr std::array<std::string_view, 1> fingerprint_variables{fingerprint_key_variable};

constexpr auto all_commands = std::to_array<gate::Command>(
    {{.name = "check",
      .arguments = "[PATH…]",
      .help = "Judges these files and directories, by default the whole repository, as they are on disk.",
      .most_arguments = 10'000,
      .options = gate::make_options<CheckOptions>,
      .run = gate::command_with<CheckOptions, check_command>,
      .needs = {.process = true},
      .heeds = heeds_check,
      .example = "check .env.production"},
     {.name = "fingerprint",
      .arguments = "",
      .help = "Prints keyed digests of an environment's values, by which secrets of several environments are compared "
              "without being brought together.",
      .options = gate::make_options<FingerprintOptions>,
      .run = gate::command_with<FingerprintOptions, fingerprint_command>,
      .needs = {.variables = fingerprint_variables, .process = true},
      .answer = gate::Answer::json,
      .heeds = heeds_usage,
      .redaction = gate::Redaction::left_out,
      .example = "fingerprint --environment production"},
     {.name = "init",
      .arguments = "",
      .help =
          "Writes .env.schema, in @env-spec, from what code reads and files hold; it has names, types and no values.",
      .options = gate::make_options<InitOptions>,
      .run = gate::command_with<InitOptions, init_command>,
      .heeds = heeds_usage,
      .example = "init"},
     {.name = "parse",
      .arguments = "FILE",
      .help = "Prints what a program makes of a dotenv file, as one JSON object: of each key the SHA-256 of its value, "
              "null where it has none, and \"executes\" where only running something gives it.",
      .least_arguments = 1,
      .most_arguments = 1,
      .options = gate::make_options<ParseOptions>,
      .run = gate::command_with<ParseOptions, parse_command>,
      .answer = gate::Answer::json,
      .redaction = gate::Redaction::left_out,
      .example = "parse --dialect compose .env"},
     {.name = "schema",
      .arguments = "",
      .help = "Prints what all schemas of the repository say of each variable, put together.",
      .options = gate::make_options<SchemaOptions>,
      .run = gate::command_with<SchemaOptions, schema_command>,
      .heeds = heeds_usage,
      .example = "schema --json-schema"},
     {.name = "usage",
      .arguments = "",
      .help = "Prints who reads and who declares each variable, and what is to be said of it, as one JSON object.",
      .run = gate::command_with<gate::NoOptions, usage_command>,
      .formats = json_only,
      .answer = gate::Answer::json,
      .heeds = heeds_usage,
      .example = "usage --format json"}});

}  // namespace

std::span<const gate::Command>
commands()
{
  return all_commands;
}

}  // namespace sluice::env
