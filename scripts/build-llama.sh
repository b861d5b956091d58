#!/usr/bin/env bash
# Builds llama-bench of llama.cpp for this CPU, from the source archive of llama-cpp-python, in the cache folder, and prints its path.
# Needs python3 with pip, cmake and a C++ compiler.
set -euo pipefail

cache=${INFINIRETRI_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/infiniretri}
version=0.3.36
sum=832db0699007f1be95a7e41ef12e88926b02ba836461e36a36372db2760c1a2e
folder=$cache/llama.cpp-$version
program=$folder/build/bin/llama-bench

if [[ ! -x $program ]]; then
  rm -rf "$folder"
  mkdir -p "$folder"
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --no-binary llama-cpp-python \
    --dest "$folder" "llama-cpp-python==$version" >&2
  archive=$folder/llama_cpp_python-$version.tar.gz
  echo "$sum  $archive" | sha256sum --check --quiet >&2
  tar -xzf "$archive" -C "$folder" --strip-components=3 "llama_cpp_python-$version/vendor/llama.cpp"
  rm "$archive"
  cmake -S "$folder" -B "$folder/build" -DCMAKE_BUILD_TYPE=Release -DGGML_NATIVE=ON -DBUILD_SHARED_LIBS=OFF \
    -DLLAMA_OPENSSL=OFF -DLLAMA_BUILD_APP=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_SERVER=OFF \
    >"$folder/build.log" 2>&1
  cmake --build "$folder/build" --target llama-bench --parallel 2 >>"$folder/build.log" 2>&1 || {
    tail -5 "$folder/build.log" >&2
    exit 1
  }
fi
echo "$program"
