// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/json.hpp"
namespace sluice::promote {
struct ProcessIdentity
{
  std::string host, boot_id;
  int pid = 0;
};
enum class Liveness { alive, dead, unknown };
inline ProcessIdentity
this_process_identity()
{
  return {"h", "b", 1};
}
inline Json
json_of(const ProcessIdentity& p)
{
  return Json{{"host", p.host}};
}
inline std::optional<ProcessIdentity>
process_identity_of(const Json& j)
{
  return ProcessIdentity{*j["host"].text(), "", 0};
}
inline Liveness
liveness_of(const ProcessIdentity&)
{
  return Liveness::unknown;
}
}  // namespace sluice::promote
