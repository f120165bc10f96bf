// SPDX-License-Identifier: Apache-2.0
//
// A probe takes one look at a running service. Going out (`look`) and concluding (`read`) are two functions: what an
// answer means needs no network to be tested, and an answer is hostile while a setting is not.
//
// "The service is ill" and "we could not look" must never be one: a runner without a network rolls back healthy
// releases. What failed says which of the two it is only together with what else is known (Observer).
#pragma once

#include "base/environment.hpp"
#include "net/http_client.hpp"
#include "promote/probe/probe_ids.hpp"
#include "promote/probe/probe_setting.hpp"
#include "promote/watch/sample.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// What is known of whoever looks.
struct Observer
{
  bool answered_before = false;         ///< the same probe had an answer before the deployment
  std::optional<bool> control_answers;  ///< the control address does; nothing: there is none
};

struct ProbeContext
{
  net::HttpClient* http = nullptr;       ///< of probes that ask; its retry policy does not count
  const Environment* process = nullptr;  ///< for $NAME, and what programs get; null: none
  std::filesystem::path directory;       ///< the root of the work tree
  std::chrono::sys_seconds now;
  std::chrono::sys_seconds deployed_at;
  std::optional<std::chrono::sys_seconds> since;  ///< time of the probe's sample before; nothing: the deployment
  Observer observer;
  std::string expected;  ///< version that was promoted; empty: any may answer
};

/// What came back, before anything is concluded.
struct Reply
{
  std::optional<net::Loss> loss = {};  ///< why nothing came back; then `status`, `headers` and texts are not filled in
  std::string why = {};
  int status = 0;  ///< of HTTP, or a program's exit status
  std::vector<net::Header> headers = {};
  std::string body = {};  ///< or what a program wrote, or a file
  std::string error_output = {};
  std::string url = {};  ///< that was asked; of `http` that which answered
  std::optional<double> latency_ms = {};
  std::optional<std::chrono::sys_seconds> certificate_ends = {};
};

struct Probe
{
  std::string_view id;
  std::string_view title;        ///< "the service's own health endpoint"
  std::string_view doc;          ///< what it looks at and when that is healthy; Markdown, a paragraph
  bool gives_value = false;      ///< its samples may have one, by the probe's own name
  bool gives_latency = false;    ///< or a number of requests
  bool is_number_alone = false;  ///< whatever is answered, its samples are (Sample)
  /// At least one.
  std::vector<Reply> (*look)(const ProbeSetting& setting, const ProbeContext& context) = nullptr;
  /// Of the context it heeds no service and no file: the same replies always read the same.
  Sample (*read)(const ProbeSetting& setting, const Reply& reply, const ProbeContext& context) = nullptr;
};

/// Every file of probes/, by id.
[[nodiscard]] std::span<const Probe* const> probes();

/// One look, within the setting's timeout. Whatever goes wrong is a sample: of a setting that is not well formed one
/// that could not observe.
[[nodiscard]] Sample take(const ProbeSetting& setting, std::string_view name, const ProbeContext& context);

/// What `take` makes of replies, of which there must be one.
[[nodiscard]] Sample conclude(const ProbeSetting& setting, std::string_view name, std::span<const Reply> replies,
                              const ProbeContext& context);

/// Whether an address answers at all, whatever it says: what a control address is asked for.
[[nodiscard]] bool answers(net::HttpClient& http, const std::string& url, std::chrono::milliseconds timeout);

}  // namespace sluice::promote
