// SPDX-License-Identifier: Apache-2.0
#include "cli/explain.hpp"

#include "base/text.hpp"
#include "cli/help.hpp"
#include "finding/acceptance.hpp"
#include "finding/executable.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::cli {

namespace {

/// Columns of a title that are worth to stand behind the rule's name.
constexpr std::size_t least_title = 24;

/// A line per rule, the titles below each other; where that leaves them no room, each below its rule.
std::string
list_rules(std::span<const RuleMeta* const> rules, std::size_t width)
{
  std::size_t id_width = 0;
  for (const RuleMeta* rule : rules) {
    id_width = std::max(id_width, rule->id.size());
  }
  std::string text;
  for (const RuleMeta* rule : rules) {
    const std::string name =
        fmt::format("{:<{}}  {:<8}  {:<10}  ", rule->id, id_width, name_of(rule->severity), rule->tool);
    const std::string title = fmt::format("{}{}", rule->title, rule->state == RuleState::preview ? " (preview)" : "");
    text += width < name.size() + least_title ? fmt::format("{} {} {}\n    {}\n", rule->id, name_of(rule->severity),
                                                            rule->tool, folded(title, 4, width))
                                              : name + folded(title, name.size(), width) + "\n";
  }
  return text;
}

/// Markdown for a terminal: headings become plain lines, paragraphs are wrapped, code keeps its lines.
class PlainText
{
public:
  explicit PlainText(std::size_t width)
      : width_(width)
  {}

  std::string
  of(std::string_view markdown)
  {
    for (const std::string_view line : lines_of(markdown)) {
      add(line);
    }
    end_paragraph();
    return std::move(text_);
  }

private:
  void
  add(std::string_view line)
  {
    if (line.starts_with("```")) {
      end_paragraph();
      is_code_ = !is_code_;
    } else if (is_code_) {
      text_ += line.empty() ? "\n" : fmt::format("      {}\n", line);
    } else if (line.starts_with("## ")) {
      end_paragraph();
      text_ += fmt::format("{}\n", line.substr(3));
    } else if (line.empty()) {
      end_paragraph();
      // A heading is followed by its text at once.
      text_ += text_.empty() || text_.ends_with("\n\n") || is_heading_last() ? "" : "\n";
    } else {
      if (line.starts_with("- ")) {
        end_paragraph();
      }
      paragraph_ += (paragraph_.empty() ? "" : " ") + std::string(trim(line));
    }
  }

  [[nodiscard]] bool
  is_heading_last() const
  {
    const std::size_t before = text_.rfind('\n', text_.size() - 2);
    return text_[before == std::string::npos ? 0 : before + 1] != ' ';
  }

  void
  end_paragraph()
  {
    if (!paragraph_.empty()) {
      const std::size_t indent = paragraph_.starts_with("- ") ? 4 : 2;
      text_ += "  " + folded(paragraph_, indent, width_) + "\n";
      paragraph_.clear();
    }
  }

  std::size_t width_;
  std::string text_, paragraph_;
  bool is_code_ = false;
};

std::string
text_of(const RuleMeta& rule, std::size_t width)
{
  std::string text = fmt::format("{}\n\n", folded(fmt::format("{}: {}", rule.id, rule.title), 4, width));
  text += fmt::format("  gate        {}\n  severity    {}\n  confidence  {}\n  since       {}\n",
                      executable_name(rule.tool), name_of(rule.severity), name_of(rule.confidence), rule.since);
  if (rule.state == RuleState::preview) {
    text += fmt::format("  state       preview: applied only with --preview {}\n", rule.id);
  }
  if (!rule.tags.empty()) {
    text += fmt::format("  tags        {}\n",
                        folded(join(std::vector<std::string>(rule.tags.begin(), rule.tags.end()), ", "), 14, width));
  }
  // What a run's configuration would change of this, its report says.
  const std::string accept = "To accept a finding: " + text_of(how_to_accept({}, {.rule = std::string(rule.id)}));
  return text + "\n" + PlainText(width).of(markdown_of(rule.doc)) + "\n" + folded(accept, 2, width) + "\n";
}

}  // namespace

Result<gate::CommandOutcome>
explain(std::span<const RuleMeta* const> rules, std::span<const std::string> ids, std::size_t width)
{
  if (ids.empty()) {
    return gate::CommandOutcome{.output = list_rules(rules, width)};
  }
  gate::CommandOutcome outcome;
  for (const std::string& id : ids) {
    const auto found = std::find_if(rules.begin(), rules.end(), [&id](const RuleMeta* rule) { return rule->id == id; });
    if (found == rules.end()) {
      return fail(ErrorKind::usage, "{}: is not a rule{}", printable(id), gate::did_you_mean_rule(id));
    }
    outcome.output += (outcome.output.empty() ? "" : "\n") + text_of(**found, width);
  }
  return outcome;
}

}  // namespace sluice::cli
