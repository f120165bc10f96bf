// SPDX-License-Identifier: Apache-2.0
//
// A window a line, "allow" or "deny" by its first character, "+" or "-", then by its second what it is of: days and
// times (d), dates (t), instants (b), cron (c). The first four bytes are an instant. What is said of it must hold
// until the change that is told, and not after.
#include "base/text.hpp"
#include "promote/window/cron.hpp"
#include "promote/window/window.hpp"
#include "require.hpp"

#include <algorithm>
#include <array>
#include <cstring>

using namespace sluice;
using namespace sluice::promote;
using std::chrono::seconds;
using std::chrono::sys_seconds;

namespace {

constexpr std::array<std::string_view, 6> zones{"UTC",          "Europe/Berlin",    "Australia/Lord_Howe",
                                                "Pacific/Apia", "America/St_Johns", "Asia/Kathmandu"};

struct Given
{
  std::vector<Window> allow, deny;
};

/// "+d3 09:00 17:00 mon fri": the digit is the zone.
Window
window_of(std::string_view line)
{
  Window window;
  window.zone = zones.at(line.size() > 2 ? static_cast<unsigned char>(line[2]) % zones.size() : 0);
  const char kind = line.size() > 1 ? line[1] : 'd';
  std::vector<std::string> words;
  for (const std::string_view word :
       split(line.substr(std::min<std::size_t>(line.size(), 4)), kind == 'c' ? ';' : ' ')) {
    words.emplace_back(word);
  }
  if (kind == 'b' || kind == 'c') {
    (kind == 'b' ? window.between : window.cron) = words;
    return window;
  }
  window.from = words.front();
  window.to = words.size() > 1 ? words[1] : "";
  (kind == 't' ? window.dates : window.days)
      .assign(words.begin() + std::min<std::ptrdiff_t>(2, std::ssize(words)), words.end());
  return window;
}

Given
given(std::string_view text)
{
  Given all;
  for (const std::string_view line : lines_of(text)) {
    (line.starts_with('-') ? all.deny : all.allow).push_back(window_of(line));
  }
  return all;
}

void
check(const Calendar& calendar, sys_seconds at)
{
  const Calendar::State state = calendar.at(at);
  require(!state.why.empty());
  require(!state.next_change || (*state.next_change > at && *state.next_change <= state.looked_until));
  const sys_seconds end = state.next_change.value_or(state.looked_until);
  // Some instants before the change, and the last.
  for (const auto part : {1, 3, 7, 1000}) {
    const sys_seconds within = at + (end - at) / 1000 * part - seconds(part == 1000 ? 1 : 0);
    if (within > at && within < end) {
      const Calendar::State then = calendar.at(within);
      require(then.is_open == state.is_open);
      require(!then.next_change || !state.next_change || *then.next_change == *state.next_change);
    }
  }
  if (state.next_change) {
    require(calendar.at(end).is_open != state.is_open);
    require(calendar.at(end - seconds(1)).is_open == state.is_open);
  }
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  std::uint32_t offset = 0;
  if (size < sizeof offset) {
    return 0;
  }
  std::memcpy(&offset, data, sizeof offset);
  const std::string_view text(reinterpret_cast<const char*>(data) + sizeof offset, size - sizeof offset);
  (void)CronExpression::parse(text);
  const Given all = given(text);
  if (const auto calendar = Calendar::of(all.allow, all.deny, "Europe/Berlin")) {
    check(*calendar, sys_seconds(seconds(offset)));
  } else {
    require(!calendar.error().message.empty());
  }
  return 0;
}
