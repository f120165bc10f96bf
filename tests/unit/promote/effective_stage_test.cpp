// SPDX-License-Identifier: Apache-2.0
#include "promote/effective_stage.hpp"

#include <doctest/doctest.h>

using namespace sluice::promote;
using namespace std::chrono_literals;

TEST_CASE("a risk asks for more, what a lower one asks for included, and never for less")
{
  Stage stage;
  stage.approvals.count = 1;
  stage.risk["medium"] = {.approvals = 2, .watch = 1min, .strategy = ""};
  stage.risk["high"] = {.approvals = 0, .watch = 1h, .strategy = "canary"};
  const EffectiveStage low = effective(stage, Risk::low);
  CHECK(low.approvals == 1);
  CHECK(low.watch == 15min);
  CHECK(low.strategy == Strategy::direct);
  const EffectiveStage medium = effective(stage, Risk::medium);
  CHECK(medium.approvals == 2);
  CHECK(medium.watch == 15min);
  const EffectiveStage high = effective(stage, Risk::high);
  CHECK(high.approvals == 2);
  CHECK(high.watch == 1h);
  CHECK(high.strategy == Strategy::canary);
}

TEST_CASE("a risk that nobody knows is the highest")
{
  Stage stage;
  stage.risk["high"].approvals = 3;
  CHECK(effective(stage, std::nullopt).approvals == 3);
  CHECK_FALSE(effective(stage, std::nullopt).risk);
  stage.risk.clear();
  CHECK(effective(stage, std::nullopt).approvals == 0);
}
