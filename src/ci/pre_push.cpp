// SPDX-License-Identifier: Apache-2.0
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
    return fail(ErrorKind::input, "pre-push input: line {}: the {} id is not an object id", number, which);
  }
  return id;
}

Result<PushedRef>
parse_line(std::string_view line, std::size_t number)
{
  // The local "ref" is whatever was pushed, with spaces too ("HEAD@{2 days ago}"); the other three words cannot
  // hold one. So the line is taken apart from its end.
  const std::vector<std::string_view> words = split(line, ' ');
  if (words.size() < 4) {
    return fail(ErrorKind::input, "pre-push input: line {} is not \"<local ref> <local id> <remote ref> <remote id>\"",
                number);
  }
  const std::string_view remote_id = words.back();
  const std::string_view remote_ref = words[words.size() - 2];
  const std::string_view local_id = words[words.size() - 3];
  PushedRef pushed;
  pushed.local_ref = line.substr(0, line.size() - local_id.size() - remote_ref.size() - remote_id.size() - 3);
  pushed.remote_ref = remote_ref;
  TRY_ASSIGN(pushed.local_id, line_id(number, "local", local_id));
  TRY_ASSIGN(pushed.remote_id, line_id(number, "remote", remote_id));
  return pushed;
}

}  // namespace

Result<std::vector<PushedRef>>
parse_pre_push(std::string_view standard_input)
{
  std::vector<PushedRef> refs;
  std::size_t number = 0;
  for (const std::string_view line : lines_of(standard_input)) {
    ++number;
    if (trim(line).empty()) {
      continue;
    }
    TRY_ASSIGN(auto ref, parse_line(line, number));
    refs.push_back(std::move(ref));
  }
  return refs;
}

}  // namespace sluice::ci
