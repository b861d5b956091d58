// A fixed set of worker threads that share out the indices of a loop. See ir_thread_pool.h.
//
// A run opens a job; workers that wake in time join it, and the caller waits only for those that joined. Workers and
// caller spin for some microseconds before they sleep, because the loops of a forward pass follow each other closely.

#include "ir_thread_pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

enum { SPIN_LIMIT = 2000 };

struct ir_worker {
    void *memory;
    size_t capacity;
};

struct ir_thread_pool {
    pthread_mutex_t run_lock;  // held by the caller for the whole run: one job at a time
    pthread_mutex_t lock;      // guards what follows, down to the atomics
    pthread_cond_t job_opened;
    pthread_cond_t job_left;
    bool job_open;
    bool stopping;
    ir_task task;
    void *context;
    size_t count;
    _Atomic uint64_t generation;  // counts the jobs; written under `lock`, watched by spinning workers
    _Atomic size_t active;        // workers in the job; written under `lock`, watched by the spinning caller
    _Atomic size_t next;          // the next index to hand out
    size_t worker_count;          // threads started; one less than those that run
    pthread_t *threads;
    ir_worker *workers;  // worker_count + 1; the last is the caller's
};

typedef struct {
    ir_thread_pool *pool;
    size_t index;
} worker_start;

// Whether this thread is inside a task of some pool.
static _Thread_local bool inside_task = false;

static inline void pause_briefly(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

void *ir_worker_scratch(ir_worker *worker, size_t bytes) {
    if (bytes > worker->capacity) {
        free(worker->memory);
        const size_t capacity = (bytes + bytes / 4 + 4095) & ~(size_t)4095;
        worker->memory = aligned_alloc(64, capacity);
        if (worker->memory == NULL) {
            abort();
        }
        worker->capacity = capacity;
    }
    return worker->memory;
}

static void take_indices(ir_thread_pool *pool, ir_task task, void *context, size_t count, ir_worker *worker) {
    inside_task = true;
    for (;;) {
        const size_t index = atomic_fetch_add_explicit(&pool->next, 1, memory_order_relaxed);
        if (index >= count) {
            break;
        }
        task(context, index, worker);
    }
    inside_task = false;
}

static void *work(void *argument) {
    worker_start *start = argument;
    ir_thread_pool *pool = start->pool;
    ir_worker *worker = &pool->workers[start->index];
    free(start);
    uint64_t seen = 0;
    for (;;) {
        for (int spin = 0; spin < SPIN_LIMIT; spin++) {
            if (atomic_load_explicit(&pool->generation, memory_order_acquire) != seen) {
                break;
            }
            pause_briefly();
        }
        pthread_mutex_lock(&pool->lock);
        while (!pool->stopping && atomic_load_explicit(&pool->generation, memory_order_relaxed) == seen) {
            pthread_cond_wait(&pool->job_opened, &pool->lock);
        }
        if (pool->stopping) {
            pthread_mutex_unlock(&pool->lock);
            return NULL;
        }
        seen = atomic_load_explicit(&pool->generation, memory_order_relaxed);
        const bool joins = pool->job_open;
        const ir_task task = pool->task;
        void *const context = pool->context;
        const size_t count = pool->count;
        if (joins) {
            atomic_fetch_add_explicit(&pool->active, 1, memory_order_relaxed);
        }
        pthread_mutex_unlock(&pool->lock);
        if (!joins) {
            continue;
        }
        take_indices(pool, task, context, count, worker);
        pthread_mutex_lock(&pool->lock);
        if (atomic_fetch_sub_explicit(&pool->active, 1, memory_order_release) == 1) {
            pthread_cond_signal(&pool->job_left);
        }
        pthread_mutex_unlock(&pool->lock);
    }
}

ir_thread_pool *ir_thread_pool_create(size_t threads) {
    const size_t wanted = threads > 1 ? threads - 1 : 0;
    ir_thread_pool *pool = calloc(1, sizeof *pool);
    if (pool == NULL) {
        return NULL;
    }
    pool->threads = calloc(wanted + 1, sizeof *pool->threads);
    pool->workers = calloc(wanted + 1, sizeof *pool->workers);
    if (pool->threads == NULL || pool->workers == NULL) {
        free(pool->threads);
        free(pool->workers);
        free(pool);
        return NULL;
    }
    pthread_mutex_init(&pool->run_lock, NULL);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->job_opened, NULL);
    pthread_cond_init(&pool->job_left, NULL);
    for (size_t i = 0; i < wanted; i++) {
        worker_start *start = malloc(sizeof *start);
        if (start == NULL) {
            break;
        }
        *start = (worker_start){pool, i};
        if (pthread_create(&pool->threads[i], NULL, work, start) != 0) {
            free(start);
            break;
        }
        pool->worker_count++;
    }
    return pool;
}

void ir_thread_pool_destroy(ir_thread_pool *pool) {
    if (pool == NULL) {
        return;
    }
    pthread_mutex_lock(&pool->lock);
    pool->stopping = true;
    pthread_cond_broadcast(&pool->job_opened);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->worker_count; i++) {
        pthread_join(pool->threads[i], NULL);
        free(pool->workers[i].memory);
    }
    free(pool->workers[pool->worker_count].memory);
    pthread_cond_destroy(&pool->job_opened);
    pthread_cond_destroy(&pool->job_left);
    pthread_mutex_destroy(&pool->run_lock);
    pthread_mutex_destroy(&pool->lock);
    free(pool->threads);
    free(pool->workers);
    free(pool);
}

size_t ir_thread_pool_threads(const ir_thread_pool *pool) { return pool->worker_count + 1; }

static void run_alone(size_t count, ir_task task, void *context) {
    ir_worker worker = {0};
    for (size_t index = 0; index < count; index++) {
        task(context, index, &worker);
    }
    free(worker.memory);
}

void ir_thread_pool_run(ir_thread_pool *pool, size_t count, ir_task task, void *context) {
    if (count == 0) {
        return;
    }
    if (inside_task) {
        run_alone(count, task, context);
        return;
    }
    pthread_mutex_lock(&pool->run_lock);
    ir_worker *own = &pool->workers[pool->worker_count];
    if (pool->worker_count == 0 || count == 1) {
        inside_task = true;
        for (size_t index = 0; index < count; index++) {
            task(context, index, own);
        }
        inside_task = false;
        pthread_mutex_unlock(&pool->run_lock);
        return;
    }
    pthread_mutex_lock(&pool->lock);
    pool->task = task;
    pool->context = context;
    pool->count = count;
    pool->job_open = true;
    atomic_store_explicit(&pool->next, 0, memory_order_relaxed);
    atomic_fetch_add_explicit(&pool->generation, 1, memory_order_release);
    pthread_cond_broadcast(&pool->job_opened);
    pthread_mutex_unlock(&pool->lock);

    take_indices(pool, task, context, count, own);

    pthread_mutex_lock(&pool->lock);
    pool->job_open = false;
    pthread_mutex_unlock(&pool->lock);
    for (int spin = 0; spin < SPIN_LIMIT; spin++) {
        if (atomic_load_explicit(&pool->active, memory_order_acquire) == 0) {
            break;
        }
        pause_briefly();
    }
    pthread_mutex_lock(&pool->lock);
    while (atomic_load_explicit(&pool->active, memory_order_acquire) != 0) {
        pthread_cond_wait(&pool->job_left, &pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    pthread_mutex_unlock(&pool->run_lock);
}
