// SPDX-License-Identifier: Apache-2.0
//
// What the hooks of git and the program pre-commit tell of their run. git hands refs to a hook on standard input;
// pre-commit keeps that input to itself and tells in variables what of it was meant, the same in its versions 3.0 to 4:
// PRE_COMMIT_FROM_REF and PRE_COMMIT_TO_REF where the remote has an ancestor, the remote's name and URL before any push
// (commands/hook_impl.py, commands/run.py).
#include "base/text.hpp"
#include "ci/ci_context.hpp"
#include "ci/event_id.hpp"

namespace sluice::ci {

namespace {

/// Unlike a platform's variable, a word of this line is never empty: "none" is spelled in zeros.
Result<std::string>
line_id(std::size_t number, std::string_view which, std::string_view value)
{
  auto id = event_id("", value);
  if (!id || value.empty()) {
    return fail(ErrorKind::input, "pre-receive input: line {}: the {} id is not an object id", number, which);
  }
  return id;
}

}  // namespace

Result<std::vector<PushedRef>>
parse_pre_receive(std::string_view standard_input)
{
  std::vector<PushedRef> refs;
  std::size_t number = 0;
  for (const std::string_view line : lines_of(standard_input)) {
    ++number;
    if (trim(line).empty()) {
      continue;
    }
    const std::vector<std::string_view> words = split(line, ' ');
    if (words.size() != 3 || words[2].empty()) {
      return fail(ErrorKind::input, "pre-receive input: line {} is not \"<old id> <new id> <ref>\"", number);
    }
    PushedRef ref;
    ref.local_ref = ref.remote_ref = words[2];
    TRY_ASSIGN(ref.remote_id, line_id(number, "old", words[0]));
    TRY_ASSIGN(ref.local_id, line_id(number, "new", words[1]));
    refs.push_back(std::move(ref));
  }
  return refs;
}

void
take_pre_commit(CiContext& context, const Environment& environment)
{
  const std::string_view from = value_of(environment, "PRE_COMMIT_FROM_REF");
  const std::string_view to = value_of(environment, "PRE_COMMIT_TO_REF");
  const std::string_view remote = value_of(environment, "PRE_COMMIT_REMOTE_NAME");
  if (to.empty() && remote.empty()) {
    context.staged = true;
    return;
  }
  const auto from_id = event_id("", from);
  const auto to_id = event_id("", to);
  if (context.platform != Platform::shell || (!to.empty() && !(from_id && to_id))) {
    // `pre-commit run` by hand or in a pipeline, whose event still says whose change it is.
    context.from_revision = from;
    context.to_revision = to;
    return;
  }
  context.event = Event::pre_push;
  context.event_name = "pre-push";
  context.remote = remote;
  if (!to.empty()) {
    const std::string_view local = value_of(environment, "PRE_COMMIT_LOCAL_BRANCH");
    const std::string_view remote_ref = value_of(environment, "PRE_COMMIT_REMOTE_BRANCH");
    context.pushed = {{std::string(local.empty() ? to : local), *to_id, std::string(remote_ref), *from_id}};
  }
}

}  // namespace sluice::ci
