// SPDX-License-Identifier: Apache-2.0
#include "promote/probe/probe_setting.hpp"

#include "base/text.hpp"
#include "promote/probe/probe_ids.hpp"
#include "promote/probe/probe_path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::promote {

namespace {

using config::Trust;

constexpr std::span<const std::string_view> presets = EnumNames<HeaderPreset>::names;
constexpr std::array<std::string_view, 3> methods{"GET", "HEAD", "POST"};

/// Keys of a kind beside `kind`, `origin` and `timeout`, which all have. The kinds themselves are not asked, so that
/// whoever reads options alone need not link them.
struct Keys
{
  std::string_view kind;
  std::vector<std::string_view> required;  ///< "a|b": one of the two
  std::vector<std::string_view> optional;
};

const std::array<Keys, 9>&
keys_of_kinds()
{
  static const std::array<Keys, 9> all{{
      {"certificate", {"url"}, {"min_days"}},
      {"command", {"run"}, {"version_path"}},
      {"headers", {"url"}, {"send", "headers", "presets"}},
      {"http", {"url"}, {"method", "send", "status", "json", "headers", "version_path", "requests"}},
      {"log", {"file|run"}, {"patterns", "new_errors"}},
      {"prometheus", {"url", "query"}, {"send", "worst"}},
      {"redirect", {"url"}, {}},
      {"samples", {"file"}, {"max_age", "version_path"}},
      {"sql", {"query", "database"}, {}},
  }};
  return all;
}

bool
has(const std::vector<std::string_view>& keys, std::string_view key)
{
  return std::any_of(keys.begin(), keys.end(), [key](std::string_view each) {
    const auto names = split(each, '|');
    return std::find(names.begin(), names.end(), key) != names.end();
  });
}

/// Keys whose value is not the one that they have unless they are written.
std::vector<std::string_view>
written_keys(const ProbeSetting& setting)
{
  ProbeSetting given = setting;
  ProbeSetting plain;
  config::OptionTable written;
  config::OptionTable unwritten;
  describe(given, written);
  describe(plain, unwritten);
  std::vector<std::string_view> keys;
  for (const config::Option& option : written.options()) {
    if (option.text() != unwritten.find(option.spec.key)->text()) {
      keys.push_back(option.spec.key);
    }
  }
  return keys;
}

bool
is_address(std::string_view url, std::string_view scheme)
{
  return url.starts_with('$') || url.starts_with(scheme);
}

std::optional<SettingProblem>
problem_of_url(const ProbeSetting& setting)
{
  if (setting.url.empty()) {
    return std::nullopt;
  }
  if (setting.kind == "certificate" && !is_address(setting.url, "https://")) {
    return SettingProblem{"url", "is no https address"};
  }
  if (setting.kind == "redirect" && !is_address(setting.url, "http://")) {
    return SettingProblem{"url", "is no http address"};
  }
  if (!is_address(setting.url, "http://") && !is_address(setting.url, "https://")) {
    return SettingProblem{"url", "is neither an http nor an https address"};
  }
  return std::nullopt;
}

/// "204" or "2xx".
bool
is_status_pattern(std::string_view text)
{
  return text.size() == 3 && text[0] >= '1' && text[0] <= '5'
         && ((is_digit(text[1]) && is_digit(text[2])) || text.substr(1) == "xx");
}

template<typename Names>
bool
is_among(const Names& names, std::string_view name)
{
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<SettingProblem>
problem_of_values(const ProbeSetting& setting)
{
  if (!is_among(methods, setting.method)) {
    return SettingProblem{"method", "is none of GET, HEAD, POST"};
  }
  for (const std::string& status : setting.status) {
    if (!is_status_pattern(status)) {
      return SettingProblem{"status",
                            fmt::format("holds {}, which is neither like 204 nor like 2xx", printable(status))};
    }
  }
  for (const auto& [path, expected] : setting.json) {
    if (!parse_path(path)) {
      return SettingProblem{"json", fmt::format("holds {}, which is no path like checks.db[0].ok", printable(path))};
    }
  }
  if (!parse_path(setting.version_path)) {
    return SettingProblem{"version_path", "is no path like build.version"};
  }
  for (const std::string& preset : setting.presets) {
    if (!is_among(presets, preset)) {
      return SettingProblem{"presets", fmt::format("holds {}, which is none of {}{}", printable(preset),
                                                   fmt::join(presets, ", "), did_you_mean(preset, presets))};
    }
  }
  if (setting.query.starts_with('\\')) {
    return SettingProblem{"query", "is no SQL"};
  }
  return std::nullopt;
}

std::optional<SettingProblem>
problem_of_keys(const Keys& keys, const std::vector<std::string_view>& written)
{
  for (const std::string_view required : keys.required) {
    const auto names = split(required, '|');
    const auto given =
        std::count_if(names.begin(), names.end(), [&](std::string_view name) { return is_among(written, name); });
    if (given != 1) {
      return SettingProblem{
          std::string(names.front()),
          names.size() == 1
              ? fmt::format("is missing, which a probe of the kind {} must have", keys.kind)
              : fmt::format("or {}: a probe of the kind {} must have one of them", names.back(), keys.kind)};
    }
  }
  for (const std::string_view key : written) {
    if (key != "kind" && key != "timeout" && !has(keys.required, key) && !has(keys.optional, key)) {
      return SettingProblem{std::string(key), fmt::format("is not heeded by a probe of the kind {}", keys.kind)};
    }
  }
  return std::nullopt;
}

void
describe_request(ProbeSetting& setting, config::OptionTable& table)
{
  table.text(setting.url, {.key = "url",
                           .value = "URL",
                           .help = "The address that is asked, or $NAME of a variable that has it.",
                           .trust = Trust::base_ref});
  table.text(setting.method,
             {.key = "method", .value = "METHOD", .help = "GET, HEAD or POST.", .trust = Trust::base_ref});
  table.text_map(setting.send, {.key = "send",
                                .value = "NAME=TEXT",
                                .help = "Headers of the request; $NAME is what that variable of the process has.",
                                .trust = Trust::base_ref});
  table.number(setting.requests, 1, 100,
               {.key = "requests",
                .value = "N",
                .help = "Requests of one sample, from which latencies and a share of errors come.",
                .trust = Trust::base_ref});
}

void
describe_expectation(ProbeSetting& setting, config::OptionTable& table)
{
  table.list(setting.status, {.key = "status",
                              .value = "STATUS",
                              .help = "Statuses that are healthy, such as 204 or 3xx; without any, 2xx. A redirect is "
                                      "followed unless one of 3xx is named.",
                              .trust = Trust::base_ref});
  table.text_map(setting.json, {.key = "json",
                                .value = "PATH=TEXT",
                                .help = "What the JSON of the answer must have at a path such as checks.db[0].ok.",
                                .trust = Trust::base_ref});
  table.text_map(setting.headers, {.key = "headers",
                                   .value = "NAME=PATTERN",
                                   .help = "Headers that the answer must have; * stands for anything.",
                                   .trust = Trust::base_ref});
  static const std::string about_presets = fmt::format(
      "Headers for the safety of browsers: {}; without any, and without `headers`, all.", fmt::join(presets, ", "));
  table.list(setting.presets, {.key = "presets", .value = "NAME", .help = about_presets, .trust = Trust::base_ref});
  table.text(setting.version_path, {.key = "version_path",
                                    .value = "PATH",
                                    .help = "Where in the JSON of the answer the version is that answers.",
                                    .trust = Trust::base_ref});
  table.number(setting.min_days, 1, 3650,
               {.key = "min_days",
                .value = "DAYS",
                .help = "How many days the certificate must have left.",
                .trust = Trust::base_ref});
}

void
describe_source(ProbeSetting& setting, config::OptionTable& table)
{
  table.list(setting.run, {.key = "run",
                           .value = "WORD",
                           .help = "Words of a command that prints the answer; no shell reads them.",
                           .trust = Trust::base_ref});
  table.text(setting.query, {.key = "query",
                             .value = "QUERY",
                             .help = "SQL whose first value is a truth or a number, or PromQL.",
                             .trust = Trust::base_ref});
  table.text(setting.database, {.key = "database",
                                .value = "ADDRESS",
                                .help = "libpq address that SQL is asked at, or $NAME of a variable that has it.",
                                .trust = Trust::base_ref});
  table.choice(setting.worst, {.key = "worst",
                               .value = "WHICH",
                               .help = "Which counts where a query has several values.",
                               .trust = Trust::base_ref});
  table.text(setting.file, {.key = "file",
                            .value = "PATH",
                            .help = "A file of JSON samples that something else writes, or a log.",
                            .trust = Trust::base_ref,
                            .holds = config::Holds::place});
  table.duration(setting.max_age, std::chrono::seconds(1), std::chrono::hours(24),
                 {.key = "max_age",
                  .value = "DURATION",
                  .help = "How old the newest of these samples may be.",
                  .trust = Trust::base_ref});
  table.list(setting.patterns, {.key = "patterns",
                                .value = "TEXT",
                                .help = "What a line of a log holds that is an error; * stands for anything.",
                                .trust = Trust::base_ref});
  table.number(setting.new_errors, 0, 1'000'000,
               {.key = "new_errors",
                .value = "N",
                .help = "How many lines more than before the deployment may be errors.",
                .trust = Trust::base_ref});
}

}  // namespace

void
describe(ProbeSetting& setting, config::OptionTable& table)
{
  table.one_of(setting.kind, probe_ids(),
               {.key = "kind", .value = "KIND", .help = "What the probe looks at.", .trust = Trust::base_ref});
  table.required();
  describe_request(setting, table);
  describe_expectation(setting, table);
  describe_source(setting, table);
  table.duration(
      setting.timeout, std::chrono::milliseconds(1), std::chrono::hours(1),
      {.key = "timeout", .value = "DURATION", .help = "How long one sample may take.", .trust = Trust::base_ref});
}

std::optional<SettingProblem>
problem_of(const ProbeSetting& setting)
{
  const auto& all = keys_of_kinds();
  const auto keys = std::find_if(all.begin(), all.end(), [&](const Keys& each) { return each.kind == setting.kind; });
  if (keys == all.end()) {
    return SettingProblem{"kind", "is no kind of probe"};
  }
  if (auto problem = problem_of_keys(*keys, written_keys(setting))) {
    return problem;
  }
  if (auto problem = problem_of_url(setting)) {
    return problem;
  }
  return problem_of_values(setting);
}

void
check_probes(const std::map<std::string, ProbeSetting>& probes, std::string_view environment,
             config::OptionChecks& checks)
{
  for (const auto& [name, setting] : probes) {
    if (const auto problem = problem_of(setting)) {
      checks.refuse({"environments", environment, "verify", "probes", name, problem->key}, problem->what);
    }
  }
}

}  // namespace sluice::promote
