// SPDX-License-Identifier: Apache-2.0
#include "promote/hook_run.hpp"

#include "base/process.hpp"
namespace sluice::promote {
HookOutcome
run_hook(const Hook& hook, const HookCall& call)
{
  ProcessRequest r;
  r.argv = hook.run;
  r.environment.emplace(call.process->begin(), call.process->end());
  for (const auto& [k, v] : call.variables)
    (*r.environment)[k] = v;
  r.directory = call.directory;
  auto done = run_process(r);
  HookOutcome o;
  if (!done) {
    o.end = HookOutcome::End::not_found;
    o.why = done.error().message;
    return o;
  }
  o.status = done->exit_status;
  o.output = done->output;
  o.excerpt = done->output + done->error_output;
  if (o.status != 0) {
    o.end = HookOutcome::End::failed;
    o.why = fmt::format("exit status {}", o.status);
  }
  return o;
}
std::optional<std::string>
missing_program(const Hook&, const Environment&, const std::filesystem::path&)
{
  return std::nullopt;
}
}  // namespace sluice::promote
