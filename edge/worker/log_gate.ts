/** LogGate lets one line a second through: what happens to every request must not fill a log. */
export class LogGate {
  #second = 0;

  error(message: string): void {
    const second = Math.floor(Date.now() / 1000);
    if (second === this.#second) return;
    this.#second = second;
    console.error(`refedge: ${message}`);
  }
}
