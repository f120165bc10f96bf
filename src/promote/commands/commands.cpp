// SPDX-License-Identifier: Apache-2.0
#include "promote/commands/commands.hpp"

#include "promote/commands/history_command.hpp"
#include "promote/commands/plan_command.hpp"
#include "promote/commands/record_command.hpp"
#include "promote/commands/ruleset_command.hpp"
#include "promote/commands/run_commands.hpp"
#include "promote/commands/status_command.hpp"
#include "promote/commands/word_commands.hpp"
#include "promote/recipe/init_command.hpp"

#include <array>

namespace sluice::promote {

namespace {

// The whole environment of the process: hooks run with it, and git finds its transport by it.
constexpr gate::Needs needs{.http = true, .refs = true, .process = true};
constexpr std::array<std::string_view, 1> heeds{"repo"};
constexpr std::array<std::string_view, 2> text_or_json{"text", "json"};
constexpr std::array<std::string_view, 3> plan_formats{"text", "json", "mermaid"};
constexpr std::array<std::string_view, 3> record_formats{"markdown", "json", "otlp"};
constexpr std::array<std::string_view, 2> ruleset_formats{"github", "gitlab"};

template<auto function, typename Options = VerbOptions>
constexpr gate::Command
verb(std::string_view name, std::string_view help, std::string_view example)
{
  return {.name = name,
          .arguments = "",
          .help = help,
          .options = gate::make_options<Options>,
          .run = gate::command_with<Options, function>,
          .needs = needs,
          .heeds = heeds,
          .example = example};
}

constexpr gate::Command
plan_verb()
{
  gate::Command command = verb<plan_command>("plan", "Says what `run` would do now, and which gate would stop it.",
                                             "plan --environment production");
  command.formats = plan_formats;
  return command;
}

constexpr gate::Command
attest_verb()
{
  gate::Command command = verb<attest_command, AttestOptions>(
      "attest", "Vouches for something of the commit, such as QA.", "attest QA --environment production");
  command.arguments = "ITEM";
  command.least_arguments = 1;
  command.most_arguments = 1;
  return command;
}

constexpr gate::Command
evidence_verb()
{
  gate::Command command =
      verb<evidence_command>("evidence add", "Enters what another gate's report says of its commit.",
                             "evidence add --environment production report.json");
  command.arguments = "[FILE…]";
  command.most_arguments = 100;
  return command;
}

constexpr auto all_commands = std::to_array<gate::Command>(
    {verb<abort_command>("abort", "Ends an unfinished promotion without doing anything more.",
                         "abort --environment production --reason \"the database is gone\""),
     verb<approve_command>("approve", "Agrees to the promotion of a commit.",
                           "approve --environment production --commit main"),
     attest_verb(),
     evidence_verb(),
     {.name = "history",
      .arguments = "",
      .help = "Prints the ledger, or checks it.",
      .options = gate::make_options<HistoryOptions>,
      .run = gate::command_with<HistoryOptions, history_command>,
      .needs = needs,
      .formats = text_or_json,
      .heeds = heeds,
      .example = "history --verify"},
     {.name = "init",
      .arguments = "",
      .help = "Writes promotion.yml, the scripts of its hooks and a workflow, from a recipe for how the service is "
              "hosted.",
      .options = gate::make_options<InitOptions>,
      .run = gate::command_with<InitOptions, init_command>,
      .heeds = heeds,
      .example = "init --recipe fly"},
     verb<lock_command>("lock", "Keeps promotions away from an environment.",
                        "lock --environment production --reason \"migrating the host\""),
     {.name = "note",
      .arguments = "ITEM",
      .help = "Notes an incident of a promotion, or closes an open item of it: \"root cause\", debrief.",
      .least_arguments = 1,
      .most_arguments = 1,
      .options = gate::make_options<RecordOptions>,
      .run = gate::command_with<RecordOptions, note_command>,
      .needs = needs,
      .heeds = heeds,
      .example = "note \"root cause\" --environment production --reason \"the pool was too small\""},
     plan_verb(),
     {.name = "record",
      .arguments = "",
      .help = "Prints the record of a promotion: who, what, when, why, the evidence, each step, and what is left to "
              "do.",
      .options = gate::make_options<RecordOptions>,
      .run = gate::command_with<RecordOptions, record_command>,
      .needs = needs,
      .formats = record_formats,
      .heeds = heeds,
      .example = "record --environment production"},
     verb<reject_command>("reject", "Refuses the promotion of a commit, whoever agrees.",
                          "reject --environment production --commit main --reason \"breaks invoices\""),
     verb<resume_command>("resume", "Goes on with an unfinished promotion.", "resume --environment production"),
     verb<review_command, RecordOptions>("review", "Closes an emergency that somebody has looked at afterwards.",
                                         "review --environment production --reason \"the fix was right\""),
     verb<rollback_command>("rollback", "Brings back the release before.",
                            "rollback --environment production --reason \"errors in checkout\""),
     {.name = "ruleset",
      .arguments = "",
      .help = "Prints what guards the ledger's branch, for `gh api --method POST repos/{owner}/{repo}/rulesets --input "
              "-`, or for `glab api --method POST projects/:id/protected_branches --header \"Content-Type: "
              "application/json\" --input -`.",
      .run = gate::command_with<gate::NoOptions, ruleset_command>,
      .formats = ruleset_formats,
      .answer = gate::Answer::json,
      .example = "ruleset --format gitlab"},
     verb<run_command>("run", "Promotes a commit: gates, backup, migration, deployment, watch.",
                       "run --environment production"),
     {.name = "status",
      .arguments = "",
      .help = "Prints what is live where, and what is on its way.",
      .options = gate::make_options<StatusOptions>,
      .run = gate::command_with<StatusOptions, status_command>,
      .needs = needs,
      .formats = text_or_json,
      .heeds = heeds,
      .example = "status"},
     verb<unlock_command>("unlock", "Lets promotions come again.", "unlock --environment production")});

}  // namespace

std::span<const gate::Command>
commands()
{
  return all_commands;
}

}  // namespace sluice::promote
