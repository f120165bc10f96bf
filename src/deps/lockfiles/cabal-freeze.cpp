// SPDX-License-Identifier: Apache-2.0
//
// cabal.project.freeze (cabal.readthedocs.io, "cabal freeze"): a field `constraints` of `any.name ==version` and flags,
// which may go over several lines.
#include "base/text.hpp"
#include "deps/haskell_project.hpp"
#include "deps/lockfile.hpp"
#include "deps/not_locked.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

class FreezeReader
{
public:
  FreezeReader(const LockText& file, PackageList& list)
      : list_(list),
        named_(words_of_haskell_project(file))
  {}

  void
  run(std::string_view text)
  {
    bool in_constraints = false;
    std::uint32_t number = 0;
    for (std::string_view line : lines_of(text)) {
      ++number;
      if (const std::string_view content = trim(line); content.empty() || content.starts_with("--")) {
        continue;
      }
      if (line.front() != ' ' && line.front() != '\t') {
        in_constraints = to_lower(line).starts_with("constraints:");
        has_constraints_ = has_constraints_ || in_constraints;
        line.remove_prefix(in_constraints ? 12 : 0);
      }
      if (in_constraints) {
        for (const std::string_view part : split(line, ',')) {
          take(trim(part), number);
        }
      }
    }
    if (in_constraints && is_cut_off(text)) {
      list_.gap(GapKind::unparsable, number, "it ends within the `constraints`",
                "Freeze the project with `cabal freeze`");
    }
    if (!has_constraints_) {
      list_.refuse(GapKind::unknown_format, 1, "it has no `constraints`", "Freeze the project with `cabal freeze`");
    }
  }

private:
  /// `text` ends within the constraints. What `cabal freeze` writes ends with a line of `index-state` where it begins
  /// with one of `active-repositories`; before 3.4 it had neither. A file that somebody wrote may end with a version.
  static bool
  is_cut_off(std::string_view text)
  {
    const std::string_view content = trim(text);
    const bool has_end = text.ends_with('\n');
    return content.ends_with(',')
           || (!has_end
               && (content.starts_with("active-repositories:") || content.find_last_of("=.") == content.size() - 1));
  }

  /// "any.name ==1.2.3"; "name +flag" says nothing of a version.
  void
  take(std::string_view constraint, std::uint32_t line)
  {
    const std::size_t end = constraint.find_first_of(" =<>");
    std::string_view name = constraint.substr(0, end);
    if (name.empty()) {
      return;
    }
    if (end == std::string_view::npos) {
      list_.gap(GapKind::unparsable, line, fmt::format("{} is no constraint", printable(constraint)));
      return;
    }
    const std::string_view rest = trim(constraint.substr(end));
    if (name.starts_with("any.")) {
      name.remove_prefix(4);
    }
    if (!rest.starts_with('=') && !rest.starts_with('<') && !rest.starts_with('>')) {
      check_flags(constraint, rest, line);
      return;
    }
    Package package;
    package.ecosystem = "Hackage";
    package.name = name;
    package.line = line;
    package.is_direct = named_.contains(name);
    package.version = rest.starts_with("==") ? trim(rest.substr(2)) : std::string_view();
    if (package.version.empty() || package.version.find_first_of(" |&<>*") != std::string_view::npos) {
      package.version = {};
      not_locked(list_, line, name, "Freeze it with `cabal freeze`");
    }
    list_.add(package);
  }

  /// "+flag -flag", or where the package is to come from and what for.
  void
  check_flags(std::string_view constraint, std::string_view words, std::uint32_t line)
  {
    constexpr std::array<std::string_view, 4> known{"installed", "source", "test", "bench"};
    for (const std::string_view word : split(words, ' ')) {
      const bool is_flag = word.size() > 1 && (word.front() == '+' || word.front() == '-');
      if (!word.empty() && !is_flag && std::find(known.begin(), known.end(), word) == known.end()) {
        list_.gap(GapKind::unparsable, line, fmt::format("{} is no constraint", printable(constraint)));
        return;
      }
    }
  }

  PackageList& list_;
  bool has_constraints_ = false;
  std::set<std::string, std::less<>> named_;
};

void
read(const LockText& file, PackageList& list)
{
  FreezeReader(file, list).run(file.text);
}

constexpr std::array<std::string_view, 2> paths{"cabal.project.freeze", "cabal.config"};

}  // namespace

extern const Lockfile lockfile_cabal_freeze{.id = "cabal-freeze",
                                            .title = "cabal.project.freeze",
                                            .purpose = Purpose::install,
                                            .hashed = Hashed::some,
                                            .weak_hash = WeakHash::as_good_as_it_gets,
                                            .manifest = ManifestKind::not_searched,
                                            .installer = Installer::other,
                                            .paths = paths,
                                            .read = read,
                                            // Hackage revises what describes a version.
                                            .fixed_content = FixedContent::nothing};

}  // namespace sluice::deps
