import {
  buildSchema,
  type DocumentNode,
  executeSync,
  GraphQLError,
  Kind,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Shop } from '../config.js';
import { replyWithFaults } from '../faulty-reply.js';
import type { World } from '../world.js';
import { resolversFor } from './resolvers.js';
import type { Staff } from './staff.js';
import type { Webhooks } from './webhooks.js';
import { schemaText, timestampValidSeconds } from './wire.js';

const schema = buildSchema(schemaText);
const bodySchema = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

const problem = (status: number, code: string, message: string): { status: number; body: object } => ({
  status,
  body: { errors: [{ message, extensions: { code } }] },
});

/** makeshop's GraphQL endpoint. assumed: the statuses and codes of its refusals. */
export function makeshopRoutes(world: World, staff: Staff, webhooks: Webhooks) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler(async (error: { statusCode?: number }, _request, reply) => {
      const status = error.statusCode ?? 500;
      const refusal = problem(status, status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR', 'Bad request');
      return reply.code(status).send(refusal.body);
    });
    app.post('/graphql', async (request, reply) => {
      const shop = shopOf(world, request);
      if (!shop) return reply.code(401).send(problem(401, 'UNAUTHENTICATED', 'Unauthorized').body);
      if (!hasFreshTimestamp(request, world.nowMs())) {
        return reply
          .code(401)
          .send(problem(401, 'INVALID_TIMESTAMP', 'x-timestamp is missing or too old').body);
      }
      const read = readDocument(request.body);
      if ('status' in read) return reply.code(read.status).send(read.body);
      const plan = world.faults.planFor('makeshop', fieldNames(read.document));
      return replyWithFaults(reply, plan, world.journal, () => {
        for (const name of fieldNames(read.document)) world.count(`makeshop.${name}`);
        const body = executeSync({
          schema,
          document: read.document,
          rootValue: resolversFor(world, shop, staff, webhooks),
          variableValues: read.variables,
          operationName: read.operationName,
        });
        return { status: 200, body };
      });
    });
  };
}

function shopOf(world: World, request: FastifyRequest): Shop | undefined {
  const token = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const apiKey = request.headers['x-api-key'];
  return [...world.shops.values()].find((shop) => shop.token === token && shop.apiKey === apiKey);
}

function hasFreshTimestamp(request: FastifyRequest, nowMs: number): boolean {
  const text = String(request.headers['x-timestamp'] ?? '');
  return /^\d{10}$/.test(text) && Math.abs(nowMs / 1000 - Number(text)) <= timestampValidSeconds;
}

interface ReadDocument {
  readonly document: DocumentNode;
  readonly variables: Record<string, unknown>;
  readonly operationName: string | null;
}

type Refusal = ReturnType<typeof problem>;

/** A client sends the same few queries again and again: each is parsed and checked once. */
const checkedQueries = new Map<string, DocumentNode>();
const mostChecked = 100;

function readDocument(body: unknown): ReadDocument | Refusal {
  const read = bodySchema.safeParse(body);
  if (!read.success) return problem(400, 'BAD_REQUEST', 'A JSON body with "query" is expected');
  const { query, variables, operationName } = read.data;
  const checked = checkedQueries.get(query) ?? checkedDocument(query);
  if ('status' in checked) return checked;
  if (checkedQueries.size >= mostChecked) checkedQueries.clear();
  checkedQueries.set(query, checked);
  return { document: checked, variables: variables ?? {}, operationName: operationName ?? null };
}

/** Parses and checks the query. Introspection is refused with FORBIDDEN (observed). */
function checkedDocument(query: string): DocumentNode | Refusal {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    const message = error instanceof GraphQLError ? error.message : 'Syntax error';
    return problem(400, 'GRAPHQL_PARSE_FAILED', message);
  }
  if (validate(schema, document, [NoSchemaIntrospectionCustomRule]).length > 0) {
    return problem(200, 'FORBIDDEN', 'Introspection is disabled');
  }
  const errors = validate(schema, document, specifiedRules);
  if (errors.length > 0) {
    const messages = errors.map(({ message }) => ({
      message,
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    }));
    return { status: 400, body: { errors: messages } };
  }
  return document;
}

/** The fields at the top of a document, such as `searchOrder`: what faults and counts are keyed by. */
function fieldNames(document: DocumentNode): string[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.flatMap((selection) =>
          selection.kind === Kind.FIELD ? [selection.name.value] : [],
        )
      : [],
  );
}
