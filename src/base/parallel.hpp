// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace sluice {

/// Number of threads to use where `wanted` were asked for: 0 means one per core.
[[nodiscard]] unsigned thread_count(unsigned wanted);

/// Calls `work(0)` … `work(threads - 1)` at the same time and waits. Where the system grants fewer threads, the last
/// calls are left out: `work` must take what there is to do from a place that all share.
void on_threads(unsigned threads, const std::function<void(unsigned thread)>& work);

/// Calls `work(begin, end)` for consecutive pieces of 0 … count on all threads.
void in_parallel(unsigned threads, std::size_t count, const std::function<void(std::size_t, std::size_t)>& work);

}  // namespace sluice
