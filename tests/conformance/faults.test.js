// The checks themselves: what Discord's documentation shows must pass, and every kind of mistake must be found.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as spec from 'discord-api-spec/zod';
import { answerSchema, findEndpoint, readEndpoints } from './spec/endpoints.js';
import { events } from './spec/events.js';
import { exceptionFor } from './spec/exceptions.js';
import { faultsOf } from './spec/faults.js';
import { Findings } from './spec/journal.js';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const endpoints = readEndpoints();
const codes = (schema, value) => faultsOf(schema, value).map(fault => `${fault.path} ${fault.code}`);
const create = findEndpoint(endpoints, 'POST', '/channels/1/messages').endpoint;

describe('Endpoints', () => {
  test('are read from the description with query, body and answers', () => {
    assert.ok(endpoints.length > 200);
    assert.equal(create.name, 'POST /channels/{channel_id}/messages');
    assert.ok(create.body);
    assert.ok(answerSchema(create, 200));
    assert.equal(answerSchema(create, 201), undefined);
  });

  test('with a literal in their path win over those with a parameter', () => {
    const { endpoint, parameters } = findEndpoint(endpoints, 'PATCH', '/webhooks/1/some%2Dtoken/messages/@original');
    assert.equal(endpoint.name, 'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original');
    assert.deepEqual(parameters, { webhook_id: '1', webhook_token: 'some-token' });
  });

  test('that Discord does not have are not found', () => {
    assert.equal(findEndpoint(endpoints, 'POST', '/channels/1/tickets'), null);
    assert.equal(findEndpoint(endpoints, 'DELETE', '/gateway'), null);
  });
});

describe('A check finds', () => {
  test('nothing in a request as the documentation shows it', () => {
    // https://discord.com/developers/docs/components/reference#container
    const body = {
      flags: 32768,
      allowed_mentions: { parse: [], users: ['80351110224678912'] },
      components: [
        {
          type: 17,
          accent_color: 703487,
          components: [
            { type: 10, content: '# A wild ticket' },
            { type: 14, divider: true, spacing: 1 },
            { type: 9, components: [{ type: 10, content: 'Close it?' }], accessory: { type: 2, style: 4, custom_id: 'close', label: 'Close' } },
            { type: 1, components: [{ type: 3, custom_id: 'why', options: [{ label: 'Done', value: 'done' }] }] },
          ],
        },
      ],
    };
    assert.deepEqual(codes(create.body, body), []);
  });

  const wrong = [
    ['a field that there is not', { content: 'Ahoy', colour: 1 }, ['colour unknown_key']],
    ['a wrong type', { content: 5 }, ['content invalid_type']],
    ['a text that is too long', { content: 'a'.repeat(4001) }, ['content too_big']],
    ['a list that is too long', { sticker_ids: ['1', '2', '3', '4'] }, ['sticker_ids too_big']],
    ['what is missing deep inside', { components: [{ type: 17, components: [{ type: 10 }] }] }, ['components[0].components[0].content missing_key']],
    ['a field that only another component has', { components: [{ type: 10, content: 'a', custom_id: 'b' }] }, ['components[0].custom_id unknown_key']],
    ['an id that is none', { message_reference: { message_id: 'one' } }, ['message_reference.message_id regex']],
  ];
  for (const [what, body, expected] of wrong) test(what, () => assert.deepEqual(codes(create.body, body), expected));

  test('what one of two intersected schemas knows is no fault, what neither knows is', () => {
    const schema = answerSchema(create, 404);
    assert.deepEqual(codes(schema, { code: 10003, message: 'Unknown Channel' }), []);
    assert.deepEqual(codes(schema, { code: 10003, message: 'Unknown Channel', hint: '' }), ['hint unknown_key']);
  });

  test('words where Discord has numbers only in form errors', () => {
    const refused = code => ({ code, message: 'Invalid Form Body', errors: { embeds: { 0: { title: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Too long' }] } } } } });
    const schema = answerSchema(create, 400);
    const excuse = fault => exceptionFor('any answer', fault) !== undefined;
    assert.equal(faultsOf(schema, refused(50035)).length, 1);
    assert.deepEqual(faultsOf(schema, refused(50035), excuse), []);
    assert.equal(faultsOf(schema, refused('50035'), excuse).length, 1);
  });

  test('a moment without a zone, and lets pass how Discord writes one', () => {
    const faults = value => faultsOf(spec.ThreadMetadataResponseSchema, { archived: false, archive_timestamp: value, auto_archive_duration: 60, locked: false });
    const excused = value => faults(value).every(fault => exceptionFor('anything', fault));
    assert.equal(excused('2021-04-12T23:40:39.855793+00:00'), true);
    assert.equal(excused('2021-04-12T23:40:39'), false);
    assert.equal(excused('yesterday'), false);
  });
});

describe('Events', () => {
  test('of deletions hold no more than their ids', () => {
    assert.deepEqual(codes(events.MESSAGE_DELETE, { id: '1', channel_id: '2', guild_id: '3' }), []);
    assert.deepEqual(codes(events.MESSAGE_DELETE, { id: '1', channel_id: '2', content: 'secret' }), ['content unknown_key']);
  });

  test('of threads have their own type', () => {
    assert.deepEqual(codes(events.THREAD_DELETE, { id: '1', guild_id: '2', parent_id: '3', type: 0 }), ['type invalid_value']);
  });
});

describe('A journal', () => {
  async function read(...entries) {
    const folder = await mkdtemp(join(tmpdir(), 'journal-'));
    try {
      await writeFile(join(folder, 'a.jsonl'), entries.map(entry => JSON.stringify(entry)).join('\n'));
      return await new Findings().readFile(join(folder, 'a.jsonl'));
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  const call = fields => ({ kind: 'call', method: 'GET', route: '/x', path: '/api/v10/channels/1/messages?limit=5', status: 200, response: [], ...fields });

  test('without a mistake has no findings', async () => {
    const findings = await read(call(), call({ method: 'PUT', path: '/api/v10/channels/1/thread-members/2', status: 204, response: undefined }));
    assert.deepEqual([...findings.routes.values()].map(String), ['', '']);
  });

  const mistakes = [
    ['a route that there is not', call({ path: '/api/v10/tickets' }), /route : is not in the description/],
    ['a query that there is not', call({ path: '/api/v10/channels/1/messages?page=5' }), /query page: is not in the description/],
    ['a query of the wrong type', call({ path: '/api/v10/channels/1/messages?limit=many' }), /query limit/],
    ['a path without an id', call({ path: '/api/v10/channels/general/messages' }), /path channel_id/],
    ['a body where there is none', call({ request: {} }), /a body where there is none/],
    ['an answer of another kind', call({ response: {} }), /answer 200/],
    ['a status that there is not', call({ status: 204, response: undefined }), /status that is not in the description/],
    ['a body after 204', call({ method: 'PUT', path: '/channels/1/thread-members/2', status: 204, response: {} }), /a body after 204/],
    ['what the box does not model', call({ status: 501 }), /does not model/],
  ];
  for (const [what, entry, expected] of mistakes) {
    test(`with ${what} says so`, async () => assert.match(String([...(await read(entry)).routes.values()][0]), expected));
  }

  test('with an event that nobody looked up says so', async () => {
    const findings = await read({ kind: 'dispatch', op: 0, event: 'TICKET_CREATE', payload: { op: 0, d: {} } });
    assert.match(String(findings.events.get('TICKET_CREATE')), /not among the events/);
  });

  test('with a fault in an event says so', async () => {
    const findings = await read({ kind: 'dispatch', op: 0, event: 'MESSAGE_DELETE', payload: { op: 0, s: 1, t: 'MESSAGE_DELETE', d: { id: '1' } } });
    assert.match(String(findings.events.get('MESSAGE_DELETE')), /payload channel_id: is missing/);
  });
});
