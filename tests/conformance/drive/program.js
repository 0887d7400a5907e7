// Starts `usher` in a process of its own and waits for the line that says it is ready.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';

const program = process.env.USHER_PROGRAM ?? fileURLToPath(new URL('../../../artifacts/bin/Usher/release/usher.dll', import.meta.url));
const StartsWithin = 30_000;
const StopsWithin = 15_000;

export class Program {
  #process;
  #errors = '';

  /** The ready line. */
  ready = '';

  /** @param {string[]} args @param {Record<string, string>} environment */
  static async start(args, environment = {}) {
    const started = new Program();
    started.#process = spawn('dotnet', [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
    started.#process.stderr.on('data', data => (started.#errors += data));
    const line = once(createInterface({ input: started.#process.stdout }), 'line');
    const ended = once(started.#process, 'exit').then(([code]) => {
      throw new Error(`usher ${args[0]} ended with ${code} before it was ready.\n${started.#errors}`);
    });
    ended.catch(() => {});
    const late = AbortSignal.timeout(StartsWithin);
    const tooLate = new Promise((_, reject) => late.addEventListener('abort', () => reject(new Error(`usher ${args[0]} was not ready in time.\n${started.#errors}`))));
    tooLate.catch(() => {});
    [started.ready] = await Promise.race([line, ended, tooLate]);
    started.#process.stdout.resume();
    return started;
  }

  /** The first address in the ready line, without a slash at its end. */
  get address() {
    const found = /https?:\/\/[^\s/]+/.exec(this.ready);
    if (!found) throw new Error(`There is no address in «${this.ready}».`);
    return found[0];
  }

  async stop() {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    const impatience = setTimeout(() => this.#process.kill('SIGKILL'), StopsWithin);
    await ended;
    clearTimeout(impatience);
  }
}
