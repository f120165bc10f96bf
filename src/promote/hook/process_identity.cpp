// SPDX-License-Identifier: Apache-2.0
//
// A process that is taken for dead while it lives is replaced by a second that does the same to production; one that is
// taken for alive while it is dead costs the rest of a lease. So death must be proven.
//
// Names of hosts are no proof: containers and cloned machines share them, and containers share /etc/machine-id if it is
// part of their image. Two processes are of one kernel if its boot id is the same, and see each other if their
// namespace of processes is. That a kernel has gone can be told only where nothing pretends to be a machine, which is
// in the first namespace of a machine that has an id.
#include "promote/hook/process_identity.hpp"

#include "base/hash.hpp"
#include "base/path.hpp"
#include "base/process_stat.hpp"
#include "base/text.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <limits>
#include <sys/stat.h>
#include <unistd.h>

namespace sluice::promote {

namespace {

/// Of the first namespace of processes that a kernel makes (PROC_PID_INIT_INO of include/linux/proc_ns.h).
constexpr std::uint64_t first_namespace = 0xEFFFFFFC;

std::string
host_name()
{
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

/// Empty if it is not there or not for us.
std::string
word_in(const char* path)
{
  constexpr std::uint64_t longest = 64U << 10U;  // /sys calls every file as long as a page
  const Result<std::string> text = read_file(path, longest);
  return text ? std::string(trim(*text)) : std::string();
}

std::string
machine_hash()
{
  const std::string id = word_in("/etc/machine-id");
  if (id.empty() || id == "uninitialized") {
    return {};
  }
  // Clones of one machine may have kept its id. Who is allowed to read it learns what the hypervisor calls each.
  const std::string product = word_in("/sys/class/dmi/id/product_uuid");
  constexpr std::size_t enough = 32;
  return to_hex(sha256("sluice promote: which machine\n" + id + "\n" + product)).substr(0, enough);
}

std::uint64_t
pid_namespace()
{
  struct stat found
  {};
  return ::stat("/proc/self/ns/pid", &found) == 0 ? found.st_ino : 0;
}

bool
are_of_one_host(const ProcessIdentity& one, const ProcessIdentity& other)
{
  return !one.host.empty() && one.host == other.host && one.machine == other.machine && !one.boot_id.empty()
         && !other.boot_id.empty() && one.pid_namespace != 0;
}

Liveness
of_an_earlier_boot(const ProcessIdentity& identity, const ProcessIdentity& observer)
{
  const bool is_proven = !identity.machine.empty() && identity.pid_namespace == first_namespace
                         && observer.pid_namespace == first_namespace;
  return is_proven ? Liveness::dead : Liveness::unknown;
}

Liveness
in_our_namespace(const ProcessIdentity& identity)
{
  if (const auto stat = has_our_processes() ? process_stat(identity.pid) : std::nullopt) {
    const bool is_it = stat->start_ticks == identity.start_ticks && !stat->has_ended();
    return is_it ? Liveness::alive : Liveness::dead;
  }
  // It may be hidden from us, but no number is free that somebody has.
  return ::kill(identity.pid, 0) != 0 && errno == ESRCH ? Liveness::dead : Liveness::unknown;
}

Result<std::string>
text_member(const Json& json, std::string_view key)
{
  const Json& member = json[key];
  if (member.is_null()) {
    return std::string();
  }
  if (member.text() == nullptr) {
    return fail(ErrorKind::input, "\"{}\" of a process is no text", key);
  }
  return *member.text();
}

Result<std::uint64_t>
number_member(const Json& json, std::string_view key)
{
  const Json& member = json[key];
  if (member.is_null()) {
    return 0;
  }
  if (!member.natural()) {
    return fail(ErrorKind::input, "\"{}\" of a process is no whole number", key);
  }
  return *member.natural();
}

}  // namespace

ProcessIdentity
this_process()
{
  return identity_of(::getpid());
}

ProcessIdentity
identity_of(pid_t process)
{
  const auto stat = has_our_processes() ? process_stat(process) : std::nullopt;
  return {.host = host_name(),
          .machine = machine_hash(),
          .boot_id = word_in("/proc/sys/kernel/random/boot_id"),
          .pid_namespace = pid_namespace(),
          .pid = process,
          .start_ticks = stat ? stat->start_ticks : 0};
}

Json
to_json(const ProcessIdentity& identity)
{
  return Json{{"host", identity.host},       {"machine", identity.machine},
              {"boot_id", identity.boot_id}, {"pid_namespace", identity.pid_namespace},
              {"pid", identity.pid},         {"start_ticks", identity.start_ticks}};
}

Result<ProcessIdentity>
process_identity_of(const Json& json)
{
  if (!json.is_object()) {
    return fail(ErrorKind::input, "a process is no object");
  }
  ProcessIdentity identity;
  TRY_ASSIGN(identity.host, text_member(json, "host"));
  TRY_ASSIGN(identity.machine, text_member(json, "machine"));
  TRY_ASSIGN(identity.boot_id, text_member(json, "boot_id"));
  TRY_ASSIGN(identity.pid_namespace, number_member(json, "pid_namespace"));
  TRY_ASSIGN(identity.start_ticks, number_member(json, "start_ticks"));
  TRY_ASSIGN(const std::uint64_t pid, number_member(json, "pid"));
  if (pid > static_cast<std::uint64_t>(std::numeric_limits<pid_t>::max())) {
    return fail(ErrorKind::input, "\"pid\" of a process is out of range");
  }
  identity.pid = static_cast<pid_t>(pid);
  return identity;
}

Liveness
liveness_of(const ProcessIdentity& identity)
{
  return liveness_of(identity, this_process());
}

Liveness
liveness_of(const ProcessIdentity& identity, const ProcessIdentity& observer)
{
  // To kill(), numbers from 0 down are no processes.
  if (identity.pid <= 0 || identity.start_ticks == 0 || !are_of_one_host(identity, observer)) {
    return Liveness::unknown;
  }
  if (identity.boot_id != observer.boot_id) {
    return of_an_earlier_boot(identity, observer);
  }
  return identity.pid_namespace == observer.pid_namespace ? in_our_namespace(identity) : Liveness::unknown;
}

}  // namespace sluice::promote
