import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { catalogue, HubError, isErrorCode } from '@hub/shared/errors';
import type { Charge, OperationLimiter, OperationPipeline } from '@hub/shared/graphql';
import type { Reader } from '@hub/shared/identity';
import { measureResult, type OperationMeter } from '@hub/shared/server';
import type { CallToolResult } from '@modelcontextprotocol/server';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { capRows, type CutList, type RowCap } from './cap-rows.js';
import { describeMissing, type Completeness } from './describe-missing.js';
import { longestPurpose } from './input-schema.js';
import { readPurpose } from './read-message.js';
import type { Tool } from './tools.js';

/** The context of one call: who calls, and what the call costs. */
export interface CallContext {
  readonly requestId: string;
  readonly reader: Reader;
  readonly charge?: Charge | undefined;
}

/** What a call needs of the hub. */
export interface CalledHub<Context extends CallContext> {
  readonly pipeline: Pick<OperationPipeline<Context>, 'run'>;
  readonly limiter: Pick<OperationLimiter, 'check'>;
  /** The name of a partner, by its code. */
  nameOf(partner: string): string;
  readonly cap: RowCap;
  /** Counts the operations. @default nothing is counted */
  readonly meter?: OperationMeter | undefined;
}

type Arguments = Readonly<Record<string, unknown>>;

/** GET tells the engine that mutations are not allowed. */
const byGet: HTTPGraphQLRequest = {
  method: 'GET',
  headers: new HeaderMap(),
  search: '',
  body: undefined,
};

/** The roles that may ask for restricted fields. Whether they get them, the owners decide. */
const mayAskRestricted: ReadonlySet<string> = new Set(['coordinator', 'liaison']);

const invalid = (argument: string, message: string): HubError =>
  new HubError('BAD_USER_INPUT', { argument, message });

/** @throws HubError `BAD_USER_INPUT` for an argument that the tool does not have, or no purpose */
function checkArguments({ name, inputSchema }: Tool, given: Arguments): void {
  if (readPurpose(given['purpose']) === undefined) {
    const message = `\`purpose\` must say in 1 to ${longestPurpose} characters, on one line, why this is read.`;
    throw invalid('purpose', message);
  }
  const known = Object.keys(inputSchema.properties);
  const unknown = Object.keys(given).find((argument) => !known.includes(argument));
  if (unknown !== undefined)
    throw invalid(unknown, `\`${name}\` has the arguments ${known.join(', ')}.`);
  if (!['undefined', 'boolean'].includes(typeof given['includeRestricted']))
    throw invalid('includeRestricted', '`includeRestricted` must be true or false.');
}

/** @throws HubError `FORBIDDEN` for a role that may not ask for restricted fields */
function chooseText(tool: Tool, isFull: boolean, reader: Reader): string {
  if (isFull) {
    if (reader.kind === 'person' && mayAskRestricted.has(reader.role)) return tool.fullText;
    const message =
      'Restricted fields are for co-ordinators and liaisons. Call the tool without `includeRestricted`.';
    throw new HubError('FORBIDDEN', { argument: 'includeRestricted', message });
  }
  if (tool.openText !== undefined) return tool.openText;
  const message = `All that \`${tool.name}\` reads is restricted. Co-ordinators and liaisons may call it with \`includeRestricted: true\`.`;
  throw new HubError('FORBIDDEN', { argument: 'includeRestricted', message });
}

/** A refusal in words, with the next step. */
function refuse({ message, extensions = {} }: GraphQLFormattedError): CallToolResult {
  const { code, ...details } = extensions;
  const nextStep = isErrorCode(code) ? catalogue[code].howToFix : undefined;
  const error = { code, message, nextStep, ...details };
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error }) }] };
}

/** How to ask for the rows that were left out. */
function describeCut(cut: readonly CutList[], { total, perList }: RowCap) {
  if (cut.length === 0) return null;
  const advice = `A result has at most ${total} rows, and ${perList} in one list. Ask for fewer: use a filter, or \`first\` of at most ${perList} and then \`after\`. The cursors of a list that was cut are left out.`;
  return { lists: cut, advice };
}

function toResult<Context extends CallContext>(
  { nameOf, cap }: CalledHub<Context>,
  { data, errors = [], extensions }: FormattedExecutionResult,
  leftOut: readonly string[],
): CallToolResult {
  // A response without it was refused before any partner was needed.
  const nobody: Completeness = { complete: true, partners: {} };
  const completeness = (extensions?.['completeness'] as Completeness | undefined) ?? nobody;
  const { data: rows, cut } = capRows(data ?? null, cap);
  // In this order, so that nobody reads the data before what it lacks.
  const structuredContent = {
    completeness,
    missing: describeMissing({ completeness, errors }, nameOf),
    restrictedFieldsLeftOut: leftOut,
    truncated: describeCut(cut, cap),
    data: rows,
  };
  const text = JSON.stringify(structuredContent);
  return { structuredContent, content: [{ type: 'text', text }] };
}

/**
 * Runs the query of a tool for the caller of the context.
 * @throws only what is unexpected. A refusal is a result with its code.
 */
export async function callTool<Context extends CallContext>(
  hub: CalledHub<Context>,
  tool: Tool,
  given: Arguments,
  context: Context,
): Promise<CallToolResult> {
  try {
    checkArguments(tool, given);
    const { purpose: _, includeRestricted, ...variables } = given;
    const isFull = includeRestricted === true;
    const query = chooseText(tool, isFull, context.reader);
    const operation = { query, variables, operationName: tool.name };
    hub.limiter.check(operation);
    const startedAt = performance.now();
    const { body } = await hub.pipeline.run({ ...operation, http: byGet }, context);
    if (body.kind !== 'single') throw new Error('An incremental response was not requested.');
    const { singleResult } = body;
    if (hub.meter) measureResult(hub.meter, singleResult, startedAt);
    const [refusal] = singleResult.errors ?? [];
    if (singleResult.data === undefined && refusal) return refuse(refusal);
    return toResult(hub, singleResult, isFull ? [] : tool.restricted);
  } catch (error) {
    if (error instanceof HubError) {
      hub.meter?.refused(error.code);
      return refuse(error.toJSON());
    }
    throw error;
  }
}
