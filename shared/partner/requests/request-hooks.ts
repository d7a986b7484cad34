import { Kind, OperationTypeNode, visit, type DocumentNode, type ValueNode } from 'graphql';
import { LessThan, type DataSource } from 'typeorm';
import { refuseLostFile } from '../../database/sqlite/lost-file.js';
import { writeInTurn } from '../../database/transaction.js';
import { HubError } from '../../errors/hub-error.js';
import { describeError, maskError } from '../../graphql/operations/mask-errors.js';
import type { OperationHooks, ServedContext } from '../../graphql/operations/served-context.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { listSteps } from '../../policy/guard-schema.js';
import { readOwnMaxAge } from '../../policy/max-age.js';
import type { Policies } from '../../policy/type-policy.js';
import type { DisclosureNote } from '../../records/disclosure/disclosure-note.js';
import { recordDisclosures } from '../../records/disclosure/record.js';
import type { PartnerMetrics } from '../../server/metrics/partner-metrics.js';
import type { Logger } from '../../system/logger.js';
import { UsedNonce } from '../mutations/used-nonce.entity.js';

type Variables = Readonly<Record<string, unknown>>;

/** The representations of a document’s `_entities`, without its variables. */
interface Representations {
  /** The number of literal ones. */
  readonly written: number;
  /**
   * The variables with others, each as often as it is used, with the length of its default value.
   */
  readonly variables: readonly { readonly name: string; readonly byDefault: number }[];
}

const lengthOf = (value: ValueNode | undefined): number =>
  value?.kind === Kind.LIST ? value.values.length : 1;

function readRepresentations(document: DocumentNode): Representations {
  const defaults = new Map<string, number>();
  const given: ValueNode[] = [];
  visit(document, {
    VariableDefinition({ variable: { name }, defaultValue }) {
      defaults.set(name.value, lengthOf(defaultValue));
    },
    Field({ name, arguments: all = [] }) {
      if (name.value !== '_entities') return;
      given.push(
        ...all.filter((one) => one.name.value === 'representations').map(({ value }) => value),
      );
    },
  });
  return {
    written: given.reduce(
      (sum, value) => (value.kind === Kind.VARIABLE ? sum : sum + lengthOf(value)),
      0,
    ),
    variables: given.flatMap((value) =>
      value.kind === Kind.VARIABLE
        ? [{ name: value.name.value, byDefault: defaults.get(value.name.value) ?? 1 }]
        : [],
    ),
  };
}

/** A document is read once for many requests. */
const knownRepresentations = new WeakMap<DocumentNode, Representations>();

/** The number of representations in a request, in all its `_entities` together. */
function countRepresentations(document: DocumentNode, variables: Variables): number {
  let asked = knownRepresentations.get(document);
  if (!asked) {
    asked = readRepresentations(document);
    knownRepresentations.set(document, asked);
  }
  let count = asked.written;
  for (const { name, byDefault } of asked.variables) {
    const value = variables[name];
    count += Array.isArray(value) ? value.length || 1 : value === undefined ? byDefault : 1;
  }
  return count;
}

/** Refuses a request with more representations than `most` before execution. */
export function limitRepresentations<Context extends ServedContext>(
  most: number,
): OperationHooks<Context> {
  return {
    didResolveOperation({ document, request }) {
      if (countRepresentations(document, request.variables ?? {}) <= most) return;
      const message = `\`_entities\` accepts at most ${most} representations a request.`;
      throw new HubError('QUERY_TOO_COMPLEX', { message });
    },
  };
}

/** A request is valid for five minutes. The rest of the hour is for a clock that is set back. */
const storedMs = 3_600_000;

/**
 * Stores the nonce of a mutation’s request on disk before the mutation writes, so that it is
 * accepted once, even after a restart and by several processes with the same database.
 * @returns false if a request with this nonce came before
 */
export function takeNonce(source: DataSource, nonce: string, now: Date): Promise<boolean> {
  return writeInTurn(source, async (manager) => {
    if (await manager.existsBy(UsedNonce, { nonce })) return false;
    const at = LessThan(new Date(now.getTime() - storedMs).toISOString());
    await manager.delete(UsedNonce, { at });
    await manager.insert(UsedNonce, { nonce, at: now.toISOString() });
    return true;
  });
}

/**
 * Refuses a signed mutation that came before, whatever its result was, because somebody may have
 * captured it.
 */
export const writeOnce: OperationHooks<PartnerContext> = {
  async didResolveOperation({ operation, contextValue: { nonce, source, clock } }) {
    if (operation?.operation !== OperationTypeNode.MUTATION || nonce === undefined) return;
    if (!(await takeNonce(source, nonce, clock()))) throw new HubError('UNAUTHENTICATED');
  },
};

/**
 * Sets how long a response for everybody may be cached: `Cache-Control: public, max-age=…`. A
 * response with an error, with recorded reads, or to a mutation may not be cached. This hook comes
 * after those that may still refuse.
 */
export function setCacheControl(policies: Policies): OperationHooks<PartnerContext> {
  const known = new WeakMap<DocumentNode, number>();
  return {
    willSendResponse({ response, document, schema, contextValue: { disclosures } }) {
      const { body, http } = response;
      if (!document || body.kind !== 'single') return;
      const { data, errors } = body.singleResult;
      if (!data || errors?.length || disclosures.readings.length > 0) return;
      let seconds = known.get(document);
      if (seconds === undefined) {
        seconds = readOwnMaxAge(schema, policies, document);
        known.set(document, seconds);
      }
      if (seconds > 0) http.headers.set('cache-control', `public, max-age=${seconds}`);
    },
  };
}

/** Adds an error for each partner whose part of a value is missing. The execution adds none, because the value is not null. */
export const reportMissing: OperationHooks<PartnerContext> = {
  willSendResponse({ response: { body }, contextValue: { missing } }) {
    if (body.kind !== 'single' || missing.errors.length === 0) return;
    const { singleResult } = body;
    singleResult.errors = [
      ...(singleResult.errors ?? []),
      ...missing.errors.map((error) => error.toJSON()),
    ];
  },
};

/**
 * Refuses every operation if a file of the SQLite database was removed, replaced or overwritten,
 * because its content is wrong.
 */
export const refuseLostFiles: OperationHooks<PartnerContext> = {
  didResolveOperation: ({ contextValue: { source } }) => refuseLostFile(source),
};

/**
 * Records the restricted fields that were read before the response is sent. If recording fails, no
 * data is sent.
 */
export function recordReadings(
  logger: Logger,
  meter?: DisclosureMeter,
): OperationHooks<PartnerContext> {
  return {
    willSendResponse(request) {
      const { disclosures } = request.contextValue;
      leaveOut(disclosures, request.response);
      return disclosures.readings.length > 0 ? record(request, logger, meter) : undefined;
    },
  };
}

/**
 * Takes out what an error above has removed from the response. A field that is null because of its
 * own error was not read either.
 */
function leaveOut(disclosures: DisclosureNote, { body }: SentOperation['response']): void {
  const { data, errors = [] } = body.kind === 'single' ? body.singleResult : {};
  if (errors.length === 0 || disclosures.readings.length === 0) return;
  const failed = new Set(
    errors.flatMap(({ path = [] }) => path.map((_, index) => path.slice(0, index + 1).join('/'))),
  );
  disclosures.keep((place) => {
    let value: unknown = data;
    const path = listSteps(place);
    for (const step of path) {
      if (typeof value !== 'object' || value === null) return false;
      value = (value as Readonly<Record<string, unknown>>)[step];
    }
    return value != null || !failed.has(path.join('/'));
  });
}

type DisclosureMeter = Pick<
  PartnerMetrics,
  'disclosed' | 'notDisclosed' | 'readsRefused' | 'readFirst'
>;

type SentOperation = Parameters<NonNullable<OperationHooks<PartnerContext>['willSendResponse']>>[0];

async function record(
  { response, operationName, contextValue }: SentOperation,
  logger: Logger,
  meter: DisclosureMeter | undefined,
): Promise<void> {
  const { disclosures, source, reader, clientName, clock, requestId } = contextValue;
  try {
    const isFirst = await recordDisclosures({
      source,
      reader,
      operationName: operationName ?? null,
      clientName,
      readings: disclosures.readings,
      at: clock(),
    });
    const given = disclosures.readings.filter(({ isRefused }) => !isRefused).length;
    meter?.disclosed(given);
    meter?.readsRefused(disclosures.readings.length - given);
    if (isFirst && reader.kind === 'person') {
      const { organisation, role } = reader;
      logger.info({ requestId, organisation, role }, 'a person reads restricted data here first');
      meter?.readFirst();
    }
  } catch (error) {
    meter?.notDisclosed();
    logger.error({ requestId, error: describeError(error) }, 'a disclosure could not be recorded');
    const refusal = maskError(error, { requestId, logger });
    response.body = { kind: 'single', singleResult: { errors: [refusal] } };
  }
}
