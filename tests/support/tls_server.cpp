// SPDX-License-Identifier: Apache-2.0
#include "support/tls_server.hpp"

#include "base/number.hpp"
#include "base/process.hpp"

#include <fmt/format.h>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace sluice::test {

namespace {

/// The port in "ACCEPT 127.0.0.1:45001", once it is there whole.
std::optional<std::uint16_t>
port_in(std::string_view output)
{
  constexpr std::string_view before = "ACCEPT 127.0.0.1:";
  const std::size_t at = output.find(before);
  const std::size_t end = at == std::string_view::npos ? at : output.find('\n', at);
  return end == std::string_view::npos
             ? std::nullopt
             : number_of<std::uint16_t>(output.substr(at + before.size(), end - at - before.size()));
}

}  // namespace

std::optional<TlsServer>
TlsServer::start(const Certificate& certificate, std::string& reason)
{
  auto directory = TemporaryDirectory::create("tls");
  if (!directory) {
    reason = directory.error().message;
    return std::nullopt;
  }
  TlsServer server(std::move(*directory));
  reason = server.make_certificate(certificate);
  if (!reason.empty()) {
    return std::nullopt;
  }
  if (!server.listen()) {
    reason = "openssl s_server does not listen";
    return std::nullopt;
  }
  return server;
}

TlsServer::TlsServer(TlsServer&& other) noexcept
    : directory_(std::move(other.directory_)),
      child_(std::exchange(other.child_, 0)),
      output_(std::exchange(other.output_, -1)),
      port_(other.port_)
{}

TlsServer::~TlsServer()
{
  if (child_ > 0) {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  if (output_ >= 0) {
    ::close(output_);
  }
}

std::string
TlsServer::make_certificate(const Certificate& certificate) const
{
  const std::string home = directory_.path().string();
  auto made =
      run_process({.argv = {"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                            "-keyout", home + "/key.pem", "-out", ca_file(), "-days", std::to_string(certificate.days),
                            "-subj", "/CN=test", "-addext", "subjectAltName=" + certificate.names},
                   .input = {},
                   .environment = {},
                   .directory = {}});
  if (!made) {
    return made.error().message;
  }
  return made->exit_status == 0 ? std::string() : made->error_output;
}

bool
TlsServer::listen()
{
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
    return false;
  }
  posix_spawn_file_actions_t actions{};
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::array<std::string, 9> words{"openssl", "s_server", "-accept", "127.0.0.1:0",
                                   "-cert",   ca_file(),  "-key",    (directory_.path() / "key.pem").string(),
                                   "-www"};
  std::vector<char*> argv;
  for (std::string& word : words) {
    argv.push_back(word.data());
  }
  argv.push_back(nullptr);
  const bool is_spawned = ::posix_spawnp(&child_, "openssl", &actions, nullptr, argv.data(), environ) == 0;
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(pipe[1]);
  std::string output;
  std::array<char, 512> buffer{};
  while (is_spawned && port_ == 0) {
    const ssize_t got = ::read(pipe[0], buffer.data(), buffer.size());
    if (got <= 0) {
      break;
    }
    output.append(buffer.data(), static_cast<std::size_t>(got));
    port_ = port_in(output).value_or(0);
  }
  output_ = pipe[0];  // open, for what it goes on writing
  return port_ != 0;
}

std::string
TlsServer::url(std::string_view path, std::string_view host) const
{
  return fmt::format("https://{}:{}{}", host, port_, path);
}

std::string
TlsServer::ca_file() const
{
  return (directory_.path() / "certificate.pem").string();
}

}  // namespace sluice::test
