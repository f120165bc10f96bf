// SPDX-License-Identifier: Apache-2.0
#include "finding/report.hpp"

namespace sluice {

int
exit_status(Verdict verdict)
{
  switch (verdict) {
  case Verdict::pass:
    return 0;
  case Verdict::fail:
    return 1;
  case Verdict::incomplete:
    return 3;
  }
  return 2;
}

}  // namespace sluice
