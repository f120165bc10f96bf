// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"
#include "base/text.hpp"
#include "promote/check.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

/// Whether the way back was gone to its end, and what came back was found healthy.
bool
is_rehearsal(const Promotion& promotion)
{
  const Step* verified = promotion.step("verify-rollback");
  return promotion.end == EntryKind::rolled_back && verified != nullptr && verified->state == Step::State::done;
}

std::vector<Ruling>
judge(const Situation& situation)
{
  const auto bound = std::chrono::floor<std::chrono::seconds>(situation.stage.rehearsed);
  if (bound.count() == 0) {
    return {};
  }
  std::optional<std::chrono::sys_seconds> last;
  std::string where;
  for (const std::string& need : situation.stage.needs) {
    for (const Promotion& promotion : situation.ledger.of(need).promotions) {
      if (is_rehearsal(promotion) && (!last || promotion.ended > *last)) {
        last = promotion.ended;
        where = need;
      }
    }
  }
  if (last && *last + bound >= situation.now) {
    return {{.why = fmt::format("a rollback was rehearsed in {} at {}", where, rfc3339(*last))}};
  }
  const std::string needs = join(situation.stage.needs, ", ");
  return {{.answer = Answer::no,
           .why = last ? fmt::format("the last rehearsal of a rollback, in {} at {}, is too long ago", where,
                                     rfc3339(*last))
                       : fmt::format("no rollback was rehearsed in {}", needs),
           .fix = fmt::format("sluice promote rollback --environment {} --reason rehearsal",
                              situation.stage.needs.empty() ? "…" : situation.stage.needs.front())}};
}

}  // namespace

extern const Check check_rollback_rehearsed{
    .id = "rollback-rehearsed",
    .topic = Topic::release,
    .title = "a way back that was gone before",
    .doc = "With `rehearsed`, a rollback must have ended well, and what it brought back been found healthy, in one of "
           "the environments before, not longer ago than that. A way back that nobody has gone is a hope.",
    .waivable = std::nullopt,
    .judge = judge};

}  // namespace sluice::promote
