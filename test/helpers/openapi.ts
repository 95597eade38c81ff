import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { projectPath } from '../../src/core/root.ts';

/** Discord's own description of its HTTP API (github.com/discord/discord-api-spec), where somebody put it. */
const FILE = projectPath('..', 'shared', 'discord', 'openapi.json');

/** Whether requests can be checked; tests skip otherwise. */
export const hasOpenApi = existsSync(FILE);

type Json = Record<string, unknown>;

interface Operation {
  requestBody?: { required?: boolean; content: Record<string, Json> };
  /** By status, or by its first digit as in `4XX`. */
  responses: Record<string, { content?: Json }>;
}

interface Document extends Json {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json> };
}

/** Which schema a first answer to an interaction must fit; the document leaves the choice open. */
const CALLBACKS: Record<number, string> = {
  1: 'PongInteractionCallbackRequest',
  4: 'CreateMessageInteractionCallbackRequest',
  5: 'CreateMessageInteractionCallbackRequest',
  6: 'UpdateMessageInteractionCallbackRequest',
  7: 'UpdateMessageInteractionCallbackRequest',
  8: 'ApplicationCommandAutocompleteCallbackRequest',
  9: 'ModalInteractionCallbackRequest',
};

const THREAD_FIELDS = ['archived', 'locked', 'auto_archive_duration', 'applied_tags', 'invitable'];

/** The branch of an open union that a body must fit, by the path as documented; `null` where there is no choice. */
function branchFor(method: string, path: string, body: Json): string | null {
  switch (`${method} ${path}`) {
    case 'POST /interactions/{interaction_id}/{interaction_token}/callback':
      return CALLBACKS[Number(body['type'])] ?? null;
    case 'POST /channels/{channel_id}/threads':
      return 'message' in body ? 'CreateForumThreadRequest' : 'CreateTextThreadWithoutMessageRequest';
    case 'PATCH /channels/{channel_id}':
      return THREAD_FIELDS.some((name) => name in body)
        ? 'UpdateThreadRequestPartial'
        : 'UpdateGuildChannelRequestPartial';
    case 'POST /webhooks/{webhook_id}/{webhook_token}':
      return 'IncomingWebhookRequestPartial';
    case 'POST /users/@me/channels':
      return 'CreatePrivateChannelRequest';
    default:
      return null;
  }
}

/** The `type` that a schema is for, when it is for one only. */
function typeOf(document: Document, branch: Json): unknown {
  const name = String(branch['$ref']).split('/').at(-1) ?? '';
  const properties = document.components.schemas[name]?.['properties'] as Record<string, { enum?: unknown[] }>;
  const types = properties?.['type']?.enum;
  return types?.length === 1 ? types[0] : undefined;
}

/** A union of components or options, told apart by their `type` so that only the fitting branch is checked. */
function discriminate(document: Document, branches: Json[]): Json | null {
  const types = branches.map((branch) => typeOf(document, branch));
  if (branches.length < 2 || types.includes(undefined)) return null;
  return {
    type: 'object',
    required: ['type'],
    properties: { type: { enum: types } },
    allOf: branches.map((branch, index) => ({
      if: { properties: { type: { not: { const: types[index] } } } },
      else: branch,
    })),
  };
}

/** The document with its closed unions made exact. */
function sharpen(document: Document, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => sharpen(document, item));
  if (typeof value !== 'object' || value === null) return value;
  const branches = (value as Json)['oneOf'];
  const exact = Array.isArray(branches) ? discriminate(document, branches as Json[]) : null;
  return exact ?? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sharpen(document, item)]));
}

const FORMATS = {
  'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
  double: true,
  int32: true,
  int64: true,
  nonce: true,
  snowflake: /^(0|[1-9]\d*)$/,
  uri: (text: string) => URL.canParse(text),
} as const;

interface Checker {
  document: Document;
  compile: (reference: string) => ValidateFunction;
}

let loaded: Checker | null = null;

function load(): Checker {
  if (loaded) return loaded;
  const document = JSON.parse(readFileSync(FILE, 'utf8')) as Document;
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: FORMATS });
  ajv.addSchema(sharpen(document, document) as Document, 'discord');
  const compiled = new Map<string, ValidateFunction>();
  const compile = (reference: string): ValidateFunction => {
    const known = compiled.get(reference) ?? ajv.compile({ $ref: `discord#${reference}` });
    compiled.set(reference, known);
    return known;
  };
  loaded = { document, compile };
  return loaded;
}

/** The documented path for a path; one with fewer placeholders wins. */
function findPath(document: Document, method: string, path: string): string | undefined {
  const segments = path.split('/');
  const matches = Object.keys(document.paths).filter((candidate) => {
    const parts = candidate.split('/');
    const fits = parts.every((part, index) => part.startsWith('{') || part === segments[index]);
    return fits && parts.length === segments.length && method.toLowerCase() in (document.paths[candidate] ?? {});
  });
  return matches.sort((one, other) => one.split('{').length - other.split('{').length)[0];
}

/** The document has permission bits as a number; on the wire they are a text. */
function withNumericPermissions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNumericPermissions);
  if (typeof value !== 'object' || value === null) return value;
  const { default_member_permissions: bits } = value as Json;
  return typeof bits === 'string' ? { ...value, default_member_permissions: Number(bits) } : value;
}

/** Where the schema of a body is in the document. */
function schemaIn(...keys: string[]): string {
  return ['', 'paths', ...keys, 'schema'].map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
}

function describe({ instancePath, message = '', params }: ErrorObject): string {
  return `${instancePath || '/'} ${message} ${JSON.stringify(params)}`;
}

/**
 * What Discord's description finds wrong with a request, in words; empty when nothing is. `path` is without `/api/v10`.
 * @throws when the description is not there: ask `hasOpenApi` first.
 */
export function checkRequest(method: string, path: string, body: unknown): string[] {
  const { document, compile } = load();
  const [bare = path] = path.split('?');
  const found = findPath(document, method, bare);
  if (!found) return [`${method} ${bare}: no such operation`];
  const { requestBody } = document.paths[found]?.[method.toLowerCase()] ?? {};
  if (!requestBody || (body === undefined && !requestBody.required)) return [];
  if (body === undefined) return [`${method} ${found}: a body is required`];
  const branch = branchFor(method, found, (body ?? {}) as Json);
  const [type = 'application/json'] = Object.keys(requestBody.content);
  const inPath = schemaIn(found, method.toLowerCase(), 'requestBody', 'content', type);
  const validate = compile(encodeURI(branch ? `/components/schemas/${branch}` : inPath));
  if (validate(withNumericPermissions(body))) return [];
  return (validate.errors ?? []).map((error) => `${method} ${found}: ${describe(error)}`);
}

/**
 * What Discord's description finds wrong with an answer, in words; empty when nothing is.
 * @throws when the description is not there: ask `hasOpenApi` first.
 */
export function checkAnswer(method: string, path: string, status: number, body: unknown): string[] {
  const { document, compile } = load();
  const [bare = path] = path.split('?');
  const found = findPath(document, method, bare);
  if (!found) return [`${method} ${bare}: no such operation`];
  const { responses = {} } = document.paths[found]?.[method.toLowerCase()] ?? {};
  const key = [String(status), `${String(status)[0]}XX`].find((name) => name in responses);
  if (!key) return [`${method} ${found}: no answer with ${status}`];
  const type = 'application/json';
  if (!responses[key]?.content?.[type]) return [];
  const validate = compile(encodeURI(schemaIn(found, method.toLowerCase(), 'responses', key, 'content', type)));
  if (validate(body)) return [];
  return (validate.errors ?? []).map((error) => `answer to ${method} ${found}: ${describe(error)}`);
}
