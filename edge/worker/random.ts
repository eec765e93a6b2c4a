// Randomness in small pieces: the runtime is asked for many bytes at a time.
const POOL_BYTES = 4000;

export class RandomPool {
  readonly #pool = new Uint8Array(POOL_BYTES);
  #used = POOL_BYTES;

  /** A view of `len` bytes that nobody else gets; good until the pool is filled again. */
  take(len: number): Uint8Array {
    if (this.#used + len > POOL_BYTES) {
      crypto.getRandomValues(this.#pool);
      this.#used = 0;
    }
    this.#used += len;
    return this.#pool.subarray(this.#used - len, this.#used);
  }
}
