// SPDX-License-Identifier: Apache-2.0
//
// CSAF and CycloneDX say what OpenVEX says (vex_test.cpp); what is asked here is what they have of their own.
#include "deps/vex.hpp"
#include "deps/vex_rulings.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace sluice;
using namespace sluice::deps;
using Kind = OwnRuling::Kind;

namespace {

/// What documents make of CVE-2026-1 in victim 1.0.0, which shop needs by way of a.
struct Outcome
{
  Kind kind = Kind::fail;
  std::string reason;
  std::vector<std::string> notices;
};

Outcome
apply(const std::vector<std::string>& texts)
{
  std::vector<VexDocument> documents;
  std::vector<std::string> notices;
  for (const std::string& text : texts) {
    documents.push_back(read_vex("vex.json", text));
    REQUIRE_MESSAGE(documents.back().gaps.empty(), documents.back().gaps.front().why);
    notices.insert(notices.end(), documents.back().notices.begin(), documents.back().notices.end());
  }
  LockedFile locked;
  locked.list.path = "package-lock.json";
  const auto add = [&locked](std::string_view name, std::string_view version, Part part) {
    Package package;
    package.ecosystem = "npm";
    package.name = name;
    package.version = version;
    package.part = part;
    return locked.list.add(package);
  };
  const PackageId shop = add("shop", "2.0.0", Part::root);
  const PackageId a = add("a", "1.2.3", Part::third_party);
  const PackageId victim = add("victim", "1.0.0", Part::third_party);
  locked.list.need(shop, a);
  locked.list.need(a, victim);
  Hit hit;
  hit.file = &locked;
  hit.entries = {{victim}, locked.list.packages()[victim]};
  hit.group.ids = {"GHSA-0000-0000-0001"};
  hit.group.aliases = {"CVE-2026-1"};
  hit.ruling = {Kind::fail, "policy"};
  Audit audit;
  audit.hits = {hit};
  apply_vex(documents, audit);
  notices.insert(notices.end(), audit.notices.begin(), audit.notices.end());
  return {audit.hits.front().ruling.kind, audit.hits.front().ruling.reason, notices};
}

bool
is_excused(const std::string& text)
{
  return apply({text}).kind == Kind::ignore;
}

/// The first notice; empty if there is none.
std::string
notice_of(const std::string& text)
{
  const Outcome outcome = apply({text});
  return outcome.notices.empty() ? "" : outcome.notices.front();
}

std::string
gap_of(const std::string& text)
{
  const VexDocument read = read_vex("vex.json", text);
  return read.gaps.empty() ? "" : fmt::format("{} {}", read.gaps.front().subject, read.gaps.front().why);
}

bool
says(const std::string& text, std::string_view what)
{
  CAPTURE(text);
  CHECK(text.find(what) != std::string::npos);
  return text.find(what) != std::string::npos;
}

// ---------------------------------------------------------------------------------------------------- CSAF

struct Csaf
{
  std::string category = "csaf_vex", version = "2.0", status = "final", time = "2026-01-01T00:00:00Z";
  std::string tree = R"("full_product_names":[{"name":"victim 1.0.0","product_id":"P",
"product_identification_helper":{"purl":"pkg:npm/victim@1.0.0"}}])";
  std::string vulnerability = R"("cve":"CVE-2026-1","product_status":{"known_not_affected":["P"]},
"flags":[{"label":"vulnerable_code_not_present","product_ids":["P"]}])";

  [[nodiscard]] std::string
  text() const
  {
    return fmt::format(R"({{"document":{{"category":"{}","csaf_version":"{}","title":"t",
"publisher":{{"category":"vendor","name":"Ada","namespace":"https://example.org"}},
"tracking":{{"id":"1","status":"{}","version":"1","current_release_date":"{}"}}}},
"product_tree":{{{}}},
"vulnerabilities":[{{{}}}]}})",
                       category, version, status, time, tree, vulnerability);
  }
};

std::string
csaf_with_tree(std::string tree)
{
  Csaf csaf;
  csaf.tree = std::move(tree);
  return csaf.text();
}

std::string
csaf_of(std::string vulnerability)
{
  Csaf csaf;
  csaf.vulnerability = std::move(vulnerability);
  return csaf.text();
}

/// P, part of what is W in the tree, is the relationship R, and R is not affected.
std::string
csaf_held(std::string_view whole, std::string_view category = "default_component_of")
{
  Csaf csaf;
  csaf.tree = fmt::format(R"("full_product_names":[{{"name":"v","product_id":"P",
"product_identification_helper":{{"purl":"pkg:npm/victim@1.0.0"}}}},{}],
"relationships":[{{"category":"{}","product_reference":"P","relates_to_product_reference":"W",
"full_product_name":{{"name":"v in w","product_id":"R"}}}}])",
                          whole, category);
  csaf.vulnerability = R"("cve":"CVE-2026-1","product_status":{"known_not_affected":["R"]},
"flags":[{"label":"component_not_present","product_ids":["R"]}])";
  return csaf.text();
}

std::string
csaf_holder(std::string_view purl)
{
  return fmt::format(R"({{"name":"w","product_id":"W","product_identification_helper":{{"purl":"{}"}}}})", purl);
}

// ----------------------------------------------------------------------------------------------- CycloneDX

struct Cyclonedx
{
  std::string head = R"("specVersion":"1.6")", metadata = R"("timestamp":"2026-01-01T00:00:00Z")", components;
  std::string id = R"("id":"CVE-2026-1")", analysis = R"("state":"not_affected","justification":"code_not_reachable")",
              affects = R"({"ref":"pkg:npm/victim@1.0.0"})";

  [[nodiscard]] std::string
  text() const
  {
    return fmt::format(R"({{"bomFormat":"CycloneDX",{},"version":1,"metadata":{{{}}},"components":[{}],
"vulnerabilities":[{{{},"analysis":{{{}}},"affects":[{}]}}]}})",
                       head, metadata, components, id, analysis, affects);
  }
};

std::string
analysed(std::string analysis)
{
  Cyclonedx document;
  document.analysis = std::move(analysis);
  return document.text();
}

std::string
affecting(std::string affects, std::string components = {})
{
  Cyclonedx document;
  document.head = R"("specVersion":"1.5","serialNumber":"urn:uuid:3E671687-395b-41f5-a30f-a58921a69b79")";
  document.affects = std::move(affects);
  document.components = std::move(components);
  return document.text();
}

}  // namespace

TEST_CASE("CSAF: what is not affected is ruled out, with flag and impact as the reason")
{
  const Outcome outcome = apply({Csaf().text()});
  CHECK(outcome.kind == Kind::ignore);
  CHECK(outcome.reason == "not affected: vulnerable_code_not_present (CSAF of Ada, vex.json:6)");
  CHECK(outcome.notices.empty());
  CHECK(says(apply({csaf_of(R"("cve":"CVE-2026-1","product_status":{"known_not_affected":["P"]},
"threats":[{"category":"impact","details":"patched out","product_ids":["P"]}])")})
                 .reason,
             "not affected: patched out"));
}

TEST_CASE("CSAF: every status counts as what it says")
{
  for (const std::string_view key : {"fixed", "first_fixed"}) {
    CHECK(is_excused(csaf_of(fmt::format(R"("cve":"CVE-2026-1","product_status":{{"{}":["P"]}})", key))));
  }
  for (const std::string_view key : {"known_affected", "first_affected", "last_affected", "under_investigation"}) {
    CHECK(says(notice_of(csaf_of(fmt::format(R"("cve":"CVE-2026-1","product_status":{{"{}":["P"]}})", key))), "stays"));
  }
  CHECK_FALSE(is_excused(csaf_of(R"("cve":"CVE-2026-1","product_status":{"recommended":["P"]})")));
  // In two groups at once, which contradict each other.
  CHECK_FALSE(is_excused(csaf_of(R"("cve":"CVE-2026-1","product_status":{"fixed":["P"],"known_affected":["P"]})")));
}

TEST_CASE("CSAF: any name of the vulnerability counts, and the newest document")
{
  CHECK(is_excused(csaf_of(R"("ids":[{"system_name":"x","text":"ghsa-0000-0000-0001"}],
"product_status":{"fixed":["P"]})")));
  CHECK_FALSE(is_excused(csaf_of(R"("cve":"CVE-2026-2","product_status":{"fixed":["P"]})")));
  Csaf late;
  late.time = "2026-02-01T00:00:00Z";
  late.vulnerability = R"("cve":"CVE-2026-1","product_status":{"known_affected":["P"]})";
  CHECK(apply({Csaf().text(), late.text()}).kind == Kind::fail);
  late.time = "2025-12-31T00:00:00Z";
  CHECK(apply({Csaf().text(), late.text()}).kind == Kind::ignore);
}

TEST_CASE("CSAF: a product of a branch is of its version, and one of a range of versions fits nothing")
{
  const auto branch = [](std::string_view category, std::string_view name, std::string_view purl) {
    return csaf_with_tree(fmt::format(R"("branches":[{{"category":"vendor","name":"v","branches":[
{{"category":"{}","name":"{}","product":{{"name":"victim","product_id":"P",
"product_identification_helper":{{"purl":"{}"}}}}}}]}}])",
                                      category, name, purl));
  };
  CHECK(is_excused(branch("product_version", "1.0.0", "pkg:npm/victim")));
  CHECK(is_excused(branch("product_name", "victim", "pkg:npm/victim")));
  CHECK(is_excused(branch("product_version_range", "vers:npm/<2", "pkg:npm/victim@1.0.0")));
  CHECK_FALSE(is_excused(branch("product_version", "1.0.1", "pkg:npm/victim")));
  CHECK(says(notice_of(branch("product_version_range", "vers:npm/<2", "pkg:npm/victim")), "names no product"));
}

TEST_CASE("CSAF: a part counts in what holds it")
{
  CHECK(is_excused(csaf_held(R"({"name":"our app","product_id":"W"})")));
  CHECK(is_excused(csaf_held(csaf_holder("pkg:npm/a@1.2.3"))));
  CHECK(is_excused(csaf_held(csaf_holder("pkg:npm/a"), "optional_component_of")));
  CHECK_FALSE(is_excused(csaf_held(csaf_holder("pkg:npm/a@1.2.4"))));
  CHECK_FALSE(is_excused(csaf_held(csaf_holder("pkg:npm/b"))));
  CHECK(says(notice_of(csaf_held(csaf_holder("pkg:npm/a"), "installed_with")), "names no product"));
  // R is part of W, and Q is R in W: two relationships deep.
  Csaf deep;
  deep.tree = R"("full_product_names":[{"name":"v","product_id":"P",
"product_identification_helper":{"purl":"pkg:npm/victim@1.0.0"}},{"name":"w","product_id":"W"}],
"relationships":[{"category":"default_component_of","product_reference":"P","relates_to_product_reference":"R",
"full_product_name":{"name":"q","product_id":"Q"}},
{"category":"default_component_of","product_reference":"P","relates_to_product_reference":"W",
"full_product_name":{"name":"r","product_id":"R"}}])";
  deep.vulnerability = R"("cve":"CVE-2026-1","product_status":{"fixed":["Q"]})";
  CHECK(says(notice_of(deep.text()), "names no product"));
}

TEST_CASE("CSAF: a reason may be of a group")
{
  const auto grouped = [](std::string_view flag) {
    Csaf csaf;
    csaf.tree += R"(,"product_groups":[{"group_id":"G","product_ids":["P","Q"]}])";
    csaf.vulnerability = fmt::format(R"("cve":"CVE-2026-1","product_status":{{"known_not_affected":["P"]}},
"flags":[{{"label":"component_not_present","group_ids":["{}"]}}])",
                                     flag);
    return csaf.text();
  };
  CHECK(is_excused(grouped("G")));
  CHECK(says(gap_of(grouped("H")), "does not say why"));
}

TEST_CASE("CSAF: a draft counts for nothing, and that is told")
{
  Csaf draft;
  draft.status = "draft";
  CHECK_FALSE(is_excused(draft.text()));
  CHECK(says(notice_of(draft.text()), "is a draft"));
}

TEST_CASE("CSAF: a document that is none is a gap, and nothing of it counts")
{
  std::vector<std::pair<Csaf, std::string>> cases(8);
  cases[0].first.version = "2.1";
  cases[0].second = "CSAF 2.1 is not known";
  cases[1].first.category = "csaf_security_advisory";
  cases[1].second = "of the category csaf_security_advisory";
  cases[2].first.status = "withdrawn";
  cases[2].second = "tracking.status is none: withdrawn";
  cases[3].first.time = "yesterday";
  cases[3].second = "current_release_date is none";
  cases[4].first.tree =
      cases[4].first.tree.substr(0, cases[4].first.tree.size() - 1) + R"(,{"name":"x","product_id":"P"}])";
  cases[4].second = "P is defined twice";
  cases[5].first.tree += R"(,"branches":{})";
  cases[5].second = "branches is no list";
  cases[6].first.tree += R"(,"relationships":[{"category":"default_component_of","product_reference":"P",
"relates_to_product_reference":"N","full_product_name":{"name":"r","product_id":"R"}}])";
  cases[6].second = "a relationship names a product that is not defined";
  cases[7].first.tree += R"(,"full_product_names":[])";
  cases[7].second = "a key is there twice";
  for (const auto& [csaf, why] : cases) {
    CHECK(says(gap_of(csaf.text()), why));
    CHECK(read_vex("vex.json", csaf.text()).statements.empty());
  }
}

TEST_CASE("CSAF: a statement that is none is a gap at its line, and the others count")
{
  const std::vector<std::pair<std::string, std::string>> cases{
      {R"("product_status":{"fixed":["P"]})", "vex.json:6 a vulnerability has no name"},
      {R"("cve":"CVE-2026-1")", "vex.json:6 a vulnerability has no status"},
      {R"("cve":"CVE-2026-1","product_status":{"known_not_affected":[
"P"]})",
       "vex.json:7 CVE-2026-1 says known_not_affected of 1 product and does not say why"},
      {R"("cve":"CVE-2026-1","product_status":{"known_not_affected":["P"]},
"flags":[{"label":"trust_me","product_ids":["P"]}])",
       "vex.json:7 a flag has a label that is none: trust_me"},
      {R"("cve":"CVE-2026-1","product_status":{"fixed":["N"]})", "vex.json:6 a status names N"}};
  for (const auto& [vulnerability, why] : cases) {
    CHECK(says(gap_of(csaf_of(vulnerability)), why));
    CHECK(read_vex("vex.json", csaf_of(vulnerability)).statements.empty());
    const std::string more = vulnerability + R"(},{"cve":"CVE-2026-1","product_status":{"fixed":["P"]})";
    CHECK(read_vex("vex.json", csaf_of(more)).statements.size() == 1);
  }
}

TEST_CASE("CSAF: groups that are named again and again are bounded")
{
  std::string ids = R"("P")";
  std::string flags;
  for (int i = 0; i < 5000; ++i) {
    ids += R"(,"P")";
    flags += fmt::format(R"({}{{"label":"component_not_present","group_ids":["G"]}})", i == 0 ? "" : ",");
  }
  Csaf csaf;
  csaf.tree += fmt::format(R"(,"product_groups":[{{"group_id":"G","product_ids":[{}]}}])", ids);
  csaf.vulnerability =
      fmt::format(R"("cve":"CVE-2026-1","product_status":{{"known_not_affected":["P"]}},"flags":[{}])", flags);
  CHECK(says(gap_of(csaf.text()), "named too often"));
  CHECK(read_vex("vex.json", csaf.text()).statements.empty());
}

TEST_CASE("CycloneDX: every state counts as what it says, with why as the reason")
{
  CHECK(apply({Cyclonedx().text()}).reason == "not affected: code_not_reachable (CycloneDX, vex.json:2)");
  Cyclonedx named;
  named.metadata += R"(,"authors":[{"name":"Ada"}])";
  named.analysis += R"(,"detail":"dead code","response":["will_not_fix","update"])";
  CHECK(apply({named.text()}).reason
        == "not affected: code_not_reachable: dead code: will_not_fix, update (CycloneDX of Ada, vex.json:2)");
  CHECK(is_excused(analysed(R"("state":"not_affected","detail":"dead code")")));
  CHECK(says(apply({analysed(R"("state":"false_positive")")}).reason, "not affected: false_positive"));
  for (const std::string_view state : {"resolved", "resolved_with_pedigree"}) {
    CHECK(says(apply({analysed(fmt::format(R"("state":"{}")", state))}).reason, "fixed"));
  }
  for (const std::string_view state : {"exploitable", "in_triage"}) {
    CHECK(says(notice_of(analysed(fmt::format(R"("state":"{}")", state))), "stays"));
  }
}

TEST_CASE("CycloneDX: any name of the vulnerability counts")
{
  Cyclonedx document;
  document.id = R"("id":"X-1","references":[{"id":"CVE-2026-1"}])";
  CHECK(is_excused(document.text()));
  document.id = R"("id":"X-1","references":[{"id":"CVE-2026-2"}])";
  CHECK_FALSE(is_excused(document.text()));
}

TEST_CASE("CycloneDX: what is affected is a component of the document, a BOM-Link or a package URL")
{
  const std::string component =
      R"({"type":"library","name":"x","components":[{"bom-ref":"c","name":"victim","version":"1.0.0","purl":"pkg:npm/victim"}]})";
  const auto ref = [](std::string_view text) { return fmt::format(R"({{"ref":"{}"}})", text); };
  CHECK(is_excused(affecting(ref("c"), component)));
  CHECK(is_excused(affecting(ref("urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#c"), component)));
  CHECK(is_excused(affecting(ref("urn:cdx:00000000-395b-41f5-a30f-a58921a69b79/1#pkg:npm/victim@1.0.0"))));
  CHECK(is_excused(affecting(ref("urn:cdx:00000000-395b-41f5-a30f-a58921a69b79/1#pkg%3Anpm%2Fvictim%401.0.0"))));
  // The version of the component is that of its package URL.
  CHECK_FALSE(
      is_excused(affecting(ref("c"), R"({"bom-ref":"c","name":"victim","version":"1.0.1","purl":"pkg:npm/victim"})")));
  CHECK_FALSE(is_excused(affecting(ref("pkg:npm/victim@1.0.1"))));
  for (const std::string_view other :
       {"d", "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/2#c", "urn:cdx:00000000-395b-41f5-a30f-a58921a69b79/1#c",
        "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1"}) {
    CHECK(says(notice_of(affecting(ref(other), component)), "names no product"));
  }
  // The subject of the document, of which no package is named.
  Cyclonedx subject;
  subject.metadata += R"(,"component":{"bom-ref":"s","type":"application","name":"shop","version":"2.0.0"})";
  subject.affects = ref("s");
  CHECK(says(notice_of(subject.text()), "names no product"));
}

TEST_CASE("CycloneDX: an excuse is of the versions that are listed, and not of those that are affected")
{
  const auto versions = [](std::string_view list) {
    return affecting(fmt::format(R"({{"ref":"pkg:npm/victim","versions":[{}]}})", list));
  };
  CHECK(is_excused(versions(R"({"version":"1.0.0"})")));
  CHECK(is_excused(versions(R"({"version":"0.9.0"},{"version":"1.0.0","status":"unaffected"})")));
  CHECK_FALSE(is_excused(versions(R"({"version":"0.9.0"})")));
  for (const std::string_view none : {R"({"version":"1.0.0","status":"affected"})", R"({"range":"vers:npm/<2"})",
                                      R"({"version":"1.0.0","status":"unknown"})"}) {
    CHECK(says(notice_of(versions(none)), "names no product"));
  }
}

TEST_CASE("CycloneDX: the newest counts, and what has no time gives way to what keeps")
{
  const auto at = [](std::string_view state, std::string_view time) {
    Cyclonedx document;
    document.metadata = "";
    document.analysis = fmt::format(R"("state":"{}","lastUpdated":"{}")", state, time);
    return document.text();
  };
  CHECK(apply({at("resolved", "2026-02-01T00:00:00Z"), at("exploitable", "2026-01-31T23:59:59Z")}).kind
        == Kind::ignore);
  CHECK(apply({at("resolved", "2026-02-01T00:00:00Z"), at("exploitable", "2026-02-01T00:00:00Z")}).kind == Kind::fail);
  Cyclonedx untimed;
  untimed.metadata = "";
  CHECK(is_excused(untimed.text()));
  CHECK(apply({untimed.text(), at("exploitable", "2020-01-01T00:00:00Z")}).kind == Kind::fail);
  untimed.analysis = R"("state":"exploitable")";
  CHECK(apply({untimed.text(), at("resolved", "2026-02-01T00:00:00Z")}).kind == Kind::fail);
}

TEST_CASE("CycloneDX: XML says the same")
{
  const auto xml = [](std::string_view analysis, std::string_view version = "1.4") {
    return fmt::format(R"(<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/{}" version="1"><metadata><timestamp>2026-01-01T00:00:00Z</timestamp>
<authors><author><name>Ada</name></author></authors></metadata><components>
<component bom-ref="c" type="library"><name>victim</name><version>1.0.0</version><purl>pkg:npm/victim</purl></component>
</components><vulnerabilities>
<vulnerability><id>CVE-2026-1</id><analysis>{}</analysis><affects><target><ref>c</ref></target></affects></vulnerability>
</vulnerabilities></bom>)",
                       version, analysis);
  };
  const std::string fine = "<state>not_affected</state><justification>code_not_present</justification>"
                           "<responses><response>update</response></responses>";
  CHECK(apply({xml(fine)}).reason == "not affected: code_not_present: update (CycloneDX of Ada, vex.json:6)");
  CHECK(says(gap_of(xml("<state>not_affected</state>")),
             "vex.json:6 a vulnerability says not_affected and does not say"));
  CHECK(says(gap_of(xml(fine, "1.3")), "CycloneDX 1.3 is not known"));
  CHECK(says(gap_of("<rss/>"), "no VEX document"));
}

TEST_CASE("CycloneDX: what is none is a gap, of the document or of the statement")
{
  const auto with = [](auto change) {
    Cyclonedx document;
    change(document);
    return document.text();
  };
  CHECK(says(gap_of(with([](auto& each) { each.head = R"("specVersion":"1.3")"; })), "CycloneDX 1.3 is not known"));
  CHECK(says(gap_of(with([](auto& each) { each.metadata = R"("timestamp":"now")"; })), "timestamp is none"));
  CHECK(says(gap_of(with([](auto& each) { each.affects = "1"; })), "something else"));
  CHECK(says(gap_of(with([](auto& each) { each.components = R"({"bom-ref":"c"},{"bom-ref":"c"})"; })),
             "c is there twice"));
  CHECK(says(gap_of(R"({"bomFormat":"CycloneDX","specVersion":"1.6"})"), "no list of vulnerabilities"));
  CHECK(says(gap_of(with([](auto& each) { each.id = R"("id":"")"; })), "vex.json:2 a vulnerability has no id"));
  CHECK(says(gap_of(analysed(R"("state":"not_affected","response":["update"])")), "does not say why"));
  CHECK(says(gap_of(analysed(R"("state":"harmless")")), "has no state that is one: harmless"));
  CHECK(says(gap_of(analysed(R"("detail":"x")")), "has no state that is one"));
  CHECK(says(gap_of(analysed(R"("state":"resolved","lastUpdated":"now")")), "has a time that is none: now"));
  CHECK(says(gap_of(analysed(R"("state":"not_affected","justification":"component_not_present")")),
             "has a justification that is none"));
  CHECK(says(notice_of(R"({"bomFormat":"CycloneDX","specVersion":"1.6","vulnerabilities":[{"id":"CVE-2026-1"}]})"),
             "1 vulnerability has no analysis"));
}
