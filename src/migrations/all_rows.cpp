// SPDX-License-Identifier: Apache-2.0
#include "migrations/all_rows.hpp"

#include "migrations/clauses.hpp"

#include <algorithm>
#include <array>
#include <set>

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
  if (expression.text("kind") == "AEXPR_DISTINCT") {
    return {};
  }
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

std::string
column_of_test(Node reference)
{
  const std::vector<std::string> fields = strings_of(reference["ColumnRef"]["fields"]);
  return fields.empty() ? "" : fields.back();
}

/// The names under which what a command reads can be told: alias or table.
void
add_names(Node from, std::set<std::string>& names)
{
  for_each_object(from, [&names](Node each) {
    const std::string alias = each["alias"].text("aliasname");
    if (const std::string name = alias.empty() ? each.text("relname") : alias; !name.empty()) {
      names.insert(name);
    }
  });
}

/// Tells whether a condition names a column of the row that it is asked of.
class RowTest
{
public:
  explicit RowTest(Node relation)
      : relation_(relation)
  {}

  [[nodiscard]] bool
  depends(Node condition) const
  {
    bool found = false;
    std::vector<Node> open{condition};
    while (!open.empty() && !found) {
      const Node node = open.back();
      open.pop_back();
      if (const Node select = node["SelectStmt"]; select.is_object() && select["fromClause"]) {
        found = depends_within(select);
        continue;
      }
      found = node["ColumnRef"].is_object() || node["CurrentOfExpr"].is_object() || node["WholeRowVar"].is_object();
      for (const Node child : node.items()) {
        open.push_back(child);
      }
    }
    return found;
  }

  [[nodiscard]] bool
  reads_only_same_table(Node select) const
  {
    const std::vector<Node> from = select["fromClause"].items();
    return from.size() == 1 && from.front()["RangeVar"].text("relname") == relation_.text("relname")
           && from.front()["RangeVar"].text("schemaname") == relation_.text("schemaname");
  }

private:
  /// A column of a query in the condition is the query's own if it says so, or if the query reads nothing but the same
  /// table; otherwise it may be of the row.
  [[nodiscard]] bool
  depends_within(Node select) const
  {
    std::set<std::string> names;
    add_names(select, names);
    const bool is_of_same = reads_only_same_table(select);
    bool found = false;
    for_each_object(select, [&](Node each) {
      const std::vector<std::string> fields = strings_of(each["ColumnRef"]["fields"]);
      const bool is_plain = fields.size() == 1 && !is_of_same;
      const bool is_foreign = fields.size() > 1 && !names.contains(fields[fields.size() - 2]);
      found = found || is_plain || is_foreign;
    });
    return found;
  }

  Node relation_;
};

Reach reach(Node where, const RowTest& row, int depth);

/// `id IN (SELECT id FROM the_same)`, `id = ANY (ARRAY (SELECT …))`: nothing but rows without a value is left out.
std::string
column_among_itself(Node where, const RowTest& row, int depth)
{
  const Node expression = where["A_Expr"];
  const bool is_array = expression.text("kind") == "AEXPR_OP_ANY";
  const Node link = is_array ? expression["rexpr"]["SubLink"] : where["SubLink"];
  const std::string kind = link.text("subLinkType");
  const std::vector<std::string> operators = strings_of(is_array ? expression["name"] : link["operName"]);
  const std::string column = column_of_test(is_array ? expression["lexpr"] : link["testexpr"]);
  const Node select = link["subselect"]["SelectStmt"];
  const std::vector<Node> targets = select["targetList"].items();
  const bool is_equality = operators.empty() || operators.back() == "=";
  if (column.empty() || !is_equality || kind != (is_array ? "ARRAY_SUBLINK" : "ANY_SUBLINK") || targets.size() != 1
      || !row.reads_only_same_table(select)) {
    return "";
  }
  for (const char* clause : {"limitCount", "limitOffset", "groupClause", "havingClause"}) {
    if (select[clause]) {
      return "";
    }
  }
  const bool is_same = column_of_test(targets.front()["ResTarget"]["val"]) == column;
  const bool is_whole = !select["whereClause"] || reach(select["whereClause"], row, depth).rows != Reach::Rows::some;
  return is_same && is_whole ? column : "";
}

/// `name LIKE '%'`.
std::string
column_like_anything(Node expression)
{
  const std::string kind = expression.text("kind");
  const std::vector<std::string> sign = strings_of(expression["name"]);
  const std::string pattern = constant_of(expression["rexpr"]);
  const bool is_like =
      (kind == "AEXPR_LIKE" || kind == "AEXPR_ILIKE") && !sign.empty() && !sign.back().starts_with('!');
  return is_like && !pattern.empty() && pattern.find_first_not_of('%') == std::string::npos
             ? column_of_test(expression["lexpr"])
             : "";
}

/// What all parts of an AND let through, or what any of an OR does.
Reach
reach_of_parts(Node expression, const RowTest& row, int depth)
{
  const bool any = expression.text("boolop") == "OR_EXPR";
  std::optional<Reach> sum;
  std::set<std::string> with_value;
  std::set<std::string> without_value;
  for (const Node part : expression["args"].items()) {
    Reach one = reach(part, row, depth);
    if (one.rows == Reach::Rows::not_null) {
      with_value.insert(one.column);
    }
    if (part["NullTest"].text("nulltesttype") == "IS_NULL") {
      without_value.insert(column_of_test(part["NullTest"]["arg"]));
    }
    if (any ? one.rows == Reach::Rows::all : one.rows == Reach::Rows::some) {
      return one;
    }
    const bool takes = !sum || (any ? sum->rows == Reach::Rows::some : sum->rows == Reach::Rows::all);
    sum = takes ? one : *sum;
  }
  const bool is_complete = any && std::any_of(with_value.begin(), with_value.end(), [&](const std::string& each) {
                             return without_value.contains(each);
                           });
  return is_complete ? Reach{Reach::Rows::all, ""} : sum.value_or(Reach{});
}

Reach
reach(Node where, const RowTest& row, int depth)
{
  if (depth > max_depth) {
    return {};
  }
  if (const Verdict verdict = verdict_of(where, 0)) {
    return {*verdict ? Reach::Rows::all : Reach::Rows::some, ""};
  }
  if (!row.depends(where)) {
    return {Reach::Rows::all, ""};
  }
  const Node test = where["NullTest"];
  std::string column = test.text("nulltesttype") == "IS_NOT_NULL" ? column_of_test(test["arg"]) : "";
  column = column.empty() ? column_like_anything(where["A_Expr"]) : column;
  column = column.empty() ? column_among_itself(where, row, depth + 1) : column;
  if (!column.empty()) {
    return {Reach::Rows::not_null, column};
  }
  if (const Node expression = where["BoolExpr"]; expression.is_object() && expression.text("boolop") != "NOT_EXPR") {
    return reach_of_parts(expression, row, depth + 1);
  }
  if (const Node expression = where["BooleanTest"]; expression.text("booltesttype") == "IS_TRUE") {
    return reach(expression["arg"], row, depth + 1);
  }
  return {};
}

}  // namespace

Reach
reach_of(Node where, Node relation)
{
  return where.is_object() ? reach(where, RowTest(relation), 0) : Reach{Reach::Rows::all, ""};
}

}  // namespace sluice::migrations
