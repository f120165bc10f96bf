// SPDX-License-Identifier: Apache-2.0
//
// What can be told of a watch before it: that nothing could fail in it, or that a limit will not be measured. Such a
// watch cannot observe, however well the release is (watch.hpp), and whoever learns it after the deployment learns it
// too late. What a command, an answer or a query will say is not known before, so only what is certain is said, and the
// watch may find more.
#pragma once

#include "promote/watch/verify_setting.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::promote {

/// Why the watch by these probes could not observe, whatever the release is like: clauses for people; empty if it may.
[[nodiscard]] std::vector<std::string> blind_spots(const std::map<std::string, ProbeSetting>& probes,
                                                   const Verify& verify);

/// Whether the first value of a query is certainly a number or none: `select 5`, `select count(*) from …`, and not what
/// compares, which may be a truth.
[[nodiscard]] bool is_number_query(std::string_view sql);

}  // namespace sluice::promote
