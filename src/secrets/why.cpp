// SPDX-License-Identifier: Apache-2.0
#include "secrets/why.hpp"

#include "base/path.hpp"
#include "base/text.hpp"
#include "credentials/matcher.hpp"
#include "finding/executable.hpp"
#include "gate/marks_above.hpp"
#include "gate/source_text.hpp"
#include "gate/why.hpp"
#include "secrets/readings.hpp"
#include "secrets/vocabulary.hpp"

#include <algorithm>

namespace sluice::secrets {

namespace {

Result<std::uint32_t>
find_rule(std::string_view id)
{
  const auto all = rules();
  const auto found = std::find_if(all.begin(), all.end(), [id](const Rule& rule) { return rule.meta.id == id; });
  if (found != all.end()) {
    return static_cast<std::uint32_t>(found - all.begin());
  }
  if (const std::string_view tool = gate::tool_of_rule(id); !tool.empty()) {
    return fail(ErrorKind::usage, "{} is a rule of {}", id, executable_name(tool));
  }
  return fail(ErrorKind::usage, "{}: there is no such rule{}", printable(id), gate::did_you_mean_rule(id));
}

/// Writes down what the matcher tells.
class Watcher : public credentials::Watch
{
public:
  Watcher(std::uint32_t rule, const gate::SourceText& text, gate::Decisions& decisions)
      : Watch(rule),
        text_(text),
        decisions_(decisions)
  {}
  [[nodiscard]] std::uint32_t
  line_at(std::size_t offset) const override
  {
    return text_.position(offset).line;
  }
  void
  note(std::size_t offset, std::string_view step, std::string what) override
  {
    decisions_.note(text_.position(offset), step, std::move(what));
  }

private:
  const gate::SourceText& text_;
  gate::Decisions& decisions_;
};

/// What the text of the file itself says of the finding.
void
note_allowance(const Match& match, const gate::SourceText& text, gate::Decisions& decisions)
{
  const Position where = text.position(match.secret.begin);
  const auto allow =
      gate::allow_at(text.text(), match.secret.begin, rules()[match.rule].meta.id, gate::PeerMarks::of_secret_scanners);
  if (allow) {
    decisions.note(where, gate::step::allowed,
                   allow->lines_before == 0   ? "a comment on the line allows it"
                   : allow->lines_before == 1 ? "a comment on the line before allows it"
                                              : "a comment before the block allows it");
  }
}

}  // namespace

Result<gate::CommandOutcome>
why(const gate::NoOptions& /*none*/, const gate::CommandInput& input)
{
  TRY_ASSIGN(const std::uint32_t rule, find_rule(input.arguments.at(0)));
  TRY_ASSIGN(std::string text, read_file(input.file(1)));
  const gate::SourceText source(input.arguments.at(1), readable(std::move(text)));
  TRY_ASSIGN(const Matcher matcher, Matcher::create(rules(), compiled_database(), wanted_of(input.input.rules)));
  TRY_ASSIGN(MatchWorker worker, MatchWorker::create(matcher));
  gate::Decisions decisions;
  const RuleMeta& meta = rules()[rule].meta;
  if (!input.input.rules.applies(meta)) {
    decisions.note({}, gate::step::disabled,
                   meta.state == RuleState::preview ? "the rule is a preview that was not asked for, or disabled"
                                                    : "the configuration disables the rule");
  }
  Watcher watcher(rule, source, decisions);
  for (const Match& match : worker.match(source.text(), watcher).found) {
    if (match.rule == rule) {
      note_allowance(match, source, decisions);
    }
  }
  if (decisions.all().empty()) {
    decisions.note({}, gate::step::outside, "no place looks as if it could be one");
  }
  return gate::CommandOutcome{.output =
                                  fmt::format("{} in {}\n", meta.id, printable(source.path())) + text_of(decisions)};
}

}  // namespace sluice::secrets
