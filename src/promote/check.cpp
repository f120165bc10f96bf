// SPDX-License-Identifier: Apache-2.0
#include "promote/check.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

std::vector<const Check*>
by_topic()
{
  std::vector<const Check*> sorted(checks().begin(), checks().end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const Check* a, const Check* b) { return a->topic < b->topic; });
  return sorted;
}

}  // namespace

std::vector<Judgement>
judge_all(const Situation& situation)
{
  std::vector<Judgement> all;
  for (const Check* check : by_topic()) {
    for (Ruling& ruling : check->judge(situation)) {
      const bool is_stopping = ruling.answer > Answer::waived;
      if (situation.is_emergency && check->waivable && is_stopping) {
        ruling.why = fmt::format("waived by an emergency: {}", ruling.why);
        ruling.answer = Answer::waived;
      }
      all.push_back({check, std::move(ruling)});
    }
  }
  return all;
}

Answer
worst(std::span<const Judgement> judgements)
{
  Answer worst = Answer::yes;
  for (const Judgement& judgement : judgements) {
    worst = std::max(worst, judgement.ruling.answer);
  }
  return worst;
}

}  // namespace sluice::promote
