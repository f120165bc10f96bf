// SPDX-License-Identifier: Apache-2.0
#include "deps/reference_finding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

/// Whether the file had this before the change, wherever in it.
bool
had_before(const LockedFile& file, const Reference& reference)
{
  if (!file.before) {
    return false;
  }
  const auto all = file.before->references();
  return std::any_of(all.begin(), all.end(), [&reference](const Reference& each) {
    return each.kind == reference.kind && each.text == reference.text && !each.is_pinned;
  });
}

}  // namespace

void
report_unpinned(const Rule& rule, const Audit& audit, Reference::Kind kind, std::string_view danger,
                std::string_view help, std::vector<Finding>& found)
{
  for (const LockedFile& file : audit.locked->files) {
    for (const Reference& reference : file.list.references()) {
      if (reference.kind != kind || reference.is_pinned) {
        continue;
      }
      Finding finding;
      finding.rule = &rule.meta;
      finding.where = {.path = file.list.path, .begin = {reference.line, 0}, .end = {reference.line, 0}};
      finding.message = fmt::format("{}: {}", reference.text, danger);
      finding.help = help;
      finding.subject = reference.text;
      finding.fingerprint =
          make_fingerprint(rule.meta.id, std::array<std::string_view, 2>{reference.text, file.list.path});
      finding.is_older = had_before(file, reference);
      found.push_back(std::move(finding));
    }
  }
}

}  // namespace sluice::deps
