// SPDX-License-Identifier: Apache-2.0
#include "promote/pipeline.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "config/decode.hpp"
#include "config/yaml_document.hpp"
#include "gate/file_tree.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

constexpr std::uint64_t max_bytes = 1U << 20U;

void
spell(config::OptionTable& table, const std::string& prefix, std::string& text)
{
  for (config::Option& option : table.options()) {
    const std::string name = fmt::format("{}{}", prefix, option.spec.key);
    if (config::holds_records(option.kind)) {
      option.records.each([&](std::string_view record, config::OptionTable& inner) {
        text += fmt::format("{}[{}]\n", name, Json(record).dump());
        spell(inner, fmt::format("{}.{}.", name, record), text);
      });
    } else if (option.items) {
      text += fmt::format("{}={}\n", name, Json::array_of(option.items()).dump());
    } else {
      text += fmt::format("{}={}\n", name, Json(option.text()).dump());
    }
  }
}

std::string
digest_of(const PromoteOptions& options)
{
  PromoteOptions copy = options;
  config::OptionTable table;
  describe(copy, table);
  std::string text;
  spell(table, "", text);
  return to_hex(sha256(text));
}

}  // namespace

Result<PromoteOptions>
decode_pipeline(std::string_view text, std::string_view name)
{
  TRY_ASSIGN(const config::YamlNode node, config::parse_yaml(text, name));
  PromoteOptions options;
  config::OptionTable table;
  describe(options, table);
  std::vector<std::string> problems;
  config::decode_record(table, node, name, problems);
  if (problems.empty()) {
    config::OptionChecks checks(table);
    check(options, checks);
    problems = checks.problems();
  }
  if (!problems.empty()) {
    return fail(ErrorKind::config, "{}", join(problems, "\n"));
  }
  return options;
}

Result<Pipeline>
load_pipeline(const PromoteOptions& configured, const gate::Input& input)
{
  const auto& tree = input.policy_files.tree;
  if (tree == nullptr) {
    return fail(ErrorKind::config, "whose pipeline counts is not known here: {}", input.policy_files.fix);
  }
  if (!tree->is_file(pipeline_file)) {
    return Pipeline{configured, digest_of(configured), false};
  }
  if (!configured.environments.empty()) {
    return fail(ErrorKind::config, "{}: and .sluice.yml both have a pipeline; keep one of them", pipeline_file);
  }
  TRY_ASSIGN(const std::string text, tree->read(pipeline_file, max_bytes));
  TRY_ASSIGN(PromoteOptions options, decode_pipeline(text, pipeline_file));
  std::string digest = digest_of(options);
  return Pipeline{std::move(options), std::move(digest), true};
}

Result<const Stage*>
find_stage(const PromoteOptions& pipeline, std::string_view name)
{
  std::vector<std::string_view> known;
  for (const auto& [each, stage] : pipeline.environments) {
    known.push_back(each);
  }
  if (known.empty()) {
    return fail(ErrorKind::config,
                "there is no pipeline: neither {} nor .sluice.yml has environments; see "
                "`sluice promote init`",
                pipeline_file);
  }
  if (name.empty()) {
    return fail(ErrorKind::usage, "--environment is needed, one of: {}", fmt::join(known, ", "));
  }
  const auto found = pipeline.environments.find(std::string(name));
  if (found == pipeline.environments.end()) {
    return fail(ErrorKind::usage, "{}: is no environment of the pipeline{}; there are: {}", printable(name),
                did_you_mean(name, known), fmt::join(known, ", "));
  }
  return &found->second;
}

}  // namespace sluice::promote
