// SPDX-License-Identifier: Apache-2.0
#include "finding/acceptance.hpp"

#include "base/shell.hpp"

#include <fmt/format.h>

namespace sluice {

namespace {

class Sentence
{
public:
  Sentence&
  word(std::string text)
  {
    parts_.push_back({AdvicePart::Kind::word, std::move(text)});
    return *this;
  }
  Sentence&
  code(std::string text)
  {
    parts_.push_back({AdvicePart::Kind::code, std::move(text)});
    return *this;
  }
  std::vector<AdvicePart>
  take()
  {
    return std::move(parts_);
  }

private:
  std::vector<AdvicePart> parts_;
};

void
add_comment(const Acceptance& acceptance, const AdviceOn& on, Sentence& sentence)
{
  if (acceptance.comments == InlineComments::ignore || on.place == CommentPlace::nowhere) {
    return;
  }
  if (on.place == CommentPlace::line) {
    sentence.code(fmt::format("sluice:allow[{}] REASON", on.rule)).word(" in a comment on its line, or ");
  }
  sentence.code(fmt::format("sluice:allow-next-line[{}] REASON", on.rule))
      .word(" in a comment on the line before it; or ");
}

}  // namespace

CommentPlace
comment_place(const Finding& finding)
{
  // Lockfiles are written by programs, and most cannot hold a comment: their gate reads none.
  constexpr std::string_view without_comments = "deps";
  const Location& where = finding.where;
  if (!where.commit.empty() || where.begin.line == 0
      || (finding.rule != nullptr && finding.rule->tool == without_comments)) {
    return CommentPlace::nowhere;
  }
  return where.end.line > where.begin.line ? CommentPlace::line_before : CommentPlace::line;
}

EntryNames
entry_names(const Finding& finding)
{
  return is_coarse(finding.fingerprint) ? EntryNames::path_too : EntryNames::fingerprint;
}

std::vector<AdvicePart>
how_to_accept(const Acceptance& acceptance, const AdviceOn& on)
{
  Sentence sentence;
  if (acceptance.configuration.empty()) {
    return sentence.word("nothing accepts it: it is what happened").take();
  }
  add_comment(acceptance, on, sentence);
  const std::string_view path = on.names == EntryNames::path_too ? " and its path" : "";
  sentence.word(fmt::format("{}{} with reason and expiry under ", on.entry, path))
      .code("allow:")
      .word(" in ")
      .code(acceptance.configuration);
  if (!acceptance.branch.empty()) {
    sentence.word(fmt::format(" of {}, because this change's own does not count", acceptance.branch));
  }
  if (!acceptance.baseline.empty()) {
    sentence.word("; or ").code(
        fmt::format("sluice check --baseline={} --baseline-action update", shell_word(acceptance.baseline)));
    sentence.word(acceptance.branch.empty() ? "" : fmt::format(" on {}", acceptance.branch));
  }
  return sentence.take();
}

std::string
text_of(const std::vector<AdvicePart>& parts)
{
  std::string text;
  for (const AdvicePart& part : parts) {
    text += part.kind == AdvicePart::Kind::code ? fmt::format("`{}`", part.text) : part.text;
  }
  return text;
}

}  // namespace sluice
