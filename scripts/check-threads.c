// Uses a thread pool from several threads at once, for ThreadSanitizer: see check-threads.sh.

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ir_thread_pool.h"

enum { CALLERS = 4, ROUNDS = 300, MOST = 200 };

typedef struct {
    ir_thread_pool *pool;
    // Written by tasks without synchronisation, each its own element; read when the run has returned.
    int seen[MOST];
    atomic_int inner;
    size_t seed;
    int failures;
} caller;

static void count(void *context, size_t index, ir_worker *worker) {
    (void)worker;
    (void)index;
    atomic_fetch_add((atomic_int *)context, 1);
}

static void task(void *context, size_t index, ir_worker *worker) {
    caller *own = context;
    memset(ir_worker_scratch(worker, 64 + index * 128), (int)index, 64 + index * 128);
    own->seen[index]++;
    // A run inside a run stays on its own thread.
    if (index % 50 == 0) {
        ir_thread_pool_run(own->pool, 3, count, &own->inner);
    }
}

static void *call(void *argument) {
    caller *own = argument;
    for (size_t round = 0; round < ROUNDS; round++) {
        own->seed = own->seed * 6364136223846793005u + 1442695040888963407u;
        const size_t tasks = (own->seed >> 33) % MOST;
        memset(own->seen, 0, sizeof own->seen);
        ir_thread_pool_run(own->pool, tasks, task, own);
        for (size_t i = 0; i < MOST; i++) {
            own->failures += own->seen[i] != (i < tasks);
        }
    }
    return NULL;
}

int main(void) {
    int failures = 0;
    for (size_t threads = 1; threads <= 5; threads++) {
        ir_thread_pool *pool = ir_thread_pool_create(threads);
        caller callers[CALLERS];
        pthread_t started[CALLERS];
        memset(callers, 0, sizeof callers);
        for (size_t i = 0; i < CALLERS; i++) {
            callers[i].pool = pool;
            callers[i].seed = i;
            if (pthread_create(&started[i], NULL, call, &callers[i]) != 0) {
                abort();
            }
        }
        for (size_t i = 0; i < CALLERS; i++) {
            pthread_join(started[i], NULL);
            failures += callers[i].failures;
        }
        ir_thread_pool_destroy(pool);
    }
    printf("%d failures\n", failures);
    return failures != 0;
}
