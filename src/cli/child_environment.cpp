// SPDX-License-Identifier: Apache-2.0
//
// A gate parses text that somebody else wrote, next to a pipeline's secrets. What it was never given it cannot leak, in
// a report, a core or a request, whatever text it was that fooled it.
//
// A list of what to take away (`*_TOKEN`, `*_KEY`) is the usual way and is never complete: nobody knows what the next
// platform calls its token. So the lists are of what is handed on. They err the other way, and visibly: a gate that
// lacks a variable says so or uses its default.
#include "cli/child_environment.hpp"

#include "base/text.hpp"
#include "ci/ci_context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::cli {

namespace {

constexpr std::array<std::string_view, 29> of_every_program{
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "PWD", "TMPDIR", "LANG", "LANGUAGE", "TZ", "TERM", "COLUMNS",
    "NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS",
    // Which repository, index and object store a hook of git works on.
    "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH", "GIT_CEILING_DIRECTORIES", "GIT_NAMESPACE",
    "GIT_PREFIX"};

constexpr std::array<std::string_view, 4> prefixes_of_every_program{"LC_", "XDG_", "PRE_COMMIT_", "MALLOC_"};

constexpr std::array<std::string_view, 10> of_the_network{"SSL_CERT_FILE", "SSL_CERT_DIR",  "http_proxy", "https_proxy",
                                                          "HTTPS_PROXY",   "all_proxy",     "ALL_PROXY",  "no_proxy",
                                                          "NO_PROXY",      "CURL_CA_BUNDLE"};

constexpr std::array<std::string_view, 5> of_git_push{"SSH_AUTH_SOCK", "SSH_AGENT_PID", "GIT_ASKPASS", "SSH_ASKPASS",
                                                      "DISPLAY"};

bool
contains(std::span<const std::string_view> names, std::string_view name)
{
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool
starts_with_any(std::span<const std::string_view> prefixes, std::string_view name)
{
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [name](std::string_view prefix) { return name.starts_with(prefix); });
}

/// An option of ours as a variable, if this gate has it: under its own name ("SLUICE_SECRETS_SCOPE") or under that of
/// every gate that has such an option. What only the merged report may use stays with it.
bool
is_option_for(const GateSet::Member& gate, std::string_view name)
{
  constexpr std::array<std::string_view, 3> own_prefixes{"SLUICE_", "INPUT_", "PLUGIN_"};
  const auto* const prefix = std::find_if(own_prefixes.begin(), own_prefixes.end(),
                                          [name](std::string_view each) { return name.starts_with(each); });
  if (prefix == own_prefixes.end()) {
    return false;
  }
  const std::string key = replace_all(to_lower(name.substr(prefix->size())), "_", "-");
  if (key.starts_with(fmt::format("{}-", gate.face->info.name))) {
    return true;
  }
  return gate.has_option(key) && !stays_with_the_merged_report(key);
}

}  // namespace

bool
stays_with_the_merged_report(std::string_view key)
{
  constexpr std::array<std::string_view, 10> ours{"gates", "format",   "quiet",       "verbose",     "colour",
                                                  "help",  "progress", "report-only", "show-config", "version"};
  return contains(ours, key);
}

Environment
child_environment(const GateSet::Member& gate, const Environment& own)
{
  const gate::Needs& needs = gate.face->info.needs;
  Environment kept;
  for (const auto& [name, value] : own) {
    const bool is_needed = contains(of_every_program, name) || starts_with_any(prefixes_of_every_program, name)
                           || is_option_for(gate, name) || contains(ci::context_variables(), name)
                           || contains(needs.variables, name) || (needs.http && contains(of_the_network, name))
                           || (needs.refs && (contains(of_git_push, name) || name.starts_with("GIT_")));
    if (is_needed) {
      kept.emplace(name, value);
    }
  }
  // Only the merged report may reach the platform's files.
  for (const std::string_view name : {"GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"}) {
    kept.erase(std::string(name));
  }
  return kept;
}

}  // namespace sluice::cli
