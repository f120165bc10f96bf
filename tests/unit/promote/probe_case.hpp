// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/path.hpp"
#include "promote/probe.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace sluice::promote::test {

/// What probes are given in tests: a client, a work tree, a fixed time five minutes after a deployment.
struct ProbeCase
{
  TemporaryDirectory directory = TemporaryDirectory::create("probe").value();
  net::HttpClient http;
  Environment process{{"PATH", "/usr/bin:/bin"}};

  [[nodiscard]] ProbeContext
  context()
  {
    using namespace std::chrono_literals;
    const std::chrono::sys_seconds now{1'795'773'900s};  // 2026-11-27T10:05:00Z
    return {.http = &http,
            .process = &process,
            .directory = directory.path(),
            .now = now,
            .deployed_at = now - 5min,
            .since = std::nullopt,
            .observer = {},
            .expected = {}};
  }

  [[nodiscard]] Sample
  take(const ProbeSetting& setting)
  {
    return promote::take(setting, "it", context());
  }

  /// A program in the work tree; returns its path.
  std::string
  program(std::string_view name, std::string_view script) const
  {
    const std::filesystem::path path = directory.path() / name;
    (void)write_file(path, fmt::format("#!/bin/sh\n{}\n", script));
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path.string();
  }

  void
  write(std::string_view name, std::string_view text) const
  {
    (void)write_file(directory.path() / name, text);
  }
};

[[nodiscard]] inline ProbeSetting
setting_of(std::string kind)
{
  ProbeSetting setting;
  setting.kind = std::move(kind);
  return setting;
}

[[nodiscard]] inline bool
holds(std::string_view text, std::string_view part)
{
  return text.find(part) != std::string_view::npos;
}

}  // namespace sluice::promote::test
