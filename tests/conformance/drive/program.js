// Starts `usher` in a process of its own and waits for the line that says it is ready.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = process.env.USHER_PROGRAM ?? fileURLToPath(new URL('../../../artifacts/bin/Usher/release/usher.dll', import.meta.url));
const StartsWithin = 30_000;
const StopsWithin = 15_000;

export class Program {
  #process;
  #ended;
  #errors = '';

  /** Where it serves, without a slash at the end. */
  address = '';

  /** What it said before it was ready, as NAME=value. */
  settings = {};

  /**
   * @param {string[]} args
   * @param {{ environment?: Record<string, string>, folder?: string }} [surroundings]
   */
  static async start(args, { environment = {}, folder } = {}) {
    const started = new Program();
    await started.#start(args, environment, folder);
    return started;
  }

  #start(args, environment, folder) {
    this.#process = spawn('dotnet', [program, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
    this.#process.stderr.on('data', data => (this.#errors += data));
    this.#ended = new Promise(resolve => this.#process.once('exit', resolve));
    return new Promise((resolve, reject) => {
      const fail = what => reject(new Error(`usher ${args[0]} ${what}.\n${this.#errors}`));
      const late = setTimeout(() => {
        this.#process.kill('SIGKILL');
        fail('was not ready in time');
      }, StartsWithin);
      this.#process.once('exit', code => {
        clearTimeout(late);
        fail(`ended with ${code}`);
      });
      createInterface({ input: this.#process.stdout }).on('line', line => {
        const setting = /^([A-Z_]+)=(.*)$/.exec(line);
        if (setting) this.settings[setting[1]] = setting[2];
        const ready = /is ready: (https?:\/\/\S+?)\/?$/.exec(line);
        if (!ready) return;
        this.address = ready[1];
        clearTimeout(late);
        resolve();
      });
    });
  }

  /** Stops it as a service manager does; one that does not end by itself is a failure. */
  async stop() {
    let impatient = false;
    const impatience = setTimeout(() => {
      impatient = true;
      this.#process.kill('SIGKILL');
    }, StopsWithin);
    this.#process.kill('SIGTERM');
    await this.#ended;
    clearTimeout(impatience);
    if (impatient) throw new Error(`usher did not stop within ${StopsWithin / 1000} s.\n${this.#errors}`);
  }
}
