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
  at(function)[create.arguments] = {create.is_volatile ? Volatility::is_volatile : Volatility::not_volatile,
                                    create.code};
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
  for (const std::size_t number : named(from)) {
    // Which of the overloads it was is not followed up: the old name stays as well.
    const Overloads moved = functions_[number];
    Overloads& target = at({to.schema.empty() ? schemas_[number] : to.schema, to.name});
    for (const auto& [arguments, overload] : moved) {
      target[arguments] = overload;
      for (const QualifiedName& callee : overload.code.calls) {
        callers_[callee.name].insert(to.name);
      }
    }
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
  return function.schema.empty() ? names_.contains(function.name) : find(function) != nullptr;
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
  Numbers open = named(function);
  std::set<std::size_t> seen(open.begin(), open.end());
  std::size_t steps = 0;
  while (!open.empty()) {
    const Overloads& overloads = functions_[open.back()];
    open.pop_back();
    for (const auto& [arguments, overload] : overloads) {
      if (overload.code.may_harm || ++steps > max_steps) {
        return true;
      }
      for (const QualifiedName& callee : overload.code.calls) {
        for (const std::size_t number : named(callee)) {
          if (seen.insert(number).second) {
            open.push_back(number);
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
  const Overloads* found = find(function);
  if (found == nullptr) {
    return std::nullopt;
  }
  const auto is_volatile = [](const auto& each) { return each.second.volatility == Volatility::is_volatile; };
  return std::any_of(found->begin(), found->end(), is_volatile) ? Volatility::is_volatile : Volatility::not_volatile;
}

DefinedFunctions::Overloads&
DefinedFunctions::at(const QualifiedName& function)
{
  const auto [place, is_new] = numbers_.try_emplace(function, functions_.size());
  if (is_new) {
    functions_.emplace_back();
    schemas_.push_back(function.schema);
    by_name_[function.name].push_back(place->second);
  }
  return functions_[place->second];
}

const DefinedFunctions::Overloads*
DefinedFunctions::find(const QualifiedName& function) const
{
  const auto found = numbers_.find(function);
  return found == numbers_.end() ? nullptr : &functions_[found->second];
}

/// Of those that share a name no more than would be looked at.
DefinedFunctions::Numbers
DefinedFunctions::named(const QualifiedName& function) const
{
  const auto all = by_name_.find(function.name);
  if (all == by_name_.end()) {
    return {};
  }
  const auto exact = function.schema.empty() ? numbers_.end() : numbers_.find(function);
  if (exact != numbers_.end()) {
    return {exact->second};
  }
  const std::size_t count = std::min(all->second.size(), max_steps + 1);
  return {all->second.begin(), all->second.begin() + static_cast<std::ptrdiff_t>(count)};
}

}  // namespace sluice::migrations
