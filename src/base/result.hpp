// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>
#include <tl/expected.hpp>

#include <string>
#include <utility>

namespace sluice {

/// Why a job could not be done; decides the exit status, never the wording.
enum class ErrorKind {
  usage,        ///< a flag or argument is wrong
  config,       ///< a configuration file or input variable is wrong
  input,        ///< a file or repository cannot be read
  environment,  ///< the machine lacks something (a directory, a permission, a program)
  unavailable,  ///< a service or data set that was asked for cannot be reached
  internal,     ///< a defect of ours
};

/// A failure that ends the job. `message` reads "what: why", has no prefix and no final newline, and may
/// hold several lines where several things are wrong at once.
struct Error
{
  ErrorKind kind = ErrorKind::internal;
  std::string message;
};

template<typename T = void> using Result = tl::expected<T, Error>;

using Failure = tl::unexpected<Error>;

/// `return fail(ErrorKind::input, "{}: cannot open", path);`
template<typename... Args>
[[nodiscard]] Failure
fail(ErrorKind kind, fmt::format_string<Args...> format, Args&&... args)
{
  return Failure(Error{kind, fmt::format(format, std::forward<Args>(args)...)});
}

}  // namespace sluice

#define SLUICE_CONCAT_(a, b) a##b
#define SLUICE_CONCAT(a, b) SLUICE_CONCAT_(a, b)

/// Returns the error of `expression` (a Result<>) to the caller, or goes on.
#define TRY(expression)                                                                                                \
  do {                                                                                                                 \
    if (auto tried = (expression); !tried) {                                                                           \
      return ::sluice::Failure(std::move(tried).error());                                                              \
    }                                                                                                                  \
  } while (false)

/// `TRY_ASSIGN(auto text, read_file(path));` binds the value or returns the error to the caller.
#define TRY_ASSIGN(target, expression) TRY_ASSIGN_IMPL_(SLUICE_CONCAT(tried_, __LINE__), target, expression)
#define TRY_ASSIGN_IMPL_(tried, target, expression)                                                                    \
  auto tried = (expression);                                                                                           \
  if (!(tried)) {                                                                                                      \
    return ::sluice::Failure(std::move(tried).error());                                                                \
  }                                                                                                                    \
  target = std::move(*(tried))
