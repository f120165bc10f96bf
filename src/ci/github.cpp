// SPDX-License-Identifier: Apache-2.0
//
// Variables: docs.github.com, "Variables reference". act sets the same and ACT=true; without an event file its payload
// is `{}`.
#include "base/path.hpp"
#include "base/text.hpp"
#include "ci/event_payload.hpp"
#include "ci/platforms.hpp"

namespace sluice::ci {

namespace {

constexpr std::uint64_t max_payload_bytes = 25U << 20U;  // GitHub delivers no larger one

constexpr std::array<EventName, 13> events{{
    {"pull_request", Event::pull_request},
    {"pull_request_sync", Event::pull_request},  // Gitea's name of a request whose head moved
    {"pull_request_review", Event::pull_request},
    {"pull_request_review_comment", Event::pull_request},
    {"pull_request_target", Event::pull_request_target},
    {"merge_group", Event::merge_group},
    {"push", Event::push},
    {"delete", Event::ref_delete},
    {"schedule", Event::schedule},
    {"workflow_dispatch", Event::dispatch},
    {"repository_dispatch", Event::dispatch},
    {"release", Event::release},
    {"workflow_call", Event::other},
}};

bool
needs_payload(Event event)
{
  return event == Event::pull_request || event == Event::pull_request_target || event == Event::merge_group
         || event == Event::push;
}

Result<EventPayload>
read_payload(const Environment& environment, Event event)
{
  const std::string_view path = value_of(environment, "GITHUB_EVENT_PATH");
  if (path.empty()) {
    if (needs_payload(event)) {
      return fail(ErrorKind::environment,
                  "GITHUB_EVENT_PATH is not set: the range of a {} event is in the file that it names",
                  value_of(environment, "GITHUB_EVENT_NAME"));
    }
    return EventPayload{};
  }
  auto text = read_file(path, max_payload_bytes);
  if (!text) {
    return fail(ErrorKind::environment, "GITHUB_EVENT_PATH: {}", text.error().message);
  }
  return parse_event_payload(*text);
}

void
take_push(CiContext& context, EventPayload& payload)
{
  context.head = std::move(payload.after);
  context.before = std::move(payload.before);
  context.created = payload.created || (context.before.empty() && !payload.empty);
  context.forced = payload.forced;
  if (!payload.ref.empty()) {
    context.ref = std::move(payload.ref);
  }
  if (context.ref.starts_with("refs/tags/")) {
    context.event = Event::tag_push;
  }
  if (payload.deleted) {
    context.event = Event::ref_delete;
  }
}

void
take_payload(CiContext& context, EventPayload payload)
{
  context.empty_payload = payload.empty && needs_payload(context.event);
  context.default_branch = std::move(payload.default_branch);
  switch (context.event) {
  case Event::pull_request:
  case Event::pull_request_target:
    context.head = std::move(payload.pull_request_head);
    context.base = std::move(payload.pull_request_base);
    context.target_tip = context.base;
    context.target_branch = std::move(payload.pull_request_base_ref);
    context.number = std::move(payload.number);
    break;
  case Event::merge_group:
    context.head = std::move(payload.merge_group_head);
    context.base = std::move(payload.merge_group_base);
    context.target_tip = context.base;
    context.target_branch = branch_name(payload.merge_group_base_ref);
    break;
  case Event::push:
    take_push(context, payload);
    break;
  case Event::ref_delete:
    context.ref = std::move(payload.ref);
    break;
  default:
    break;
  }
}

std::string
repository_page(const Environment& environment)
{
  const std::string server = page_of(environment, "GITHUB_SERVER_URL");
  const std::string_view repository = value_of(environment, "GITHUB_REPOSITORY");
  return server.empty() || repository.empty() ? std::string() : fmt::format("{}/{}", server, repository);
}

}  // namespace

Result<CiContext>
github_context(const Environment& environment)
{
  CiContext context = identify(environment);
  context.event_name = value_of(environment, "GITHUB_EVENT_NAME");
  context.event = event_named(events, context.event_name);
  context.workspace = value_of(environment, "GITHUB_WORKSPACE");
  context.ref = value_of(environment, "GITHUB_REF");
  context.repository = value_of(environment, "GITHUB_REPOSITORY");
  context.repository_url = repository_page(environment);
  TRY_ASSIGN(context.checked_out, id_of(environment, "GITHUB_SHA"));
  TRY_ASSIGN(auto payload, read_payload(environment, context.event));
  take_payload(context, std::move(payload));
  if (context.target_branch.empty() && context.event != Event::push) {
    context.target_branch = value_of(environment, "GITHUB_BASE_REF");
  }
  return context;
}

}  // namespace sluice::ci
