// Reads what a box wrote down and holds every request, answer and event against Discord's description.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { answerSchema, findEndpoint, readEndpoints } from './endpoints.js';
import { events } from './events.js';
import { exceptionFor } from './exceptions.js';
import { faultsOf } from './faults.js';

const endpoints = readEndpoints();
const Dispatch = 0;
// Beyond this many examples of one fault a report only becomes longer.
const MostExamples = 3;

/** What was seen of one route or event: how often, and what was wrong, each kind of fault once with some examples. */
class Finding {
  seen = 0;
  #faults = new Map();

  add(part, fault, example) {
    const kind = `${part} ${fault.path.replace(/\[\d+\]/g, '[]')}: ${fault.message}`;
    const known = this.#faults.get(kind) ?? { count: 0, examples: [] };
    known.count++;
    if (known.examples.length < MostExamples) known.examples.push(`${example}: ${shown(fault.value)}`);
    this.#faults.set(kind, known);
  }

  get faulty() {
    return this.#faults.size > 0;
  }

  toString() {
    return [...this.#faults].map(([kind, { count, examples }]) => `${kind} (${count} times)\n    ${examples.join('\n    ')}`).join('\n');
  }
}

/** Everything found in journals, by the name of the route or event. */
export class Findings {
  #requests;

  /** @param {{ requests?: boolean }} [which] Whether requests are held against the description too, or only answers and events. */
  constructor({ requests = true } = {}) {
    this.#requests = requests;
  }

  routes = new Map();
  events = new Map();
  /** The names of exceptions that were needed. */
  excused = new Set();

  async readFile(file) {
    let number = 0;
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      number++;
      if (line.trim() !== '') this.#add(JSON.parse(line), `${file.split('/').at(-1)}:${number}`);
    }
    return this;
  }

  /** All that is wrong, as text; empty when nothing is. */
  report() {
    return [...this.routes, ...this.events].filter(([, finding]) => finding.faulty).map(([name, finding]) => `${name}\n${finding}`).join('\n\n');
  }

  #add(entry, where) {
    if (entry.kind === 'call') this.#addCall(entry, where);
    else if (entry.kind === 'dispatch' && entry.op === Dispatch) this.#addEvent(entry, where);
  }

  #addCall(call, where) {
    const url = new URL(call.path, 'http://box');
    const path = url.pathname.replace(/^\/api\/v\d+/, '');
    const found = findEndpoint(endpoints, call.method, path);
    const finding = of(this.routes, found?.endpoint.name ?? `${call.method} ${call.route ?? path}`);
    finding.seen++;
    if (!found) {
      finding.add('route', { path: '', message: 'is not in the description', value: path }, where);
      return;
    }
    const { endpoint, parameters } = found;
    const hold = (part, faults) => faults.forEach(fault => finding.add(part, fault, where));
    hold(`answer ${call.status}`, this.#answerFaults(endpoint, call));
    if (!this.#requests) return;
    hold('path', Object.entries(parameters).flatMap(([name, value]) => this.#faults(`${endpoint.name} path`, endpoint.path[name], value, name)));
    hold('query', this.#queryFaults(endpoint, url.searchParams));
    hold('request', this.#bodyFaults(endpoint, call.request));
  }

  #queryFaults(endpoint, query) {
    return [...new Set(query.keys())].flatMap(name => {
      const schema = endpoint.query[name];
      if (!schema) return [{ path: name, message: 'is not in the description', value: query.get(name) }];
      // All that stands in an address is text: it is right if it reads as what the schema wants.
      const readings = [query.get(name), query.getAll(name), jsonOf(query.get(name))].filter(reading => reading !== undefined);
      const faults = readings.map(reading => this.#faults(`${endpoint.name} query`, schema, reading, name));
      return faults.find(found => found.length === 0) ?? faults[0];
    });
  }

  #bodyFaults(endpoint, body) {
    if (body === undefined) return [];
    if (endpoint.body === undefined) return [{ path: '', message: 'a body where there is none', value: body }];
    return this.#faults(`${endpoint.name} request`, endpoint.body, body);
  }

  #answerFaults(endpoint, call) {
    // The description says nothing of Discord's own failures.
    if (call.status >= 500) return call.status === 501 ? [{ path: '', message: 'the box does not model it', value: call.path }] : [];
    const schema = answerSchema(endpoint, call.status);
    if (!schema) return [{ path: '', message: 'a status that is not in the description', value: call.status }];
    if (call.status === 204) return call.response === undefined ? [] : [{ path: '', message: 'a body after 204', value: call.response }];
    return this.#faults(`${endpoint.name} answer ${call.status}`, schema, call.response);
  }

  #addEvent(dispatch, where) {
    const finding = of(this.events, dispatch.event);
    finding.seen++;
    const schema = events[dispatch.event];
    if (!schema) finding.add('event', { path: '', message: 'is not among the events that were looked up', value: dispatch.event }, where);
    else this.#faults(dispatch.event, schema, dispatch.payload?.d ?? dispatch.payload).forEach(fault => finding.add('payload', fault, where));
  }

  #faults(subject, schema, value, path) {
    const faults = faultsOf(schema, value, fault => {
      const exception = exceptionFor(subject, fault);
      if (exception) this.excused.add(exception.name);
      return exception !== undefined;
    });
    return path ? faults.map(fault => ({ ...fault, path: fault.path ? `${path}.${fault.path}` : path })) : faults;
  }
}

function of(map, name) {
  if (!map.has(name)) map.set(name, new Finding());
  return map.get(name);
}

function jsonOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function shown(value) {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
