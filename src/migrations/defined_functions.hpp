// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/statement.hpp"
#include "migrations/volatility.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace sluice::migrations {

/// The functions that migrations define, who calls whom, and which of them run without a call. A name without a schema
/// stands for every function of that name, and so does one with a schema in which nobody has defined it: the schema may
/// have been renamed. Answers err towards harm: overloads count together, and a chain of calls that is longer than any
/// that a person writes is taken for a harmful one.
class DefinedFunctions
{
public:
  /// In place of one with the same schema, name and arguments.
  void define(const QualifiedName& function, const CreateFunction& create);
  /// Of what has no code of its own, such as an aggregate.
  void add_name(const std::string& name);
  void move(const QualifiedName& from, const QualifiedName& to);
  /// It runs without a call from here on, if there is such a function.
  void attach(const QualifiedName& function);

  [[nodiscard]] bool defines(const QualifiedName& function) const;
  [[nodiscard]] bool is_attached(const QualifiedName& function) const;
  /// Whether it, or any that calls it, is attached.
  [[nodiscard]] bool runs(const QualifiedName& function) const;
  /// Whether it, or any that it calls, does more than can be told.
  [[nodiscard]] bool may_harm(const QualifiedName& function) const;
  /// As above, of a function with its schema; nothing if nobody has defined it.
  [[nodiscard]] std::optional<Volatility> volatility_of(const QualifiedName& function) const;

private:
  struct Overload
  {
    Volatility volatility = Volatility::is_volatile;
    Code code;
  };
  using Overloads = std::map<std::string, Overload>;  ///< by arguments
  using Numbers = std::vector<std::size_t>;           ///< of `functions_`

  /// One without overloads if there is none.
  Overloads& at(const QualifiedName& function);
  [[nodiscard]] const Overloads* find(const QualifiedName& function) const;
  [[nodiscard]] Numbers named(const QualifiedName& function) const;

  std::vector<Overloads> functions_;
  std::vector<std::string> schemas_;  ///< of each
  std::map<QualifiedName, std::size_t> numbers_;
  std::unordered_map<std::string, Numbers> by_name_;
  std::unordered_map<std::string, std::set<std::string>> callers_;  ///< of a name, by theirs
  std::set<std::string> names_;
  std::set<std::string> attached_;  ///< names
};

}  // namespace sluice::migrations
