// Every endpoint that Discord's description knows, with the schemas of its query, body and answers.
//
// The package brings schemas for named components, and for endpoints only TypeScript types. Those types are read here and
// turned into schemas, so that no table of endpoints has to be kept by hand.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as components from 'discord-api-spec/zod';
import ts from 'typescript';
import * as z from 'zod/mini';

const typesFile = new URL('./discord-api-spec.ts', import.meta.resolve('discord-api-spec'));

/**
 * @typedef {object} Endpoint
 * @property {string} name Method and template, such as "POST /channels/{channel_id}/messages".
 * @property {{ literal?: string, parameter?: string }[]} segments
 * @property {Record<string, unknown>} path Schemas of the path's parameters.
 * @property {Record<string, unknown>} query Schemas of the query's parameters.
 * @property {unknown} body The body's schema; undefined where there must be none.
 * @property {Map<string, unknown>} answers Schemas by status; "4XX" stands for all of 400 to 499 that are not named.
 */

/** @returns {Endpoint[]} */
export function readEndpoints() {
  const source = ts.createSourceFile('types.ts', readFileSync(fileURLToPath(typesFile), 'utf8'), ts.ScriptTarget.Latest);
  const paths = source.statements.find(node => ts.isInterfaceDeclaration(node) && node.name.text === 'Paths');
  if (!paths) throw new Error('discord-api-spec no longer has an interface Paths: the reading of endpoints must follow it.');
  return paths.members.flatMap(path => path.type.members.map(method => endpointOf(path.name.text, method)));
}

/** Finds the endpoint of a request; where a literal and a parameter both fit (@me), the literal wins. */
export function findEndpoint(endpoints, method, path) {
  const parts = path.split('/').filter(part => part !== '').map(decodeURIComponent);
  const fitting = endpoints.filter(endpoint =>
    endpoint.method === method
    && endpoint.segments.length === parts.length
    && endpoint.segments.every((segment, index) => segment.literal === undefined || segment.literal === parts[index]));
  const literals = endpoint => endpoint.segments.filter(segment => segment.literal !== undefined).length;
  const best = fitting.sort((a, b) => literals(b) - literals(a))[0];
  if (!best) return null;
  const parameters = Object.fromEntries(
    best.segments.flatMap((segment, index) => (segment.parameter ? [[segment.parameter, parts[index]]] : [])));
  return { endpoint: best, parameters };
}

/** The schema of an answer with that status; undefined where the description has none. */
export function answerSchema(endpoint, status) {
  return endpoint.answers.get(String(status)) ?? endpoint.answers.get(`${Math.floor(status / 100)}XX`);
}

function endpointOf(template, member) {
  const method = member.name.text.toUpperCase();
  const parts = Object.fromEntries(member.type.members.map(part => [part.name.text, part.type]));
  const parameters = Object.fromEntries(parts.parameters.members.map(part => [part.name.text, part.type]));
  return {
    name: `${method} ${template}`,
    method,
    segments: template.split('/').filter(part => part !== '').map(part =>
      part.startsWith('{') ? { parameter: part.slice(1, -1) } : { literal: part }),
    path: fieldsOf(parameters.path),
    query: fieldsOf(parameters.query),
    body: parts.requestBody.kind === ts.SyntaxKind.UndefinedKeyword ? undefined : schemaOf(parts.requestBody),
    answers: new Map(parts.responses.members.map(answer => [answer.name.text, schemaOf(answer.type)])),
  };
}

const fieldsOf = type =>
  type.kind === ts.SyntaxKind.NeverKeyword ? {} : Object.fromEntries(type.members.map(member => [member.name.text, schemaOf(member.type)]));

function schemaOf(type) {
  switch (type.kind) {
    case ts.SyntaxKind.StringKeyword: return z.string();
    case ts.SyntaxKind.NumberKeyword: return z.number();
    case ts.SyntaxKind.BooleanKeyword: return z.boolean();
    case ts.SyntaxKind.UnknownKeyword: return z.unknown();
    case ts.SyntaxKind.UndefinedKeyword: return z.undefined();
    case ts.SyntaxKind.NeverKeyword: return z.never();
    case ts.SyntaxKind.LiteralType: return literalOf(type.literal);
    case ts.SyntaxKind.ParenthesizedType: return schemaOf(type.type);
    case ts.SyntaxKind.ArrayType: return z.array(schemaOf(type.elementType));
    case ts.SyntaxKind.UnionType: return z.union(type.types.map(schemaOf));
    case ts.SyntaxKind.TypeReference: return componentOf(type.typeName.text);
    case ts.SyntaxKind.TypeLiteral: return objectOf(type);
    default: throw new Error(`No schema is known for the type ${ts.SyntaxKind[type.kind]}.`);
  }
}

function literalOf(literal) {
  switch (literal.kind) {
    case ts.SyntaxKind.NullKeyword: return z.null();
    case ts.SyntaxKind.TrueKeyword: return z.literal(true);
    case ts.SyntaxKind.FalseKeyword: return z.literal(false);
    case ts.SyntaxKind.StringLiteral: return z.literal(literal.text);
    case ts.SyntaxKind.NumericLiteral: return z.literal(Number(literal.text));
    default: throw new Error(`No schema is known for the literal ${ts.SyntaxKind[literal.kind]}.`);
  }
}

function componentOf(name) {
  const component = components[`${name}Schema`];
  if (!component) throw new Error(`discord-api-spec has no schema for ${name}.`);
  return component;
}

function objectOf(type) {
  const index = type.members.find(ts.isIndexSignatureDeclaration);
  if (index) return z.record(z.string(), schemaOf(index.type));
  return z.object(Object.fromEntries(type.members.map(member => {
    const schema = schemaOf(member.type);
    return [member.name.text, member.questionToken ? z.optional(schema) : schema];
  })));
}
