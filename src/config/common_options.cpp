// SPDX-License-Identifier: Apache-2.0
#include "config/common_options.hpp"

namespace sluice::config {

namespace {

void
describe_what(CommonOptions& options, OptionTable& table)
{
  table.text(options.repo, {.key = "repo",
                            .value = "DIR",
                            .help = "The repository or directory to examine.",
                            .trust = Trust::operator_only});
  table.text(options.config, {.key = "config",
                              .value = "FILE",
                              .help = "The configuration file; by default .sluice.yml at the root of the repository.",
                              .trust = Trust::operator_only});
  table.text(options.base,
             {.key = "base",
              .value = "REV",
              .help = "Judge what the head has and this revision (or these, with blanks between) has not; by "
                      "default the event decides.",
              .trust = Trust::operator_only});
  table.text(options.head,
             {.key = "head",
              .value = "REV",
              .help = "The revision under test (or several, with blanks between); by default the event decides.",
              .trust = Trust::operator_only});
  table.text(options.default_branch,
             {.key = "default-branch",
              .value = "NAME",
              .help = "The branch whose configuration counts in CI, where neither the platform nor the clone says it.",
              .trust = Trust::operator_only});
  table.date(options.as_of, {.key = "as-of",
                             .value = "YYYY-MM-DD",
                             .help = "The day that counts for everything that expires or ages; by default today.",
                             .trust = Trust::operator_only});
  table.choice(options.asked, {.key = "asked",
                               .value = "HOW",
                               .help = "Whether nothing of the gate's kind is a gap, because it was called by name, or "
                                       "makes it not applicable, because it runs along with others.",
                               .trust = Trust::operator_only,
                               .surface = Surface::flags});
  table.toggle(
      options.pre_commit,
      {.key = "pre-commit",
       .help = "Examine what is staged, as a hook; what is pushed, where pre-commit.com runs it before a push.",
       .trust = Trust::operator_only,
       .surface = Surface::flags});
  table.toggle(options.pre_push,
               {.key = "pre-push",
                .help = "Read the refs of a pre-push hook from standard input and examine what they bring.",
                .trust = Trust::operator_only,
                .surface = Surface::flags});
  table.toggle(options.pre_receive,
               {.key = "pre-receive",
                .help = "Read the refs of a server's pre-receive hook from standard input and examine what they bring.",
                .trust = Trust::operator_only,
                .surface = Surface::flags});
}

void
describe_policy(CommonOptions& options, OptionTable& table)
{
  table.choice(options.fail_on, {.key = "fail-on",
                                 .value = "SEVERITY",
                                 .help = "The least severity that fails the run.",
                                 .trust = Trust::base_ref});
  table.list(options.trusted_branches,
             {.key = "trusted-branches",
              .value = "GLOB",
              .help = "Long-lived branches whose own configuration counts in CI runs for them, beside the default "
                      "branch.",
              .trust = Trust::base_ref});
  table.toggle(options.report_only, {.key = "report-only",
                                     .help = "Print the verdict and end with status 0 whether it is pass, fail or "
                                             "incomplete.",
                                     .trust = Trust::base_ref});
  table.choice(options.min_confidence, {.key = "min-confidence",
                                        .value = "CONFIDENCE",
                                        .help = "Findings that are less sure are shown and never fail.",
                                        .trust = Trust::base_ref});
  table.choice_map(options.severity, {.key = "severity",
                                      .value = "RULE=SEVERITY",
                                      .help = "Severities of single rules, instead of their own.",
                                      .trust = Trust::base_ref});
  table.list(options.disable,
             {.key = "disable", .value = "RULE", .help = "Rules that are not applied.", .trust = Trust::base_ref});
  table.list(options.preview, {.key = "preview",
                               .value = "RULE",
                               .help = "New rules that are applied although they are previews; all: every one.",
                               .trust = Trust::base_ref});
  table.records(options.allow, {.key = "allow",
                                .value = "ENTRY",
                                .help = "Findings that are accepted, each with a reason and a last day.",
                                .trust = Trust::base_ref});
  table.records(options.accept_gaps, {.key = "accept-gaps",
                                      .value = "ENTRY",
                                      .help = "Things that may stay unexamined, each with a reason and a last day.",
                                      .trust = Trust::base_ref});
  table.choice(options.inline_comments, {.key = "inline-comments",
                                         .value = "WHAT",
                                         .help = "Which comments count, with which an author allows findings in the "
                                                 "text: all (honour), only sluice:allow[rule] and "
                                                 "sluice:allow-next-line[rule] with a reason (own; the default where a "
                                                 "trusted tip's configuration counts), or none (ignore). Every report "
                                                 "lists those that count.",
                                         .trust = Trust::base_ref});
  table.text(options.baseline, {.key = "baseline",
                                .value = "FILE",
                                .help = "A file of findings that were there before, each at its path; they are shown "
                                        "and never fail.",
                                .trust = Trust::base_ref});
  table.choice(
      options.baseline_action,
      {.key = "baseline-action",
       .value = "ACTION",
       .help = "Check against the baseline, create it (it may hold none of the gate's findings; under sluice check it "
               "may not be there), or update it: what was not examined stays.",
       .trust = Trust::operator_only});
}

}  // namespace

void
describe_output(CommonOptions& options, OptionTable& table)
{
  table.list(options.format, {.key = "format",
                              .value = "NAME[=FILE]",
                              .help = "An output format, to a file or to standard output; may be repeated.",
                              .trust = Trust::operator_only});
  table.toggle(options.all_rule_texts, {.key = "all-rule-texts",
                                        .help = "Write the texts of all rules into JSON, not only of those that fired.",
                                        .trust = Trust::operator_only,
                                        .surface = Surface::flags});
  table.choice(options.progress, {.key = "progress",
                                  .value = "HOW",
                                  .help = "Progress on standard error: auto on a terminal, or lines for a program.",
                                  .trust = Trust::operator_only});
  table.toggle(options.quiet, {.key = "quiet",
                               .help = "Print only what fails the run, the gaps and the verdict.",
                               .trust = Trust::operator_only,
                               .letter = 'q'});
  table.toggle(options.verbose, {.key = "verbose",
                                 .help = "Print also what does not fail the run, with the reason.",
                                 .trust = Trust::operator_only,
                                 .letter = 'v'});
  table.choice(
      options.colour,
      {.key = "colour", .value = "WHEN", .help = "Colours in the text format.", .trust = Trust::operator_only});
  table.number(options.threads, 0, 1024,
               {.key = "threads",
                .value = "N",
                .help = "How many threads to use; 0 means one per core.",
                .trust = Trust::operator_only});
  table.toggle(options.show_config, {.key = "show-config",
                                     .help = "Print every effective option with its origin and stop.",
                                     .trust = Trust::operator_only,
                                     .surface = Surface::flags});
  table.toggle(options.help, {.key = "help",
                              .help = "Print this help and stop.",
                              .trust = Trust::operator_only,
                              .surface = Surface::flags,
                              .letter = 'h'});
  table.toggle(options.version, {.key = "version",
                                 .help = "Print the version and stop.",
                                 .trust = Trust::operator_only,
                                 .surface = Surface::flags,
                                 .letter = 'V'});
}

void
describe(CommonOptions& options, OptionTable& table)
{
  describe_what(options, table);
  describe_policy(options, table);
  describe_output(options, table);
}

void
describe(Suppression& entry, OptionTable& table)
{
  table.text(entry.rule, {.key = "rule", .value = "ID", .help = "The rule; any rule if absent."});
  table.text(entry.path, {.key = "path", .value = "GLOB", .help = "The files; any if absent."});
  table.text(entry.subject, {.key = "subject",
                             .value = "GLOB",
                             .help = "What the finding is about, such as pkg:npm/name@*; anything if absent."});
  table.text(entry.fingerprint,
             {.key = "fingerprint", .value = "HEX", .help = "The finding: at least 12 digits of its fingerprint."});
  table.text(entry.reason, {.key = "reason", .value = "TEXT", .help = "Why this is acceptable."});
  table.required();
  table.date(entry.expires, {.key = "expires", .value = "YYYY-MM-DD", .help = "The last day on which this counts."});
  table.required();
}

void
describe(AcceptedGap& entry, OptionTable& table)
{
  table.choice(entry.kind, {.key = "kind", .value = "KIND", .help = "The kind of the gap, as it is printed."});
  table.required();
  table.text(entry.subject, {.key = "subject", .value = "GLOB", .help = "The subject of the gap, as it is printed."});
  table.required();
  table.text(entry.reason, {.key = "reason", .value = "TEXT", .help = "Why this may stay unexamined."});
  table.required();
  table.date(entry.expires, {.key = "expires", .value = "YYYY-MM-DD", .help = "The last day on which this counts."});
  table.required();
}

}  // namespace sluice::config
