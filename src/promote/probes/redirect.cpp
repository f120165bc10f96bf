// SPDX-License-Identifier: Apache-2.0
#include "promote/probe/probe_reply.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

Sample
judge(const Reply& reply)
{
  const auto location = header_of(reply, "location");
  if (reply.status / 100 != 3 || !location) {
    return sample_of(Health::unhealthy, fmt::format("HTTP {} without a redirect", reply.status));
  }
  const auto from = net::Url::parse(reply.url);
  const auto to = from ? from->resolve(*location) : Result<net::Url>(Failure(from.error()));
  if (!to || to->scheme != "https" || to->host != from->host) {
    return sample_of(Health::unhealthy, fmt::format("redirects to {}, not to https of the same host", *location));
  }
  if (reply.status == 301 || reply.status == 308) {
    return sample_of(Health::healthy, "");
  }
  if (reply.status == 302 || reply.status == 307) {
    return sample_of(Health::degraded, fmt::format("HTTP {}: browsers ask again every time", reply.status));
  }
  return sample_of(Health::unhealthy, fmt::format("HTTP {} is no redirect of a page", reply.status));
}

Sample
read(const ProbeSetting& /*setting*/, const Reply& reply, const ProbeContext& context)
{
  if (reply.loss) {
    return sample_of_loss(reply, context.observer);
  }
  Sample sample = judge(reply);
  sample.latency_ms = reply.latency_ms;
  return sample;
}

}  // namespace

extern const Probe probe_redirect{
    .id = "redirect",
    .title = "the redirect to https",
    .doc = "Asks an http address, which must send on to https of the same host, for good (301, 308). A redirect for "
           "this time (302, 307) is degraded; any other answer, plain text above all, is unhealthy.",
    .gives_latency = true,
    .look = ask_without_redirects,
    .read = read};

}  // namespace sluice::promote
