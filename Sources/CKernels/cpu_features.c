// What this CPU can do, and whether the operating system keeps the registers that it takes.

#include "kernels_internal.h"

#if defined(__x86_64__)

#include <cpuid.h>

static uint64_t enabled_state(void) {
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (uint64_t)high << 32 | low;
}

static bool bit(uint32_t word, int index) { return (word >> index & 1) != 0; }

static bool is_intel(void) {
    uint32_t a, b = 0, c, d = 0;
    return __get_cpuid(0, &a, &b, &c, &d) && b == signature_INTEL_ebx && d == signature_INTEL_edx;
}

ir_features ir_detect_features(void) {
    ir_features features = {0};
    uint32_t a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d)) {
        return features;
    }
    const bool fma = bit(c, 12), saves_state = bit(c, 27), avx = bit(c, 28), f16c = bit(c, 29);
    if (!saves_state || !avx || !__get_cpuid_count(7, 0, &a, &b, &c, &d)) {
        return features;
    }
    const uint64_t state = enabled_state();
    const bool wide = (state & 0x06) == 0x06;   // SSE and AVX registers
    const bool wider = (state & 0xE6) == 0xE6;  // and the masks and the 512-bit registers
    features.avx2 = wide && fma && f16c && bit(b, 5);
    features.avx512 = features.avx2 && wider && bit(b, 16) && bit(b, 17) && bit(b, 30) && bit(b, 31);
    features.avx512_vnni = features.avx512 && bit(c, 11);
    if (a >= 1 && __get_cpuid_count(7, 1, &a, &b, &c, &d)) {
        features.avx512_bf16 = features.avx512 && bit(a, 5);
    }
    features.fast_bf16 = features.avx512_bf16 && !is_intel();
    return features;
}

#elif defined(__aarch64__) && defined(__linux__)

#include <sys/auxv.h>

ir_features ir_detect_features(void) {
    // HWCAP_ASIMDDP and HWCAP2_I8MM of the kernel's interface.
    return (ir_features){
        .dotprod = (getauxval(AT_HWCAP) >> 20 & 1) != 0,
        .i8mm = (getauxval(AT_HWCAP2) >> 13 & 1) != 0,
    };
}

#elif defined(__aarch64__) && defined(__APPLE__)

#include <sys/sysctl.h>

static bool has(const char *name) {
    int value = 0;
    size_t size = sizeof value;
    return sysctlbyname(name, &value, &size, NULL, 0) == 0 && value != 0;
}

ir_features ir_detect_features(void) {
    return (ir_features){
        .dotprod = has("hw.optional.arm.FEAT_DotProd"),
        .i8mm = has("hw.optional.arm.FEAT_I8MM"),
    };
}

#else

ir_features ir_detect_features(void) { return (ir_features){0}; }

#endif
