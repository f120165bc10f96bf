// SPDX-License-Identifier: Apache-2.0
#include "env/shell/operations.hpp"

namespace sluice::env::shell {

namespace {

std::optional<std::int64_t>
divided(std::string_view sign, std::int64_t left, std::int64_t right)
{
  if (right == 0) {
    return std::nullopt;
  }
  if (right == -1) {
    // The quotient of the least number is none of 64 bits.
    return sign == "/" ? wrapped(0 - static_cast<std::uint64_t>(left)) : 0;
  }
  return sign == "/" ? left / right : left % right;
}

std::optional<std::int64_t>
power(std::int64_t left, std::int64_t right)
{
  if (right < 0) {
    return std::nullopt;
  }
  std::uint64_t value = 1;
  auto factor = static_cast<std::uint64_t>(left);
  for (auto rest = static_cast<std::uint64_t>(right); rest > 0; rest >>= 1U) {
    value *= (rest & 1U) != 0 ? factor : 1;
    factor *= factor;
  }
  return wrapped(value);
}

bool
compared(std::string_view sign, std::int64_t left, std::int64_t right)
{
  if (sign == "==" || sign == "!=") {
    return (left == right) == (sign == "==");
  }
  if (sign == "<" || sign == ">=") {
    return (left < right) == (sign == "<");
  }
  if (sign == ">" || sign == "<=") {
    return (left > right) == (sign == ">");
  }
  return sign == "&&" ? left != 0 && right != 0 : left != 0 || right != 0;
}

}  // namespace

std::optional<std::int64_t>
apply(std::string_view sign, std::int64_t left, std::int64_t right)
{
  constexpr std::uint64_t shift_mask = 63;
  const auto a = static_cast<std::uint64_t>(left);
  const auto b = static_cast<std::uint64_t>(right);
  if (sign == "/" || sign == "%") {
    return divided(sign, left, right);
  }
  if (sign == "**") {
    return power(left, right);
  }
  if (sign == "+" || sign == "-" || sign == "*") {
    return wrapped(sign == "+" ? a + b : sign == "-" ? a - b : a * b);
  }
  if (sign == "&" || sign == "|" || sign == "^") {
    return wrapped(sign == "&" ? a & b : sign == "|" ? a | b : a ^ b);
  }
  if (sign == "<<") {
    return wrapped(a << (b & shift_mask));
  }
  if (sign == ">>") {
    return left >> (b & shift_mask);
  }
  return compared(sign, left, right) ? 1 : 0;
}

}  // namespace sluice::env::shell
