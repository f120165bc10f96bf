// SPDX-License-Identifier: Apache-2.0
#include "support/loopback_server.hpp"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <charconv>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace sluice::test {

namespace {

std::size_t
content_length(std::string_view head)
{
  constexpr std::string_view name = "Content-Length: ";
  const std::size_t at = head.find(name);
  std::size_t length = 0;
  if (at != std::string_view::npos) {
    std::from_chars(head.data() + at + name.size(), head.data() + head.size(), length);
  }
  return length;
}

std::string
receive(int connection)
{
  std::string request;
  std::array<char, 4096> buffer{};
  for (;;) {
    const std::size_t end = request.find("\r\n\r\n");
    if (end != std::string::npos && request.size() >= end + 4 + content_length(request)) {
      return request;
    }
    const ssize_t got = ::recv(connection, buffer.data(), buffer.size(), 0);
    if (got <= 0) {
      return request;
    }
    request.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

void
transmit(int connection, std::string_view bytes)
{
  while (!bytes.empty()) {
    const ssize_t sent = ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      return;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

}  // namespace

LoopbackServer::LoopbackServer(Responder reply)
    : reply_(std::move(reply)),
      listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 16) != 0
      || ::getsockname(listener_, generic, &size) != 0) {
    throw std::runtime_error("cannot listen on 127.0.0.1");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

LoopbackServer::~LoopbackServer()
{
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  stopped_.notify_all();
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

void
LoopbackServer::serve()
{
  for (;;) {
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) {
      return;
    }
    converse(connection);
    ::close(connection);
  }
}

void
LoopbackServer::converse(int connection)
{
  const std::string request = receive(connection);
  int number = 0;
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
    number = static_cast<int>(requests_.size());
  }
  const Reply reply = reply_(request, number);
  std::string_view rest = reply.bytes;
  if (reply.pause.count() > 0 && !rest.empty()) {
    transmit(connection, rest.substr(0, rest.size() - 1));
    rest.remove_prefix(rest.size() - 1);
    std::unique_lock lock(mutex_);
    stopped_.wait_for(lock, reply.pause, [this] { return stop_; });
  }
  transmit(connection, rest);
}

std::string
LoopbackServer::url(std::string_view path, std::string_view host) const
{
  return fmt::format("http://{}:{}{}", host, port_, path);
}

std::vector<std::string>
LoopbackServer::requests() const
{
  const std::lock_guard lock(mutex_);
  return requests_;
}

LoopbackServer::Reply
answer(std::string_view status, std::string_view body, std::string_view headers)
{
  return {fmt::format("HTTP/1.1 {}\r\n{}Content-Length: {}\r\nConnection: close\r\n\r\n{}", status, headers,
                      body.size(), body)};
}

}  // namespace sluice::test
