// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <exception>
#include <type_traits>

namespace sluice {

/// Calls `work`, which returns a Result; an exception that leaves it becomes an ErrorKind::internal, so that whoever
/// reports failures has one kind of them.
template<typename Work>
[[nodiscard]] std::invoke_result_t<Work>
guarded(Work&& work)
{
  try {
    return std::forward<Work>(work)();
  } catch (const std::exception& exception) {
    return fail(ErrorKind::internal, "internal error: {}", exception.what());
  }
}

}  // namespace sluice
