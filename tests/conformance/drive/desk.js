// Usher serving the box's guild, each in a process of its own, and a day at that desk.
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Person } from './person.js';
import { Program } from './program.js';

const preset = fileURLToPath(new URL('../../../presets/demo.yml', import.meta.url));
const Patience = 15_000;
const LooksEvery = 50;

/** Lets everything happen once that a desk does, in both homes, with a restart in the middle; gives the box's journal to a reader. */
export async function liveADay(read) {
  const folder = await mkdtemp(join(tmpdir(), 'usher-day-'));
  const journal = join(folder, 'journal.jsonl');
  try {
    // The preset as it is, but for the time that a closed channel stays.
    const settings = await readFile(preset, 'utf8');
    await writeFile(join(folder, 'usher.yml'), settings.replace(/^countdown: \w+/m, 'countdown: 1s'));
    const sandbox = await Program.start(['sandbox', '--port', '0', '--journal', journal]);
    try {
      await serveThrough(sandbox, folder);
    } finally {
      await sandbox.stop();
    }
    return await read(journal);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function serveThrough(sandbox, folder) {
  const [alice, bob, carol] = ['alice', 'bob', 'carol'].map(name => new Person(sandbox.address, name));
  const serve = () => Program.start(['serve', '--port', '0'], { folder, environment: { ...sandbox.settings, USHER_LOG_LEVEL: 'Warning' } });
  let usher = await serve();
  const help = (await alice.channel('help')).id;
  try {
    await until(() => alice.messages(help), messages => messages.length > 0, 'the panel');
    const thread = await threadTicket(alice, bob, help);
    await usher.stop();
    // Written while nobody listens: it is fetched afterwards.
    await alice.write(thread, 'Is anybody there?', new File(['two berths'], 'wishes.txt', { type: 'text/plain' }));
    usher = await serve();
    await closeThread(bob, thread);
    await channelTicket(alice, carol, help);
  } finally {
    await usher.stop();
  }
}

async function threadTicket(alice, bob, help) {
  await alice.press(help, 'Support');
  const { id } = await until(() => alice.guild(), guild => guild.threads.find(thread => thread.name.startsWith('Support-')), 'the thread');
  await pressed(bob, id, 'Claim');
  await pressed(bob, id, 'Unclaim');
  await pressed(bob, id, 'Claim');
  const first = await alice.write(id, 'My berth is gone.', new File(['a map'], 'map.txt', { type: 'text/plain' }));
  await alice.edit(first, 'My berth is **gone**.');
  await alice.remove(await alice.write(id, 'Never mind.'));
  await bob.run(id, 'reply', [{ name: 'text', type: 3, value: 'We look for it.' }]);
  await bob.run(id, 'note', [{ name: 'text', type: 3, value: 'She has two.' }]);
  await bob.run(id, 'notes');
  await bob.write(id, '!note And a dog.');
  const asked = await pressed(bob, id, 'Note');
  await bob.submit(id, asked.modal, 'And a cat.');
  // Alice may not: she is told so, in private.
  await pressed(alice, id, 'Close');
  return id;
}

async function closeThread(bob, thread) {
  const asked = await pressed(bob, thread, 'Close');
  await bob.submit(thread, asked.modal, 'Found.');
  // The card in the log has the transcript and reopens.
  const log = (await bob.channel('staff-log')).id;
  await until(() => bob.messages(log), messages => messages.some(message => message.attachments.length > 0), 'the transcript');
  await pressed(bob, log, 'Reopen');
  await bob.run(thread, 'close', [{ name: 'reason', type: 3, value: 'Found again.' }]);
}

async function channelTicket(alice, carol, help) {
  await alice.press(help, 'Billing');
  const { id } = await until(() => alice.guild(), guild => guild.channels.find(channel => channel.name.startsWith('billing-')), 'the channel');
  await pressed(carol, id, 'Claim');
  await alice.write(id, '!close');
  await carol.run(id, 'close');
  await until(() => alice.guild(), guild => guild.channels.every(channel => channel.id !== id), 'the end of the countdown');
  await alice.press(help, 'Billing');
  const second = await until(() => alice.guild(), guild => guild.channels.find(channel => channel.name.startsWith('billing-')), 'the second channel');
  await pressed(alice, second.id, 'Cancel');
}

/** Presses a button as soon as it is there. */
async function pressed(person, channel, label) {
  return until(() => person.press(channel, label).catch(error => (/sees no button/.test(error.message) ? null : Promise.reject(error))), ended => ended, `the button ${label}`);
}

/** Looks again and again until it is there; gives what was found. */
async function until(look, find, what) {
  const late = Date.now() + Patience;
  for (;;) {
    const seen = await look();
    const found = find(seen);
    if (found) return found === true ? seen : found;
    if (Date.now() > late) throw new Error(`${what} did not come within ${Patience / 1000} s.`);
    await new Promise(resolve => setTimeout(resolve, LooksEvery));
  }
}
