// SPDX-License-Identifier: Apache-2.0
#include "finding/baseline.hpp"
#include "finding/policy.hpp"

#include <doctest/doctest.h>

using namespace sluice;

namespace {

constexpr RuleMeta rule{.id = "a-rule", .tool = "secrets"};

Finding
finding_at(std::vector<std::string> paths, std::string fingerprint = "aa")
{
  Finding finding;
  finding.rule = &rule;
  finding.where = {.path = paths.front(), .begin = {3, 1}};
  for (std::size_t i = 1; i < paths.size(); ++i) {
    finding.related.push_back({{.path = paths[i]}, PlaceRole::also, ""});
  }
  finding.fingerprint = {std::move(fingerprint)};
  return finding;
}

Baseline
baseline_with(const std::vector<Finding>& findings)
{
  Baseline baseline;
  for (const Finding& finding : findings) {
    baseline.add(finding);
  }
  return baseline;
}

std::string
error_of(std::string_view json)
{
  const auto read = Baseline::parse(json, "b.json");
  return read ? "" : read.error().message;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("a baseline survives its text, whatever its paths are")
{
  const Baseline baseline =
      baseline_with({finding_at({"b", "a\n\xE2\x80\xAE\".py", "\xFF\xFE"}, "bb"), finding_at({""})});
  const auto read = Baseline::parse(baseline.text(), "b.json");
  REQUIRE(read);
  CHECK(read->text() == baseline.text());
  CHECK(read->entries() == baseline.entries());
  CHECK(baseline.entries().size() == 4);
  CHECK(baseline.text().find("\"path-hex\":\"fffe\"") != std::string::npos);
  CHECK(baseline.text().find("\xE2\x80\xAE") == std::string::npos);
  CHECK(Baseline::parse(Baseline().text(), "b.json")->entries().empty());
}

TEST_CASE("an entry says its gate, its rule, its path and its fingerprint, one a line")
{
  CHECK(baseline_with({finding_at({"x/y"})}).text()
        == "{\n  \"schema\": \"sluice.baseline/2\",\n  \"findings\": [\n"
           "    {\"gate\":\"secrets\",\"rule\":\"a-rule\",\"path\":\"x/y\",\"fingerprint\":\"aa\"}\n  ]\n}\n");
}

TEST_CASE("a finding is covered at the paths that have an entry, and is new at others")
{
  const Baseline baseline = baseline_with({finding_at({"a", "b"})});
  CHECK(BaselineUse(baseline).uncovered(finding_at({"a"})).empty());
  CHECK(BaselineUse(baseline).uncovered(finding_at({"b", "a"})).empty());
  CHECK(BaselineUse(baseline).uncovered(finding_at({"c", "a"})) == Paths{"c"});
  CHECK(BaselineUse(baseline).uncovered(finding_at({"a"}, "bb")) == Paths{"a"});
  Finding many = finding_at({"a"});
  many.unlisted = {"z"};
  CHECK(BaselineUse(baseline).uncovered(many) == Paths{"z"});
}

TEST_CASE("an entry counts for its own gate and rule")
{
  static constexpr RuleMeta other_gate{.id = "a-rule", .tool = "migrations"};
  static constexpr RuleMeta other_rule{.id = "b-rule", .tool = "secrets"};
  const Baseline baseline = baseline_with({finding_at({"a"})});
  Finding finding = finding_at({"a"});
  finding.rule = &other_gate;
  CHECK(BaselineUse(baseline).uncovered(finding) == Paths{"a"});
  finding.rule = &other_rule;
  CHECK(BaselineUse(baseline).uncovered(finding) == Paths{"a"});
  CHECK(baseline.has_entries_of("secrets"));
  CHECK_FALSE(baseline.has_entries_of("migrations"));
}

TEST_CASE("what was moved from a covered path is covered, over several moves, and from no other")
{
  const Baseline baseline = baseline_with({finding_at({"a"})});
  Finding moved = finding_at({"c"});
  moved.moves = {{.from = "a", .to = "b"}, {.from = "b", .to = "c"}};
  CHECK(BaselineUse(baseline).uncovered(moved).empty());
  moved.moves = {{.from = "x", .to = "c"}};
  CHECK(BaselineUse(baseline).uncovered(moved) == Paths{"c"});
  moved.moves = {{.from = "b", .to = "c"}, {.from = "a", .to = "b"}};
  CHECK(BaselineUse(baseline).uncovered(moved) == Paths{"c"});
}

TEST_CASE("an entry stands for one path at a time: what was moved away and put back is a copy")
{
  const Baseline baseline = baseline_with({finding_at({"a"})});
  Finding finding = finding_at({"a", "b"});
  finding.moves = {{.from = "a", .to = "b"}};
  CHECK(BaselineUse(baseline).uncovered(finding) == Paths{"b"});
  finding = finding_at({"b", "c"});
  finding.moves = {{.from = "a", .to = "b"}, {.from = "a", .to = "c"}};
  CHECK(BaselineUse(baseline).uncovered(finding) == Paths{"c"});
  finding = finding_at({"a", "c"});
  finding.moves = {{.from = "a", .to = "b"}, {.from = "b", .to = "c"}};
  CHECK(BaselineUse(baseline).uncovered(finding) == Paths{"c"});

  finding = finding_at({"a", "b"});
  finding.moves = {{.from = "a", .to = "b", .is_pending = true}};
  CHECK(BaselineUse(baseline).uncovered(finding).empty());

  finding = finding_at({"a", "b"});
  finding.related[0].where.commit = "c0ffee";
  finding.moves = {{.from = "a", .to = "b"}, {.from = "b", .to = "a"}};
  CHECK(BaselineUse(baseline).uncovered(finding).empty());
}

TEST_CASE("two findings of one fingerprint need two entries")
{
  const Finding weak = finding_at({"a"});
  BaselineUse once(baseline_with({weak}));
  CHECK(once.uncovered(weak).empty());
  CHECK(once.uncovered(weak) == Paths{"a"});
  const Baseline both = baseline_with({weak, weak});
  BaselineUse twice(Baseline::parse(both.text(), "b.json").value());
  CHECK(twice.uncovered(weak).empty());
  CHECK(twice.uncovered(weak).empty());
  CHECK(twice.uncovered(weak) == Paths{"a"});
}

TEST_CASE("entries that nothing fits are stale")
{
  BaselineUse use(baseline_with({finding_at({"a", "b"}), finding_at({"a"}, "bb")}));
  CHECK(use.stale().size() == 3);
  CHECK(use.uncovered(finding_at({"a", "new"})) == Paths{"new"});
  REQUIRE(use.stale().size() == 2);
  CHECK(use.stale().begin()->path == "a");
  CHECK(use.stale().begin()->fingerprint == "bb");
}

TEST_CASE("the place that brought a finding is one of its entries")
{
  Finding finding = finding_at({"new"});
  finding.related.push_back({{.path = "old"}, PlaceRole::cause, "brought by"});
  finding.related.push_back({{.path = "elsewhere"}, PlaceRole::fix, ""});
  const Baseline baseline = baseline_with({finding});
  REQUIRE(baseline.entries().size() == 2);
  CHECK(baseline.entries().begin()->path == "new");
}

TEST_CASE("what is no baseline is refused by file and key, and never in other words")
{
  const std::string head = R"({"schema":"sluice.baseline/2","findings":)";
  const auto entry = [&head](const std::string& members) { return head + "[{" + members + "}]}"; };
  const std::string good = R"("gate":"secrets","rule":"r","path":"p","fingerprint":"aa")";
  REQUIRE(error_of(entry(good)).empty());
  const std::vector<std::pair<std::string, std::string>> table{
      {"", "b.json: is not a JSON object: not JSON (line 1, column 1)"},
      {"[", "b.json: is not a JSON object: not JSON (line 1, column 2)"},
      {"[]", "b.json: is not a JSON object"},
      {"5", "b.json: is not a JSON object"},
      {"null", "b.json: is not a JSON object"},
      {"{}", "\"schema\" must be \"sluice.baseline/2\""},
      {R"({"schema":5})", "\"schema\" must be \"sluice.baseline/2\""},
      {R"({"schema":null})", "\"schema\" must be"},
      {R"({"schema":["sluice.baseline/2"]})", "\"schema\" must be"},
      {R"({"schema":{"a":1}})", "\"schema\" must be"},
      {R"({"schema":"sluice.baseline/3","findings":[]})", "\"schema\" must be"},
      {R"({"schema":"sluice.baseline/1","findings":[{"fingerprint":"aa"}]})", "is of an older version"},
      {R"({"schema":"sluice.baseline/2","schema":"sluice.baseline/2","findings":[]})", "is not a JSON object"},
      {R"({"schema":"sluice.baseline/2"})", "\"findings\" must be a list"},
      {head + "5}", "\"findings\" must be a list"},
      {head + "{}}", "\"findings\" must be a list"},
      {head + "\"x\"}", "\"findings\" must be a list"},
      {head + "[5]}", "\"findings\"[0]: must be an object"},
      {head + "[null]}", "\"findings\"[0]: must be an object"},
      {head + "[[]]}", "\"findings\"[0]: must be an object"},
      {entry(""), "\"findings\"[0]: \"gate\" must be there and be a text"},
      {entry(R"("gate":5,"rule":"r","path":"p","fingerprint":"aa")"), "\"gate\" must be there and be a text"},
      {entry(R"("gate":"g","rule":[],"path":"p","fingerprint":"aa")"), "\"rule\" must be there and be a text"},
      {entry(R"("gate":"g","rule":"r","fingerprint":"aa")"), "\"path\" must be there and be a text"},
      {entry(R"("gate":"g","rule":"r","path":true,"fingerprint":"aa")"), "\"path\" must be there and be a text"},
      {entry(R"("gate":"g","rule":"r","path":"p")"), "\"fingerprint\" must be there and be a text"},
      {entry(R"("gate":"g","rule":"r","path":"p","fingerprint":1e400)"), "b.json: "},
      {entry(R"("gate":"g","rule":"r","path":"p","fingerprint":"")"), "\"fingerprint\" must be lower-case"},
      {entry(R"("gate":"g","rule":"r","path":"p","fingerprint":"ZZ")"), "\"fingerprint\" must be lower-case"},
      {entry(R"("gate":"g","rule":"r","path-hex":"f","fingerprint":"aa")"), "\"path-hex\" must be hexadecimal"},
      {entry(R"("gate":"g","rule":"r","path-hex":[],"fingerprint":"aa")"), "\"path-hex\" must be there and be a text"},
      {entry(good + R"(,"path-hex":"ff")"), "instead of \"path\""},
      {entry(good + R"(,"pla\u001bce":"x")"), "is not a key of an entry"},
      {entry(good + R"(,"rule":"r")"), "is not a JSON object"},
      {head + std::string(100'000, '['), "is not a JSON object"},
  };
  for (const auto& row : table) {
    CAPTURE(row.first.substr(0, 100));
    const std::string error = error_of(row.first);
    CAPTURE(error);
    CHECK(error.starts_with("b.json: "));
    CHECK(error.find(row.second) != std::string::npos);
    CHECK(error.find("internal") == std::string::npos);
    CHECK(error.find('\x1b') == std::string::npos);
  }
}

TEST_CASE("a baseline of an older version is told with the commands that make it anew")
{
  CHECK(error_of(R"({"schema":"sluice.baseline/1","findings":[]})")
        == "b.json: is of an older version, which did not say at which path each finding is accepted; make it anew:\n"
           "git rm -- b.json\nsluice check --baseline=b.json --baseline-action create");
}
