// SPDX-License-Identifier: Apache-2.0
//
// A GitLab CI/CD component per gate: templates/<gate>.yml.
#include "base/text.hpp"
#include "cli/help.hpp"
#include "dev/generate.hpp"
#include "dev/option_tables.hpp"
#include "finding/executable.hpp"
#include "output/sink.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::dev {

namespace {

/// What a job cannot say better itself: where the repository is and what the reports are called.
bool
is_component_input(const config::Option& option)
{
  constexpr std::array<std::string_view, 3> fixed{"repo", "format", "colour"};
  return is_input(option) && std::find(fixed.begin(), fixed.end(), option.spec.key) == fixed.end();
}

/// GitLab's own report of a kind of scan, as far as there is a sink for it.
struct SecurityReport
{
  std::string format;  ///< "gitlab-secret-detection"
  std::string key;     ///< under artifacts:reports
  std::string_view file;
};

std::optional<SecurityReport>
security_report(ScanType scan)
{
  const std::string format = fmt::format("gitlab-{}", name_of(scan));
  const output::Sink* sink = scan == ScanType::none ? nullptr : output::find_sink(format);
  if (sink == nullptr) {
    return std::nullopt;
  }
  return SecurityReport{format, replace_all(name_of(scan), "-", "_"), sink->file_name};
}

GeneratedFile
component(const gate::Type& type)
{
  const GateOptions options(type);
  const std::string executable = executable_name(type.face->info.name);
  std::string inputs;
  std::string variables;
  const gate::Kept& kept = type.face->info.kept;
  for (const config::Option& option : options.table.options()) {
    if (is_component_input(option)) {
      const bool is_turned_on = !kept.directory.empty() && option.spec.key == kept.toggle;
      inputs += fmt::format("    {}:\n      default: \"{}\"\n      description: {}\n", option.spec.key,
                            is_turned_on ? "true" : "", yaml_quoted(cli::full_help(option)));
      variables += fmt::format("    {}: $[[ inputs.{} ]]\n", own_variable(option.spec.key), option.spec.key);
    }
  }
  const std::optional<SecurityReport> security = security_report(type.face->info.scan);
  std::string text = head_of_generated("#");
  text += fmt::format(
      "spec:\n  inputs:\n    stage:\n      default: test\n    job-name:\n      default: {0}\n"
      "    image:\n      description: \"What Sluice's Dockerfile builds, in a registry of yours.\"\n{1}---\n",
      executable, inputs);
  text +=
      fmt::format("\"$[[ inputs.job-name ]]\":\n  stage: $[[ inputs.stage ]]\n  image:\n    name: $[[ inputs.image ]]\n"
                  "    entrypoint: [\"\"]\n  rules:\n    - if: $CI_PIPELINE_SOURCE == \"merge_request_event\"\n"
                  "    - if: $CI_COMMIT_BRANCH || $CI_COMMIT_TAG\n  variables:\n    GIT_DEPTH: \"0\"\n{}",
                  variables);
  if (!kept.directory.empty()) {
    // GitLab keeps nothing that lies outside of the checkout, which it cleans before it puts there what it has kept.
    text += fmt::format("    XDG_CACHE_HOME: $CI_PROJECT_DIR/.cache\n  cache:\n    key: sluice-{0}\n    paths:\n"
                        "      - .cache/sluice/{0}/\n    when: always\n",
                        kept.directory);
  }
  text += fmt::format("  script:\n    - {} --format gitlab-codequality=gl-code-quality-report.json{}\n", executable,
                      security ? fmt::format(" --format {}={}", security->format, security->file) : "");
  text += "  artifacts:\n    when: always\n    reports:\n      codequality: gl-code-quality-report.json\n";
  if (security) {
    text += fmt::format("      {}: {}\n", security->key, security->file);
  }
  return {fmt::format("templates/{}.yml", type.face->info.name), text};
}

}  // namespace

std::vector<GeneratedFile>
gitlab_templates(Gates gates)
{
  std::vector<GeneratedFile> files;
  for (const gate::Type* gate : gates) {
    files.push_back(component(*gate));
  }
  return files;
}

}  // namespace sluice::dev
