// SPDX-License-Identifier: Apache-2.0
//
// A payload is as large as the change's author makes it (descriptions, hundreds of commits), and a dozen short fields
// of it matter. So no document is built: the parser's events are followed with the path of keys that leads to them, and
// only the wanted fields are kept.
#include "ci/event_payload.hpp"

#include "base/json_events.hpp"
#include "base/text.hpp"
#include "ci/event_id.hpp"

#include <array>
#include <vector>

namespace sluice::ci {

namespace {

constexpr std::size_t max_depth = 64;

enum class Form { id, text };

struct WantedText
{
  std::array<std::string_view, 3> path;
  std::string EventPayload::*field;
  Form form;
};

constexpr std::array<WantedText, 10> wanted_texts{{
    {{"pull_request", "head", "sha"}, &EventPayload::pull_request_head, Form::id},
    {{"pull_request", "base", "sha"}, &EventPayload::pull_request_base, Form::id},
    {{"pull_request", "base", "ref"}, &EventPayload::pull_request_base_ref, Form::text},
    {{"merge_group", "head_sha"}, &EventPayload::merge_group_head, Form::id},
    {{"merge_group", "base_sha"}, &EventPayload::merge_group_base, Form::id},
    {{"merge_group", "base_ref"}, &EventPayload::merge_group_base_ref, Form::text},
    {{"after"}, &EventPayload::after, Form::id},
    {{"before"}, &EventPayload::before, Form::id},
    {{"ref"}, &EventPayload::ref, Form::text},
    {{"repository", "default_branch"}, &EventPayload::default_branch, Form::text},
}};

struct WantedFlag
{
  std::string_view key;
  bool EventPayload::*field;
};

constexpr std::array<WantedFlag, 3> wanted_flags{{
    {"created", &EventPayload::created},
    {"deleted", &EventPayload::deleted},
    {"forced", &EventPayload::forced},
}};

/// Receives the parser's events. Every function returns whether to go on.
class PayloadReader final : public JsonEvents
{
public:
  [[nodiscard]] Result<EventPayload>
  finish() &&
  {
    if (!problem_.empty()) {
      return fail(ErrorKind::environment, "event payload: {}", problem_);
    }
    payload_.empty = !any_key_;
    return std::move(payload_);
  }

  bool
  null() override
  {
    return inside_object();
  }
  bool
  boolean(bool value) override
  {
    for (const WantedFlag& wanted : wanted_flags) {
      if (at({wanted.key})) {
        payload_.*wanted.field = value;
      }
    }
    return scalar("a boolean");
  }
  bool
  negative(std::int64_t /*value*/) override
  {
    return scalar("a number");
  }
  bool
  natural(std::uint64_t value) override
  {
    if (at({"number"}) || at({"pull_request", "number"})) {
      payload_.number = std::to_string(value);
    }
    return scalar("a number");
  }
  bool
  real(double /*value*/) override
  {
    return scalar("a number");
  }
  bool
  text(std::string& value) override
  {
    const WantedText* wanted = wanted_here();
    return inside_object() && (wanted == nullptr || keep(*wanted, value));
  }
  bool
  begin_object() override
  {
    const bool allowed = keys_.empty() || scalar("an object");
    keys_.emplace_back();
    return allowed;
  }
  bool
  key(std::string& value) override
  {
    any_key_ = true;
    keys_.back() = std::move(value);
    return true;
  }
  bool
  end_object() override
  {
    keys_.pop_back();
    return true;
  }
  bool
  begin_array() override
  {
    const bool allowed = scalar("an array");
    ++arrays_;
    return allowed;
  }
  bool
  end_array() override
  {
    --arrays_;
    return true;
  }

private:
  [[nodiscard]] bool
  at(std::array<std::string_view, 3> path) const
  {
    if (arrays_ != 0) {
      return false;
    }
    const auto end = std::find(path.begin(), path.end(), std::string_view());
    return std::equal(path.begin(), end, keys_.begin(), keys_.end());
  }

  [[nodiscard]] const WantedText*
  wanted_here() const
  {
    const auto* wanted = std::find_if(wanted_texts.begin(), wanted_texts.end(),
                                      [this](const WantedText& candidate) { return at(candidate.path); });
    return wanted == wanted_texts.end() ? nullptr : wanted;
  }

  bool
  keep(const WantedText& wanted, const std::string& value)
  {
    if (wanted.form == Form::text) {
      payload_.*wanted.field = value;
      return true;
    }
    auto id = event_id(place(), value);
    if (!id) {
      return refuse(id.error().message);
    }
    payload_.*wanted.field = std::move(*id);
    return true;
  }

  /// Only reached with keys that are among the wanted ones, so that nothing hostile is quoted.
  [[nodiscard]] std::string
  place() const
  {
    return "." + join(keys_, ".");
  }

  /// A value that is no string must not stand where an id or a name should.
  bool
  scalar(std::string_view type)
  {
    if (!inside_object()) {
      return false;
    }
    return wanted_here() == nullptr || refuse(fmt::format("{} is {} instead of a string", place(), type));
  }

  bool
  inside_object()
  {
    return !keys_.empty() || refuse("it is not an object");
  }

  bool
  refuse(std::string why)
  {
    if (problem_.empty()) {
      problem_ = std::move(why);
    }
    return false;
  }

  EventPayload payload_;
  std::string problem_;
  std::vector<std::string> keys_;  ///< one per open object: the key whose value is being read
  std::size_t arrays_ = 0;         ///< open arrays; nothing that is wanted lies in one
  bool any_key_ = false;
};

}  // namespace

Result<EventPayload>
parse_event_payload(std::string_view json)
{
  PayloadReader reader;
  if (const auto read = read_json(json, {.depth = max_depth}, reader); !read) {
    return fail(ErrorKind::environment, "event payload: it is {}", read.error().message);
  }
  return std::move(reader).finish();
}

}  // namespace sluice::ci
