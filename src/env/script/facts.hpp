// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/language.hpp"
#include "env/script/tree.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env::script {

using NameSet = std::set<std::string, std::less<>>;

/// Where a path of a script begins.
enum class From {
  here,    ///< in the directory in which the script runs
  script,  ///< beside the script
  root,    ///< at the root of the repository, as far as the name of a variable tells
};

/// What a script does with variables and with the files that matter for them. Places are in the script.
struct Facts
{
  struct Mention
  {
    std::string name;
    SightingKind kind = SightingKind::read;
    Unset unset = Unset::unknown;
    std::optional<std::string> literal;
    std::size_t at = 0;
  };
  struct File
  {
    std::string path;  ///< as it is written, without what a variable stands for in front of it
    From from = From::here;
    std::string_view dialect;  ///< of a file that is loaded
    std::string_view how;      ///< likewise
    Load::To to = Load::To::own;
    std::size_t at = 0;
  };
  struct Dynamic
  {
    std::string prefix;
    std::size_t at = 0;
  };
  /// A text of it that is a program: what `node -e` runs, or a script that it writes.
  struct Program
  {
    std::string_view language;  ///< id
    std::string text;
    std::vector<std::size_t> lines;  ///< where each line of the text begins
    enum class Runs { here, elsewhere } runs = Runs::here;
  };
  std::vector<Mention> mentions;  ///< by place
  std::vector<Program> programs;
  std::vector<Dynamic> dynamic;
  std::vector<File> loads;
  std::vector<File> runs;      ///< programs of the repository that it starts
  NameSet handed_on;           ///< written to the file by which a job's later steps get variables
  NameSet set;                 ///< by the script itself
  bool writes_dotenv = false;  ///< writes a dotenv file
  std::optional<Fault> fault;
};

/// What is known of a script before it is read.
struct Setting
{
  std::string_view dialect = "bash";  ///< what `.` makes of a dotenv file
  const NameSet* own = nullptr;       ///< names that are no environment's; null: none
  /// Whether other scripts take this one in with `.`, so that what it sets is theirs.
  enum class Place { itself, taken_in } place = Place::itself;
};

/// In time and memory linear in the text.
[[nodiscard]] Facts facts_of(std::string_view text, const Setting& setting);

/// Of a command that is a list of words, `["sh", "-c", TEXT]` or `["node", "-e", TEXT]`; none of any other.
[[nodiscard]] Facts facts_of_words(std::string_view program, std::string_view option, std::string_view text);

}  // namespace sluice::env::script
