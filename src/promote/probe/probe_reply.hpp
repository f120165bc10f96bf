// SPDX-License-Identifier: Apache-2.0
//
// How probes ask, and what it means that nothing came back.
#pragma once

#include "promote/probe.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

inline constexpr std::uint64_t most_answered{1U << 20U};  ///< bytes of an answer

/// Exit status of a command that cannot tell: EX_TEMPFAIL of sysexits.h.
inline constexpr int cannot_tell = 75;

/// A sample that says no more. `why` does not count of what is healthy.
[[nodiscard]] Sample sample_of(Health health, std::string why);

/// What a service is like from which nothing came back. Who had an answer before the deployment, or has one from the
/// control address, is not cut off.
[[nodiscard]] Health health_of(net::Loss loss, const Observer& observer);

/// Of a reply with a loss.
[[nodiscard]] Sample sample_of_loss(const Reply& reply, const Observer& observer);

/// A reply that never was, for a fault of ours.
[[nodiscard]] Reply not_asked(std::string why);

/// The text with each `$NAME` as the process has it. Errors (ErrorKind::environment): it has none of the name.
[[nodiscard]] Result<std::string> expanded(std::string_view text, const ProbeContext& context);

/// One attempt at the setting's url, with its headers and within its timeout. Redirects stay on the host: an answer
/// goes into a record that many read, and must not be fetched from wherever a service says. `request` has the rest.
[[nodiscard]] Reply ask(const ProbeSetting& setting, const ProbeContext& context, net::HttpRequest request);

/// The same of the setting's url alone, as it answers: a redirect is the answer. One reply.
[[nodiscard]] std::vector<Reply> ask_without_redirects(const ProbeSetting& setting, const ProbeContext& context);

struct ProbeProgram
{
  std::vector<std::string> argv;
  std::string input = {};
  std::size_t kept = most_answered;  ///< bytes of the beginning and of the end of what it writes
};

/// Runs a program in the work tree, within the setting's timeout.
[[nodiscard]] Reply run(const ProbeSetting& setting, const ProbeContext& context, ProbeProgram request);

/// The first header of that name, in any case.
[[nodiscard]] std::optional<std::string_view> header_of(const Reply& reply, std::string_view name);

/// Why the headers are not what the setting's `headers` expects of them; empty if they are.
[[nodiscard]] std::string departure_of_headers(const ProbeSetting& setting, const Reply& reply);

/// The first line of what a program complained of, or "exit status 3".
[[nodiscard]] std::string complaint_of(const Reply& reply);

}  // namespace sluice::promote
