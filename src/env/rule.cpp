// SPDX-License-Identifier: Apache-2.0
#include "env/rule.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::env {

void
Reporter::add(Location where, std::string excerpt, Remark remark)
{
  Finding finding;
  finding.rule = &rule_.meta;
  const std::string path = where.path;
  finding.where = std::move(where);
  finding.where.path.insert(0, survey_.prefix);
  finding.message = std::move(remark.message);
  finding.help = std::move(remark.help);
  finding.excerpt = std::move(excerpt);
  finding.subject = std::move(remark.subject);
  finding.severity = remark.severity;
  finding.facts = std::move(remark.facts);
  if (!remark.key.empty()) {
    finding.facts.insert(finding.facts.begin(), {"key", {}, remark.key});
  }
  for (RelatedPlace& place : remark.related) {
    place.where.path.insert(0, survey_.prefix);
    finding.related.push_back(std::move(place));
  }
  const std::array<std::string_view, 3> parts{remark.key, path, remark.aspect};
  finding.fingerprint = make_fingerprint(rule_.meta.id, parts);
  found_.push_back(std::move(finding));
}

void
Reporter::report(const DotenvFile& file, const Entry& entry, Remark remark)
{
  remark.key = remark.key.empty() ? entry.key : remark.key;
  if (remark.subject.empty()) {
    remark.subject = fmt::format("env:{}/{}", file.environment.empty() ? "any" : file.environment, remark.key);
  }
  Location where = file.location_of(entry);
  const Position begin = where.begin;
  where.end = {begin.line, begin.column + static_cast<std::uint32_t>(entry.key_at.size())};
  if (file.source.path().empty()) {
    where.begin = where.end = {};  // a process has no lines
  }
  // The line itself holds the value.
  add(std::move(where), printable(entry.key), std::move(remark));
  found_.back().covered = Span{0, found_.back().excerpt.size()};
}

void
Reporter::report(std::string_view path, std::uint32_t line, Remark remark)
{
  Location where;
  where.path = path;
  where.begin = {line, 0};
  where.end = where.begin;
  // The line itself may hold a value.
  add(std::move(where), remark.key.empty() ? std::string() : printable(remark.key), std::move(remark));
}

}  // namespace sluice::env
