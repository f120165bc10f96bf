// SPDX-License-Identifier: Apache-2.0
//
// A language is a kind of file that says something of environment variables: a program that reads them, a Dockerfile
// that gives them, a workflow that names what the platform stores. Each looks at one file at a time, lexes it (a name
// in a comment, a string or a regular expression is no read), and tells what it saw; what is concluded from all of it
// is usage.hpp's. What a language cannot make out is a gap and never nothing.
#pragma once

#include "finding/gap.hpp"
#include "gate/source_text.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

/// What a text does with a variable.
enum class SightingKind {
  read,    ///< takes its value, or asks whether it has one
  given,   ///< gives it to what runs: `environment:`, `ENV`, `env:`, `export`, `X=1 command`
  stored,  ///< names it in a store of the platform: `secrets.X`, `vars.X`
};

/// What a read comes to where the variable is not set.
enum class Unset {
  unknown,    ///< whatever the program makes of nothing
  fails,      ///< it says that it must be there: `os.environ["X"]`, `env::var("X").unwrap()`, `${X:?}`
  defaulted,  ///< something else is taken: `?? "x"`, `${X:-x}`
  tested,     ///< it asks whether it is set
};

struct Sighting
{
  friend auto operator<=>(const Sighting& a, const Sighting& b) = default;

  std::string name;
  SightingKind kind = SightingKind::read;
  std::uint32_t line = 0;  ///< from 1
  Unset unset = Unset::unknown;
  /// Of `defaulted` the text that is taken, of `given` the text that is given, where it is written there. May be a
  /// secret.
  std::optional<std::string> literal;
  bool is_answered = false;  ///< of `read`: what runs it here gives the variable, whoever calls the file
  bool is_variable = false;  ///< of `stored`: in the store of what is no secret, `vars.X`
};

/// Reads of names that are known only when the program runs: `process.env[prefix + key]`.
struct DynamicRead
{
  std::string prefix;  ///< all names that begin with it may be read; empty: any
  std::uint32_t line = 0;
};

/// A dotenv file that a program loads.
struct Load
{
  friend auto operator<=>(const Load& a, const Load& b) = default;

  std::string path;          ///< from the root; a name that ends in `*` stands for all that begin so
  std::string_view dialect;  ///< id of who reads it
  std::uint32_t line = 0;    ///< where this is said
  std::string_view how;      ///< static storage, for people: "env_file", "node --env-file"
  enum class To {
    own,
    foreign,
    unknown
  } to = To::unknown;  ///< whose program gets its keys: foreign is not in the repository
};

/// A job of a pipeline, with what it gets of the platform's stores and which files of the repository it runs.
struct Job
{
  std::string name;
  std::uint32_t line = 0;
  std::set<std::string, std::less<>> received;  ///< names in the environment of all or some of its steps
  bool receives_all = false;                    ///< by inheritance, or from a file that a step writes
  struct Run
  {
    std::string path;  ///< from the root
    std::uint32_t line = 0;
    std::set<std::string, std::less<>> received;  ///< by this step
  };
  std::vector<Run> runs;
};

/// A function of a file that reads the variable which it is told.
struct ReadingFunction
{
  std::string name;
  std::size_t parameter = 0;  ///< from 0
};

/// A call of a function of another file, with a name as an argument. It is a read if the function is one that reads.
struct ForeignCall
{
  std::string function;
  std::string module;        ///< last part of where the function is from
  std::size_t argument = 0;  ///< from 0
  Sighting read;
};

/// What was seen in one file.
struct Seen
{
  std::string path;
  std::vector<Sighting> sightings;
  std::vector<DynamicRead> dynamic;
  std::vector<Load> loads;
  std::vector<Job> jobs;
  std::vector<ReadingFunction> functions;
  std::vector<ForeignCall> calls;
  std::vector<Gap> gaps;
};

/// Collects what a language sees of a file. Names that no environment can have (empty, with `=`, a blank, a control
/// character or bytes that are not UTF-8, or longer than `max_name_bytes`) are passed over.
class Sightings
{
public:
  static constexpr std::size_t max_name_bytes = 256;
  static constexpr std::size_t max_sightings = 100'000;  ///< of one file; what is beyond is a gap

  explicit Sightings(std::string path) { seen_.path = std::move(path); }

  void read(std::string_view name, std::uint32_t line, Unset unset = Unset::unknown,
            std::optional<std::string> literal = {});
  void give(std::string_view name, std::uint32_t line, std::optional<std::string> literal = {});
  void store(std::string_view name, std::uint32_t line);
  /// As `store`, of `vars.X`.
  void store_variable(std::string_view name, std::uint32_t line);
  void read_any(std::string_view prefix, std::uint32_t line);
  void load(Load load);
  void job(Job job);
  void function(ReadingFunction function);
  void call(ForeignCall call);
  /// `why` quotes nothing of the file: "a template literal is not closed".
  void gap(std::uint32_t line, std::string_view why);

  [[nodiscard]] std::size_t
  count() const
  {
    return seen_.sightings.size();
  }
  /// That what was seen after the first `count` runs with these variables.
  void answer(std::size_t count, const std::set<std::string, std::less<>>& names);

  [[nodiscard]] const std::string&
  path() const
  {
    return seen_.path;
  }
  /// One of each: what YAML merges into several tables, or a macro writes several times, stands at one place.
  [[nodiscard]] Seen take();

private:
  void add(Sighting sighting);

  Seen seen_;
};

struct Language
{
  std::string_view id;     ///< "python"
  std::string_view title;  ///< for people: "Python"
  /// Whether a file is of it, by its path from the root alone. Several languages may have one file.
  bool (*has)(std::string_view path) = nullptr;
  /// A text that holds none of these words says nothing, and is not looked at; none: every text is.
  std::span<const std::string_view> words;
  void (*look)(const gate::SourceText& source, Sightings& seen) = nullptr;
  /// Programs whose scripts are of it, by a `#!` line: "bash", "python".
  std::span<const std::string_view> interpreters = {};
  /// Whether a file whose path it has is of it by its text, too; null: the path is enough.
  bool (*is)(std::string_view path, std::string_view text) = nullptr;
};

/// Every file of languages/, by id.
[[nodiscard]] std::span<const Language* const> languages();
[[nodiscard]] std::span<const std::string_view> language_ids();

/// The language whose scripts a program runs, whatever its version ("python3.12"); null if there is none.
[[nodiscard]] const Language* language_of_program(std::string_view program);
/// The language that a `#!` line asks for by its first word that is a program of one; null if there is none. Others may
/// stand before it: "#!/usr/bin/env -S", "#!/command/with-contenv".
[[nodiscard]] const Language* language_of_first_line(std::string_view text);

/// Whether the last extension of a path is one of these: ".ts".
[[nodiscard]] bool has_extension(std::string_view path, std::span<const std::string_view> extensions);

/// Whether a text is written as names of the environment are by custom: capitals, digits and underscores, a capital
/// first, at least two characters.
[[nodiscard]] bool is_environment_name(std::string_view name);

}  // namespace sluice::env
