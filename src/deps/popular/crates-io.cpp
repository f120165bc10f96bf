// SPDX-License-Identifier: Apache-2.0
#include "deps/popular_lists.hpp"

namespace sluice::deps {

namespace {

constexpr std::string_view text =
    "actix actix-rt actix-web adler adler2 aes aes-gcm ahash aho-corasick alloy anchor-lang anchor-spl ansi_term "
    "anyhow approx arc-swap argh argon2 arrayvec arrow askama assert_cmd async-channel async-executor async-lock "
    "async-std async-stream async-trait atty autocfg aws-config aws-sdk-s3 aws-types axum axum-core axum-extra base32 "
    "base64 base64ct bb8 bcrypt bevy bigdecimal bincode bindgen bitflags blake2 blake3 block-buffer brotli bs58 "
    "bytemuck bytemuck_derive byteorder bytes bzip2 cached candle-core capnp cbindgen cc cfg-if cgmath chacha20 "
    "chacha20poly1305 chrono chrono-tz ciborium cipher clap clap_builder clap_derive clap_lex cmake color-eyre colored "
    "combine comfy-table comrak config console convert_case core-foundation core-foundation-sys crc32fast criterion "
    "crossbeam crossbeam-channel crossbeam-deque crossbeam-epoch crossbeam-queue crossbeam-utils crossterm "
    "crypto-common csv csv-core ctrlc curl curve25519-dalek darling darling_core darling_macro dashmap data-encoding "
    "deadpool derive_builder derive_more dialoguer diesel digest dioxus directories dirs dirs-sys dotenv dotenvy druid "
    "dtoa ecdsa ed25519 ed25519-dalek eframe egui either elliptic-curve encoding_rs enum-map env_logger envy "
    "error-chain ethers eyre failure faster_log fastrand fern figment filetime flatbuffers flate2 flexi_logger fnv "
    "form_urlencoded fs2 fs_extra futures futures-channel futures-core futures-executor futures-io futures-macro "
    "futures-sink futures-task futures-util fxhash generic-array getopts getrandom gif git2 gix glam glob globset "
    "glutin gtk h2 handlebars hashbrown heck hex hex-literal hickory-resolver hkdf hmac home html5ever http http-body "
    "http-body-util httparse httpdate humantime humantime-serde hyper hyper-rustls hyper-tls hyper-util iced idna "
    "ignore image indexmap indicatif ini insta instant isahc itertools itoa jemallocator jiff jobserver jpeg-decoder "
    "js-sys json jsonwebtoken k256 kernel32-sys lalrpop lapin lazy_static leptos lettre libc libgit2-sys libloading "
    "libsqlite3-sys lock_api log log4rs logos lru lz4 matches matchit md-5 md5 memchr memmap memmap2 memoffset miette "
    "mimalloc mime mime_guess minijinja miniz_oxide mio mockall moka mongodb mysql mysql_async nalgebra native-tls "
    "ndarray nix nom notify num num-bigint num-complex num-derive num-integer num-rational num-traits num_cpus "
    "num_enum oauth2 octocrab once_cell openssl openssl-macros openssl-probe openssl-sys ordered-float ouroboros "
    "owo-colors p256 parking_lot parking_lot_core parquet paste pbkdf2 percent-encoding pest pest_derive petgraph phf "
    "phf_codegen pico-args pin-project pin-project-lite pin-utils pkg-config png polars poly1305 postcard postgres "
    "ppv-lite86 predicates pretty_assertions pretty_env_logger proc-macro-crate proc-macro-error proc-macro2 proptest "
    "prost prost-build prost-derive prost-types protobuf pulldown-cmark quick-error quick-xml quickcheck quote r2d2 "
    "rand rand_chacha rand_core rand_distr ratatui rayon rayon-core rdkafka redis regex regex-automata regex-syntax "
    "reqwest ring rmp rmp-serde rocket rocksdb ron roxmltree rsa rstest rusoto_core rusqlite rust-crypto rust-ini "
    "rust_decimal rustc-hash rustc_version rustls rustls-native-certs rustls-pemfile rustls-webpki rustversion "
    "rustyline ryu same-file scopeguard scraper scrypt sea-orm secp256k1 secrecy security-framework select semver "
    "semver-parser serde serde_bytes serde_derive serde_json serde_path_to_error serde_repr serde_urlencoded "
    "serde_with serde_yaml serenity serial_test sha1 sha2 sha3 signal-hook signal-hook-registry signature simd-json "
    "siphasher slab sled slog smallvec smol snafu snap socket2 sodiumoxide solana-program solana-sdk spin sqlx "
    "sqlx-core static_assertions structopt strum strum_macros subtle surf syn sysinfo tar tauri tauri-build tch "
    "teloxide tempfile tera termcolor termion test-case textwrap thiserror thiserror-impl tiberius tide "
    "tikv-jemallocator time time-macros tinystr tinyvec tokio tokio-macros tokio-native-tls tokio-postgres "
    "tokio-rustls tokio-stream tokio-tungstenite tokio-util toml toml_datetime toml_edit tonic tonic-build tower "
    "tower-http tower-layer tower-service tracing tracing-appender tracing-attributes tracing-core tracing-futures "
    "tracing-log tracing-subscriber tracing-test trust-dns-resolver try-lock trybuild tungstenite twilight-http "
    "typenum unicase unicode-bidi unicode-ident unicode-normalization unicode-segmentation unicode-width unicode-xid "
    "ureq url uuid vcpkg version_check void walkdir want warp wasm-bindgen wasm-bindgen-futures wasmer wasmtime "
    "web-sys web3 webpki webpki-roots wgpu which winapi windows windows-sys windows-targets winit winnow wiremock wry "
    "x25519-dalek xml-rs xz2 yaml-rust yew zerocopy zerofrom zeroize zerovec zip zstd zstd-sys";
constexpr auto names = words_of<count_of_words(text)>(text);
static_assert(is_sorted_and_unique(names));

}  // namespace

constinit const PopularNames popular_crates_io = names;

}  // namespace sluice::deps
