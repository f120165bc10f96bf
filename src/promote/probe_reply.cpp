// SPDX-License-Identifier: Apache-2.0
#include "promote/probe_reply.hpp"

#include "base/glob.hpp"
#include "base/supervised_process.hpp"
#include "base/text.hpp"
#include "config/values.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::promote {

namespace {

using std::chrono::milliseconds;

bool
is_name_character(char c)
{
  return is_letter(c) || is_digit(c) || c == '_';
}

double
in_milliseconds(std::chrono::microseconds time)
{
  return static_cast<double>(time.count()) / 1000;
}

Reply
reply_of(net::Attempt attempt, std::string url)
{
  Reply reply{.why = std::move(attempt.why),
              .url = std::move(url),
              .latency_ms = in_milliseconds(attempt.elapsed),
              .certificate_ends = attempt.certificate_ends};
  if (!attempt.response) {
    reply.loss = attempt.loss;
    return reply;
  }
  reply.status = attempt.response->status;
  reply.headers = std::move(attempt.response->headers);
  reply.body = std::move(attempt.response->body);
  reply.url = std::move(attempt.response->url);
  return reply;
}

Environment
variables_of(const ProbeContext& context, Environment more)
{
  if (context.process != nullptr) {
    more.insert(context.process->begin(), context.process->end());
  }
  return more;
}

/// As shells tell it, 128 and the signal.
int
status_of(const SupervisedResult& result)
{
  return result.end == SupervisedResult::End::signalled ? 128 + result.status : result.status;
}

}  // namespace

Sample
sample_of(Health health, std::string why)
{
  Sample sample;
  sample.health = health;
  sample.why = std::move(why);
  return sample;
}

Health
health_of(net::Loss loss, const Observer& observer)
{
  using net::Loss;
  if (loss == Loss::ours) {
    return Health::cannot_observe;
  }
  if (loss == Loss::too_long) {
    return Health::no_data;
  }
  if (observer.control_answers) {
    return *observer.control_answers ? Health::unhealthy : Health::cannot_observe;
  }
  const bool was_reached = loss == Loss::refused || loss == Loss::broken || loss == Loss::astray;
  return was_reached || observer.answered_before ? Health::unhealthy : Health::cannot_observe;
}

Sample
sample_of_loss(const Reply& reply, const Observer& observer)
{
  return sample_of(health_of(reply.loss.value_or(net::Loss::ours), observer), reply.why);
}

Reply
not_asked(std::string why)
{
  return {.loss = net::Loss::ours, .why = std::move(why)};
}

Result<std::string>
expanded(std::string_view text, const ProbeContext& context)
{
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto end =
        std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at) + 1, text.end(), is_name_character);
    const auto length = static_cast<std::size_t>(end - text.begin()) - at;
    if (text[at] != '$' || length < 2 || is_digit(text[at + 1])) {
      result += text[at++];
      continue;
    }
    const std::string_view name = text.substr(at + 1, length - 1);
    const std::string_view value = context.process == nullptr ? std::string_view() : value_of(*context.process, name);
    if (value.empty()) {
      return fail(ErrorKind::environment, "the variable {} is not set", name);
    }
    result += value;
    at += length;
  }
  return result;
}

Reply
ask(const ProbeSetting& setting, const ProbeContext& context, net::HttpRequest request)
{
  if (context.http == nullptr) {
    return not_asked("there is no way to ask by HTTP");
  }
  for (const auto& [name, text] : setting.send) {
    auto value = expanded(text, context);
    if (!value) {
      return not_asked(value.error().message);
    }
    request.headers.push_back({name, std::move(*value)});
  }
  const auto url = net::Url::parse(request.url);
  if (!url) {
    return not_asked(url.error().message);
  }
  request.allowed_hosts = {url->host};
  request.timeout = setting.timeout;
  request.max_bytes = most_answered;
  return reply_of(context.http->attempt(request), request.url);
}

Reply
run(const ProbeSetting& setting, const ProbeContext& context, ProbeProgram request)
{
  const std::string name = request.argv.front();
  SupervisedRequest program;
  program.argv = std::move(request.argv);
  program.input = std::move(request.input);
  program.environment = variables_of(context, std::move(request.variables));
  program.directory = context.directory;
  program.timeout = setting.timeout;
  program.grace = std::chrono::seconds(1);
  program.kept = request.kept;
  auto result = run_supervised(program);
  if (!result) {
    return not_asked(result.error().message);
  }
  if (result->end == SupervisedResult::End::timed_out) {
    return {.loss = net::Loss::timed_out,
            .why = fmt::format("{}: did not end within {}", name, config::spelled_duration(setting.timeout))};
  }
  return {.status = status_of(*result),
          .body = std::move(result->output),
          .error_output = std::move(result->error_output),
          .latency_ms = static_cast<double>(result->duration.count())};
}

std::optional<std::string_view>
header_of(const Reply& reply, std::string_view name)
{
  const std::string lower = to_lower(name);
  const auto header = std::find_if(reply.headers.begin(), reply.headers.end(),
                                   [&](const net::Header& each) { return each.name == lower; });
  return header == reply.headers.end() ? std::nullopt : std::optional<std::string_view>(header->value);
}

std::string
departure_of_headers(const ProbeSetting& setting, const Reply& reply)
{
  for (const auto& [name, pattern] : setting.headers) {
    const auto value = header_of(reply, name);
    if (!value || !matches_text(pattern, *value)) {
      return value ? fmt::format("header {} is {}, not {}", name, *value, pattern)
                   : fmt::format("the answer has no header {}", name);
    }
  }
  return {};
}

std::string
complaint_of(const Reply& reply)
{
  for (const std::string_view line : lines_of(std::string_view(reply.error_output).substr(0, 4096))) {
    if (!trim(line).empty()) {
      return std::string(trim(line));
    }
  }
  return fmt::format("exit status {}", reply.status);
}

}  // namespace sluice::promote
