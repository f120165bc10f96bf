// SPDX-License-Identifier: Apache-2.0
#include "promote/probe/probe_listing.hpp"

#include "base/json.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "promote/json_members.hpp"
#include "promote/probe.hpp"
#include "promote/probe/probe_path.hpp"

#include <fmt/format.h>

#include <array>

namespace sluice::promote {

namespace {

using std::chrono::sys_seconds;

/// Items of a list, NAME=VALUE of an object.
std::vector<std::string>
items_in(const Json& json)
{
  std::vector<std::string> items;
  for (const Json& item : json.items()) {
    items.push_back(plain_text(item));
  }
  for (const Json::Member& member : json.members()) {
    items.push_back(member.key + "=" + plain_text(member.value));
  }
  return items;
}

Result<ProbeSetting>
setting_in(std::string_view id, const Json& json)
{
  ProbeSetting setting;
  setting.kind = id;
  config::OptionTable table;
  describe(setting, table);
  for (const Json::Member& member : json.members()) {
    const config::Option* const option = table.find(member.key);
    if (option == nullptr) {
      return fail(ErrorKind::input, "{}: is no key of a probe", member.key);
    }
    const bool is_single = !member.value.is_array() && !member.value.is_object();
    TRY(is_single ? option->set(plain_text(member.value)) : option->set_items(items_in(member.value)));
  }
  if (const auto problem = problem_of(setting)) {
    return fail(ErrorKind::input, "\"{}\" {}", problem->key, problem->what);
  }
  return setting;
}

Result<net::Loss>
loss_in(const std::string& name)
{
  static constexpr std::array<std::string_view, 10> names{
      "refused", "unresolved", "unreachable", "timed-out", "untrusted", "tls", "broken", "too-long", "astray", "ours"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) {
      return static_cast<net::Loss>(i);
    }
  }
  return fail(ErrorKind::input, "{}: is no loss", name);
}

std::string
body_in(const Json& json)
{
  if (json.is_array()) {
    std::string text;
    for (const Json& line : json.items()) {
      text += plain_text(line) + "\n";
    }
    return text;
  }
  return json.is_null() ? std::string() : plain_text(json);
}

Result<Reply>
reply_in(const Json& json)
{
  Reply reply{.why = text_of(json, "why"),
              .status = static_cast<int>(json["status"].integer().value_or(0)),
              .body = body_in(json["body"]),
              .error_output = text_of(json, "error_output"),
              .url = text_of(json, "url"),
              .latency_ms = json["latency_ms"].real(),
              .certificate_ends = time_of(json, "certificate_ends")};
  for (const Json::Member& header : json["headers"].members()) {
    reply.headers.push_back({header.key, plain_text(header.value)});
  }
  if (json["loss"].text() != nullptr) {
    TRY_ASSIGN(reply.loss, loss_in(text_of(json, "loss")));
  }
  return reply;
}

ProbeContext
context_in(const Json& json)
{
  ProbeContext context;
  context.now = time_of(json, "now").value_or(sys_seconds());
  context.deployed_at = time_of(json, "deployed_at").value_or(sys_seconds());
  context.since = time_of(json, "since");
  context.expected = text_of(json, "expected");
  context.observer = {json["answered_before"].boolean().value_or(false), json["control_answers"].boolean()};
  return context;
}

template<typename Value>
std::string
line(std::string_view name, const std::optional<Value>& value, std::string_view unit = "")
{
  return value ? fmt::format("{} {}{}\n", name, *value, unit) : "";
}

std::string
listing_of(const Sample& sample)
{
  std::string text = fmt::format("{}{}{}\n", name_of(sample.health), sample.why.empty() ? "" : ": ", sample.why);
  text += line("version", sample.version);
  text +=
      line("latency", sample.latency_ms, " ms") + line("p95", sample.p95_ms, " ms") + line("p99", sample.p99_ms, " ms");
  text += line("requests", sample.requests) + line("errors", sample.errors) + line("value", sample.value);
  text += sample.is_number_alone ? "a number alone\n" : "";
  text += sample.is_repeated ? "repeated\n" : "";
  for (const Component& each : sample.components) {
    text += fmt::format("component {} {}{}\n", each.name, name_of(each.health),
                        each.latency_ms ? fmt::format(" {} ms", *each.latency_ms) : "");
  }
  return text;
}

}  // namespace

Result<std::string>
probe_listing(std::string_view id, const std::filesystem::path& input)
{
  TRY_ASSIGN(const std::string text, read_file(input));
  TRY_ASSIGN(const Json json, Json::parse(text));
  TRY_ASSIGN(const ProbeSetting setting, setting_in(id, json["setting"]));
  std::vector<Reply> replies;
  for (const Json& each : json["replies"].items()) {
    TRY_ASSIGN(replies.emplace_back(), reply_in(each));
  }
  if (replies.empty()) {
    TRY_ASSIGN(replies.emplace_back(), reply_in(json["reply"]));
  }
  return listing_of(conclude(setting, id, replies, context_in(json["context"])));
}

}  // namespace sluice::promote
