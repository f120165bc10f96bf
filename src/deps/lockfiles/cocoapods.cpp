// SPDX-License-Identifier: Apache-2.0
//
// CocoaPods' Podfile.lock (cocoapods-core, Lockfile). A pod's parts, "Name/Part", have its version and are the pod. OSV
// collects no advisories for CocoaPods, so there is nothing to judge them by, and that is told.
#include "base/text.hpp"
#include "data/data.hpp"
#include "deps/lockfile.hpp"
#include "deps/reading.hpp"
#include "deps/shape.hpp"

#include <fmt/format.h>

#include <array>
#include <unordered_map>

namespace sluice::deps {

namespace {

/// "Name/Part (1.2.3)" to Name and 1.2.3; of "Name (from `…`)" and "Name (~> 1.0)" only the name counts.
struct Pod
{
  std::string_view name, detail;
};

Pod
pod_of(std::string_view text)
{
  const std::size_t blank = text.find(" (");
  std::string_view detail = blank == std::string_view::npos ? "" : text.substr(blank + 2);
  if (detail.ends_with(')')) {
    detail.remove_suffix(1);
  }
  const std::string_view name = text.substr(0, blank);
  return {name.substr(0, name.find('/')), detail};
}

class LockReader
{
public:
  LockReader(const Value& root, PackageList& list)
      : root_(root),
        list_(list)
  {
    for (const Value external : root["EXTERNAL SOURCES"]) {
      externals_.insert_or_assign(external.key(), external);
    }
    for (const Value sum : root["SPEC CHECKSUMS"]) {
      sums_.insert_or_assign(sum.key(), sum.scalar());
    }
  }

  void
  run()
  {
    Package project;
    project.part = Part::root;
    const PackageId from = list_.add(project);
    for (const Value entry : root_["PODS"]) {
      each_pod(entry, [this](const Pod& pod, const Value& at, const Value& /*needs*/) { add(pod, at); });
    }
    for (const Value entry : root_["DEPENDENCIES"]) {
      need(from, pod_of(entry.text()));
    }
    for (const Value entry : root_["PODS"]) {
      each_pod(entry, [this](const Pod& pod, const Value& /*at*/, const Value& needs) {
        for (const Value needed : needs) {
          need(ids_.at(pod.name), pod_of(needed.text()));
        }
      });
    }
  }

private:
  /// A pod alone is a text, one that needs others a mapping of one key.
  template<typename Take>
  static void
  each_pod(const Value& entry, Take take)
  {
    if (entry.is_text()) {
      take(pod_of(entry.text()), entry, Value());
    }
    for (const Value member : entry.is_table() ? entry : Value()) {
      take(pod_of(member.key()), member, member);
    }
  }

  void
  add(const Pod& pod, const Value& at)
  {
    if (ids_.contains(pod.name)) {
      return;
    }
    const auto found = externals_.find(pod.name);
    const Value external = found == externals_.end() ? Value() : found->second;
    Package package;
    package.ecosystem = "CocoaPods";
    package.name = pod.name;
    package.version = pod.detail;
    package.line = at.line();
    const auto sum = sums_.find(pod.name);
    package.integrity = sum == sums_.end() ? std::string_view() : sum->second;
    if (external[":path"]) {
      package.source = Source::path;
      package.location = external[":path"].text();
    } else if (external[":git"]) {
      package.source = Source::git;
      package.location = external[":git"].text();
    } else if (external) {
      package.source = Source::url;
    }
    if (package.version.empty()) {
      list_.gap(GapKind::unparsable, package.line, incomplete_why(package.name));
    }
    ids_.emplace(pod.name, list_.add(package));
  }

  void
  need(PackageId from, const Pod& pod)
  {
    const auto to = ids_.find(pod.name);
    if (to != ids_.end() && to->second != from) {
      list_.need(from, to->second, Scope::runtime, pod.detail);
    }
  }

  const Value& root_;
  PackageList& list_;
  std::unordered_map<std::string_view, PackageId> ids_;
  std::unordered_map<std::string_view, Value> externals_;
  std::unordered_map<std::string_view, std::string_view> sums_;
};

bool
has_known_shape(Value root, PackageList& list)
{
  for (const std::string_view name : {"PODS", "DEPENDENCIES"}) {
    if (!has_shape(root[name], Data::Kind::list, list)) {
      return false;
    }
  }
  for (const Value entry : root["PODS"]) {
    // A pod alone is a text, one that needs others a mapping of one key.
    if (!entry.is_text()
        && (!has_shape(entry, Data::Kind::table, list) || !have_shape(entry, Data::Kind::list, list))) {
      return false;
    }
  }
  return has_shape(root["EXTERNAL SOURCES"], Data::Kind::table, list)
         && have_shape(root["EXTERNAL SOURCES"], Data::Kind::table, list)
         && has_shape(root["SPEC CHECKSUMS"], Data::Kind::table, list);
}

void
read(const LockText& file, PackageList& list)
{
  const Value root = yaml_document(file, list);
  if (!root) {
    return;
  }
  if (!root["PODFILE CHECKSUM"] && !root["COCOAPODS"]) {
    list.refuse(GapKind::unknown_format, 1, "it does not say which CocoaPods wrote it");
    return;
  }
  if (has_known_shape(root, list)) {
    LockReader(root, list).run();
  }
}

constexpr std::array<std::string_view, 1> paths{"Podfile.lock"};

}  // namespace

extern const Lockfile lockfile_cocoapods{.id = "cocoapods",
                                         .title = "CocoaPods Podfile.lock",
                                         .purpose = Purpose::install,
                                         .hashed = Hashed::some,
                                         .weak_hash = WeakHash::as_good_as_it_gets,
                                         .manifest = ManifestKind::not_searched,
                                         .installer = Installer::other,
                                         .paths = paths,
                                         .read = read,
                                         .upgrade = {"pod update {name}", "pod update {name}"}};

}  // namespace sluice::deps
