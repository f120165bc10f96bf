// SPDX-License-Identifier: Apache-2.0
#include "deps/msbuild_condition.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace sluice::deps {

namespace {

constexpr std::size_t max_depth = 16;

Certainty
negated(Certainty certainty)
{
  return certainty == Certainty::perhaps ? certainty : certainty == Certainty::yes ? Certainty::no : Certainty::yes;
}

class ConditionReader
{
public:
  ConditionReader(std::string_view rest, const ConditionFacts& facts)
      : rest_(rest),
        facts_(facts)
  {}

  Certainty
  run()
  {
    const Certainty certainty = any(0);
    skip();
    return is_strange_ || !rest_.empty() ? Certainty::perhaps : certainty;
  }

private:
  struct Operand
  {
    std::string_view text;
    bool is_known = true;
    std::vector<std::string> values;
  };

  void
  skip()
  {
    rest_ = trim(rest_);
  }

  bool
  take(std::string_view word)
  {
    skip();
    if (to_lower(rest_.substr(0, word.size())) != word) {
      return false;
    }
    rest_.remove_prefix(word.size());
    return true;
  }

  // Depth is bounded by max_depth.
  Certainty
  any(std::size_t depth)  // NOLINT(misc-no-recursion)
  {
    Certainty result = all(depth);
    while (!is_strange_ && take("or")) {
      result = std::max(result, all(depth));
    }
    return result;
  }

  Certainty
  all(std::size_t depth)  // NOLINT(misc-no-recursion)
  {
    Certainty result = one(depth);
    while (!is_strange_ && take("and")) {
      result = std::min(result, one(depth));
    }
    return result;
  }

  Certainty
  one(std::size_t depth)  // NOLINT(misc-no-recursion)
  {
    if (depth > max_depth) {
      is_strange_ = true;
      return Certainty::perhaps;
    }
    skip();
    if (!rest_.starts_with("!=") && take("!")) {
      return negated(one(depth + 1));
    }
    if (take("(")) {
      const Certainty inner = any(depth + 1);
      is_strange_ = is_strange_ || !take(")");
      return inner;
    }
    return comparison();
  }

  Certainty
  comparison()
  {
    const Operand left = operand();
    const bool is_equal = take("==");
    if (is_strange_ || (!is_equal && !take("!="))) {
      // A value that stands alone is a truth value.
      if (!is_strange_ && left.is_known && left.values.size() == 1) {
        const std::string value = to_lower(left.values.front());
        return value == "true" ? Certainty::yes : value == "false" ? Certainty::no : Certainty::perhaps;
      }
      is_strange_ = is_strange_ || left.is_known;
      return Certainty::perhaps;
    }
    const Operand right = operand();
    const Certainty same = equality(left, right);
    return is_equal ? same : negated(same);
  }

  Operand
  operand()
  {
    skip();
    Operand out;
    if (rest_.starts_with('\'')) {
      const std::size_t end = rest_.find('\'', 1);
      if (end == std::string_view::npos) {
        is_strange_ = true;
        return out;
      }
      out.text = rest_.substr(1, end - 1);
      rest_.remove_prefix(end + 1);
    } else {
      const std::size_t end = rest_.starts_with("$(") ? rest_.find(')') : rest_.find_first_of(" =!()<>");
      const std::size_t length =
          end == std::string_view::npos ? rest_.size() : end + (rest_.starts_with("$(") ? 1U : 0U);
      out.text = rest_.substr(0, length);
      rest_.remove_prefix(length);
      is_strange_ = is_strange_ || out.text.empty() || rest_.starts_with('(');
    }
    out.values = facts_.expand(out.text);
    out.is_known = !out.values.empty();
    return out;
  }

  /// '$(Name)' == '' is how a project sets what nobody has set before.
  [[nodiscard]] bool
  is_unset(const Operand& operand) const
  {
    const std::string_view text = operand.text;
    return text.starts_with("$(") && text.ends_with(')') && text.find("$(", 2) == std::string_view::npos
           && text.find_first_of("[.:") == std::string_view::npos && !facts_.is_set(text.substr(2, text.size() - 3));
  }

  [[nodiscard]] Certainty
  equality(const Operand& left, const Operand& right) const
  {
    if ((is_unset(left) && right.text.empty()) || (is_unset(right) && left.text.empty())) {
      return Certainty::yes;
    }
    if (!left.is_known || !right.is_known || left.values.size() > 1 || right.values.size() > 1) {
      return Certainty::perhaps;
    }
    return to_lower(left.values.front()) == to_lower(right.values.front()) ? Certainty::yes : Certainty::no;
  }

  std::string_view rest_;
  const ConditionFacts& facts_;
  bool is_strange_ = false;
};

}  // namespace

Certainty
condition_holds(std::string_view condition, const ConditionFacts& facts)
{
  condition = trim(condition);
  return condition.empty() ? Certainty::yes : ConditionReader(condition, facts).run();
}

}  // namespace sluice::deps
