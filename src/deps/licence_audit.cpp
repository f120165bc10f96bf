// SPDX-License-Identifier: Apache-2.0
#include "deps/licence_audit.hpp"

#include "base/text.hpp"
#include "deps/audit.hpp"
#include "deps/subject.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace sluice::deps {

namespace {

using Outcome = LicenceVerdict::Outcome;

/// What a licence text comes to.
struct Reading
{
  LicenceVerdict verdict;
  std::string unreadable;
};

/// What files say of a package.
struct Told
{
  std::set<std::string> licences;
  std::string path;  ///< the first

  /// All of them hold.
  [[nodiscard]] std::string
  licence() const
  {
    return licences.size() == 1 ? *licences.begin() : fmt::format("({})", fmt::join(licences, ") AND ("));
  }
};

std::string
key_of(const Package& package)
{
  return fmt::format("{}\n{}\n{}", package.ecosystem.substr(0, package.ecosystem.find(':')), name_to_compare(package),
                     package.version);
}

/// What runs in a pipeline is no part of what is passed on, and lockfiles of it tell of no licences.
bool
is_judged(const Package& package)
{
  return package.ecosystem != "GitHub Actions";
}

/// R spells licences in its own way.
std::string
expression_of(const Package& package)
{
  const bool is_r = package.ecosystem == "CRAN" || package.ecosystem == "Bioconductor";
  return is_r && !package.licence.empty() ? licence_of_r(package.licence) : std::string(package.licence);
}

/// By which a bump that keeps the licence is what was there already.
std::string
kept_key(const Package& package)
{
  return fmt::format("{}\n{}\n{}", package.ecosystem, package.name, package.licence);
}

std::unordered_set<std::string>
licences_before(const LockedFile& file)
{
  std::unordered_set<std::string> keys;
  if (file.before) {
    for (const Package& package : file.before->packages()) {
      if (package.part == Part::third_party) {
        keys.insert(kept_key(package));
      }
    }
  }
  return keys;
}

class Auditor
{
public:
  Auditor(const LockedFiles& locked, const LicenceOptions& options, Date today)
      : locked_(locked),
        options_(options),
        policy_(options),
        exceptions_(options.exceptions, today)
  {}

  LicenceAudit
  run()
  {
    for (const LockedFile& file : locked_.files) {
      note_told(file.list);
    }
    for (const LockedFile& file : locked_.files) {
      judge(file);
    }
    tell_names();
    const std::vector<std::string> notices = exceptions_.notices();
    result_.notices.insert(result_.notices.end(), notices.begin(), notices.end());
    return std::move(result_);
  }

private:
  /// Of two files that say different things both count.
  void
  note_told(const PackageList& list)
  {
    for (const Package& package : list.packages()) {
      if (package.licence.empty() || package.part != Part::third_party || package.version.empty()) {
        continue;
      }
      Told& told = told_.try_emplace(key_of(package), Told{{}, list.path}).first->second;
      if (told.licences.empty() || told.path != list.path) {
        told.licences.insert(expression_of(package));
      }
    }
  }

  void
  judge(const LockedFile& file)
  {
    std::vector<LicenceHit> failing;
    std::uint64_t told = 0;
    for (const Entries& entries : entries_of(file.list)) {
      const Package& package = entries.package;
      if (!is_judged(package)) {
        continue;
      }
      LicenceHit hit;
      hit.file = &file;
      hit.package = package;
      hit.licence = expression_of(package);
      if (hit.licence.empty()) {
        ask_others(hit);
      }
      if (hit.licence.empty()) {
        hit.verdict.outcome = Outcome::unknown;
        failing.push_back(std::move(hit));
        continue;
      }
      ++told;
      const Reading& reading = read(hit.licence);
      hit.verdict = reading.verdict;
      hit.unreadable = reading.unreadable;
      if (hit.verdict.outcome != Outcome::passes) {
        failing.push_back(std::move(hit));
      }
    }
    result_.judged += told;
    if (told == 0 && !failing.empty()) {
      tell_nothing_told(file, failing.size());
      return;
    }
    const std::unordered_set<std::string> before =
        failing.empty() ? std::unordered_set<std::string>() : licences_before(file);
    for (LicenceHit& hit : failing) {
      hit.is_older = file.is_unchanged || before.contains(kept_key(hit.package));
      add(std::move(hit));
    }
  }

  void
  ask_others(LicenceHit& hit) const
  {
    if (const auto other = told_.find(key_of(hit.package)); other != told_.end()) {
      hit.licence = other->second.licence();
      hit.told_by = other->second.path;
    }
  }

  void
  add(LicenceHit hit)
  {
    const auto exception = exceptions_.ruling(hit.package.name, hit.licence);
    if (hit.verdict.outcome == Outcome::unknown) {
      if (options_.unknown == OwnRuling::Kind::ignore) {
        return;
      }
      hit.ruling = OwnRuling{options_.unknown, fmt::format("`unknown` of the policy for licences says so{}",
                                                           options_.origin.empty() ? "" : ", " + options_.origin)};
    }
    if (exception) {
      hit.ruling = *exception;
    }
    result_.hits.push_back(std::move(hit));
  }

  void
  tell_nothing_told(const LockedFile& file, std::size_t packages)
  {
    std::string why = fmt::format("{} tells of no licences, and so {} cannot be judged by the policy for them",
                                  file.format->title, counted(packages, "package", "packages"));
    if (options_.unknown == OwnRuling::Kind::ignore) {
      result_.notices.push_back(fmt::format("{}: {}", printable(file.list.path), why));
      return;
    }
    result_.gaps.push_back({GapKind::no_data, fmt::format("licences of {}", file.list.path), std::move(why),
                            "Add a bill of materials of the same packages, CycloneDX or SPDX with licences"});
  }

  const Reading&
  read(const std::string& licence)
  {
    const auto [at, is_new] = readings_.try_emplace(licence);
    if (is_new) {
      if (const auto expression = parse_licence(licence)) {
        at->second.verdict = policy_.judge(*expression);
        read_as_.insert(expression->read_as.begin(), expression->read_as.end());
      } else {
        at->second.verdict.outcome = Outcome::unknown;
        at->second.unreadable = expression.error().message;
      }
    }
    return at->second;
  }

  /// That a name was taken for an identifier is nobody's to find out by a pass.
  void
  tell_names()
  {
    constexpr std::size_t most = 10;
    if (read_as_.empty()) {
      return;
    }
    std::vector<std::string> shown(read_as_.begin(), read_as_.end());
    const std::string more = shown.size() > most ? fmt::format(" and {} more", shown.size() - most) : "";
    shown.resize(std::min(shown.size(), most));
    result_.notices.push_back(fmt::format(
        "licences that are not written as SPDX has them were read by their names: {}{}", join(shown, ", "), more));
  }

  const LockedFiles& locked_;
  const LicenceOptions& options_;
  LicencePolicy policy_;
  LicenceExceptions exceptions_;
  std::unordered_map<std::string, Told> told_;
  std::unordered_map<std::string, Reading> readings_;
  std::set<std::string> read_as_;
  LicenceAudit result_;
};

}  // namespace

LicenceAudit
audit_licences(const LockedFiles& locked, const LicenceOptions& options, Date today)
{
  return options.is_policy() ? Auditor(locked, options, today).run() : LicenceAudit();
}

}  // namespace sluice::deps
