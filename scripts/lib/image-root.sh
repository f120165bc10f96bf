#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Gathers the file system of the image: the given executables and links to them, the libraries that they load, git and
# ssh-keygen, by which promotions read and write their ledger, a shell, certificates and time zones.
#
#   image-root.sh DIRECTORY EXECUTABLE…
set -eu
root=$1
shift
mkdir -p "$root/bin" "$root/usr/local/bin" "$root/etc/ssl/certs" "$root/usr/share" "$root/tmp" "$root/github/workspace"
chmod 1777 "$root/tmp"

# Libraries keep their paths, so the loader needs no configuration. Debian's /lib is a link to usr/lib.
for directory in lib lib64; do
  if [ -L "/$directory" ]; then
    mkdir -p "$root/usr/$directory"
    ln -s "usr/$directory" "$root/$directory"
  fi
done
libraries_of() {
  ldd "$1" | sed -n 's/.* => \(\/[^ ]*\) .*/\1/p; s/^[[:space:]]*\(\/[^ ]*\) .*/\1/p'
}
ours() {
  for executable in "$@"; do
    if [ -L "$executable" ]; then
      cp -P "$executable" "$root/usr/local/bin/"
      continue
    fi
    install -m 755 -s "$executable" "$root/usr/local/bin/"
    libraries_of "$executable"
    # Those that it loads only when it uses them are in it by name.
    grep -aoE 'lib[a-z0-9]+\.so\.[0-9]+(\.[0-9]+)*' "$executable" | sort -u | while read -r name; do
      /sbin/ldconfig -p | awk -v name="$name" '$1 == name {print $NF; exit}' | while read -r library; do
        echo "$library"
        libraries_of "$library"
      done
    done
  done
}
others() {
  for program in "$@"; do
    install -D -m 755 -s "$program" "$root$program"
    libraries_of "$program"
  done
}
{
  ours "$@"
  others /usr/bin/git /usr/lib/git-core/git-remote-http /usr/bin/ssh-keygen
} | sort -u | while read -r library; do
  install -D -m 755 "$(readlink -f "$library")" "$root$library"
done
ln -s git-remote-http "$root/usr/lib/git-core/git-remote-https"

# The shell is for GitLab and for people; `busybox` stands alone and needs none of the libraries.
install -m 755 /bin/busybox "$root/bin/busybox"
for applet in $("$root/bin/busybox" --list); do
  [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"
done

install -m 644 /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
cp -a /usr/share/zoneinfo "$root/usr/share/"
# Leap-second and POSIX-only copies of every zone: nothing reads them.
rm -rf "$root/usr/share/zoneinfo/right" "$root/usr/share/zoneinfo/posix"
printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n' >"$root/etc/passwd"
printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"
mkdir -m 755 "$root/root"
