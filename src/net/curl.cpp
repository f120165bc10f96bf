// SPDX-License-Identifier: Apache-2.0
#include "net/curl.hpp"

#include "base/shared_library.hpp"

namespace sluice::net {

namespace {

Result<Curl>
load()
{
  TRY_ASSIGN(const SharedLibrary library, SharedLibrary::load(SLUICE_SONAME_CURL));
  Curl curl;
  TRY(library.bind("curl_global_init", curl.global_init));
  TRY(library.bind("curl_easy_init", curl.easy_init));
  TRY(library.bind("curl_easy_cleanup", curl.easy_cleanup));
  TRY(library.bind("curl_easy_reset", curl.easy_reset));
  TRY(library.bind("curl_easy_setopt", curl.easy_setopt));
  TRY(library.bind("curl_easy_getinfo", curl.easy_getinfo));
  TRY(library.bind("curl_easy_perform", curl.easy_perform));
  TRY(library.bind("curl_easy_strerror", curl.easy_strerror));
  TRY(library.bind("curl_slist_append", curl.slist_append));
  TRY(library.bind("curl_slist_free_all", curl.slist_free_all));
  TRY(library.bind("curl_getdate", curl.getdate));
  TRY(library.bind("curl_free", curl.free));
  TRY(library.bind("curl_url", curl.url));
  TRY(library.bind("curl_url_cleanup", curl.url_cleanup));
  TRY(library.bind("curl_url_get", curl.url_get));
  TRY(library.bind("curl_url_set", curl.url_set));
  if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    return fail(ErrorKind::environment, "libcurl cannot be initialised");
  }
  return curl;
}

}  // namespace

Result<const Curl*>
curl()
{
  // libcurl wants its global state made once, before threads use it; a static's initialisation is just that.
  static const Result<Curl> loaded = load();
  if (!loaded) {
    return Failure(loaded.error());
  }
  return &*loaded;
}

}  // namespace sluice::net
