// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"

#include <string>

namespace sluice {

/// A library that is loaded when something of it is first used. The loader's work on a large one, and on all that it
/// needs in turn, costs more than a whole run that has no use for it: libcurl and libgit2 bring thirty others.
class SharedLibrary
{
public:
  /// `name` as the loader knows it, "libcurl.so.4"; it stays loaded until the process ends. Errors
  /// (ErrorKind::environment): it cannot be loaded.
  [[nodiscard]] static Result<SharedLibrary> load(const char* name);

  /// Sets `function` to the library's of that name. Errors (ErrorKind::environment): there is none.
  template<typename Function>
  [[nodiscard]] Result<>
  bind(const char* name, Function*& function) const
  {
    TRY_ASSIGN(void* const address, find(name));
    function = reinterpret_cast<Function*>(address);
    return {};
  }

private:
  SharedLibrary(std::string name, void* handle)
      : name_(std::move(name)),
        handle_(handle)
  {}
  [[nodiscard]] Result<void*> find(const char* name) const;

  std::string name_;
  void* handle_;
};

}  // namespace sluice
