// SPDX-License-Identifier: Apache-2.0
#include "migrations/why.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "finding/executable.hpp"
#include "gate/change_tree.hpp"
#include "gate/why.hpp"
#include "migrations/change_set.hpp"
#include "migrations/replay.hpp"
#include "migrations/rule.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::migrations {

namespace {

namespace fs = std::filesystem;

Result<const Rule*>
find_rule(std::string_view id)
{
  const auto all = rules();
  const auto found = std::find_if(all.begin(), all.end(), [id](const Rule* rule) { return rule->meta.id == id; });
  if (found != all.end()) {
    return *found;
  }
  if (const std::string_view tool = gate::tool_of_rule(id); !tool.empty()) {
    return fail(ErrorKind::usage, "{} is a rule of {}", id, executable_name(tool));
  }
  return fail(ErrorKind::usage, "{}: there is no such rule{}", printable(id), gate::did_you_mean_rule(id));
}

/// Where the file lies below the directory of the run; nothing if elsewhere.
std::optional<std::string>
path_within(const fs::path& directory, const fs::path& file)
{
  std::error_code error;
  const std::string relative =
      fs::weakly_canonical(file, error).lexically_relative(fs::weakly_canonical(directory, error)).generic_string();
  const bool outside = relative.empty() || relative == ".." || relative.starts_with("../");
  return outside ? std::nullopt : std::optional(relative);
}

/// What of the run the question is about.
struct Subject
{
  ChangeSet set;
  std::string path;  ///< of a migration of `set`
  std::string note;
};

/// Why a file that a framework has in its directory is none of its migrations.
std::string
reason_against(const ChangeSet& set, const std::string& path)
{
  const auto skipped = std::find_if(set.skipped.begin(), set.skipped.end(),
                                    [&path](const SkippedFile& file) { return file.path == path; });
  return skipped == set.skipped.end() ? "it is not among the migrations"
                                      : fmt::format("{} does not run it: {}", set.framework->id, skipped->why);
}

Result<Subject>
alone(const ChangeSet& set, const fs::path& file, const std::string& path)
{
  TRY_ASSIGN(std::string text, read_file(file, gate::max_file_bytes));
  Subject subject{{}, path, {}};
  subject.note = fmt::format("{} is judged alone and as a plain file: {}", path, reason_against(set, path));
  subject.set.framework = find_framework("plain");
  subject.set.migrations.push_back({gate::SourceText(path, std::move(text)), Role::judged});
  return subject;
}

Result<Subject>
subject_of(const MigrationsOptions& options, const gate::Input& input, const fs::path& file)
{
  TRY_ASSIGN(ChangeSet set, load_change_set(options, input));
  const auto within = path_within(input.directory, file);
  const std::string path = within ? set.prefix + *within : file.string();
  const bool is_migration =
      std::any_of(set.migrations.begin(), set.migrations.end(),
                  [&path](const Migration& migration) { return migration.source.path() == path; });
  if (!is_migration) {
    return alone(set, file, path);
  }
  std::string note = fmt::format("{} among {}", path, set.scope);
  return Subject{std::move(set), path, std::move(note)};
}

std::string
heading(const Rule& rule, const Subject& subject)
{
  return fmt::format("{} in {}\n", rule.meta.id, printable(subject.path));
}

}  // namespace

Result<gate::CommandOutcome>
why(const gate::NoOptions& /*none*/, const gate::CommandInput& input)
{
  TRY_ASSIGN(const Rule* rule, find_rule(input.arguments.at(0)));
  const auto& options = gate::values_of<MigrationsOptions>(input.gate_options);
  TRY_ASSIGN(const Subject subject, subject_of(options, input.input, input.file(1)));
  std::vector<const Rule*> applied{rule};
  gate::Decisions decisions;
  if (!input.input.rules.applies(rule->meta)) {
    applied.clear();
    decisions.note({}, gate::step::disabled,
                   rule->meta.state == RuleState::preview ? "the rule is a preview that was not asked for, or disabled"
                                                          : "the configuration disables the rule");
  }
  (void)replay(subject.set, options, applied, {subject.path, &decisions});
  return gate::CommandOutcome{
      .output = heading(*rule, subject) + text_of(decisions), .note = printable(subject.note), .findings = {}};
}

}  // namespace sluice::migrations
