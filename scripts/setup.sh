#!/usr/bin/env bash
# Installs what building (`setup.sh build`), linting (`setup.sh lint`), testing (`setup.sh test`) or fuzzing
# (`setup.sh fuzz`) needs and is not there yet.
# Quick when there is nothing to do.
set -euo pipefail
. "$(dirname "$0")/env.sh"

LEPTOS_VERSION=0.3.11
FUZZ_VERSION=0.13.2
DENY_VERSION=0.20.2
GECKODRIVER_VERSION=0.37.1
# cargo-leptos 0.3.11 and its locked dependencies ask for this.
RUST_MIN=1.96
# Playwright asks for this.
NODE_MIN=20

say() { printf 'setup: %s\n' "$*"; }
die() { printf 'setup: %s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif has sudo; then sudo "$@"; else die "please run as root: $*"; fi
}

# debian COMMAND-OR-FILE PACKAGE... : the packages, where the command or file is missing.
debian() {
    local probe=$1
    shift
    if has "$probe" || [ -e "$probe" ]; then return; fi
    has apt-get || die "please install: $*"
    say "installing $*"
    if [ -z "${apt_updated:-}" ]; then
        as_root apt-get update -qq || die "apt-get could not update its lists"
        apt_updated=1
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
        die "apt-get could not install: $*"
}

at_least() { [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n1)" = "$1" ]; }

rust_version() { rustc --version 2>/dev/null | cut -d' ' -f2; }

has_wasm_std() {
    local libs
    libs=$(rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null) || return 1
    compgen -G "$libs/libstd-*.rlib" >/dev/null
}

toolchain() {
    if at_least $RUST_MIN "$(rust_version)" && has_wasm_std; then return; fi
    # The ordinary way.
    if has rustup && { at_least $RUST_MIN "$(rust_version)" || rustup update --no-self-update stable >/dev/null 2>&1; } &&
        at_least $RUST_MIN "$(rust_version)" &&
        rustup target add wasm32-unknown-unknown >/dev/null 2>&1 && has_wasm_std; then return; fi
    debian_toolchain
}

# Where rustup has no way to fetch a toolchain or a target: Debian's packages, and the standard
# library for the browser built from the source that comes with them.
debian_toolchain() {
    has apt-get || die "please install Rust $RUST_MIN or newer with the target wasm32-unknown-unknown (https://rustup.rs)"
    debian /usr/share/doc/rust-web-src rustc-web cargo-web rust-web-src
    debian /usr/share/doc/rust-web-clippy rust-web-clippy rustfmt-web
    debian lld-22 lld-22
    if has rustup; then
        rustup toolchain link debian /usr
        mkdir -p "$SAPA_CACHE"
        echo debian >"$SAPA_CACHE/toolchain"
        export RUSTUP_TOOLCHAIN=debian
    fi
    at_least $RUST_MIN "$(rust_version)" || die "Debian's Rust is older than $RUST_MIN"

    local host lld
    host=$(rustc -vV | sed -n 's/^host: //p')
    lld=/usr/lib/rustlib/$host/bin/rust-lld
    [ -e "$lld" ] || { as_root mkdir -p "${lld%/*}" && as_root ln -s /usr/bin/lld-22 "$lld"; }
    has_wasm_std || build_wasm_std
}

build_wasm_std() {
    say "building the standard library for WASM (about a minute)"
    local libs work
    libs=$(rustc --print target-libdir --target wasm32-unknown-unknown)
    work=$(mktemp -d)
    mkdir "$work/src"
    printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2024"\n' >"$work/Cargo.toml"
    echo '#![no_std]' >"$work/src/lib.rs"
    (cd "$work" && RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=target cargo build --quiet --release \
        --target wasm32-unknown-unknown -Zbuild-std=std,panic_abort,panic_unwind) ||
        die "could not build the standard library for WASM"
    rm -f "$work"/target/wasm32-unknown-unknown/release/deps/libempty-*
    as_root mkdir -p "$libs"
    as_root cp "$work"/target/wasm32-unknown-unknown/release/deps/*.rlib "$libs/"
    rm -rf "$work"
}

# tool NAME VERSION CARGO-INSTALL-ARGUMENTS... : a Rust tool at exactly this version.
tool() {
    local name=$1 version=$2
    shift 2
    # Read whole: not every tool bears it when nobody listens any more.
    if [ -x "$SAPA_CACHE/tools/bin/$name" ] && grep -qwF "$version" <<<"$("$SAPA_CACHE/tools/bin/$name" --version)"; then
        return
    fi
    say "building $name $version (some minutes, once)"
    CARGO_TARGET_DIR=$SAPA_CACHE/tools/target cargo install --quiet --debug --root "$SAPA_CACHE/tools" "$@" ||
        die "could not build $name"
    rm -rf "$SAPA_CACHE/tools/target"
}

# npm_packages FOLDER : the packages that its lock names.
npm_packages() {
    local home=$SAPA_ROOT/$1
    local stamp=$home/node_modules/.sapa-lock
    if cmp -s "$home/package-lock.json" "$stamp"; then return; fi
    say "installing the npm packages of $1"
    (cd "$home" && npm ci --silent --no-audit --no-fund) || die "npm ci failed in $1"
    cp "$home/package-lock.json" "$stamp"
}

for_building() {
    debian cc gcc libc6-dev
    debian npm nodejs npm
    at_least $NODE_MIN "$(node --version | tr -d v)" || die "please install Node.js $NODE_MIN or newer"
    toolchain
    tool cargo-leptos $LEPTOS_VERSION cargo-leptos --version $LEPTOS_VERSION --locked --features no_downloads
    local bindgen
    bindgen=$(grep -A1 '^name = "wasm-bindgen"$' "$SAPA_ROOT/Cargo.lock" | sed -n 's/^version = "\(.*\)"/\1/p') ||
        die "Cargo.lock names no wasm-bindgen"
    tool wasm-bindgen "$bindgen" wasm-bindgen-cli --version "$bindgen"
    npm_packages end2end
    has wasm-opt || die "the npm packages have brought no wasm-opt"
}

for_linting() {
    for_building
    tool cargo-deny $DENY_VERSION cargo-deny --version $DENY_VERSION --locked
}

for_testing() {
    for_linting
    debian chromium chromium
    other_engines
    debian /usr/share/fonts/truetype/noto/NotoColorEmoji.ttf fonts-noto-color-emoji
    debian /usr/share/fonts/truetype/noto/NotoSans-Regular.ttf fonts-noto-core
    # Small, where fonts-noto-cjk is large: names in Chinese, Japanese and Korean.
    debian /usr/share/fonts-droid-fallback fonts-droid-fallback
    # What makes the calls of the program fail, and what gives it a disk of its own.
    debian strace strace
    debian unshare util-linux
    # The mail server that letters are sent to.
    debian /usr/lib/python3/dist-packages/aiosmtpd python3-aiosmtpd
    # The relay that calls go by: for tests alone, not as a service of this machine.
    if ! has turnserver; then
        debian turnserver coturn
        if has systemctl && ! as_root systemctl disable --now coturn >/dev/null 2>&1; then
            say "coturn could not be kept from running as a service: please look at it"
        fi
    fi
    debian_postgres
    python_tools schemathesis
    python_tools vendors
    # What looks at the API's description, and makes clients of it.
    npm_packages end2end/clients
    python_tools clients
}

# The browsers of the other two engines, and the programs that drive them.
other_engines() {
    debian firefox-esr firefox-esr
    tool geckodriver $GECKODRIVER_VERSION geckodriver --version $GECKODRIVER_VERSION --locked
    debian WebKitWebDriver webkit2gtk-driver
    # With which WebKitGTK records.
    debian /usr/share/doc/gstreamer1.0-plugins-bad gstreamer1.0-plugins-bad
    # It has no mode without windows, nor have those their size and focus without a window manager.
    debian Xvfb xvfb
    debian matchbox-window-manager matchbox-window-manager
    # A loudspeaker that nobody hears.
    debian pulseaudio pulseaudio
}

# For tests alone, each of which starts a server of its own: the one that Debian begins is not wanted.
debian_postgres() {
    if compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || has initdb; then return; fi
    local settings=/etc/postgresql-common/createcluster.conf
    debian $settings postgresql-common
    as_root sed -i 's/^#\?create_main_cluster .*/create_main_cluster = false/' $settings
    debian /usr/share/doc/postgresql postgresql
}

# Python programs in an environment of their own: those of scripts/NAME.txt.
python_tools() {
    local home=$SAPA_CACHE/tools/$1 lock=$SAPA_ROOT/scripts/$1.txt
    if cmp -s "$lock" "$home/.sapa-lock"; then return; fi
    python3 -c 'import ensurepip' 2>/dev/null || debian /usr/share/doc/python3-venv python3 python3-venv
    say "installing scripts/$1.txt"
    python3 -m venv --clear "$home" || die "could not make a Python environment"
    "$home/bin/pip" install --quiet --disable-pip-version-check --requirement "$lock" ||
        die "could not install scripts/$1.txt"
    cp "$lock" "$home/.sapa-lock"
}

for_fuzzing() {
    # libFuzzer is written in C++.
    debian g++ g++
    toolchain
    tool cargo-fuzz $FUZZ_VERSION cargo-fuzz --version $FUZZ_VERSION --locked
}

case ${1:-} in
build) for_building ;;
lint) for_linting ;;
test) for_testing ;;
fuzz) for_fuzzing ;;
*) die "usage: setup.sh build|lint|test|fuzz" ;;
esac
