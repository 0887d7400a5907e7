// Compares a value with a schema and says every way in which it differs, fields that the schema does not have included:
// the schemas themselves would pass over those in silence.

import * as z from 'zod/mini';

// Without a language every message would read «Invalid input».
z.config(z.locales.en());

/**
 * @typedef {object} Fault
 * @property {string} path Where, such as "components[0].custom_id".
 * @property {string} code What kind: a code of zod's, or "unknown_key".
 * @property {string} message
 * @property {unknown} value
 */

/** @returns {Fault[]} The faults of the value that are not excused. */
export function faultsOf(schema, value, isExcused = () => false) {
  return walk(schema, value, '', isExcused);
}

function walk(schema, value, path, isExcused) {
  const definition = schema._zod.def;
  switch (definition.type) {
    case 'lazy': return walk(schema._zod.innerType, value, path, isExcused);
    case 'optional': return value === undefined ? [] : walk(definition.innerType, value, path, isExcused);
    case 'nullable': return value === null ? [] : walk(definition.innerType, value, path, isExcused);
    case 'union': return closest(definition.options, value, path, isExcused);
    case 'intersection': return both(definition, value, path, isExcused);
    case 'object': return isObject(value) ? ofObject(definition.shape, value, path, isExcused) : ofLeaf(schema, value, path, isExcused);
    case 'record': return isObject(value) ? ofRecord(definition, value, path, isExcused) : ofLeaf(schema, value, path, isExcused);
    case 'array': return Array.isArray(value) ? ofArray(schema, value, path, isExcused) : ofLeaf(schema, value, path, isExcused);
    default: return ofLeaf(schema, value, path, isExcused);
  }
}

function ofObject(shape, value, path, isExcused) {
  const faults = Object.entries(shape).flatMap(([key, schema]) => {
    if (value[key] === undefined && schema._zod.optin !== 'optional') {
      return unlessExcused({ path: below(path, key), code: 'missing_key', message: 'is missing', value: undefined }, isExcused);
    }
    return walk(schema, value[key], below(path, key), isExcused);
  });
  for (const key of Object.keys(value)) {
    if (Object.hasOwn(shape, key)) continue;
    faults.push(...unlessExcused({ path: below(path, key), code: 'unknown_key', message: 'is not in the description', value: value[key] }, isExcused));
  }
  return faults;
}

function ofRecord(definition, value, path, isExcused) {
  return Object.entries(value).flatMap(([key, item]) => [
    ...walk(definition.keyType, key, below(path, key), isExcused),
    ...walk(definition.valueType, item, below(path, key), isExcused),
  ]);
}

function ofArray(schema, value, path, isExcused) {
  const definition = schema._zod.def;
  // Lengths are checks of the array itself; its items are looked at one by one.
  const own = definition.checks?.length ? ofLeaf(schema, value, path, isExcused, issue => issue.path.length === 0) : [];
  return [...own, ...value.flatMap((item, index) => walk(definition.element, item, `${path}[${index}]`, isExcused))];
}

function ofLeaf(schema, value, path, isExcused, isWanted = () => true) {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  return parsed.error.issues.filter(isWanted).flatMap(issue =>
    unlessExcused({ path, code: issue.format ?? issue.code, message: issue.message, value }, isExcused));
}

/** The faults against the alternative that fits best: one of another `type` fits worst, whatever else it shares. */
function closest(options, value, path, isExcused) {
  let best = null;
  for (const option of options) {
    const faults = walk(option, value, path, isExcused);
    if (faults.length === 0) return [];
    const distance = faults.length + (isAnotherType(option, value) ? 10_000 : 0);
    if (!best || distance < best.distance) best = { faults, distance };
  }
  return best.faults;
}

function isAnotherType(option, value) {
  const schema = option._zod.def.type === 'lazy' ? option._zod.innerType : option;
  const type = schema._zod.def.shape?.type;
  if (!isObject(value)) return schema._zod.def.type === 'object';
  return type !== undefined && type._zod.def.type === 'literal' && !type._zod.def.values.includes(value.type);
}

/** A key is unknown to two intersected schemas when neither has it. */
function both({ left, right }, value, path, isExcused) {
  const [ofLeft, ofRight] = [walk(left, value, path, isExcused), walk(right, value, path, isExcused)];
  const unknownTo = faults => new Set(faults.filter(fault => fault.code === 'unknown_key').map(fault => fault.path));
  const [unknownLeft, unknownRight] = [unknownTo(ofLeft), unknownTo(ofRight)];
  return [
    ...ofLeft.filter(fault => fault.code !== 'unknown_key' || unknownRight.has(fault.path)),
    ...ofRight.filter(fault => fault.code !== 'unknown_key'),
  ];
}

const unlessExcused = (fault, isExcused) => (isExcused(fault) ? [] : [fault]);
const below = (path, key) => (path === '' ? key : `${path}.${key}`);
const isObject = value => typeof value === 'object' && value !== null && !Array.isArray(value);
