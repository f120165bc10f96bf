# SPDX-License-Identifier: Apache-2.0
#
# One image for every action, hook and pipeline: our executables, what they link, a shell, certificates, time zones.
#
# No heredocs and no RUN --mount: act builds action images with the classic builder. The layers go from what changes
# least to what changes most, so that a rebuild compiles and does not install.
FROM docker.io/library/debian:trixie-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends \
      g++ cmake ninja-build ccache pkg-config \
      libgit2-dev libdeflate-dev libvectorscan-dev libre2-dev libpg-query-dev libyaml-cpp-dev libcli11-dev \
      nlohmann-json3-dev libfmt-dev libexpected-dev libssl-dev zlib1g-dev libcurl4-openssl-dev \
      libutf8proc-dev libtomlplusplus-dev libpugixml-dev libxxhash-dev libzip-dev \
      libhowardhinnant-date-dev \
      busybox-static ca-certificates git openssh-client tzdata \
    && rm -rf /var/lib/apt/lists/*
ENV CCACHE_DIR=/ccache
WORKDIR /source
COPY CMakeLists.txt CMakePresets.json ./
COPY cmake cmake
COPY src src
RUN cmake --preset image \
    && cmake --build build/image --target multicall \
    && cmake --install build/image --prefix /stage --component image
COPY scripts/lib/image-root.sh scripts/lib/
RUN sh scripts/lib/image-root.sh /root-of-image /stage/bin/*

# Not a slim distribution: no package manager, no libraries that nothing of ours links, nothing to patch that is not used.
FROM scratch
COPY --from=build /root-of-image /
ENV PATH=/usr/local/bin:/bin SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
LABEL org.opencontainers.image.title=sluice \
      org.opencontainers.image.description="Gates that a change passes before production" \
      org.opencontainers.image.licenses=Apache-2.0
# GitHub runs container actions as root (only root may append to its command files); every other uid works as well.
ENTRYPOINT ["sluice"]
