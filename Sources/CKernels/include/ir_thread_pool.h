// A fixed set of worker threads that share out the indices of a loop.
#ifndef IR_THREAD_POOL_H
#define IR_THREAD_POOL_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ir_thread_pool ir_thread_pool;
typedef struct ir_worker ir_worker;

typedef void (*ir_task)(void *context, size_t index, ir_worker *worker);

// `threads` counts the caller of ir_thread_pool_run; fewer may be started if the system refuses. NULL: out of memory.
ir_thread_pool *ir_thread_pool_create(size_t threads);
// No run may be under way.
void ir_thread_pool_destroy(ir_thread_pool *pool);
// The threads that really run, the caller included.
size_t ir_thread_pool_threads(const ir_thread_pool *pool);

// Calls task(context, i, worker) once for each i < count, on the workers and on the calling thread, and returns when all
// are done. Concurrent calls wait for each other. A call from inside a task runs its loop on the calling thread alone.
void ir_thread_pool_run(ir_thread_pool *pool, size_t count, ir_task task, void *context);

// Memory of at least `bytes` bytes, aligned to 64, that is the worker's own until its task returns; a second call in the
// same task may return the same memory. Its contents are left from earlier tasks. Aborts when the memory is exhausted.
void *ir_worker_scratch(ir_worker *worker, size_t bytes);

#ifdef __cplusplus
}
#endif

#endif
