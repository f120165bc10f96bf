// SPDX-License-Identifier: Apache-2.0
#include "env/fingerprint_command.hpp"

#include "base/text.hpp"
#include "credentials/strength.hpp"
#include "env/disk_survey.hpp"
#include "env/fingerprints.hpp"
#include "env/process_file.hpp"
#include "env/type.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::env {

namespace {

Result<std::string_view>
key_of(const gate::CommandInput& input)
{
  const std::string_view key =
      input.input.services.secrets == nullptr ? "" : value_of(*input.input.services.secrets, fingerprint_key_variable);
  if (key.size() < min_fingerprint_key_bytes) {
    return fail(ErrorKind::usage, "{} must hold a key of at least {} bytes, the same for every environment",
                fingerprint_key_variable, min_fingerprint_key_bytes);
  }
  // Fingerprints leave the machine: with a key that can be found by trying, so can the values.
  if (credentials::is_weak(key)) {
    return fail(ErrorKind::usage, "the key in {} can be guessed: make one with `openssl rand -hex 32`",
                fingerprint_key_variable);
  }
  return key;
}

Result<const Target*>
target_named(const Survey& survey, std::string_view name)
{
  const auto found = std::find_if(survey.targets.begin(), survey.targets.end(), [name](const Target& target) {
    return target.name == name || title_of(target) == name;
  });
  if (found != survey.targets.end()) {
    return &*found;
  }
  std::vector<std::string> known;
  for (const Target& target : survey.targets) {
    known.push_back(title_of(target));
  }
  return fail(ErrorKind::usage, "{}: there is no such environment; there are: {}", printable(name),
              known.empty() ? "none" : printable(join(known, ", ")));
}

}  // namespace

void
describe(FingerprintOptions& options, config::OptionTable& table)
{
  table.text(options.environment, {.key = "environment",
                                   .value = "NAME",
                                   .help = "The environment whose values are meant; of a process also told by APP_ENV "
                                           "and its like."});
  table.toggle(options.from_process,
               {.key = "from-process", .help = "Take the values from the environment of this process."});
}

Result<gate::CommandOutcome>
fingerprint_command(const FingerprintOptions& options, const gate::CommandInput& input)
{
  TRY_ASSIGN(const std::string_view key, key_of(input));
  TRY_ASSIGN(const DiskSurvey project, survey_disk(input));
  std::unique_ptr<const Survey> of_process;
  const Target* target = nullptr;
  if (options.from_process) {
    of_process = process_survey(*project.survey, *input.input.services.process, options.environment);
    target = &of_process->targets.front();
  } else {
    TRY_ASSIGN(target, target_named(*project.survey, options.environment));
  }
  FingerprintSet set = begin_fingerprints(target->name.empty() ? "any" : target->name, key);
  for (const auto& [name, held] : target->values) {
    if (held.entry->value && !is_reference(*held.entry->value)) {
      add_fingerprint(set, name, *held.entry->value, key);
    }
  }
  gate::CommandOutcome outcome;
  outcome.output = text_of(set);
  if (!set.guessable.empty()) {
    outcome.note =
        fmt::format("{} guessable and got no fingerprint\n", counted(set.guessable.size(), "value is", "values are"));
  }
  return outcome;
}

}  // namespace sluice::env
