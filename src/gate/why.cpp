// SPDX-License-Identifier: Apache-2.0
#include "gate/why.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::gate {

namespace {

constexpr std::size_t max_decisions = 20'000;
constexpr std::size_t max_what_bytes = 400;

std::string
text_of(Position where)
{
  return where.line == 0 ? std::string("file") : fmt::format("{}:{}", where.line, where.column);
}

}  // namespace

void
Decisions::note(Position where, std::string_view step, std::string what)
{
  if (all_.size() == max_decisions) {
    ++left_out_;
    return;
  }
  all_.push_back({where, std::string(step), std::move(what)});
}

std::string
text_of(const Decisions& decisions)
{
  std::vector<Decision> all(decisions.all().begin(), decisions.all().end());
  std::stable_sort(all.begin(), all.end(), [](const Decision& a, const Decision& b) { return a.where < b.where; });
  std::size_t place_width = 0;
  std::size_t step_width = 0;
  for (const Decision& decision : all) {
    place_width = std::max(place_width, text_of(decision.where).size());
    step_width = std::max(step_width, decision.step.size());
  }
  std::string text;
  const Decision* above = nullptr;
  for (const Decision& decision : all) {
    const bool is_same_place = above != nullptr && above->where == decision.where;
    text += fmt::format("{:<{}}  {:<{}}  {}\n", is_same_place ? std::string() : text_of(decision.where), place_width,
                        decision.step, step_width, printable(ellipsis(decision.what, max_what_bytes)));
    above = &decision;
  }
  if (decisions.left_out() > 0) {
    text += fmt::format("and {}\n", counted(decisions.left_out(), "decision more", "decisions more"));
  }
  return text;
}

}  // namespace sluice::gate
