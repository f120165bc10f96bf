// SPDX-License-Identifier: Apache-2.0
#include "@tool@/rule.hpp"

#include <array>

namespace sluice::@tool@ {

namespace {

void
check(const Rule& rule, const gate::SourceText& file, std::vector<Finding>& found)
{
  constexpr std::string_view word = "FILL IN";
  for (std::size_t at = file.text().find(word); at != std::string_view::npos; at = file.text().find(word, at + 1)) {
    Finding finding;
    finding.rule = &rule.meta;
    finding.where = file.location({at, at + word.size()});
    finding.message = "FILL IN: what will happen and to whom";
    finding.help = "FILL IN, short and in the imperative";
    finding.excerpt = file.line(finding.where.begin.line);
    finding.fingerprint = make_fingerprint(rule.meta.id, std::array{file.line(finding.where.begin.line)});
    found.push_back(std::move(finding));
  }
}

}  // namespace

extern const Rule rule_@name@{.meta = {.id = "@id@",
                                       .title = "FILL IN, one line without a final stop",
                                       .since = "@since@",
                                       .doc = {.what = R"(FILL IN)", .why = R"(FILL IN)", .instead = R"(FILL IN)"},
                                       .severity = Severity::medium,
                                       .confidence = Confidence::high,
                                       .tags = {},
                                       .tool = "@tool@"},
                              .check = check};

}  // namespace sluice::@tool@
