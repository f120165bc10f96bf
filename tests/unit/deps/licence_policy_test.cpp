// SPDX-License-Identifier: Apache-2.0
#include "deps/licence_audit.hpp"
#include "deps/licence_policy.hpp"
#include "gate/file_tree.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace sluice;
using namespace sluice::deps;
using Outcome = LicenceVerdict::Outcome;
using List = std::vector<std::string>;

namespace {

constexpr Date today{2026, 11, 26};

LicenceVerdict
judge(const List& allow, const List& deny, std::string_view text)
{
  LicenceOptions options;
  options.allow = allow;
  options.deny = deny;
  const auto expression = parse_licence(text);
  REQUIRE_MESSAGE(expression, text);
  return LicencePolicy(options).judge(*expression);
}

Outcome
outcome(const List& allow, const List& deny, std::string_view text)
{
  return judge(allow, deny, text).outcome;
}

LicenceException
exception(std::string package, std::string licence, std::string expires)
{
  return {std::move(package), std::move(licence), "bought", std::move(expires), ".sluice.yml:9"};
}

/// Lockfiles of npm that hold packages with licences.
class Locked
{
public:
  void
  add(const std::string& path, const std::vector<std::pair<std::string, std::string>>& packages)
  {
    locked_.files.push_back({find_lockfile("package-lock.json", ""), list_of(packages), std::nullopt, false});
    locked_.files.back().list.path = path;
  }
  void
  set_before(const std::vector<std::pair<std::string, std::string>>& packages)
  {
    locked_.files.back().before = list_of(packages);
  }
  [[nodiscard]] LicenceAudit
  audit(const LicenceOptions& options) const
  {
    return audit_licences(locked_, options, today);
  }

private:
  static PackageList
  list_of(const std::vector<std::pair<std::string, std::string>>& packages)
  {
    PackageList list;
    for (const auto& [name, licence] : packages) {
      Package package;
      package.ecosystem = "npm";
      package.name = list.keep(name);
      package.version = "1.0.0";
      package.licence = list.keep(licence);
      list.add(package);
    }
    return list;
  }

  LockedFiles locked_;
};

LicenceOptions
allowing(List allow)
{
  LicenceOptions options;
  options.allow = std::move(allow);
  return options;
}

}  // namespace

TEST_CASE("of a choice one that passes is enough, of a sum all must pass")
{
  const List allow{"MIT", "Apache-2.0"};
  CHECK(outcome(allow, {}, "MIT") == Outcome::passes);
  CHECK(outcome(allow, {}, "ISC") == Outcome::refused);
  CHECK(outcome(allow, {}, "ISC OR mit") == Outcome::passes);
  CHECK(outcome(allow, {}, "ISC AND MIT") == Outcome::refused);
  CHECK(outcome(allow, {}, "(ISC OR MIT) AND Apache-2.0") == Outcome::passes);
  CHECK(outcome(allow, {"MIT"}, "MIT") == Outcome::refused);
  CHECK(outcome({}, {"GPL-*"}, "MIT") == Outcome::passes);
  CHECK(outcome({}, {"GPL-*"}, "gpl-3.0") == Outcome::refused);
  CHECK(outcome({}, {"GPL-*"}, "LGPL-3.0-only") == Outcome::passes);
}

TEST_CASE("a refusal says which part and which would have passed")
{
  const LicenceVerdict verdict = judge({}, {"AGPL-*"}, "(MIT OR ISC) AND AGPL-3.0-only");
  CHECK(verdict.outcome == Outcome::refused);
  CHECK(verdict.refused == List{"AGPL-3.0-only is denied (AGPL-*)"});
  CHECK(verdict.passing == List{"MIT", "ISC"});
  CHECK(judge({"MIT"}, {}, "ISC").refused == List{"ISC is not allowed"});
}

TEST_CASE("or later is a choice of versions")
{
  CHECK(outcome({"GPL-3.0-only"}, {}, "GPL-2.0-or-later") == Outcome::passes);
  CHECK(outcome({"GPL-2.0"}, {}, "GPL-2.0+") == Outcome::passes);
  CHECK(outcome({"GPL-2.0"}, {}, "GPL-3.0-or-later") == Outcome::refused);
  CHECK(outcome({}, {"GPL-2.0-only"}, "GPL-2.0-or-later") == Outcome::passes);
  CHECK(outcome({}, {"GPL-2.0-only", "GPL-3.0-only"}, "GPL-2.0-or-later") == Outcome::refused);
  CHECK(outcome({}, {"GPL-2.0-or-later"}, "GPL-3.0-only") == Outcome::refused);
  CHECK(outcome({"LGPL-2.1-or-later"}, {}, "LGPL-3.0-only") == Outcome::passes);
  CHECK(outcome({"LGPL-2.1-or-later"}, {}, "LGPL-2.0-only") == Outcome::refused);
  CHECK(outcome({"Apache-2.0"}, {}, "Apache-1.1+") == Outcome::passes);
  CHECK(outcome({"BSD-2-Clause"}, {}, "BSD-2-Clause+") == Outcome::passes);
  CHECK(outcome({"MIT"}, {}, "BSD-2-Clause+") == Outcome::refused);
  CHECK(outcome({"GPL-2.0-or-later"}, {}, "GPL-9.0-or-later") == Outcome::unknown);
}

TEST_CASE("an exception is looked for as it is written, else the licence decides")
{
  const std::string with = "GPL-2.0-only WITH Classpath-exception-2.0";
  CHECK(outcome({}, {"GPL-*"}, with) == Outcome::refused);
  CHECK(outcome({with}, {"GPL-*"}, with) == Outcome::passes);
  CHECK(outcome({with}, {"GPL-*"}, "GPL-2.0-only") == Outcome::refused);
  CHECK(outcome({"GPL-*"}, {with}, with) == Outcome::refused);
  CHECK(outcome({"GPL-2.0-only"}, {}, with) == Outcome::passes);
  CHECK(outcome({"GPL-* WITH Classpath-*"}, {}, with) == Outcome::passes);
  CHECK(outcome({"GPL-* WITH Classpath-*"}, {}, "GPL-2.0-only") == Outcome::refused);
}

TEST_CASE("what nobody knows is never guessed, and does no harm where a choice does without it")
{
  CHECK(outcome({"MIT"}, {}, "BSD") == Outcome::unknown);
  CHECK(outcome({"*"}, {"GPL-*"}, "BSD") == Outcome::unknown);
  CHECK(outcome({"MIT"}, {}, "BSD OR MIT") == Outcome::passes);
  CHECK(outcome({"MIT"}, {}, "BSD AND MIT") == Outcome::unknown);
  CHECK(outcome({"MIT"}, {}, "BSD AND ISC") == Outcome::refused);
  CHECK(outcome({"MIT"}, {}, "BSD OR ISC") == Outcome::unknown);
  CHECK(outcome({}, {"GPL*"}, "GPLv3") == Outcome::refused);
  CHECK(outcome({}, {"GPL*"}, "LicenseRef-x") == Outcome::unknown);
  CHECK(outcome({"MIT"}, {}, "LicenseRef-x") == Outcome::refused);
  CHECK(outcome({"LicenseRef-X"}, {}, "LicenseRef-x") == Outcome::passes);
}

TEST_CASE("an entry that means nothing is an error")
{
  CHECK(LicenceEntry("MTI").defect().value_or("").find("MIT") != std::string::npos);
  CHECK(LicenceEntry("BSD").defect());
  CHECK(LicenceEntry("Apache 2.0").defect());
  CHECK(LicenceEntry("MIT OR ISC").defect());
  CHECK(LicenceEntry("MIT WITH nothing").defect());
  CHECK_FALSE(LicenceEntry("BSD-*").defect());
  CHECK_FALSE(LicenceEntry("gpl-2.0+").defect());
  CHECK_FALSE(LicenceEntry("LicenseRef-acme").defect());
  CHECK_FALSE(LicenceEntry("GPL-2.0-only WITH Classpath-exception-2.0").defect());
}

TEST_CASE("exceptions count until their last day, and those of no use are told")
{
  const std::vector<LicenceException> entries{exception("left-*", "GPL-*", "2026-11-26"),
                                              exception("right-pad", "", "2026-11-25"),
                                              exception("x", "", "2026-12-01")};
  LicenceExceptions exceptions(entries, today);
  const auto ruling = exceptions.ruling("left-pad", "gpl-3.0-only");
  REQUIRE(ruling);
  CHECK(ruling->kind == OwnRuling::Kind::ignore);
  CHECK(ruling->reason == "bought (until 2026-11-26, .sluice.yml:9)");
  CHECK_FALSE(exceptions.ruling("left-pad", "AGPL-3.0-only"));
  CHECK_FALSE(exceptions.ruling("right-pad", "anything"));
  const auto notices = exceptions.notices();
  REQUIRE(notices.size() == 2);
  CHECK(notices[0].find("right-pad expired on 2026-11-25") != std::string::npos);
  CHECK(notices[1].find("x covers nothing") != std::string::npos);
}

TEST_CASE("without a policy nothing is said")
{
  Locked locked;
  locked.add("package-lock.json", {{"a", "GPL-3.0-only"}, {"b", ""}});
  const LicenceAudit audit = locked.audit({});
  CHECK(audit.hits.empty());
  CHECK(audit.gaps.empty());
  CHECK(audit.judged == 0);
}

TEST_CASE("what does not pass is a hit, and what says nothing is not known")
{
  Locked locked;
  locked.add("package-lock.json", {{"a", "MIT"}, {"b", "GPL-3.0-only"}, {"c", ""}, {"d", "UNLICENSED"}});
  LicenceOptions options = allowing({"MIT"});
  const LicenceAudit audit = locked.audit(options);
  REQUIRE(audit.hits.size() == 3);
  CHECK(audit.judged == 3);
  CHECK(audit.hits[0].package.name == "b");
  CHECK(audit.hits[0].verdict.outcome == Outcome::refused);
  CHECK_FALSE(audit.hits[0].ruling);
  CHECK(audit.hits[1].verdict.outcome == Outcome::unknown);
  CHECK(audit.hits[1].ruling->kind == OwnRuling::Kind::warn);
  CHECK(audit.hits[2].unreadable == "says that nobody else may use it");
  options.unknown = OwnRuling::Kind::fail;
  CHECK(locked.audit(options).hits[1].ruling->kind == OwnRuling::Kind::fail);
  options.unknown = OwnRuling::Kind::ignore;
  CHECK(locked.audit(options).hits.size() == 1);
  options.exceptions = {exception("b", "", "2027-01-01")};
  CHECK(locked.audit(options).hits[0].ruling->kind == OwnRuling::Kind::ignore);
}

TEST_CASE("a file that tells of no licences is one gap, unless another file tells of its packages")
{
  Locked locked;
  locked.add("package-lock.json", {{"a", ""}, {"b", ""}});
  LicenceOptions options = allowing({"MIT"});
  const LicenceAudit alone = locked.audit(options);
  CHECK(alone.hits.empty());
  REQUIRE(alone.gaps.size() == 1);
  CHECK(alone.gaps[0].kind == GapKind::no_data);
  CHECK(alone.gaps[0].fix.find("bill of materials") != std::string::npos);
  options.unknown = OwnRuling::Kind::ignore;
  CHECK(locked.audit(options).gaps.empty());
  CHECK(locked.audit(options).notices.size() == 1);
  locked.add("bom.json", {{"a", "MIT"}, {"b", "GPL-3.0-only"}});
  const LicenceAudit both = locked.audit(options);
  CHECK(both.gaps.empty());
  REQUIRE(both.hits.size() == 2);
  CHECK(both.hits[0].package.name == "b");
  CHECK(both.hits[0].told_by == "bom.json");
  CHECK(both.hits[1].told_by.empty());
}

TEST_CASE("what several files say of a package holds together, and what they say again adds nothing")
{
  Locked locked;
  locked.add("package-lock.json", {{"a", ""}, {"b", "MIT"}});
  for (int i = 0; i < 2000; ++i) {
    locked.add(fmt::format("{}.json", i), {{"a", i % 2 == 0 ? "MIT" : "ISC"}});
  }
  CHECK(locked.audit(allowing({"MIT", "ISC"})).hits.empty());
  const LicenceAudit audit = locked.audit(allowing({"MIT"}));
  REQUIRE(!audit.hits.empty());
  CHECK(audit.hits[0].licence == "(ISC) AND (MIT)");
  CHECK(audit.hits[0].told_by == "0.json");
  CHECK(audit.hits[0].verdict.outcome == Outcome::refused);
}

TEST_CASE("what the base has under the same licence is older")
{
  Locked locked;
  locked.add("package-lock.json", {{"a", "GPL-3.0-only"}, {"b", "GPL-3.0-only"}});
  locked.set_before({{"a", "GPL-3.0-only"}, {"b", "MIT"}});
  const LicenceAudit audit = locked.audit(allowing({"MIT"}));
  REQUIRE(audit.hits.size() == 2);
  CHECK(audit.hits[0].is_older);
  CHECK_FALSE(audit.hits[1].is_older);
}

TEST_CASE("names that stand for an identifier are told")
{
  Locked locked;
  locked.add("package-lock.json", {{"a", "Apache 2.0"}, {"b", "MIT"}});
  const LicenceAudit audit = locked.audit(allowing({"MIT", "Apache-2.0"}));
  CHECK(audit.hits.empty());
  REQUIRE(audit.notices.size() == 1);
  CHECK(audit.notices[0].find("\"Apache 2.0\" as Apache-2.0") != std::string::npos);
}
