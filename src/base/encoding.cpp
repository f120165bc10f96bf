// SPDX-License-Identifier: Apache-2.0
//
// iconv knows hundreds of encodings, each a parser of its own that is loaded by name. The name comes from a file under
// judgement, so only those that people keep text in are ever asked for.
#include "base/encoding.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iconv.h>
#include <memory>

namespace sluice {

namespace {

constexpr std::array readable = std::to_array<std::string_view>(
    {"utf-8",        "utf-16",       "utf-16le",     "utf-16be",     "utf-32",       "utf-32le",     "utf-32be",
     "iso-8859-1",   "iso-8859-2",   "iso-8859-5",   "iso-8859-7",   "iso-8859-9",   "iso-8859-15",  "latin1",
     "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1257", "cp1250",
     "cp1251",       "cp1252",       "cp1254",       "cp932",        "shift_jis",    "shift-jis",    "sjis",
     "euc-jp",       "euc-kr",       "gb18030",      "gbk",          "gb2312",       "big5",         "koi8-r"});

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

struct Closer
{
  void
  operator()(void* descriptor) const
  {
    iconv_close(descriptor);
  }
};

/// "UTF-16LE-BOM" is git's own way to say that there is a mark as well; "utf16" is as good as "utf-16".
std::string
plain_name(std::string_view encoding)
{
  std::string name = to_lower(encoding);
  if (name.ends_with("-bom")) {
    name.resize(name.size() - 4);
  }
  if (name.starts_with("utf") && name.size() > 3 && name[3] != '-') {
    name.insert(3, "-");
  }
  return name;
}

}  // namespace

Result<std::string>
to_utf8(std::string_view text, std::string_view encoding)
{
  const std::string name = plain_name(encoding);
  if (std::find(readable.begin(), readable.end(), name) == readable.end()) {
    return fail(ErrorKind::input, "{}: is no encoding that is read", printable(encoding));
  }
  const iconv_t opened = iconv_open("UTF-8", name.c_str());
  if (opened == reinterpret_cast<iconv_t>(-1)) {  // NOLINT(performance-no-int-to-ptr): POSIX's own way to say so
    return fail(ErrorKind::environment, "{}: this system's iconv does not know the encoding", printable(encoding));
  }
  const std::unique_ptr<void, Closer> converter(opened);
  constexpr std::size_t most_per_byte = 4;
  std::string result(text.size() * most_per_byte, '\0');
  char* from = const_cast<char*>(text.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast): iconv's old signature
  std::size_t left = text.size();
  char* to = result.data();
  std::size_t room = result.size();
  if (iconv(opened, &from, &left, &to, &room) == static_cast<std::size_t>(-1)) {
    return fail(ErrorKind::input, "byte {} is not {}", text.size() - left, printable(encoding));
  }
  result.resize(result.size() - room);
  if (result.starts_with(byte_order_mark)) {
    result.erase(0, byte_order_mark.size());
  }
  return result;
}

}  // namespace sluice
