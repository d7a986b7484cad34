import type { OperationHooks, ServedContext } from '@hub/shared/graphql';
import { roleOf, type Reader } from '@hub/shared/identity';
import type { Logger } from '@hub/shared/system';
import {
  isInterfaceType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { createHmac, hash, randomBytes } from 'node:crypto';

/** Types of people, and their interfaces. */
const people: readonly string[] = ['Participant', 'Expert'];
/** What one caller may do in a minute without a warning. */
const mostReads = 300;
const mostRefusals = 300;
const minuteMs = 60_000;
const rememberedCallers = 1_000;

interface Minute {
  readonly until: number;
  /** Different operations and variables that read people. */
  readonly reads: Set<string>;
  refusals: number;
  isTold: boolean;
}

interface WatchedContext extends ServedContext {
  readonly reader: Reader;
  readonly operation: { readonly caller?: { readonly member: string } | undefined };
}

function selectsPeople(schema: GraphQLSchema, document: DocumentNode): boolean {
  const typeInfo = new TypeInfo(schema);
  let isFound = false;
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field() {
        const type = typeInfo.getParentType();
        if (!isObjectType(type) && !isInterfaceType(type)) return;
        isFound ||= [type, ...type.getInterfaces()].some(({ name }) => people.includes(name));
      },
    }),
  );
  return isFound;
}

/**
 * Warns about a caller that tries many ids or reads page after page of people: very many different
 * reads of people, or very many refused root fields, in a minute. The log has a pseudonym of the caller, which
 * changes when the process restarts.
 * @param onFound called once a minute for such a caller
 */
export function watchEnumeration(
  logger: Logger,
  onFound: () => void = () => undefined,
  now: () => number = () => performance.now(),
): OperationHooks<WatchedContext> {
  const minutes = new LRUCache<string, Minute>({ max: rememberedCallers });
  const known = new WeakMap<DocumentNode, boolean>();
  const secret = randomBytes(16);
  const readsPeople = (schema: GraphQLSchema, document: DocumentNode): boolean => {
    const found = known.get(document) ?? selectsPeople(schema, document);
    known.set(document, found);
    return found;
  };
  const minuteOf = (caller: string): Minute => {
    const current = minutes.get(caller);
    if (current && now() < current.until) return current;
    const next = { until: now() + minuteMs, reads: new Set<string>(), refusals: 0, isTold: false };
    minutes.set(caller, next);
    return next;
  };
  return {
    willSendResponse({ response, schema, document, queryHash, request, contextValue }) {
      const caller = contextValue.operation.caller?.member;
      if (caller === undefined || !document || response.body.kind !== 'single') return;
      const { errors = [] } = response.body.singleResult;
      const refused = errors.filter(({ extensions }) =>
        ['NOT_FOUND', 'FORBIDDEN'].includes(String(extensions?.code)),
      );
      // A field that is refused in each row of one list is one refusal.
      const refusals = new Set(refused.map(({ path = [] }) => String(path[0]))).size;
      const isRead = readsPeople(schema, document);
      if (refusals === 0 && !isRead) return;
      const minute = minuteOf(caller);
      minute.refusals += refusals;
      if (isRead && minute.reads.size <= mostReads) {
        const read = `${queryHash} ${JSON.stringify(request.variables ?? {}).slice(0, 2_000)}`;
        minute.reads.add(hash('sha1', read, 'base64').slice(0, 12));
      }
      if (minute.isTold || (minute.reads.size <= mostReads && minute.refusals <= mostRefusals))
        return;
      minute.isTold = true;
      onFound();
      const { reader, requestId } = contextValue;
      const who = reader.kind !== 'anonymous' && {
        organisation: reader.organisation,
        role: roleOf(reader),
      };
      logger.warn(
        {
          requestId,
          ...who,
          caller: createHmac('sha256', secret).update(caller).digest('hex').slice(0, 12),
          readsOfPeople: minute.reads.size,
          refusals: minute.refusals,
        },
        'a caller sends very many reads or refused requests in a minute',
      );
    },
  };
}
