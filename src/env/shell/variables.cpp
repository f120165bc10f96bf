// SPDX-License-Identifier: Apache-2.0
#include "env/shell/variables.hpp"

#include "base/one_of.hpp"
#include "env/entries.hpp"

#include <algorithm>
#include <array>

namespace sluice::env::shell {

namespace {

/// What the shell sets itself, so that nobody knows it from the file.
constexpr auto of_both = std::to_array<std::string_view>({"PATH", "PWD", "PPID", "IFS", "OPTIND", "PS1", "PS2", "PS4"});
constexpr auto of_bash = std::to_array<std::string_view>(
    {"RANDOM",       "SECONDS",       "LINENO",  "UID",  "EUID",    "SHLVL",        "OLDPWD",   "HOSTNAME",
     "HOSTTYPE",     "MACHTYPE",      "OSTYPE",  "BASH", "BASHPID", "BASH_VERSION", "BASHOPTS", "SHELLOPTS",
     "EPOCHSECONDS", "EPOCHREALTIME", "SRANDOM", "_",    "TERM",    "SHELL",        "GROUPS",   "DIRSTACK"});
constexpr auto readonly_of_bash =
    std::to_array<std::string_view>({"UID", "EUID", "PPID", "BASHOPTS", "SHELLOPTS", "BASH_VERSINFO"});

constexpr std::size_t max_bytes_made = 64 * max_value_bytes;

}  // namespace

Known
Variables::get(std::string_view name) const
{
  const auto own = variables_.find(name);
  if (own != variables_.end()) {
    return own->second.known;
  }
  const auto outside = outer_.find(name);
  if (outside != outer_.end()) {
    return {outside->second};
  }
  const bool is_own = is_one_of(name, of_both) || (flavor_ == Flavor::bash && is_one_of(name, of_bash));
  return {std::nullopt, !is_own};
}

const char*
Variables::assign(std::string_view name, Expanded value, Span key_at, Span value_at)
{
  const auto found = variables_.try_emplace(std::string(name)).first;
  Variable& variable = found->second;
  if (variable.is_readonly || (flavor_ == Flavor::bash && is_one_of(name, readonly_of_bash))) {
    return "a variable that may not be set again is set";
  }
  bytes_made_ += value.value.size();
  const std::size_t most = std::max(max_value_bytes, value_at.size());
  if ((value.expands && value.value.size() > most) || bytes_made_ > max_bytes_made) {
    return too_large;
  }
  variable.is_exported = variable.is_exported || exports_all_ || outer_.contains(name);
  variable.known = {value.value, value.is_known};
  Entry entry{.key = std::string(name),
              .executes = !value.is_known,
              .expands = value.expands,
              .key_at = key_at,
              .value_at = value_at};
  if (value.is_known) {
    entry.value = std::move(value.value);
  }
  entries_.push_back(std::move(entry));
  return nullptr;
}

void
Variables::assign_array(std::string_view name)
{
  Variable& variable = variables_[std::string(name)];
  variable.known = {std::nullopt, false};
  variable.is_array = true;
}

void
Variables::unset(std::string_view name)
{
  Variable& variable = variables_[std::string(name)];
  if (!variable.is_readonly) {
    variable = {};
  }
}

void
Variables::set_exported(std::string_view name, bool exported)
{
  const auto found = variables_.find(name);
  if (found != variables_.end()) {
    found->second.is_exported = exported;
  }
}

void
Variables::set_readonly(std::string_view name)
{
  Variable& variable = variables_[std::string(name)];
  variable.known = variable.known.value || !variable.known.is_known ? variable.known : Known{get(name)};
  variable.is_readonly = true;
}

Reading
Variables::take() &&
{
  std::erase_if(entries_, [this](const Entry& entry) {
    const Variable& variable = variables_.find(entry.key)->second;
    // Every command sets `_`.
    return entry.key == "_" || variable.is_array || !variable.is_exported
           || (!variable.known.value && variable.known.is_known);
  });
  return {std::move(entries_), std::nullopt};
}

}  // namespace sluice::env::shell
