// SPDX-License-Identifier: Apache-2.0
#include "migrations/all_rows.hpp"

#include "migrations/clauses.hpp"

#include <algorithm>
#include <array>

namespace sluice::migrations {

namespace {

/// A condition that is true, or false, for every row; nothing: it depends.
using Verdict = std::optional<bool>;

/// Nobody writes more, and the tree is as deep as its author likes.
constexpr int max_depth = 32;

Verdict
constant_verdict(Node node)
{
  const std::string text = constant_of(node["TypeCast"].is_object() ? node["TypeCast"]["arg"] : node);
  constexpr std::array<std::string_view, 5> yes{"true", "t", "on", "yes", "1"};
  constexpr std::array<std::string_view, 5> no{"false", "f", "off", "no", "0"};
  if (std::find(yes.begin(), yes.end(), text) != yes.end()) {
    return true;
  }
  return std::find(no.begin(), no.end(), text) == no.end() ? Verdict() : Verdict(false);
}

/// `1 = 1`, `'a' <> 'b'`, `2 > 1`, `id = id`.
Verdict
comparison(Node expression)
{
  const std::vector<std::string> name = strings_of(expression["name"]);
  const std::string sign = name.empty() ? "" : name.back();
  const auto left = strings_of(expression["lexpr"]["ColumnRef"]["fields"]);
  const auto right = strings_of(expression["rexpr"]["ColumnRef"]["fields"]);
  if (!left.empty() && !right.empty() && left.back() == right.back() && left.size() == right.size()) {
    return left == right && (sign == "=" || sign == "<=" || sign == ">=") ? Verdict(true) : Verdict();
  }
  const Node a = expression["lexpr"]["A_Const"];
  const Node b = expression["rexpr"]["A_Const"];
  if (!a.is_object() || !b.is_object() || a.is_true("isnull") || b.is_true("isnull")) {
    return {};
  }
  const bool numbers = a["ival"].is_object() && b["ival"].is_object();
  const std::string first = constant_of(expression["lexpr"]);
  const std::string second = constant_of(expression["rexpr"]);
  const long order = numbers ? a["ival"].number("ival") - b["ival"].number("ival") : first.compare(second);
  return sign == "="               ? Verdict(order == 0)
         : sign == "<>"            ? Verdict(order != 0)
         : sign == "<" && numbers  ? Verdict(order < 0)
         : sign == ">" && numbers  ? Verdict(order > 0)
         : sign == "<=" && numbers ? Verdict(order <= 0)
         : sign == ">=" && numbers ? Verdict(order >= 0)
                                   : Verdict();
}

Verdict verdict_of(Node node, int depth);

Verdict
boolean(Node expression, int depth)
{
  const std::string kind = expression.text("boolop");
  const std::vector<Node> parts = expression["args"].items();
  if (kind == "NOT_EXPR") {
    const Verdict inner = parts.empty() ? Verdict() : verdict_of(parts.front(), depth);
    return inner ? Verdict(!*inner) : Verdict();
  }
  // What decides alone: one true part of an OR, one false part of an AND.
  const bool decisive = kind == "OR_EXPR";
  bool all_told = true;
  for (const Node part : parts) {
    const Verdict one = verdict_of(part, depth);
    if (one == decisive) {
      return decisive;
    }
    all_told = all_told && one.has_value();
  }
  return all_told ? Verdict(!decisive) : Verdict();
}

Verdict
verdict_of(Node node, int depth)
{
  if (depth > max_depth) {
    return {};
  }
  if (const Node expression = node["BoolExpr"]; expression.is_object()) {
    return boolean(expression, depth + 1);
  }
  if (const Node expression = node["A_Expr"]; expression.is_object()) {
    return comparison(expression);
  }
  return constant_verdict(node);
}

}  // namespace

Reach
reach_of(Node where)
{
  if (!where.is_object()) {
    return {Reach::Rows::all, ""};
  }
  const Node test = where["NullTest"];
  const auto fields = strings_of(test["arg"]["ColumnRef"]["fields"]);
  if (test.text("nulltesttype") == "IS_NOT_NULL" && !fields.empty()) {
    return {Reach::Rows::not_null, fields.back()};
  }
  return {verdict_of(where, 0) == true ? Reach::Rows::all : Reach::Rows::some, ""};
}

}  // namespace sluice::migrations
