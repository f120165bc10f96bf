// SPDX-License-Identifier: Apache-2.0
#include "env/shell/arithmetic.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "env/shell/operations.hpp"

#include <array>
#include <limits>

namespace sluice::env::shell {

namespace {

constexpr int max_sum_depth = 50;

struct Operator
{
  std::string_view sign;
  int rank;  ///< what binds closer has more
};

// Longer signs first where one begins another.
constexpr auto operators = std::to_array<Operator>({{"**", 12},
                                                    {"||", 1},
                                                    {"&&", 2},
                                                    {"<<", 8},
                                                    {">>", 8},
                                                    {"==", 6},
                                                    {"!=", 6},
                                                    {"<=", 7},
                                                    {">=", 7},
                                                    {"|", 3},
                                                    {"^", 4},
                                                    {"&", 5},
                                                    {"<", 7},
                                                    {">", 7},
                                                    {"+", 9},
                                                    {"-", 9},
                                                    {"*", 10},
                                                    {"/", 10},
                                                    {"%", 10}});
constexpr int rank_of_power = 12;

class Evaluator
{
public:
  Evaluator(std::string_view text, Flavor flavor, const LookUp& look_up, int depth)
      : text_(text),
        flavor_(flavor),
        look_up_(look_up),
        depth_(depth)
  {}

  Sum
  whole()
  {
    skip();
    if (text_.empty()) {
      // POSIX has no empty expression; bash and dash take it for 0 or refuse it.
      return flavor_ == Flavor::bash ? Sum{} : Sum{Sum::Outcome::wrong, 0};
    }
    std::int64_t value = choice();
    while (flavor_ == Flavor::bash && eat(",")) {
      value = choice();
    }
    skip();
    if (outcome_ == Sum::Outcome::known && !text_.empty()) {
      stop(text_.front() == '=' ? Sum::Outcome::unknown : Sum::Outcome::wrong);
    }
    return {outcome_, value};
  }

private:
  void
  stop(Sum::Outcome outcome)
  {
    outcome_ = outcome_ == Sum::Outcome::known ? outcome : outcome_;
  }

  void
  skip()
  {
    text_.remove_prefix(std::min(text_.find_first_not_of(" \t\n\r"), text_.size()));
  }

  bool
  eat(std::string_view sign)
  {
    skip();
    if (!text_.starts_with(sign)) {
      return false;
    }
    text_.remove_prefix(sign.size());
    return true;
  }

  std::int64_t
  choice()
  {
    if (++depth_ > max_sum_depth) {
      stop(Sum::Outcome::unknown);
      return 0;
    }
    const std::int64_t condition = binary(1);
    std::int64_t value = condition;
    if (outcome_ == Sum::Outcome::known && eat("?")) {
      const std::int64_t yes = choice();
      if (!eat(":")) {
        stop(Sum::Outcome::wrong);
      }
      const std::int64_t no = choice();
      value = condition != 0 ? yes : no;
    }
    --depth_;
    return value;
  }

  /// The operator that comes next and binds at least so closely; null if there is none.
  const Operator*
  next_operator(int least)
  {
    skip();
    for (const Operator& each : operators) {
      const bool is_there = text_.starts_with(each.sign) && (each.rank != rank_of_power || flavor_ == Flavor::bash);
      if (is_there) {
        const bool assigns = text_.substr(each.sign.size()).starts_with('=') && each.rank > 2 && each.sign != "=="
                             && each.sign != "!=" && each.sign != "<=" && each.sign != ">=";
        if (assigns) {
          stop(Sum::Outcome::unknown);
        }
        return assigns || each.rank < least ? nullptr : &each;
      }
    }
    return nullptr;
  }

  std::int64_t
  binary(int least)
  {
    std::int64_t left = unary();
    while (outcome_ == Sum::Outcome::known) {
      const Operator* found = next_operator(least);
      if (found == nullptr) {
        break;
      }
      text_.remove_prefix(found->sign.size());
      const std::int64_t right = binary(found->rank == rank_of_power ? found->rank : found->rank + 1);
      const auto result =
          outcome_ == Sum::Outcome::known ? apply(found->sign, left, right) : std::optional<std::int64_t>(0);
      if (!result) {
        stop(Sum::Outcome::wrong);
      }
      left = result.value_or(0);
    }
    return left;
  }

  std::int64_t
  unary()
  {
    skip();
    if (text_.starts_with("++") || text_.starts_with("--")) {
      stop(Sum::Outcome::unknown);
      return 0;
    }
    const char sign = text_.empty() ? '\0' : text_.front();
    if (++depth_ > max_sum_depth) {
      stop(Sum::Outcome::unknown);
      return 0;
    }
    std::int64_t value = 0;
    if (sign != '\0' && is_any_of(sign, "+-!~")) {
      text_.remove_prefix(1);
      value = unary();
      value = sign == '-'   ? wrapped(0 - static_cast<std::uint64_t>(value))
              : sign == '!' ? static_cast<std::int64_t>(value == 0)
              : sign == '~' ? ~value
                            : value;
    } else {
      value = primary();
    }
    --depth_;
    return value;
  }

  std::int64_t
  primary()
  {
    if (eat("(")) {
      const std::int64_t value = choice();
      if (!eat(")")) {
        stop(Sum::Outcome::wrong);
      }
      return value;
    }
    const std::size_t name = end_of_name(text_, 0);
    if (name > 0) {
      const std::string_view variable = text_.substr(0, name);
      text_.remove_prefix(name);
      skip();
      const bool sets =
          (text_.starts_with('=') && !text_.starts_with("==")) || text_.starts_with("++") || text_.starts_with("--");
      if (sets) {
        stop(Sum::Outcome::unknown);
        return 0;
      }
      return of_variable(variable);
    }
    return number();
  }

  std::int64_t
  of_variable(std::string_view name)
  {
    bool is_known = true;
    const auto value = look_up_(name, is_known);
    if (!is_known || depth_ > max_sum_depth) {
      stop(Sum::Outcome::unknown);
      return 0;
    }
    if (!value || value->find_first_not_of(" \t\n") == std::string::npos) {
      return 0;
    }
    const Sum sum = evaluate(*value, flavor_, look_up_, depth_ + 1);
    if (sum.outcome != Sum::Outcome::known) {
      stop(sum.outcome);
    }
    return sum.value;
  }

  std::int64_t
  number()
  {
    std::uint64_t base = 10;
    std::size_t end = 0;
    while (end < text_.size() && (is_digit(text_[end]) || is_letter(text_[end]) || text_[end] == '#')) {
      ++end;
    }
    std::string_view digits = text_.substr(0, end);
    text_.remove_prefix(end);
    if (digits.starts_with("0x") || digits.starts_with("0X")) {
      base = 16;
      digits.remove_prefix(2);
    } else if (digits.size() > 1 && digits.starts_with('0')) {
      base = 8;
      digits.remove_prefix(1);
    }
    std::uint64_t value = 0;
    for (const char c : digits) {
      const int digit = hex_value(c);
      if (digit < 0 || static_cast<std::uint64_t>(digit) >= base) {
        // bash has bases up to 64 before a `#`, which nobody writes.
        stop(c == '#' && flavor_ == Flavor::bash ? Sum::Outcome::unknown : Sum::Outcome::wrong);
        return 0;
      }
      value = value * base + static_cast<std::uint64_t>(digit);
    }
    if (digits.empty()) {
      stop(Sum::Outcome::wrong);
    }
    return wrapped(value);
  }

  std::string_view text_;
  Flavor flavor_;
  const LookUp& look_up_;
  int depth_;
  Sum::Outcome outcome_ = Sum::Outcome::known;
};

}  // namespace

Sum
evaluate(std::string_view expression, Flavor flavor, const LookUp& look_up, int depth)
{
  return Evaluator(expression, flavor, look_up, depth).whole();
}

}  // namespace sluice::env::shell
