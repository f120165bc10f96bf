// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/enum_names.hpp"
#include "config/option_checks.hpp"
#include "config/option_table.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// Headers for the safety of browsers, by what they are for (probe_browser_headers.hpp).
enum class HeaderPreset { csp, hsts, nosniff, frame, referrer };

/// Which of several numbers counts.
enum class Worst { highest, lowest };

/// One way to look at a service. Each kind has keys of its own; a key that its kind does not heed is refused, for
/// whoever wrote it thinks that it is heeded. `url`, `database` and texts of `send` may hold `$NAME`: what that
/// variable of the process has.
struct ProbeSetting
{
  std::string kind;  ///< one of probe_ids()
  std::string url;   ///< http, prometheus, certificate, redirect, headers
  std::string method = "GET";
  std::map<std::string, std::string> send;     ///< headers of the request
  std::vector<std::string> status;             ///< "204", "3xx"; empty: 2xx
  std::map<std::string, std::string> json;     ///< path in the answer ("checks.db[0].ok") to the text that it must have
  std::map<std::string, std::string> headers;  ///< name to a pattern of the value, `*` for any
  std::string version_path = "version";        ///< where in the answer the version is
  std::int64_t requests = 1;                   ///< of one sample
  std::vector<std::string> run;                ///< words of a command: command, log
  std::string query;                           ///< sql, prometheus
  std::string database;                        ///< libpq address
  Worst worst = Worst::highest;                ///< of several series
  std::string file;                            ///< from the root of the work tree: samples, log
  std::chrono::milliseconds max_age{std::chrono::minutes(2)};                ///< of the newest pushed sample
  std::vector<std::string> patterns{"ERROR", "FATAL", "CRITICAL", "PANIC"};  ///< of a line that is an error; `*` is any
  std::int64_t new_errors = 0;                                               ///< lines more than before that may be
  std::int64_t min_days = 14;                                                ///< that a certificate must have left
  std::vector<std::string> presets;                                          ///< of headers: names of HeaderPreset
  std::chrono::milliseconds timeout{std::chrono::seconds(10)};               ///< of one sample
  std::string origin;
};

void describe(ProbeSetting& setting, config::OptionTable& table);

/// What is wrong with a key; `what` reads on from its name.
struct SettingProblem
{
  std::string key;
  std::string what;
};

/// The first thing for which a probe cannot be taken as it is written, or nothing.
[[nodiscard]] std::optional<SettingProblem> problem_of(const ProbeSetting& setting);

/// Refuses what problem_of says of the probes of an environment.
void check_probes(const std::map<std::string, ProbeSetting>& probes, std::string_view environment,
                  config::OptionChecks& checks);

}  // namespace sluice::promote

namespace sluice {

template<> struct EnumNames<promote::HeaderPreset>
{
  static constexpr std::array<std::string_view, 5> names{"csp", "hsts", "nosniff", "frame", "referrer"};
};

template<> struct EnumNames<promote::Worst>
{
  static constexpr std::array<std::string_view, 2> names{"highest", "lowest"};
};

}  // namespace sluice
