// SPDX-License-Identifier: Apache-2.0
#include "deps/excuse.hpp"

#include <utility>
#include <vector>

namespace sluice::deps {

namespace {

/// Of several vulnerabilities, sorted out.
struct Sorted
{
  std::vector<HitPart> excused, left;
  std::optional<OwnRuling> excuse;  ///< the first
};

Sorted
sorted_parts(const Hit& hit, const ExcuseOf& excuse_of)
{
  Sorted sorted;
  Hit one = hit;
  one.parts.clear();
  for (const HitPart& part : hit.parts) {
    one.group = part.group;
    one.exploitation = part.exploitation;
    auto ruling = excuse_of(one);
    (ruling ? sorted.excused : sorted.left).push_back(part);
    if (ruling && !sorted.excuse) {
      sorted.excuse = std::move(ruling);
    }
  }
  return sorted;
}

/// Makes the hit one of these parts alone.
void
reduce(Hit& hit, std::vector<HitPart> parts)
{
  std::vector<AdvisoryGroup> groups;
  hit.exploitation.reset();
  for (const HitPart& part : parts) {
    groups.push_back(part.group);
    hit.exploitation = worst_of(hit.exploitation, part.exploitation);
  }
  hit.group = merged(std::move(groups));
  hit.parts = parts.size() > 1 ? std::move(parts) : std::vector<HitPart>();
}

}  // namespace

PolicyFacts
facts_of(const Package& package, std::string_view path)
{
  PolicyFacts facts;
  facts.scope = package.scope;
  facts.is_direct = package.is_direct;
  facts.ecosystem = package.ecosystem;
  facts.name = package.name;
  facts.path = path;
  return facts;
}

PolicyFacts
facts_of(const Hit& hit)
{
  PolicyFacts facts = facts_of(hit.entries.package, hit.file->list.path);
  facts.severity = hit.group.severity;
  facts.score = hit.group.score;
  facts.has_fix = hit.fixed_in.has_value();
  facts.is_malware = hit.group.is_malware;
  if (hit.exploitation) {
    facts.is_kev = !hit.exploitation->known_since.empty();
    facts.epss = hit.exploitation->epss;
  }
  facts.published = parse_date(std::string_view(hit.group.published).substr(0, 10));
  return facts;
}

void
excuse(Audit& audit, const ExcuseOf& excuse_of)
{
  std::vector<Hit> hits;
  hits.reserve(audit.hits.size());
  for (Hit& hit : audit.hits) {
    const bool is_done = hit.ruling.kind == OwnRuling::Kind::ignore;
    if (hit.parts.empty()) {
      auto ruling = excuse_of(hit);
      if (ruling && !is_done) {
        hit.ruling = *std::move(ruling);
      }
    } else if (Sorted sorted = sorted_parts(hit, excuse_of); sorted.excuse && !is_done) {
      if (!sorted.left.empty()) {
        Hit& rest = hits.emplace_back(hit);
        reduce(rest, std::move(sorted.left));
        rest.ruling = RuleList(audit.options->rules).decide(facts_of(rest), audit.today);
        reduce(hit, std::move(sorted.excused));
      }
      hit.ruling = *std::move(sorted.excuse);
    }
    hits.push_back(std::move(hit));
  }
  audit.hits = std::move(hits);
}

}  // namespace sluice::deps
