# shellcheck shell=bash disable=SC2034 # variables are for those who source it
# What the scripts beside this file share. Sourced, never run.

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)

build_packages=(libwebsockets-dev libcurl4-openssl-dev libsqlite3-dev pkg-config)
import_check=(--explicit-target-dependency-import-check error)

# release_flags : sets release. Builds are for the processor at hand, since with AVX2 four doubles are one vector
# (docs/performance.md). TRIBUTARY_CPU names another as swiftc's -target-cpu does; x86-64 is any of that kind.
release_flags() {
    local cpu=${TRIBUTARY_CPU:-x86-64} flag
    if [[ -z ${TRIBUTARY_CPU:-} && $(uname -m) == x86_64 ]]; then
        cpu=haswell
        for flag in avx2 fma bmi1 bmi2 f16c movbe abm; do grep -qsw "$flag" /proc/cpuinfo || cpu=x86-64; done
    fi
    release=(-c release)
    [[ $cpu == x86-64 ]] || release+=(-Xswiftc -target-cpu -Xswiftc "$cpu")
}

say() { printf '%s\n' "$*" >&2; }
die() { say "${0##*/}: $*"; exit 1; }

# need_packages NAME... : installs the Debian packages that are missing.
need_packages() {
    local missing=() name sudo=()
    if ! command -v dpkg-query >/dev/null; then
        say "This is not Debian: make sure that what these packages hold is installed: $*"
        return 0
    fi
    for name in "$@"; do
        # shellcheck disable=SC2016 # the format is dpkg's, not the shell's
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || missing+=("$name")
    done
    ((${#missing[@]})) || return 0
    if ((EUID != 0)); then
        command -v sudo >/dev/null || die "these packages are missing: ${missing[*]}
  fix: as root, run: apt-get update && apt-get install -y ${missing[*]}"
        sudo=(sudo)
    fi
    say "Installing ${missing[*]}"
    {
        "${sudo[@]}" apt-get update -q &&
            "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
                apt-get install -y -q --no-install-recommends "${missing[@]}"
    } >&2 || die "the packages could not be installed: ${missing[*]}"
}

# need_swift : stops unless Swift 6.3 or newer is on the path.
need_swift() {
    local version major minor
    command -v swift >/dev/null || die "Swift is not on the path
  fix: install Swift 6.3 or newer from https://www.swift.org/install"
    version=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+)\.([0-9]+).*/\1 \2/p' | head -n 1)
    read -r major minor <<<"${version:-0 0}"
    if ((major < 6 || (major == 6 && minor < 3))); then
        die "Swift 6.3 or newer is needed, this is ${major}.${minor}
  fix: install it from https://www.swift.org/install"
    fi
}

# logged LOG COMMAND... : runs with all output in LOG; its lines are shown as they come on a terminal, else on failure.
logged() {
    local log=$1 status=0
    shift
    mkdir -p -- "$(dirname -- "$log")"
    if [[ -t 2 ]]; then
        "$@" 2>&1 | tee -- "$log" >&2 || status=$?
    else
        "$@" >"$log" 2>&1 || status=$?
        ((status == 0)) || tail -n 200 -- "$log" >&2
    fi
    ((status == 0)) || say "failed ($status): $* ; the whole output is in $log"
    return "$status"
}

# built_binary : the path of the newest kind of build there is, release before debug.
built_binary() {
    local kind
    for kind in release debug; do
        if [[ -x $root/.build/$kind/tributary ]]; then
            printf '%s\n' "$root/.build/$kind/tributary"
            return 0
        fi
    done
    die "nothing is built yet
  fix: run scripts/run (release build and demo) or swift build"
}

# start_sandbox BINARY FILE ARGUMENT... : starts the simulators in the background, their description in FILE, and sets
# sandbox_pid.
start_sandbox() {
    local binary=$1 file=$2 waited
    shift 2
    : >"$file"
    "$binary" sandbox "$@" >"$file" 2>"$file.log" &
    sandbox_pid=$!
    for ((waited = 0; waited < 300; waited++)); do
        [[ $(wc -l <"$file") -ge 1 ]] && return 0
        kill -0 "$sandbox_pid" 2>/dev/null || break
        sleep 0.1
    done
    cat -- "$file.log" >&2
    stop_sandbox
    say "the sandbox did not start: tributary sandbox $*"
    return 1
}

# stop_sandbox : stops the one that start_sandbox started, if any; by force when it does not end within 10 s.
stop_sandbox() {
    local pid=${sandbox_pid:-} waited
    [[ -n $pid ]] || return 0
    sandbox_pid=
    kill -TERM "$pid" 2>/dev/null || true
    for ((waited = 0; waited < 100; waited++)); do
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
}

# private_home DIR : makes every state, configuration and socket of what is started afterwards live under DIR.
private_home() {
    (umask 077 && mkdir -p -- "$1/config" "$1/state" "$1/data" "$1/cache" "$1/runtime" "$1/tmp")
    export XDG_CONFIG_HOME=$1/config XDG_STATE_HOME=$1/state XDG_DATA_HOME=$1/data XDG_CACHE_HOME=$1/cache
    export XDG_RUNTIME_DIR=$1/runtime TMPDIR=$1/tmp
}
