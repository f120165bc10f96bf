// SPDX-License-Identifier: Apache-2.0
#include "base/clock.hpp"
#include "base/text.hpp"
#include "promote/probe/probe_reply.hpp"

#include <fmt/format.h>

namespace sluice::promote {

namespace {

Sample
read(const ProbeSetting& setting, const Reply& reply, const ProbeContext& context)
{
  if (reply.loss == net::Loss::untrusted) {
    return sample_of(Health::unhealthy, reply.why);  // the very question
  }
  // Once there is an encrypted connection, nothing else counts.
  if (reply.loss && !reply.certificate_ends) {
    return sample_of_loss(reply, context.observer);
  }
  if (!reply.certificate_ends) {
    return sample_of(Health::no_data, "there was no certificate");
  }
  const auto left = std::chrono::floor<std::chrono::days>(*reply.certificate_ends - context.now).count();
  Sample sample = sample_of(Health::healthy, "");
  if (left < setting.min_days) {
    sample = sample_of(left < 0 ? Health::unhealthy : Health::degraded,
                       fmt::format("the certificate ends at {}", rfc3339(*reply.certificate_ends)));
  }
  sample.value = static_cast<double>(left);
  sample.answer = fmt::format("ends at {}", rfc3339(*reply.certificate_ends));
  return sample;
}

}  // namespace

extern const Probe probe_certificate{
    .id = "certificate",
    .title = "the certificate",
    .doc = "Connects to an https address. A certificate that is not trusted, or not for that host, is unhealthy; one "
           "with fewer than `min_days` days left is degraded, for no rollback makes it last longer.",
    .gives_value = true,
    .look = ask_without_redirects,
    .read = read};

}  // namespace sluice::promote
