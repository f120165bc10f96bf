// SPDX-License-Identifier: Apache-2.0
//
// Every text of a report, once. Each function takes its structure apart into all of its members, so that whoever adds
// one does not compile until it is decided here what becomes of it. What is left out has a form of its own (an id, a
// number, a rule's own documentation) and is said in a comment.
#pragma once

#include "finding/redactor.hpp"
#include "finding/report.hpp"

namespace sluice {

/// `Visit` is called as visit(std::string&, TextKind), and as visit(std::string&, Span&) of a line of examined text
/// with a piece that must be found again.
template<typename Visit>
void
for_each_text(Location& location, Visit& visit)
{
  auto& [path, begin, end, commit] = location;
  visit(path, TextKind::name);
  visit(commit, TextKind::name);  // an id, unless a report that was read says otherwise
}

template<typename Visit>
void
for_each_text(Fact& fact, Visit& visit)
{
  auto& [key, label, value] = fact;
  visit(key, TextKind::name);
  visit(label, TextKind::name);
  visit(value, TextKind::prose);
}

template<typename Visit>
void
for_each_text(RelatedPlace& place, Visit& visit)
{
  auto& [where, role, note] = place;
  for_each_text(where, visit);
  visit(note, TextKind::prose);
}

template<typename Visit>
void
for_each_text(InlineAllow& allow, Visit& visit)
{
  auto& [reason, where, owner, lines_before, path, counts] = allow;
  visit(reason, TextKind::line);  // written by whoever wrote the rest of the line
  visit(path, TextKind::name);
}

template<typename Visit>
void
for_each_text(Finding& finding, Visit& visit)
{
  auto& [rule, where, message, help, excerpt, covered, subject, severity, confidence, identifiers, related, facts,
         fingerprint, inline_allow, marked, is_older, moves, unlisted, places_left_out, ruling] =
      finding;                        // `fingerprint` is hexadecimal
  covered = finding.covered_bytes();  // before a column or the line is another
  for_each_text(where, visit);
  visit(message, TextKind::prose);
  visit(help, TextKind::prose);
  visit(excerpt, *covered);
  visit(subject, TextKind::name);
  for (Identifier& identifier : identifiers) {
    auto& [name] = identifier;
    visit(name, TextKind::name);
  }
  for (RelatedPlace& place : related) {
    for_each_text(place, visit);
  }
  for (Fact& fact : facts) {
    for_each_text(fact, visit);
  }
  if (inline_allow) {
    for_each_text(*inline_allow, visit);
  }
  for (MarkedPath& each : marked) {
    auto& [path, allow] = each;
    visit(path, TextKind::name);
    for_each_text(allow, visit);
  }
  for (Move& move : moves) {
    auto& [from, to, is_pending] = move;
    visit(from, TextKind::name);
    visit(to, TextKind::name);
  }
  for (std::string& path : unlisted) {
    visit(path, TextKind::name);
  }
  if (ruling) {
    auto& [kind, reason, whatever_severity] = *ruling;
    visit(reason, TextKind::prose);
  }
}

template<typename Visit>
void
for_each_text(Gap& gap, Visit& visit)
{
  auto& [kind, subject, why, fix] = gap;
  visit(subject, TextKind::name);
  visit(why, TextKind::prose);
  visit(fix, TextKind::prose);
}

template<typename Visit>
void
for_each_text(Judged& judged, Visit& visit)
{
  auto& [finding, severity, disposition, reason] = judged;
  for_each_text(finding, visit);
  visit(reason, TextKind::line);
}

template<typename Visit>
void
for_each_text(JudgedGap& judged, Visit& visit)
{
  auto& [gap, accepted, reason] = judged;
  for_each_text(gap, visit);
  visit(reason, TextKind::line);
}

template<typename Visit>
void
for_each_text(Table& table, Visit& visit)
{
  auto& [columns, rows] = table;
  for (std::string& column : columns) {
    visit(column, TextKind::run);
  }
  for (std::vector<std::string>& row : rows) {
    for (std::string& cell : row) {
      visit(cell, TextKind::run);
    }
  }
}

template<typename Visit>
void
for_each_text(Graph& graph, Visit& visit)
{
  auto& [nodes, edges] = graph;
  for (Graph::Node& node : nodes) {
    auto& [label, mark] = node;
    visit(label, TextKind::run);
  }
  for (Graph::Edge& edge : edges) {
    auto& [from, to, label] = edge;
    visit(label, TextKind::run);
  }
}

template<typename Visit>
void
for_each_text(Timeline& timeline, Visit& visit)
{
  auto& [events] = timeline;
  for (Timeline::Event& event : events) {
    auto& [begin, end, label, mark] = event;
    visit(label, TextKind::run);
  }
}

template<typename Visit>
void
for_each_text(Section& section, Visit& visit)
{
  auto& [title, note, content] = section;
  visit(title, TextKind::run);
  visit(note, TextKind::run);
  std::visit([&visit](auto& shape) { for_each_text(shape, visit); }, content);
}

template<typename Visit>
void
for_each_text(Coverage& coverage, Visit& visit)
{
  auto& [scope, counts] = coverage;
  visit(scope, TextKind::run);
  for (Count& count : counts) {
    auto& [value, unit] = count;
    visit(unit, TextKind::run);
  }
}

template<typename Visit>
void
for_each_text(RunContext& context, Visit& visit)
{
  auto& [repository_url, platform, head, range, range_reason, reproduce, acceptance, breadth, bases] = context;
  visit(repository_url, TextKind::run);
  visit(platform, TextKind::run);
  visit(head, TextKind::run);
  visit(range, TextKind::run);
  visit(range_reason, TextKind::run);
  visit(reproduce, TextKind::run);
  auto& [comments, configuration, baseline, branch] = acceptance;
  visit(configuration, TextKind::run);
  visit(baseline, TextKind::run);
  visit(branch, TextKind::run);
  for (std::string& base : bases) {
    visit(base, TextKind::run);
  }
}

/// Of a rule that was read back: whoever wrote the file may have written anything. Its views must be bound again.
template<typename Visit>
void
for_each_text(OwnedRule& rule, Visit& visit)
{
  auto& [id, title, since, tool, what, why, instead, known_problems, references, tags, reference_views, tag_views,
         meta] = rule;
  visit(id, TextKind::name);
  visit(title, TextKind::prose);
  visit(since, TextKind::name);
  visit(tool, TextKind::name);
  visit(what, TextKind::prose);
  visit(why, TextKind::prose);
  visit(instead, TextKind::prose);
  visit(known_problems, TextKind::prose);
  for (std::string& reference : references) {
    visit(reference, TextKind::prose);
  }
  for (std::string& tag : tags) {
    visit(tag, TextKind::name);
  }
}

/// What the applied rules say of themselves is static text of the gate; where it was read back it is in `owned_rules`.
template<typename Visit>
void
for_each_text(RawReport& report, Visit& visit)
{
  auto& [tool, version, scan, judged, gaps, coverage, absence, sections, failure, verdict, fail_on, notices,
         unused_allowances, context, started, duration, rules, owned_rules] = report;
  visit(tool, TextKind::run);
  visit(version, TextKind::run);
  for (Judged& each : judged) {
    for_each_text(each, visit);
  }
  for (JudgedGap& gap : gaps) {
    for_each_text(gap, visit);
  }
  for_each_text(coverage, visit);
  if (absence) {
    auto& [kind, reason] = *absence;
    visit(reason, TextKind::run);
  }
  for (Section& section : sections) {
    for_each_text(section, visit);
  }
  if (failure) {
    auto& [due, message] = *failure;
    visit(message, TextKind::prose);
  }
  for (std::string& notice : notices) {
    visit(notice, TextKind::prose);
  }
  for (std::string& place : unused_allowances) {
    visit(place, TextKind::name);
  }
  for_each_text(context, visit);
  for (std::size_t i = 0; owned_rules && i < owned_rules->size(); ++i) {
    for_each_text((*owned_rules)[i], visit);
    (*owned_rules)[i].bind();
  }
}

}  // namespace sluice
