import { HubError } from '@hub/shared/errors';
import type { OperationHooks, ServedContext } from '@hub/shared/graphql';
import { type Reader, isService, type tokens } from '@hub/shared/identity';
import { herself, readersIn } from '@hub/shared/policy';
import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';

/** The hub uses `hub__…` in its own requests. `__proto__` is not a normal key in JavaScript. */
const isReserved = (name: string): boolean => name.startsWith('hub__') || name === '__proto__';

/** The first reserved name of an alias, a field or a variable in a document. */
export function findReservedName(document: DocumentNode): string | undefined {
  let found: string | undefined;
  visit(document, {
    Field({ alias, name }) {
      const key = alias?.value ?? name.value;
      if (isReserved(key)) found ??= key;
    },
    Variable({ name: { value } }) {
      if (value === '__proto__') found ??= `$${value}`;
    },
  });
  return found;
}

/**
 * Rejects operations with reserved names. They would clash with the hub’s names, and a partner
 * would be blamed for that.
 */
export function createReservedNamesCheck(): OperationHooks<ServedContext> {
  const accepted = new WeakSet<DocumentNode>();
  return {
    didResolveOperation({ document }) {
      if (accepted.has(document)) return;
      const name = findReservedName(document);
      if (name === undefined) {
        accepted.add(document);
        return;
      }
      const message = `\`${name}\` is reserved. No alias or variable may have this name.`;
      throw new HubError('GRAPHQL_VALIDATION_FAILED', { message });
    },
  };
}

/** The part of an operation’s context that identifies the caller. */
interface CallerContext extends ServedContext {
  readonly reader: Reader;
}

/** The partners whose own requests this hub refused, or served too late, because it was busy. */
export interface RefusedServices {
  /** Notes a refusal of a partner’s own server. Resolves when the hub’s other workers know. */
  note(reader: Reader): Promise<void>;
  /** Adds what another worker noted. */
  add(partner: string): void;
  /**
   * Whether a request of the partner’s own was refused or late during an operation that started
   * then. If so, the partner may rightly say that it lacks the hub’s response.
   */
  isRefusedSince(partner: string, startedAt: number): boolean;
  /** Notes each incomplete response to a partner’s own server. */
  readonly hooks: OperationHooks<CallerContext>;
}

interface RefusedServicesOptions {
  /**
   * Notifies the hub’s other workers, because the partner’s request may reach one worker and its
   * response another.
   */
  readonly notify: (partner: string) => Promise<void>;
  /**
   * Whether this process was late at or after this time, on the clock of
   * `OperationRecord.startedAt`. @default never
   */
  readonly wasLateSince?: (at: number) => boolean;
  /** The clock of `OperationRecord.startedAt`. @default `performance.now` */
  readonly now?: () => number;
}

/** An operation may share a call that started this long before it. */
const sharedMs = 5_000;
/** The other workers are notified at most this often. */
const notifyMs = 1_000;

/**
 * Remembers when each partner’s own server was last refused, or served by a late worker. A partner
 * that could not decide because it lacked the hub’s response sends `OVERLOADED`, or names `hub` as
 * missing. The hub believes it only if it did refuse that partner meanwhile, or was late itself.
 */
export function createRefusedServices({
  notify,
  wasLateSince = () => false,
  now = () => performance.now(),
}: RefusedServicesOptions): RefusedServices {
  const refusedAt = new Map<string, number>();
  const notifiedAt = new Map<string, number>();
  const add = (partner: string) => void refusedAt.set(partner, now());
  const note = async (reader: Reader) => {
    if (reader.kind !== 'person' || !isService(reader)) return;
    const { organisation } = reader;
    add(organisation);
    if (now() - (notifiedAt.get(organisation) ?? -Infinity) < notifyMs) return;
    notifiedAt.set(organisation, now());
    await notify(organisation);
  };
  return {
    note,
    add,
    isRefusedSince: (partner, startedAt) =>
      (refusedAt.get(partner) ?? -Infinity) >= startedAt - sharedMs ||
      wasLateSince(startedAt - sharedMs),
    hooks: {
      willSendResponse({ response: { body }, contextValue: { reader } }) {
        if (!isService(reader) || body.kind !== 'single') return undefined;
        const { errors = [] } = body.singleResult;
        const isIncomplete = errors.some(({ extensions }) => extensions?.code === 'OVERLOADED');
        // The partner may have stopped waiting for this response, before or after the hub read the
        // request.
        return isIncomplete || wasLateSince(now() - sharedMs) ? note(reader) : undefined;
      },
    },
  };
}

/** The roles that may change anything at all. Each owner decides about its own data. */
const writers: readonly tokens.Role[] = ['coordinator', 'liaison'];

/** The mutations that other roles may call too, if an operation has no others. */
const exceptions: ReadonlyMap<string, readonly tokens.Role[]> = new Map([
  ['eraseTexts', ['service']],
  ['revokeAccess', ['auditor', 'service']],
]);

const isException = ({ selectionSet }: OperationDefinitionNode, role: tokens.Role): boolean =>
  selectionSet.selections.every(
    (selection) =>
      selection.kind === Kind.FIELD && exceptions.get(selection.name.value)?.includes(role),
  );

/** Whether participants may call each mutation of an operation for themselves, as its owner says. */
const isOfParticipants = (schema: GraphQLSchema, { selectionSet }: OperationDefinitionNode) =>
  selectionSet.selections.every((selection) => {
    if (selection.kind !== Kind.FIELD) return false;
    const mutation = schema.getMutationType()?.getFields()[selection.name.value];
    return readersIn(mutation?.description ?? '').includes(herself);
  });

interface Refused {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/**
 * Rejects mutations of callers who may change nothing, before any request is sent. A mutation that
 * reaches a partner clears its cache for every caller.
 * @param describeCallers says who may execute the mutations of an operation
 */
export function refuseUnlessWriter(
  describeCallers: (refused: Refused) => string,
): OperationHooks<ServedContext & { readonly reader: Reader }> {
  return {
    didResolveOperation({ schema, document, operation, contextValue: { reader } }) {
      if (operation?.operation !== 'mutation') return;
      if (reader.kind === 'person' && writers.includes(reader.role)) return;
      if (reader.kind === 'person' && isException(operation, reader.role)) return;
      if (reader.kind === 'participant' && isOfParticipants(schema, operation)) return;
      throw new HubError('FORBIDDEN', {
        message: describeCallers({ schema, document, operation }),
      });
    },
  };
}

/** Rejects every mutation. */
export function refuseMutations(): OperationHooks<ServedContext> {
  return {
    didResolveOperation({ operation }) {
      if (operation?.operation !== 'mutation') return;
      throw new HubError('FORBIDDEN', { message: 'This hub is read-only.' });
    },
  };
}
