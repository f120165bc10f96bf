// SPDX-License-Identifier: Apache-2.0
#include "promote/attestation.hpp"
#include "promote/gate_asking.hpp"

namespace sluice::promote {

namespace {

std::vector<Ruling>
judge(const Situation& situation)
{
  return of_gates(
      situation, [](const Gate& gate) { return !gate.notified.empty(); },
      [](const Situation& asked, const Gate& gate) {
        return judge_attestation(asked, gate, notice_item(gate.notified));
      });
}

}  // namespace

extern const Check check_notified{.id = "notified",
                                  .topic = Topic::people,
                                  .title = "told to whom it concerns",
                                  .doc = "A gate with `notified` needs an entry that they were told of the very "
                                         "commit, which whoever announces it writes: "
                                         "an attestation of the item `notified:WHO`.",
                                  .waivable = std::nullopt,
                                  .judge = judge};

}  // namespace sluice::promote
