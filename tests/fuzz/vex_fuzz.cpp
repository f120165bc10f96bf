// SPDX-License-Identifier: Apache-2.0
//
// A VEX document of any format: whatever is in it, a statement that counts has a vulnerability, a product by which it
// can be matched and, where it excuses, a reason; and what does not count is a gap or told.
#include "deps/vex.hpp"
#include "deps/vex_rulings.hpp"
#include "fuzz/require.hpp"

#include <algorithm>

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  using namespace sluice::deps;
  const std::vector<VexDocument> documents{read_vex("vex.json", {reinterpret_cast<const char*>(data), size})};
  const VexDocument& document = documents.front();
  require(!document.gaps.empty() || !document.format.empty());
  for (const VexStatement& statement : document.statements) {
    require(!statement.vulnerabilities.empty() && !statement.products.empty());
    require(std::all_of(statement.products.begin(), statement.products.end(),
                        [](const VexProduct& each) { return each.self != nullptr; }));
    require(statement.status != VexStatus::not_affected || !statement.reason.empty());
  }
  LockedFile file;
  Package package;
  package.ecosystem = "npm";
  package.name = "victim";
  package.version = "1.0.0";
  Hit hit;
  hit.file = &file;
  hit.entries = {{file.list.add(package)}, package};
  hit.group.ids = {"CVE-2026-1"};
  Audit audit;
  audit.hits = {hit};
  apply_vex(documents, audit);
  const bool is_excused = audit.hits.front().ruling.kind == sluice::OwnRuling::Kind::ignore;
  require(!is_excused || std::any_of(document.statements.begin(), document.statements.end(), [](const auto& each) {
    return each.status == VexStatus::not_affected || each.status == VexStatus::fixed;
  }));
  return 0;
}
