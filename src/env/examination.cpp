// SPDX-License-Identifier: Apache-2.0
#include "env/examination.hpp"

#include "base/text.hpp"
#include "env/matrix.hpp"
#include "env/type.hpp"
#include "gate/marks_above.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace sluice::env {

namespace {

void
check_values(const Rule& rule, const Survey& survey, Reporter& reporter)
{
  for (const DotenvFile& file : survey.files) {
    for (const Entry& entry : file.reading().entries) {
      if (!entry.value || entry.value->empty() || is_reference(*entry.value)) {
        continue;
      }
      const auto wanted = survey.wanted.find(entry.key);
      rule.check_value({survey, file, entry, entry.key, *entry.value, file.stage,
                        wanted == survey.wanted.end() ? nullptr : &wanted->second},
                       reporter);
    }
  }
}

void
check_style(const Rule& rule, const Survey& survey, Reporter& reporter)
{
  for (const DotenvFile& file : survey.files) {
    const std::string_view text = file.source.text();
    for (StyleFault& fault : rule.check_style(text, style_lines(text))) {
      std::string aspect = fault.message;
      reporter.report(
          file.source.path(), fault.line,
          {.message = std::move(fault.message),
           .help = fault.edits.empty() ? std::string(rule.meta.doc.instead) : "Run `sluice env check --style --fix`",
           .aspect = std::move(aspect)});
    }
  }
}

std::string_view
fact_of(const Finding& finding, std::string_view name)
{
  const auto found =
      std::find_if(finding.facts.begin(), finding.facts.end(), [name](const Fact& fact) { return fact.key == name; });
  return found == finding.facts.end() ? std::string_view() : std::string_view(found->value);
}

/// One slip is one finding: of a name that is misspelled nothing else is said of its being read or declared alone.
void
fold_misspelled(std::vector<Finding>& found)
{
  std::set<std::string, std::less<>> read, declared;
  for (const Finding& finding : found) {
    if (finding.rule->id == "misspelled") {
      read.emplace(fact_of(finding, "key"));
      declared.emplace(fact_of(finding, "near"));
    }
  }
  std::erase_if(found, [&](const Finding& finding) {
    return (finding.rule->id == "undeclared" && read.contains(fact_of(finding, "key")))
           || (finding.rule->id == "unused" && declared.contains(fact_of(finding, "key")));
  });
}

/// Comments in the files that findings are in, each file read once.
class Marks
{
public:
  explicit Marks(const Survey& survey)
      : survey_(survey)
  {}

  void
  note(Finding& finding)
  {
    if (finding.where.path.empty() || finding.where.begin.line == 0) {
      return;
    }
    const std::string path = finding.where.path.substr(survey_.prefix.size());
    const gate::SourceText& source = text_of(path);
    if (finding.where.begin.line > source.line_count()) {
      return;
    }
    const std::string_view line = source.line(finding.where.begin.line);
    const auto offset = static_cast<std::size_t>(line.data() - source.text().data());
    finding.inline_allow = gate::allow_at(source.text(), offset, finding.rule->id, gate::PeerMarks::none);
  }

private:
  const gate::SourceText&
  text_of(const std::string& path)
  {
    const auto known = texts_.find(path);
    if (known != texts_.end()) {
      return known->second;
    }
    return texts_.emplace(path, gate::SourceText(path, read_path(survey_, path, gate::max_file_bytes).value_or("")))
        .first->second;
  }

  const Survey& survey_;
  std::map<std::string, gate::SourceText, std::less<>> texts_;
};

bool
has_subject(const Survey& survey)
{
  return !survey.files.empty() || !survey.schemas.empty() || !survey.usage.empty() || !survey.fingerprints.empty()
         || !survey.targets.empty() || !survey.seen.empty();
}

/// A set that is compared with no other tells nothing.
void
tell_lone_fingerprints(const Survey& survey, std::vector<Gap>& gaps)
{
  const auto& all = survey.fingerprints;
  for (const FingerprintSet& set : all) {
    const bool has_other = std::any_of(all.begin(), all.end(), [&](const FingerprintSet& other) {
      return other.key == set.key && other.path != set.path;
    });
    if (!has_other) {
      gaps.push_back({GapKind::no_data, fmt::format("fingerprints of {}", printable(set.environment)),
                      "there are no others of the same key to compare them with",
                      "Give --fingerprints of each environment, made with one SLUICE_FINGERPRINT_KEY"});
    }
  }
}

std::string
scope_of(const Survey& survey)
{
  const std::string environments =
      survey.targets.empty() ? "no environment" : counted(survey.targets.size(), "environment", "environments");
  return fmt::format("all that reads, gives or declares a variable, with {}", environments);
}

}  // namespace

std::vector<Finding>
apply_rules(const Survey& survey, const gate::RuleSet& wanted)
{
  std::vector<Finding> found;
  for (const Rule* rule : rules()) {
    if (!wanted.applies(rule->meta)) {
      continue;
    }
    Reporter reporter(*rule, survey, found);
    if (rule->check != nullptr) {
      rule->check(survey, reporter);
    }
    if (rule->check_value != nullptr) {
      check_values(*rule, survey, reporter);
    }
    if (rule->check_style != nullptr && survey.options->style) {
      check_style(*rule, survey, reporter);
    }
  }
  fold_misspelled(found);
  Marks marks(survey);
  for (Finding& finding : found) {
    marks.note(finding);
  }
  std::stable_sort(found.begin(), found.end(), [](const Finding& a, const Finding& b) { return a.where < b.where; });
  return found;
}

Findings
findings_of(const Survey& survey, const gate::RuleSet& wanted)
{
  Findings findings;
  findings.found = apply_rules(survey, wanted);
  findings.gaps = survey.gaps;
  findings.excluded = survey.options->exclude;
  for (const std::string& path : survey.excluded) {
    findings.notices.push_back(fmt::format("{} is excluded and was not looked at", printable(survey.prefix + path)));
  }
  if (std::string why = why_none_is_unused(survey); !why.empty()) {
    findings.notices.push_back(std::move(why));
  }
  findings.coverage.scope = scope_of(survey);
  findings.coverage.counts = {{survey.examined_files + survey.files.size(), "files"},
                              {survey.usage.size(), "variables"}};
  tell_lone_fingerprints(survey, findings.gaps);
  if (!survey.fingerprints.empty()) {
    findings.coverage.counts.push_back({survey.fingerprints.size(), "sets of fingerprints"});
  }
  if (!has_subject(survey) && survey.gaps.empty()) {
    findings.absence =
        Absence{Absence::Kind::no_subject, "no file of the repository reads, gives or declares a variable"};
  }
  if (auto section = matrix_section(survey)) {
    findings.sections.push_back(*std::move(section));
  }
  return findings;
}

}  // namespace sluice::env
