// SPDX-License-Identifier: Apache-2.0
//
// Environment markers (packaging.python.org, "Dependency specifiers"): comparisons, joined by "and" and "or" and
// grouped by parentheses. What a comparison means is asked of whoever reads one; so is what two of them make together.
#pragma once

#include "base/text.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace sluice::deps {

/// "left operator right": texts with their quotes, names without. The operator is "==", "in", "not in" and so on.
struct PythonComparison
{
  std::string_view left, operation, right;
};

/// `Meaning` has a type `Result` that begins as what says nothing, and
///   Result of(const PythonComparison&) const;
///   static Result either(Result, Result);  // "or"
///   static Result both(Result, Result);    // "and"
template<typename Meaning> class PythonMarker
{
public:
  using Result = typename Meaning::Result;

  PythonMarker(std::string_view marker, const Meaning& meaning)
      : rest_(marker),
        meaning_(meaning)
  {}

  /// Nothing if the marker is not well formed.
  [[nodiscard]] std::optional<Result>
  read()
  {
    Result result = any(0);
    return is_broken_ || !next().empty() ? std::nullopt : std::optional(std::move(result));
  }

private:
  static constexpr unsigned max_depth = 64;

  /// A text with its quotes, a bracket, an operator or a word; empty at the end. Does not take it.
  std::string_view
  next()
  {
    rest_ = trim(rest_);
    if (rest_.empty()) {
      return {};
    }
    const char first = rest_.front();
    if (first == '"' || first == '\'') {
      const std::size_t end = rest_.find(first, 1);
      return end == std::string_view::npos ? std::string_view() : rest_.substr(0, end + 1);
    }
    if (first == '(' || first == ')') {
      return rest_.substr(0, 1);
    }
    const bool is_operator = operators.find(first) != std::string_view::npos;
    const std::size_t end = is_operator ? rest_.find_first_not_of(operators) : rest_.find_first_of("<>=!~()'\" \t\n");
    return rest_.substr(0, std::min(end, rest_.size()));
  }

  std::string_view
  take()
  {
    const std::string_view token = next();
    rest_.remove_prefix(token.size());
    is_broken_ = is_broken_ || token.empty();
    return token;
  }

  // Depth is bounded by max_depth.
  Result
  any(unsigned depth)  // NOLINT(misc-no-recursion)
  {
    Result result = all(depth);
    while (!is_broken_ && next() == "or") {
      take();
      result = Meaning::either(std::move(result), all(depth));
    }
    return result;
  }

  Result
  all(unsigned depth)  // NOLINT(misc-no-recursion)
  {
    Result result = one(depth);
    while (!is_broken_ && next() == "and") {
      take();
      result = Meaning::both(std::move(result), one(depth));
    }
    return result;
  }

  Result
  one(unsigned depth)  // NOLINT(misc-no-recursion)
  {
    if (depth > max_depth) {
      is_broken_ = true;
      return {};
    }
    if (next() == "(") {
      take();
      Result inside = any(depth + 1);
      is_broken_ = is_broken_ || take() != ")";
      return inside;
    }
    PythonComparison comparison;
    comparison.left = take();
    comparison.operation = take();
    if (comparison.operation == "not") {
      is_broken_ = is_broken_ || take() != "in";
      comparison.operation = "not in";
    }
    comparison.right = take();
    return is_broken_ ? Result() : meaning_.of(comparison);
  }

  static constexpr std::string_view operators = "<>=!~";
  std::string_view rest_;
  const Meaning& meaning_;
  bool is_broken_ = false;
};

}  // namespace sluice::deps
