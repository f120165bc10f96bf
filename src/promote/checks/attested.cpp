// SPDX-License-Identifier: Apache-2.0
#include "promote/evidence/attestation.hpp"
#include "promote/evidence/gate_asking.hpp"

namespace sluice::promote {

namespace {

std::vector<Ruling>
judge(const Situation& situation)
{
  return of_gates(
      situation, [](const Gate& gate) { return !gate.attested.empty(); },
      [](const Situation& asked, const Gate& gate) { return judge_attestation(asked, gate, gate.attested); });
}

}  // namespace

extern const Check check_attested{
    .id = "attested",
    .topic = Topic::people,
    .title = "attested by a person",
    .doc = "A gate with `attested` needs somebody who vouches for the item for the very commit: QA, the key flows of "
           "users, the go-live checklist. Who did, when and until when is told. `max_age` bounds how long it counts.",
    .waivable = std::nullopt,
    .judge = judge};

}  // namespace sluice::promote
