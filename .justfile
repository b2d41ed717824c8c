# `just` lists what there is; `just check` is what CI runs.

default:
    @just --list --unsorted

# Everything that must hold before a change lands
check:
    .ci/run

# Read the sample library
run *ARGS:
    cargo run --release -- {{ARGS}}

# The tests, or those whose names hold a word
test *WORD:
    cargo test {{WORD}}

# Write what is generated anew: transcripts, README's keys, third parties; then read the difference
bless:
    POSTIL_BLESS=1 cargo test --test suite
    git diff --stat

# Format, lint
tidy:
    cargo fmt
    cargo clippy --all-targets -- -D warnings

# Fuzz one of decode, config, keys, search for a while
fuzz TARGET SECONDS="60":
    cargo +nightly fuzz run {{TARGET}} -- -max_total_time={{SECONDS}}
