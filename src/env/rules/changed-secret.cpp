// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/fingerprints.hpp"
#include "env/rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

const std::vector<std::string>*
constants_of(const Survey& survey, std::string_view environment)
{
  const auto found = survey.options->environments.find(std::string(environment));
  return found == survey.options->environments.end() ? nullptr : &found->second.constant;
}

void
compare(const FingerprintSet& before, const FingerprintSet& after, const std::vector<std::string>& constants,
        Reporter& reporter)
{
  for (const std::string& name : constants) {
    const auto was = before.prints.find(name);
    const auto is = after.prints.find(name);
    if (was == before.prints.end() || is == after.prints.end() || was->second == is->second) {
      continue;
    }
    reporter.report(
        after.path, 0,
        {.message = fmt::format("{} of {} has another value than before, and what was made with the old one "
                                "(sessions, tokens, encrypted data) is lost",
                                printable(name), printable(after.environment)),
         .help = "Put the old value back, or plan the change and take the name out of `constant`",
         .subject = fmt::format("env:{}/{}", after.environment, name),
         .key = name,
         .facts = {{"environment", {}, after.environment}}});
  }
}

void
check(const Survey& survey, Reporter& reporter)
{
  for (std::size_t i = 0; i < survey.fingerprints.size(); ++i) {
    const FingerprintSet& before = survey.fingerprints[i];
    const auto after =
        std::find_if(survey.fingerprints.begin() + static_cast<std::ptrdiff_t>(i) + 1, survey.fingerprints.end(),
                     [&](const FingerprintSet& set) { return set.environment == before.environment; });
    const std::vector<std::string>* constants = constants_of(survey, before.environment);
    if (after != survey.fingerprints.end() && constants != nullptr) {
      compare(before, *after, *constants, reporter);
    }
  }
}

constexpr std::array<std::string_view, 1> references{"https://supabase.com/docs/guides/auth/signing-keys"};
constexpr std::array<std::string_view, 1> tags{"drift"};

}  // namespace

extern const Rule rule_changed_secret{
    .meta =
        {.id = "changed-secret",
         .title = "A value that must not change has changed",
         .since = "0.1.0",
         .doc =
             {.what =
                  R"(Compares the fingerprints of one environment, in the order in which `--fingerprints` names their files, for the names
under `constant:` of that environment in `.sluice.yml`.)",
              .why =
                  R"(With another JWT secret every session ends and every stored token is refused; with another encryption key the data
is gone.)",
              .instead = R"(Put the old value back, or rotate with both keys known for a while.)",
              .references = references},
         .severity = Severity::critical,
         .confidence = Confidence::high,
         .tags = tags,
         .tool = tool_name},
    .check = check};

}  // namespace sluice::env
