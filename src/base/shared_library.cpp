// SPDX-License-Identifier: Apache-2.0
#include "base/shared_library.hpp"

#include <dlfcn.h>

namespace sluice {

namespace {

Failure
failed(const std::string& name)
{
  const char* const why = dlerror();
  return fail(ErrorKind::environment, "{}: cannot be loaded: {}", name, why == nullptr ? "for no known reason" : why);
}

}  // namespace

Result<SharedLibrary>
SharedLibrary::load(const char* name)
{
  void* const handle = dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == nullptr) {
    return failed(name);
  }
  return SharedLibrary(name, handle);
}

Result<void*>
SharedLibrary::find(const char* name) const
{
  void* const address = dlsym(handle_, name);
  if (address == nullptr) {
    return failed(name_);
  }
  return address;
}

}  // namespace sluice
