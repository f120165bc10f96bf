// SPDX-License-Identifier: Apache-2.0
//
// Who reads a variable and who declares it, put together from all files. A tool that finds reads by searching for text
// calls a third of what a real repository has undeclared wrongly so; here each language says what is a read, and what
// is concluded is one table.
#pragma once

#include "env/language.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

enum class UsageVerdict {
  ok,
  undeclared,  ///< read, and nothing says where it comes from
  unused,      ///< declared, and nothing reads it
  ambient,     ///< the system, a shell or a platform gives it
  ci_store,    ///< a store of the platform has it, as far as is written
};

/// One place where a variable is read.
struct ReadPlace
{
  std::string path;
  const Sighting* sighting = nullptr;  ///< never null
};

/// One place where it is declared.
struct DeclaredPlace
{
  std::string path;
  std::uint32_t line = 0;
  enum class By {
    dotenv,
    schema,
    given,  ///< by what starts the program: whoever else reads it is not known
  } by = By::dotenv;
  bool is_read_elsewhere = false;  ///< of `dotenv`: a program that is not in the repository gets it
};

struct VariableUsage
{
  std::string name;
  std::vector<ReadPlace> reads;
  std::vector<ReadPlace> stored;  ///< where `secrets.` or `vars.` names it
  std::vector<DeclaredPlace> declared;
  UsageVerdict verdict = UsageVerdict::ok;
};

struct Survey;

/// By name.
using Usage = std::map<std::string, VariableUsage, std::less<>>;
[[nodiscard]] Usage usage_of(const Survey& survey);

/// Why nothing is told to be unused, as a sentence: some program reads names that are not known before it runs, so that
/// it may read all. Empty if there is no such read, or nothing that it may hide.
[[nodiscard]] std::string why_none_is_unused(const Survey& survey);

/// Whether an operating system, a shell, a CI or a platform gives the variable without anybody's saying so.
[[nodiscard]] bool is_ambient(std::string_view name);

/// Whether a well-known library, server or command line reads the variable itself, so that nobody's code has to.
[[nodiscard]] bool is_read_by_library(std::string_view name);

}  // namespace sluice::env

template<> struct sluice::EnumNames<sluice::env::UsageVerdict>
{
  static constexpr std::array<std::string_view, 5> names{"ok", "undeclared", "unused", "ambient", "ci-store"};
};
