// SPDX-License-Identifier: Apache-2.0
//
// What a gate is. A directory `src/<name>` that CMake's `sluice_gate(<name> …)` names has a gate.hpp with two
// functions:
//
//   namespace sluice::<name> {
//   const gate::Face& face();   // in info.cpp, which includes nothing heavy: all that other executables link
//   const gate::Type& type();   // in gate.cpp
//   }
//
// The rest follows from the listing: its executable, library, registries, tests, manifests and documentation.
#pragma once

#include "gate/command.hpp"
#include "gate/info.hpp"
#include "gate/input.hpp"
#include "gate/kind.hpp"
#include "gate/options.hpp"
#include "net/http_client.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::gate {

class FileTree;

/// A gate as `sluice check`, help and manifests know it: what it is called and what it can be told.
struct Face
{
  Info info;
  std::unique_ptr<Options> (*options)();
};

/// A gate with all its code. What it does not have is null or empty.
struct Type
{
  const Face* face = nullptr;
  std::span<const RuleMeta* const> rules = {};  ///< by id
  Result<Findings> (*run)(const Options& options, const Input& input) = nullptr;

  /// What is to be done about a report before it is shown (promote's ledger). Called after judging, for the verdicts of
  /// `acts_on` alone. An error makes the report unable or unavailable.
  Result<> (*act)(const Options& options, const Report& report, const Services& services) = nullptr;
  std::span<const Verdict> acts_on = default_acts_on;

  /// `net::make_client` of a gate that asks for http itself or in a command, so that no other gate loads libcurl and
  /// the thirty libraries behind it.
  std::shared_ptr<net::HttpClient> (*make_http)(net::HttpSettings settings) = nullptr;

  std::span<const Command> commands = {};
  std::span<const Kind> kinds = {};  ///< by name

  /// Makes a file of a fixture that is written as a template. Null: fixtures are what they are.
  std::string (*expand_fixture)(std::string_view text, std::string_view rule_id) = nullptr;
  /// The gate's section of a first .sluice.yml for this repository, commented; null: just its name.
  std::string (*starter)(const FileTree& tree) = nullptr;

private:
  static constexpr std::array<Verdict, 1> default_acts_on{Verdict::pass};
};

/// What is known of each of a gate's rules, for Type::rules. `rules` returns them, or pointers to them.
template<auto rules>
std::span<const RuleMeta* const>
metas_of()
{
  static const std::vector<const RuleMeta*> metas = [] {
    std::vector<const RuleMeta*> all;
    for (const auto& rule : rules()) {
      if constexpr (requires { rule->meta; }) {
        all.push_back(&rule->meta);
      } else {
        all.push_back(&rule.meta);
      }
    }
    return all;
  }();
  return metas;
}

/// Adapts `Result<Findings> function(const T&, const Input&)` to Type::run.
template<typename T, auto function>
Result<Findings>
run_with(const Options& options, const Input& input)
{
  return function(values_of<T>(options), input);
}

}  // namespace sluice::gate
