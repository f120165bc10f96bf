// SPDX-License-Identifier: Apache-2.0
//
// What nearly every reader of a lockfile does first.
#pragma once

#include "deps/data.hpp"
#include "deps/lockfile.hpp"

#include <memory>

namespace sluice::deps {

/// The document of a lockfile, kept by the list; null if it cannot be read, and then the list has been refused. Keys
/// that are there twice are a gap.
[[nodiscard]] std::shared_ptr<const Data> json_of(const LockText& file, PackageList& list,
                                                  JsonDialect dialect = JsonDialect::strict);
[[nodiscard]] std::shared_ptr<const Data> toml_of(const LockText& file, PackageList& list);
/// The documents of one that may have several; `fix` may be empty.
[[nodiscard]] std::shared_ptr<const std::vector<Data>> yaml_documents_of(const LockText& file, PackageList& list,
                                                                         std::string_view fix);
/// The same of a file of one document; one that is empty is null.
[[nodiscard]] std::shared_ptr<const Data> yaml_of(const LockText& file, PackageList& list);

/// What npm and Composer say of a licence: a text, an object with a type, or several, which are a choice.
[[nodiscard]] std::string_view licence_of(Value said, PackageList& list);

}  // namespace sluice::deps
