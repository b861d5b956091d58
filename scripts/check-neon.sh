#!/usr/bin/env bash
# Compiles the kernels for 64-bit ARM and compares those for NEON, dotprod and i8mm with their scalar definitions, under
# qemu's emulation of three CPUs. Needs clang, and Debian's gcc-aarch64-linux-gnu, libc6-dev-arm64-cross and qemu-user.
# Usage: check-neon.sh
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
clang --target=aarch64-linux-gnu --gcc-toolchain=/usr -isystem /usr/aarch64-linux-gnu/include -B/usr/aarch64-linux-gnu/lib \
  -fuse-ld=lld -L/usr/aarch64-linux-gnu/lib -std=gnu17 -O2 -Wall -Wextra -Werror -ISources/CKernels/include \
  Sources/CKernels/*.c scripts/check-kernels.c -o "$work/check" -lm -lpthread
# A72: NEON alone. Neoverse N1: dotprod. max: everything.
for cpu in cortex-a72 neoverse-n1 max; do
  qemu-aarch64 -L /usr/aarch64-linux-gnu -cpu "$cpu" "$work/check"
done
