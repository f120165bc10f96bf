// SPDX-License-Identifier: Apache-2.0
#include "promote/record/message.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"
#include "promote/brief.hpp"
#include "promote/time_words.hpp"
#include "promote/window/window.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

constexpr std::size_t longest_part = 600;

std::string
safe(std::string_view text)
{
  return ellipsis(printable(text), longest_part);
}

std::string
short_id(const std::string& commit)
{
  return safe(brief(commit));
}

std::string
time_of(const News& news)
{
  const auto wall = on_the_wall(*news.until, news.zone.empty() ? "UTC" : news.zone);
  return wall ? *wall : rfc3339(*news.until);
}

bool
is_well(const News& news)
{
  return news.end == EntryKind::confirmed || (news.is_rollback && news.end == EntryKind::rolled_back);
}

/// Good news is not loud.
enum class Loudness { none, warning, high };

Loudness
loudness_of(const News& news)
{
  if (news.moment == Moment::asked || news.is_broken_off || news.end == EntryKind::failed) {
    return Loudness::high;
  }
  const bool is_warning = (news.end && !is_well(news)) || (news.is_emergency && news.moment == Moment::begun);
  return is_warning ? Loudness::warning : Loudness::none;
}

/// Lines of a message, of which those that would say nothing are left out.
class Lines
{
public:
  explicit Lines(Loudness loudness)
  {
    if (loudness != Loudness::none) {
      text_ = loudness == Loudness::high ? "[HIGH] " : "[WARNING] ";
    }
  }

  void
  first(std::string_view line)
  {
    text_ += line;
  }
  void
  add(std::string_view label, std::string_view value)
  {
    if (!value.empty()) {
      text_ += fmt::format("\n{}: {}", label, safe(value));
    }
  }
  [[nodiscard]] std::string
  text() &&
  {
    return std::move(text_);
  }

private:
  std::string text_;
};

std::string
what_ended(const News& news)
{
  if (news.is_broken_off || !news.end) {
    return "its run ended before it did";
  }
  return std::string(name_of(*news.end));
}

std::string
technical_headline(const News& news)
{
  const std::string place = safe(news.environment);
  const std::string what =
      fmt::format("{} {}", news.is_rollback ? "rollback to" : "promotion of", short_id(news.commit));
  switch (news.moment) {
  case Moment::waiting:
    return fmt::format("{}: {} waits", place, what);
  case Moment::begun:
    return fmt::format("{}: {} {}{}", place, what, news.is_continued ? "goes on" : "has begun",
                       news.is_emergency ? ", as an emergency" : "");
  case Moment::step:
    return news.steps.empty() ? place
                              : fmt::format("{}: {}: {} {} ({})", place, what, safe(news.steps.back().name),
                                            safe(news.steps.back().outcome), shown_time(news.steps.back().took));
  case Moment::asked:
    return fmt::format("{}: {}: a person must decide", place, what);
  case Moment::ended:
    break;
  }
  return fmt::format("{}: {}: {}", place, what, what_ended(news));
}

std::string
steps_line(const News& news)
{
  std::vector<std::string> parts;
  for (const StepNews& step : news.steps) {
    parts.push_back(fmt::format("{} {} ({})", step.name, step.outcome, shown_time(step.took)));
  }
  return join(parts, ", ");
}

std::string
technical(const News& news)
{
  Lines lines(loudness_of(news));
  lines.first(technical_headline(news));
  lines.add("what", news.subject);
  lines.add("why", news.moment == Moment::step && !news.steps.empty() ? news.steps.back().why : news.why);
  lines.add("not before", news.until && news.moment == Moment::waiting ? time_of(news) : "");
  lines.add("to do", news.fix);
  lines.add("by", news.actor);
  lines.add("reason", news.reason);
  lines.add("commit", news.commit);
  lines.add("before", news.previous);
  if (news.moment == Moment::ended) {
    lines.add("steps", steps_line(news));
    lines.add("took", shown_time(news.took));
  }
  lines.add("run", news.run);
  lines.add("address", news.url);
  if (loudness_of(news) != Loudness::none) {
    lines.add("runbook", news.runbook);
    lines.add("call", join(news.contacts, ", "));
  }
  return std::move(lines).text();
}

/// What of an end matters to whoever uses it.
std::string
business_end(const News& news)
{
  const std::string place = safe(news.environment);
  if (news.is_rollback && is_well(news)) {
    return fmt::format("The version before is back in {}, and it is well.", place);
  }
  if (is_well(news)) {
    return fmt::format("The new version is in {}, and it is well.", place);
  }
  if (news.end == EntryKind::rolled_back) {
    return fmt::format("The new version was taken back from {}. The version before is there.", place);
  }
  if (news.end == EntryKind::aborted) {
    return fmt::format("The change to {} was given up.", place);
  }
  return fmt::format("The change to {} did not succeed, and somebody has to look at it.", place);
}

std::string
business_sentence(const News& news)
{
  const std::string place = safe(news.environment);
  switch (news.moment) {
  case Moment::waiting:
    return fmt::format("A new version is to come to {}. {}", place,
                       news.until ? fmt::format("Not before {}.", time_of(news)) : "When is not decided yet.");
  case Moment::begun:
    return news.is_rollback ? fmt::format("The version before is being brought back to {} now.", place)
                            : fmt::format("A new version is being brought to {} now.", place);
  case Moment::step:
    return fmt::format("The change to {} goes on.", place);
  case Moment::asked:
    return fmt::format("The change to {} has stopped, and a person has to decide how it goes on.", place);
  case Moment::ended:
    break;
  }
  return business_end(news);
}

std::string
business(const News& news)
{
  Lines lines(loudness_of(news));
  lines.first(business_sentence(news));
  lines.add("What changes", news.is_rollback ? "" : news.subject);
  lines.add("Where", news.url);
  lines.add("Ask", loudness_of(news) == Loudness::none ? "" : join(news.contacts, ", "));
  return std::move(lines).text();
}

}  // namespace

std::string
message_for(const News& news, Audience audience)
{
  return audience == Audience::technical ? technical(news) : business(news);
}

}  // namespace sluice::promote
