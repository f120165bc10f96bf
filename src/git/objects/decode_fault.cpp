// SPDX-License-Identifier: Apache-2.0
#include "git/objects/decode_fault.hpp"

namespace sluice::git {

std::string_view
explain(DecodeFault fault)
{
  switch (fault) {
  case DecodeFault::none:
    return "can be read";
  case DecodeFault::missing:
    return "is missing";
  case DecodeFault::unreadable:
    return "is in a file that cannot be opened";
  case DecodeFault::bad_header:
    return "is corrupt: its header makes no sense";
  case DecodeFault::bad_stream:
    return "is corrupt: its compressed data cannot be inflated";
  case DecodeFault::wrong_size:
    return "is corrupt: it has not the size that its header declares";
  case DecodeFault::too_large:
    return "is larger than the limit";
  case DecodeFault::no_memory:
    return "does not fit into memory";
  case DecodeFault::bad_delta:
    return "is corrupt: its delta does not fit its base";
  case DecodeFault::missing_base:
    return "is corrupt: the base of its delta is missing";
  case DecodeFault::failed_base:
    return "cannot be read: a base of its delta cannot";
  case DecodeFault::delta_cycle:
    return "is corrupt: its delta depends on itself";
  case DecodeFault::wrong_name:
    return "is corrupt: its content does not hash to its name";
  }
  return "is corrupt";
}

}  // namespace sluice::git
