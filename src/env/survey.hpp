// SPDX-License-Identifier: Apache-2.0
//
// Everything that is known of the environment variables of a repository: what rules look at. It is made once, from one
// tree of files, and is const from then on.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "env/dotenv_file.hpp"
#include "env/fingerprints.hpp"
#include "env/options.hpp"
#include "env/schema.hpp"
#include "env/store.hpp"
#include "env/usage.hpp"
#include "finding/gap.hpp"
#include "gate/file_tree.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

/// A value that an environment has of a file.
struct Held
{
  const DotenvFile* file = nullptr;  ///< never null
  const Entry* entry = nullptr;      ///< never null; into a reading of the file
};

/// What an environment has of a variable.
enum class Presence {
  set,
  empty,
  missing,
  defaulted,  ///< a schema gives a value
  elsewhere,  ///< a function of the schema, or a store whose values nobody lists
};

/// One environment of one project: the files that lie together and name it.
struct Target
{
  std::string directory;  ///< of the project, from the root
  std::string name;       ///< "production"; empty: what holds wherever nothing else is said
  Stage stage = Stage::unknown;
  Phase phase = Phase::runtime;
  const EnvironmentSetting* setting = nullptr;  ///< null: `.sluice.yml` says nothing of it
  std::vector<const DotenvFile*> files;         ///< in the order in which they are read: later ones win
  std::map<std::string, Held, std::less<>> values;
  std::map<std::string, StoredName, std::less<>> stored;  ///< of stores that were given for it
  bool has_store = false;
};

/// "this process's environment", "production", and of a project in a directory "apps/web: production".
[[nodiscard]] std::string title_of(const Target& target);

/// "env:production/DB_URL": what a finding about a variable of an environment is about.
[[nodiscard]] std::string subject_of(const Target& target, std::string_view name);

struct Survey
{
  const EnvOptions* options = nullptr;   ///< never null
  const gate::FileTree* tree = nullptr;  ///< never null
  std::string prefix;                    ///< where the judged directory lies in the repository: "" or "services/api/"
  bool is_of_repository = false;         ///< false: nobody tracks anything
  Date today;
  std::vector<std::string> paths;  ///< of all files that are part of it, sorted; from the judged directory
  std::map<std::string, std::string, std::less<>>
      linked;  ///< of `paths`, those that are links, with the files they lead to
  std::set<std::string, std::less<>> tracked;
  std::vector<DotenvFile> files;  ///< by path
  std::vector<Schema> schemas;    ///< by path
  std::map<std::string, Wanted, std::less<>> wanted;
  std::vector<Seen> seen;       ///< of each file in which something was seen, by path
  std::vector<Target> targets;  ///< by directory and name
  Usage usage;
  std::vector<FingerprintSet> fingerprints;  ///< in the order in which options name them
  std::vector<Gap> gaps;
  std::vector<std::string> excluded;  ///< of `paths`, those that options leave out
  std::vector<std::string> deleted;   ///< tracked, and no more there
  std::uint64_t examined_files = 0;
};

/// A file of `--store`.
struct GivenStore
{
  std::string environment;
  std::string path;  ///< as it was given, for people
  std::string text;
};

struct SurveyRequest
{
  const EnvOptions& options;
  const gate::FileTree& tree;
  std::string prefix;
  bool is_of_repository = false;
  Date today;
  unsigned threads = 0;
  std::vector<GivenStore> stores;
  std::vector<FingerprintSet> fingerprints;
  std::vector<std::string> dotenv;  ///< paths of files that are to be read as dotenv files whatever they are called
};

/// Reads everything. Errors (ErrorKind::input): the text of a store is no listing.
[[nodiscard]] Result<std::unique_ptr<const Survey>> survey(const SurveyRequest& request);

/// The text of one of `paths`; of a link that of the file that it leads to. Errors: it cannot be read, or is not here.
[[nodiscard]] Result<std::string> read_path(const Survey& survey, std::string_view path, std::uint64_t max_bytes);

[[nodiscard]] Presence presence_of(const Survey& survey, const Target& target, std::string_view name);

}  // namespace sluice::env
