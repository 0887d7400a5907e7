// Everything that Usher sent and everything that the box answered and told, held against Discord's own description: first a day at the
// desk that is lived here, then what the scenario tests wrote down if they ran before (`./test` names the folder in USHER_JOURNALS).
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { liveADay } from './drive/desk.js';
import { exceptions } from './spec/exceptions.js';
import { Findings } from './spec/journal.js';

const findings = new Findings();
const failure = await liveADay(journal => findings.readFile(journal)).then(() => null, error => error);
const journals = await journalsOf(process.env.USHER_JOURNALS);
for (const journal of journals) await findings.readFile(journal);

async function journalsOf(folder) {
  if (!folder) return [];
  const names = await readdir(folder).catch(error => (error.code === 'ENOENT' ? [] : Promise.reject(error)));
  return names.filter(name => name.endsWith('.jsonl')).sort().map(name => join(folder, name));
}

test('A day at the desk goes by without a failure', () => assert.equal(failure?.stack ?? '', ''));

describe('Requests and answers are as Discord describes them:', () => {
  for (const [name, finding] of [...findings.routes].sort()) test(name, () => assert.equal(String(finding), ''));
});

describe('Events are as Discord describes them:', () => {
  for (const [name, finding] of [...findings.events].sort()) test(name, () => assert.equal(String(finding), ''));
});

describe('The journals', () => {
  const routes = [
    'POST /channels/{channel_id}/messages', 'PATCH /channels/{channel_id}', 'DELETE /channels/{channel_id}', 'POST /channels/{channel_id}/threads',
    'POST /guilds/{guild_id}/channels', 'PUT /applications/{application_id}/guilds/{guild_id}/commands',
    'POST /interactions/{interaction_id}/{interaction_token}/callback',
  ];
  for (const route of routes) test(`know ${route}`, () => assert.ok(findings.routes.get(route)?.seen > 0));

  const events = ['READY', 'GUILD_CREATE', 'INTERACTION_CREATE', 'MESSAGE_CREATE', 'MESSAGE_UPDATE', 'MESSAGE_DELETE', 'THREAD_CREATE', 'THREAD_UPDATE', 'CHANNEL_CREATE', 'CHANNEL_DELETE'];
  for (const event of events) test(`know ${event}`, () => assert.ok(findings.events.get(event)?.seen > 0));

  // Only the stories meet everything that can go wrong.
  if (process.env.USHER_JOURNALS) {
    test('of the scenario tests were read', () => assert.ok(journals.length > 0));
    for (const { name } of exceptions) test(`need the exception for ${name}`, () => assert.ok(findings.excused.has(name)));
  }
});
