// SPDX-License-Identifier: Apache-2.0
#include "migrations/defined_functions.hpp"

#include <algorithm>

namespace sluice::migrations {

namespace {

/// Functions that are looked at to answer one question.
constexpr std::size_t max_steps = 256;

}  // namespace

void
DefinedFunctions::define(const QualifiedName& function, const CreateFunction& create)
{
  overloads_[function][create.arguments] = {create.is_volatile ? Volatility::is_volatile : Volatility::not_volatile,
                                            create.code};
  by_name_[function.name].insert(function);
  names_.insert(function.name);
  for (const QualifiedName& callee : create.code.calls) {
    callers_[callee.name].insert(function.name);
  }
}

void
DefinedFunctions::add_name(const std::string& name)
{
  names_.insert(name);
}

void
DefinedFunctions::move(const QualifiedName& from, const QualifiedName& to)
{
  for (const QualifiedName& each : named(from)) {
    const QualifiedName target{to.schema.empty() ? each.schema : to.schema, to.name};
    const Overloads moved = overloads_[each];
    for (const auto& [arguments, overload] : moved) {
      // Which of the overloads it was is not followed up: the old name stays as well.
      overloads_[target][arguments] = overload;
      for (const QualifiedName& callee : overload.code.calls) {
        callers_[callee.name].insert(to.name);
      }
    }
    by_name_[to.name].insert(target);
  }
  names_.insert(to.name);
  if (attached_.contains(from.name)) {
    attached_.insert(to.name);
  }
}

void
DefinedFunctions::attach(const QualifiedName& function)
{
  if (names_.contains(function.name)) {
    attached_.insert(function.name);
  }
}

bool
DefinedFunctions::defines(const QualifiedName& function) const
{
  return function.schema.empty() ? names_.contains(function.name) : overloads_.contains(function);
}

bool
DefinedFunctions::is_attached(const QualifiedName& function) const
{
  return attached_.contains(function.name);
}

bool
DefinedFunctions::runs(const QualifiedName& function) const
{
  std::vector<std::string> open{function.name};
  std::set<std::string> seen{function.name};
  while (!open.empty()) {
    const std::string name = open.back();
    open.pop_back();
    if (attached_.contains(name) || seen.size() > max_steps) {
      return true;
    }
    if (const auto callers = callers_.find(name); callers != callers_.end()) {
      for (const std::string& caller : callers->second) {
        if (seen.insert(caller).second) {
          open.push_back(caller);
        }
        if (seen.size() > max_steps) {
          break;
        }
      }
    }
  }
  return false;
}

bool
DefinedFunctions::may_harm(const QualifiedName& function) const
{
  std::vector<QualifiedName> open{function};
  std::set<QualifiedName> seen{function};
  std::size_t steps = 0;
  while (!open.empty()) {
    const QualifiedName name = open.back();
    open.pop_back();
    for (const QualifiedName& each : named(name)) {
      for (const auto& [arguments, overload] : overloads_.at(each)) {
        if (overload.code.may_harm || ++steps > max_steps) {
          return true;
        }
        for (const QualifiedName& callee : overload.code.calls) {
          if (by_name_.contains(callee.name) && seen.insert(callee).second) {
            open.push_back(callee);
          }
        }
      }
    }
  }
  return false;
}

std::optional<Volatility>
DefinedFunctions::volatility_of(const QualifiedName& function) const
{
  const auto found = overloads_.find(function);
  if (found == overloads_.end()) {
    return std::nullopt;
  }
  const auto is_volatile = [](const auto& each) { return each.second.volatility == Volatility::is_volatile; };
  return std::any_of(found->second.begin(), found->second.end(), is_volatile) ? Volatility::is_volatile
                                                                              : Volatility::not_volatile;
}

std::vector<QualifiedName>
DefinedFunctions::named(const QualifiedName& function) const
{
  if (!function.schema.empty() && overloads_.contains(function)) {
    return {function};
  }
  const auto found = by_name_.find(function.name);
  return found == by_name_.end() ? std::vector<QualifiedName>()
                                 : std::vector<QualifiedName>(found->second.begin(), found->second.end());
}

}  // namespace sluice::migrations
