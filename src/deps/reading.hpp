// SPDX-License-Identifier: Apache-2.0
//
// What every reader of a lockfile in a common notation begins with: parse, refuse what is none, tell of keys that stand
// twice, and keep the document as long as the list, which has views into it.
#pragma once

#include "data/data.hpp"
#include "deps/lockfile.hpp"
#include "deps/xml.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// The table that a document is; none if it cannot be read or is no table, and then the list has been refused. A key
/// that is there twice is a gap. `fix`: how the file is made anew, in the imperative; may be empty.
[[nodiscard]] Value json_document(const LockText& file, PackageList& list, std::string_view fix = {},
                                  JsonDialect dialect = JsonDialect::strict);
[[nodiscard]] Value toml_document(const LockText& file, PackageList& list);
/// Likewise of a file that must have one document.
[[nodiscard]] Value yaml_document(const LockText& file, PackageList& list);
/// The documents of one that may have several, of whatever kind each is; null if it cannot be read.
[[nodiscard]] std::shared_ptr<const std::vector<Data>> yaml_documents(const LockText& file, PackageList& list,
                                                                      std::string_view fix = {});
/// Null if it cannot be read or its root has another name.
[[nodiscard]] std::shared_ptr<const Xml> xml_document(const LockText& file, PackageList& list, std::string_view root);

/// A gap for each key that a table of the document has twice.
void tell_duplicates(const Data& data, PackageList& list, std::string_view fix = {});

/// Why a version of a format makes a gap: it is not known or, if it is empty, not told. `what` it is: "lockfile
/// version".
[[nodiscard]] std::string version_why(std::string_view version, std::string_view what);
/// Refuses a list for it.
void refuse_version(PackageList& list, Value version, std::string_view what, std::string_view fix = {});

/// Why an entry without a name or without a version makes a gap.
[[nodiscard]] std::string incomplete_why(std::string_view name);

/// What npm and Composer say of a licence: a text, an object with a type, or several, which are a choice.
[[nodiscard]] std::string_view licence_of(Value said, PackageList& list);

}  // namespace sluice::deps
