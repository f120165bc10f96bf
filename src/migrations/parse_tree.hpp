// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace sluice::migrations {

struct ParseTree
{
  std::string json;              ///< libpg_query's; empty on failure
  std::string error;             ///< PostgreSQL's message; empty on success
  std::size_t error_offset = 0;  ///< byte of the text at which it failed
};

/// Parses one statement, which must be UTF-8 without NUL and at most `max_statement_bytes`. Only to be called within
/// `on_deep_stack`.
[[nodiscard]] ParseTree parse_tree(const std::string& statement);

inline constexpr std::size_t max_statement_bytes = 1U << 20U;

/// Runs `work` to its end on the one thread of the process whose stack is deep enough for any statement of that size;
/// callers wait for each other, and get what `work` throws. False if there is no such thread to be had, which includes
/// a forked child and the end of the process.
[[nodiscard]] bool on_deep_stack(const std::function<void()>& work);

/// The major version of the grammar that statements are read with.
[[nodiscard]] int grammar_version();

}  // namespace sluice::migrations
