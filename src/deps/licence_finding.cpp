// SPDX-License-Identifier: Apache-2.0
#include "deps/licence_finding.hpp"

#include "base/text.hpp"
#include "deps/package_facts.hpp"
#include "deps/subject.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace sluice::deps {

namespace {

constexpr std::size_t most_shown = 120;
constexpr std::size_t most_parts = 5;

/// Whoever writes a licence of a thousand parts need not have all of them quoted.
std::string
shown_parts(const std::vector<std::string>& parts)
{
  std::vector<std::string> shown;
  for (const std::string& part : std::span(parts).first(std::min(parts.size(), most_parts))) {
    shown.push_back(ellipsis(part, most_shown));
  }
  const std::string more = parts.size() > most_parts ? fmt::format(" and {} more", parts.size() - most_parts) : "";
  return join(shown, ", ") + more;
}

std::string
shown_licence(const LicenceHit& hit)
{
  return ellipsis(printable(hit.licence), most_shown);
}

std::string
message_of(const LicenceHit& hit)
{
  const std::string package = shown_name(hit.package);
  if (hit.licence.empty()) {
    return fmt::format("{} says nothing of its licence: whether it may be used is not known", package);
  }
  if (!hit.unreadable.empty()) {
    return fmt::format("{}: its licence, \"{}\", {}", package, shown_licence(hit), hit.unreadable);
  }
  const bool is_refused = hit.verdict.outcome == LicenceVerdict::Outcome::refused;
  const auto& parts = is_refused ? hit.verdict.refused : hit.verdict.unknown;
  const std::string what = is_refused ? shown_parts(parts) : fmt::format("nobody knows {}", shown_parts(parts));
  return fmt::format("{} is under {}: {}", package, shown_licence(hit), what);
}

std::string
help_of(const LicenceHit& hit)
{
  const std::string accept = "accept it under `licences: exceptions:` with a reason and a last day";
  if (hit.verdict.outcome == LicenceVerdict::Outcome::unknown) {
    return fmt::format("Look at the licence of {}, and {}", hit.package.name, accept);
  }
  return fmt::format("Replace {}, or {}", hit.package.name, accept);
}

Finding
finding_of(const Rule& rule, const LicenceHit& hit)
{
  const std::string& path = hit.file->list.path;
  Finding finding;
  finding.rule = &rule.meta;
  finding.where = {.path = path, .begin = {hit.package.line, 0}, .end = {hit.package.line, 0}};
  finding.message = message_of(hit);
  finding.help = help_of(hit);
  finding.subject = purl_of(hit.package);
  const auto add = [&finding](std::string key, std::string label, std::string value) {
    add_fact(finding, std::move(key), std::move(label), std::move(value));
  };
  add_name_and_version(finding, hit.package);
  add("licence", "licence", ellipsis(hit.licence, 1000));
  add("licence-told-by", "told by", hit.told_by);
  add("licence-refused", "refused", shown_parts(hit.verdict.refused));
  add("licence-unknown", "not known", shown_parts(hit.verdict.unknown));
  add("licence-passing", "would pass alone", shown_parts(hit.verdict.passing));
  add_scope(finding, hit.package);
  finding.fingerprint = make_fingerprint(
      rule.meta.id, std::array<std::string_view, 4>{hit.package.ecosystem, hit.package.name, hit.licence, path});
  finding.ruling = hit.ruling;
  finding.is_older = hit.is_older;
  return finding;
}

}  // namespace

void
report_licences(const Rule& rule, const Audit& audit, LicenceVerdict::Outcome outcome, std::vector<Finding>& found)
{
  for (const LicenceHit& hit : audit.licences.hits) {
    if (hit.verdict.outcome == outcome) {
      found.push_back(finding_of(rule, hit));
    }
  }
}

}  // namespace sluice::deps
